"""Names as the directory of a department shows them, “Byrne, Ada (Defra)”: the organisation is behind the name.

A list copied from a calendar or a meeting has no other column that says it, and colleagues would be seated together.
"""

import re
from collections import Counter
from collections.abc import Iterable

from matchmaker.intake.person_names import cleaned
from matchmaker.intake.text import tidy

_BEHIND = re.compile(r"(.*[^\W\d_].*\S)\s+[(\[]([^()\[\]]+)[)\]]")
"""A name with brackets behind it."""

_MOST = 0.5
"""Where more of the names than this have brackets behind them, the column is written so."""

_OF_SOMEBODY = re.compile(
    r"(?:n[ée]e?|formerly|aka|also|was|ex|on|by|from|for|with|and)\b.*|"
    r"(?:speaker|chair\w*|co-?chair|host|facilitator|presenter|panell?ist|moderator|organi[sz]er|remote\w*|virtual\w*|online|"
    r"in[ -]person|dial[ -]?in|vegan|vegetarian|halal|kosher|tb[acd]|maybe|late|leave|lead|contractor|"
    r"consultant|temp\w*|secondee|apprentice|intern|student|volunteer|deputy|cover|maternity\b.*|junior|senior|jnr|snr|jr|sr|ii|iii|"
    r"deceased|left|new|vip|staff|crew|admin|pa|ea to .*|step[ -]free|wheelchair\b.*|morning|afternoon|am|pm)",
    re.IGNORECASE,
)
"""What stands in brackets behind a name and says something of the person, not where they work."""


def organisations_behind(names: Iterable[str]) -> frozenset[str]:
    """Return what is an organisation of all that stands in brackets behind the names of a column.

    It is one if it is written as one, with capitals inside or as several words, if several people have it, or if most
    names have something there. One word behind one name may be what somebody is called: William Dean (Bill).

    >>> names = ["Byrne, Ada (Defra)", "Cole, Ben (Defra)", "Dean, William (Bill)", "Fox, Eve", "Hay, Gus", "Ito, Jo"]
    >>> sorted(organisations_behind(names)), sorted(organisations_behind(["Byrne, Ada (Kew)", "Cole, Ben (Cefas)"]))
    (['Defra'], ['Cefas', 'Kew'])
    >>> sorted(organisations_behind(["Ada Byrne (DfT)", "Ben Cole [Natural England]", "Cy Dean (Chair)", "Di", "E"]))
    ['DfT', 'Natural England']
    >>> organisations_behind(["Ada Byrne (née Fox)", "Ben Cole (Vegan)", "Cy Dean (Vegan)", "Di Fox (Kit)", "Eve"])
    frozenset()
    """
    written = [name for cell in names if (name := cleaned(cell))]
    behind = Counter(found for name in written if (found := behind_name(name)[1]))
    habit = sum(behind.values()) > max(1, _MOST * len(written))
    return frozenset(one for one, times in behind.items() if habit or times > 1 or _is_written_as_one(one))


def behind_name(name: str) -> tuple[str, str]:
    """Return a name without what stands in brackets behind it, and that, "" where it says something of the person.

    >>> behind_name("Byrne, Ada (Defra)"), behind_name("Ada (Adi) Byrne"), behind_name("Cy Dean (chair)")
    (('Byrne, Ada', 'Defra'), ('Ada (Adi) Byrne', ''), ('Cy Dean (chair)', ''))
    """
    found = _BEHIND.fullmatch(name)
    text = tidy(found[2]) if found else ""
    if found is None or not text[:1].isupper() or "@" in text or _OF_SOMEBODY.fullmatch(text):
        return name, ""
    return found[1], text


def _is_written_as_one(text: str) -> bool:
    return len(text.split()) > 1 or sum(map(str.isupper, text)) > 1
