"""Who a row is: one name out of the columns a list has for it, so that no half of it is lost."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matchmaker.intake.addresses import name_from_address
from matchmaker.intake.person_names import (
    cleaned,
    is_nobody,
    is_nothing,
    odd_letters,
    without_others,
    word_for_nothing,
)
from matchmaker.intake.recipients import name_beside
from matchmaker.intake.text import tidy
from matchmaker.name_words import is_letters, letters_after, titles_before

Values = Mapping[str, Sequence[str]]

_BEHIND = re.compile(r"(.*\S)\s+([(\[][^()\[\]]+[)\]])")
"""A name with brackets behind it."""
_TAKEN_OFF = re.compile(r"[(/\[\d]")
"""What a name had that `cleaned` takes off and that may be a part of it after all."""


_FEWEST, _NEARLY = 3, 0.8
"""So many names, and such a part of them, make the way in which a column is written."""
_CAMEL = re.compile(r"(?:De|Du|Di|Da|La|Le|Mac|Mc|Jo|Van)[A-Z][a-zà-ÿ]+")
_MAY_BE_FIRST_NAMES = {"la", "mac", "st", "st.", "van"}
"""Of `_BEFORE_FAMILY_NAMES`, those that people are called, too: Mac Lind and Van Reed."""
_BEFORE_FAMILY_NAMES = frozenset((
    "ap", "bin", "bint", "da", "das", "de", "den", "der", "des", "do", "dos", "du", "el", "ferch", "ibn", "la", "las",
    "le", "los", "mac", "mhic", "ní", "ó", "st", "st.", "ten", "ter", "uí", "van", "verch", "vom", "von", "zu", "zum",
    "zur",
))  # fmt: skip
"""What belongs to the family name behind it, however it is written; Al, Della, Di and Nic are first names, too."""


@dataclass(frozen=True)
class PersonName:
    """The name to use, "" for none; `nobody` is what stands there for somebody not named yet.

    `doubts` are (sentence, kind of remark) to be told.
    """

    name: str = ""
    nobody: str = ""
    doubts: tuple[tuple[str, str], ...] = field(default=())


def read_name(values: Values, email: str) -> PersonName:
    """Return the name: that for the badge, else the name column, or first and last name, or what the address spells.

    Where no column holds a name, one that stands beside the address in its cell is it.

    >>> read_name({"name": ["Ada"], "last_name": ["Byrne"]}, "").name
    'Ada Byrne'
    >>> read_name({"name": ["Byrne"], "first_name": ["Ada"]}, "").name
    'Ada Byrne'
    """
    doubts: list[tuple[str, str]] = []
    written = _written(values) or _beside_address(values)
    name = _turned(_badge(values, written, doubts), doubts)
    if not name or "@" in name:
        return _derived(email)
    if is_nobody(name):
        derived = _derived(email)
        return derived if derived.name and not is_nobody(derived.name) else PersonName(nobody=name)
    whole, (name, several) = name, without_others(name)
    name, bracket = _without_organisation(name, values)
    if several:
        doubts.append((f"“{whole}” may be more than one person. Give each a line of their own.", "name"))
    word = word_for_nothing(name)
    if word and len(name.split()) == 1 and not email and name.islower():
        return PersonName()
    if word:
        doubts.append(
            (
                f"“{word}”{_in(word, name)} was read as a name. Check that it does not stand for nothing.",
                "name",
            )
        )
    if odd := odd_letters(name):
        doubts.append((f"“{odd}” may have wrong letters. Check the name.", "letters"))
    if "," in name and not letters_after(name.replace(",", ", ").split()):
        doubts.append((f"“{name}” was read as it stands, with its comma. Check the name.", "name"))
    doubts += _taken_off(values, name, bracket)
    return PersonName(name, doubts=tuple(doubts))


def _taken_off(values: Values, name: str, bracket: str) -> Iterator[tuple[str, str]]:
    """Yield what is to be told of brackets and numbers beside a name: that they were taken off, or left.

    Of an organisation that a column says, too, nothing is lost, and nothing told.
    """
    raw = tidy(next(iter(values.get("name", ())), ""))
    if bracket and bracket in name:
        yield f"“{bracket}” was read as a part of the name {name}. Check it.", "name"
    elif cleaned(raw) != raw and _TAKEN_OFF.search(raw):
        yield f"“{raw}” was read as {name}.", "name"


def _without_organisation(name: str, values: Values) -> tuple[str, str]:
    """Return a name without the organisation in brackets behind it that a column holds, too; and what stood there.

    >>> _without_organisation("Ada Byrne (Kew)", {"organisation": ["KEW "]})
    ('Ada Byrne', '(Kew)')
    >>> _without_organisation("Ada Byrne (Kew)", {}), _without_organisation("Ada (Adi) Byrne", {})
    (('Ada Byrne (Kew)', '(Kew)'), ('Ada (Adi) Byrne', ''))
    """
    behind = _BEHIND.fullmatch(name)
    if behind is None:
        return name, ""
    said = {tidy(cell).casefold() for cell in values.get("organisation", ())}
    known = tidy(behind[2].strip("()[]")).casefold() in said
    return behind[1] if known else name, behind[2]


def _turned(written: str, doubts: list[tuple[str, str]]) -> str:
    """Return a name as `as_said` does, and note where it may have begun with a first name after all."""
    name = as_said(written)
    if name != written and written[0].isupper() and written.split()[0].casefold() in _MAY_BE_FIRST_NAMES:
        doubts.append((f"“{written}” was read as {name}. Check the name.", "name"))
    return name


def as_said(name: str, *, sure: bool = False) -> str:
    """Put a name that begins with the family name and a comma in the order in which it is said.

    What stands in brackets behind it stays there. Where it is `sure` that the column is written so, a family name may
    have two words.

    >>> [as_said(name) for name in ("Lee, Min-jun", "Okoro, LaToya", "Cole, Jean-luc", "Fox, DfE", "Rees, EuroGeo")]
    ['Min-jun Lee', 'LaToya Okoro', 'Jean-luc Cole', 'Fox, DfE', 'Rees, EuroGeo']
    >>> as_said("Garcia Lopez, Maria"), as_said("Garcia Lopez, Maria", sure=True), as_said("Byrne, PhD", sure=True)
    ('Garcia Lopez, Maria', 'Maria Garcia Lopez', 'Byrne, PhD')
    >>> as_said("MacLeod, Hamish (Natural England)"), as_said("d’Aubigné, Günther (INRAE)")
    ('Hamish MacLeod (Natural England)', 'Günther d’Aubigné (INRAE)')

    >>> [as_said(name) for name in ("MacLeod, Hamish", "van der Berg, Jo", "REES, CAI")]
    ['Hamish MacLeod', 'Jo van der Berg', 'CAI REES']
    >>> [as_said(name) for name in ("Ó Briain, Dara", "ST JOHN, OLIVER", "Van Dijk, Anna", "Di Fox, Kew")]
    ['Dara Ó Briain', 'OLIVER ST JOHN', 'Anna Van Dijk', 'Di Fox, Kew']
    >>> names = ("Byrne, Dr Ada", "Cole, Ben Jr.", "Smith, John, MBE", "Maier, Prof. Dr.-Ing. Eva")
    >>> [as_said(name) for name in names]
    ['Dr Ada Byrne', 'Ben Cole Jr.', 'John Smith, MBE', 'Prof. Dr.-Ing. Eva Maier']
    >>> [as_said(name) for name in ("Byrne, PhD", "Ada Byrne, Kew", "Rees, Jr", "Ada Byrne")]
    ['Byrne, PhD', 'Ada Byrne, Kew', 'Rees, Jr', 'Ada Byrne']
    """
    if (behind := _BEHIND.fullmatch(name)) and "," in behind[1]:
        return f"{as_said(behind[1], sure=sure)} {behind[2]}"
    family, *parts = (part.strip() for part in name.split(","))
    given = parts[0].split() if parts else []
    if not family or not sure and any(_may_be_first(word) for word in family.split()[:-1]):
        return name
    if not all(is_letters(word) for part in parts[1:] for word in part.split()):
        return name
    end = len(given) - letters_after([family, *given])
    names = given[titles_before([*given, family]) : end]
    if not names or not all(_is_given(word) or (word.isupper() and family.isupper()) for word in names):
        return name
    return ", ".join((" ".join([*given[:end], family, *given[end:]]), *parts[1:]))


def family_first(cells: Iterable[str]) -> bool:
    """Whether nearly all names of a column are written with the family name first, and a comma behind it.

    >>> family_first(["Byrne, Ada", "Cole, Ben", "Garcia Lopez, Maria", "Dean, Cy", "Fox, Di", "TBC"])
    True
    >>> family_first(["Ada Byrne, Kew", "Ben Cole, Kew", "Cy Dean, Kew", "Fox, Di"])
    False
    """
    names = [cell for cell in cells if cell.strip() and not is_nobody(cell)]
    return sum(as_said(cell) != cell for cell in names) >= max(_FEWEST, _NEARLY * len(names))


def _is_given(word: str) -> bool:
    """Whether a word is written as given names are: Min-jun and LaToya are, DfE is not."""
    if _CAMEL.fullmatch(word):
        return True
    first, *more = re.split("[-'’]", word)  # noqa: RUF001
    return first.istitle() and all(part.istitle() or part.islower() for part in more)


def _may_be_first(word: str) -> bool:
    """Whether a word before a family name and a comma may be a first name, so that an organisation may be behind."""
    return (word.istitle() or word.isupper()) and word.casefold() not in _BEFORE_FAMILY_NAMES


def _in(word: str, name: str) -> str:
    return "" if word == name else f" in “{name}”"


def _derived(email: str) -> PersonName:
    name = name_from_address(email)
    words = f"There is no name, so “{name}” was taken from the address. Check it."
    return PersonName(name, doubts=((words, "name"),)) if name else PersonName()


def _part(values: Values, field: str) -> str:
    """Return the first cell of a field that says something."""
    return next(
        (text for cell in values.get(field, ()) if (text := cleaned(cell)) and not is_nothing(text)), ""
    )


def _written(values: Values) -> str:
    """Return the name out of full, first, middle and last name, each part once.

    A name column that lacks what another holds is a part itself: the first name beside a surname, or the family name
    beside a first name.
    """
    whole, first, middle, last = (
        _part(values, name) for name in ("name", "first_name", "middle_name", "last_name")
    )
    if is_nobody(whole) and (first or last):
        whole = ""
    if first and is_nobody(first) and (not last or is_nobody(last) or last.isdigit()):
        return tidy(f"{first} {last}") if last and not is_nobody(last) else first
    parts = [first, middle, last]
    joined = tidy(" ".join(dict.fromkeys(part for part in parts if part)) if first != last else first)
    if not whole or not joined:
        return whole or joined
    known, told = _words(whole), _words(joined)
    if told <= known:
        return whole
    if all(
        word in told or any(len(word) == 1 and other.startswith(word) for other in told) for word in known
    ):
        return joined
    if last and not first:
        return f"{whole} {last}"
    if first and not last:
        return f"{first} {whole}"
    return whole


def _beside_address(values: Values) -> str:
    """Return the name in the first cell that has one beside its address."""
    return next((name for cell in values.get("email", ()) if (name := cleaned(name_beside(cell)))), "")


def _words(name: str) -> set[str]:
    return {word.casefold().strip(".,") for word in name.replace(",", " ").split()}


def _badge(values: Values, written: str, doubts: list[tuple[str, str]]) -> str:
    """Return the name for the badge where there is one; a first name alone takes the family name with it."""
    asked = [
        text for cell in values.get("badge_name", ()) if (text := cleaned(cell)) and not is_nothing(text)
    ]
    asked = [
        text
        for text in asked
        if "@" not in text
        and text.casefold() not in {"yes", "no", "same", "as above", "same as above", "n/a"}
    ]
    badge = max(asked, key=lambda text: len(text.split()) > 1, default="")
    if not badge or is_nobody(badge) or _words(badge) == _words(written):
        return written
    if len(badge.split()) == 1 and written:
        last = _part(values, "last_name") or (written.split()[-1] if len(written.split()) > 1 else "")
        if (
            _words(badge) <= _words(written)
            and badge.casefold() != last.casefold()
            and written.casefold().startswith(badge.casefold())
        ):
            return written
        badge = tidy(f"{badge} {last}")
    if written:
        doubts.append((f"{badge} is read for {written}, as the list says for the badge.", "badge"))
    return badge
