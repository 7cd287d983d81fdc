"""Lines that head the ones below them, by which people part a list: an organisation, a table, a day, “Speakers”.

Such a line says one thing and nothing else. It surely is a heading where that is the organisation of other lines, or
words for no one person; where it only may be one, its line is read, and somebody is asked.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matchmaker.intake.person_names import is_total
from matchmaker.intake.text import tidy

LONGEST = 100
"""A heading has at most so many characters."""

Cells = tuple[str, ...]

_ROLE = (
    r"(?:(?:(?!and |plus |with |und |et )[\w’'/-]+ ){0,3}(?:speaker|presenter|panell?ist|facilitator|"  # noqa: RUF001
    r"organi[sz]er|attendee|delegate|participant|guest|visitor|volunteer|host|helper|moderator|mentor|trainer|"
    r"exhibitor|sponsor|observer|colleague|employee|external|internal|reserve|latecomer|walk[- ]in)s|"
    r"(?:(?:board|committee|core|group|panel|staff|team) )?members|staff|vips?|"
    r"chairs|crew|press|media|students|others|referent(?:en|innen)|redner(?:innen)?|"
    r"teilnehme(?:r|nde|rinnen)|gäste|intervenants|invités|ponentes|asistentes|invitados|relatori|partecipanti|"
    r"sprekers|deelnemers|siaradwyr|mynychwyr)"
)
_ANSWER = (
    r"(?:apologies|wait(?:ing)?[- ]?list(?:ed)?|cancell?(?:ed|ations?)|declined|(?:un)?confirmed|invited|registered|"
    r"not (?:coming|attending|confirmed)|no[- ]shows?|remote|online|virtual|in[- ]person|on ?site|external|internal|"
    r"warteliste|abgesagt|zugesagt)"
)
_NUMBER = r"\s+(?:no\.?|nr\.?|number|#)?\s*(?:\d+|one|two|three|four|five|six)(?:\W.*)?"
_TABLE = (
    r"(?:(?:table|team|panel|cohort|group(?! captain\b)|gruppe|grupo|gruppo|groep|équipe|equipo|tîm|grŵp|bwrdd)"
    r"(?:\W.*)?|(?:session|zone|track|stream|section|phase|groupe) [a-z]|(?:batch|groupe|session|zone|track|"
    r"stream|section|phase|day|part|block|floor|row|hall|room|round|wave|slot|bus|coach|shift|level|tisch|sitzung|tag|raum|séance|"
    rf"jour|salle|mesa|día|sala|tafel|dag|zaal|diwrnod){_NUMBER})"
)
_MONTH = (
    r"(?:jan(?:uary?|vier)?|feb(?:ruary?)?|f[ée]vrier|mar(?:ch|s)?|märz|apr(?:il)?|avril|ma[iy]|jun[ei]?|juin|jul[iy]?|"
    r"juillet|aug(?:ust)?|août|sept?(?:emb(?:er|re))?|o[ck]t(?:ob(?:er|re))?|nov(?:emb(?:er|re))?|"
    r"d[eé][cz](?:emb(?:er|re))?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?|"
    r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?"
)
_TIME = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul)|morning|afternoon|"
    rf"evening|vormittag|nachmittag|après-midi|prynhawn|{_DATE}|"
    r"\d{1,2}(?:[:.h]\d\d|h)?(?:\s?[ap]m|\s?uhr)?)"
)
_JOIN = r"(?:\s*[-–,&/+]\s*|\s(?:and|to|until|und|bis|et|à)\s|\s)"  # noqa: RUF001
_WORDS = re.compile(
    rf"{_ROLE}(?:{_JOIN}{_ROLE}){{0,2}}(?: (?:from|at|of|for|in|on)\b.*)?|{_ANSWER}|{_TABLE}|"
    rf"{_TIME}(?:{_JOIN}{_TIME}){{0,4}}|[a-z]\s?[-–]\s?[a-z]",  # noqa: RUF001
    re.IGNORECASE,
)
"""What is said of several people, or of a table or a time."""
_BODIES = re.compile(
    r"(?:[^,;()\[\]/–—@]*\W)?(?:agency|ltd|limited|llp|plc|gmbh|inc|universit(?:y|ät|é|à)|\S+ \S+ council|ministry|"  # noqa: RUF001
    r"department|directorate|division|institute?|association|foundation|authority|commission|committee|corporation|"
    r"consortium|federation|partnership|society|group|team|unit|office|services|network|museum|library|laboratory|"
    r"observatory)|(?:(?:department|office|cent(?:re|er)|institute) (?:for|of)|(?:ministry|university) of|"
    r"universität|université|ministère|ministerio|agence|prifysgol|cyngor|(?:bundes|landes|umwelt)(?:amt|anstalt|"
    r"ministerium))\b(?!.*\s[-–—]\s)[^()\[\]@]*",  # noqa: RUF001
    re.IGNORECASE,
)
"""How an organisation is called and no person: none of these words is a surname."""
_QUIET = re.compile(r"[^\w]*[\d.,:%£$€ /-]*")
_COUNT = re.compile(r"\s*(?:[(\[]\s*(?:n\s*=\s*)?\d+(?:\s+\w+)?\s*[)\]]|[-–—:,]\s*\d+(?:\s+\w+)?)$")  # noqa: RUF001
_COUNTED = re.compile(
    r".*\b\d+\s+(?:people|persons?|attendees|guests|delegates|participants|places|personen|personnes)\W*",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"([-–—=*_#~•>])\1+.*\1\1|.*[^\s:]\s*:")  # noqa: RUF001
_MARKS = " \t-–—=*_#~:.•>"  # noqa: RUF001


@dataclass(frozen=True)
class Headings:
    """Lines that surely head the ones below them, and lines that may: number of the line → what it says."""

    sure: Mapping[int, str]
    doubtful: Mapping[int, str]


def find_headings(rows: Sequence[tuple[int, Cells]], owners: Collection[int], *, of_people: bool) -> Headings:
    """Return the headings among the rows of a table; `owners` are the columns that say whose a row is. O(cells).

    In a list `of_people` a word such as “Speakers”, a table or an organisation is one, too. What nearly every line
    looks like is no heading, such as “Ada Byrne Environment Agency” or “Person 12”.
    """
    told = [_alone(cells, owners) for _, cells in rows]
    known = _names_of(
        cells[column] for (_, cells), text in zip(rows, told, strict=True) if not text for column in owners
    )
    found: dict[str, dict[int, str]] = {"sure": {}, "likely": {}, "number": {}, "lone": {}}
    alone = {place: text for place, text in enumerate(told) if text}
    for place, text in alone.items():
        line, cells = rows[place]
        below = rows[place + 1][1] if place + 1 < len(rows) else ()
        if _bare(text) in known or _bare(text).casefold() in known:
            found["sure"][line] = text
        elif of_people and (kind := _kind(text, cells, below)):
            found[kind][line] = text
        elif below and not told[place + 1] and _is_one(cells):
            found["lone"][line] = text
    few = len(rows) / 2
    likely, number = (found[kind] if len(found[kind]) <= few else {} for kind in ("likely", "number"))
    sure = found["sure"] | likely
    parted = len(alone) <= few and (sure or (0 in alone and len(alone) * 5 <= len(rows) * 2))
    doubtful = number | (found["likely"] if not likely else {}) | (found["lone"] if parted else {})
    return Headings(sure, doubtful)


def _kind(text: str, cells: Cells, below: Cells) -> str:
    """Return how sure it is that a text which stands alone among people heads them; "" for what may be a name."""
    bare = _bare(text)
    if _is_nobody(bare, cells, below):
        return "sure"
    if _BODIES.fullmatch(bare) or _ANNOUNCED.fullmatch(text) or _COUNTED.fullmatch(text):
        return "likely"
    return "number" if re.search(r"\d", text) and _is_one(cells) else ""


def _is_one(cells: Cells) -> bool:
    return sum(bool(cell.strip()) for cell in cells) == 1


def _alone(cells: Cells, owners: Collection[int]) -> str:
    """Return what a row says if that is one short thing, numbers and counts aside; "" for any other row."""
    if len(set(cells)) > 4:
        return ""
    filled = {tidy(cell) for cell in cells} - {""}
    words = [text for text in filled if not (_QUIET.fullmatch(text) or is_total(text))]
    if len(words) != 1 or "@" in words[0] or len(words[0]) > LONGEST:
        return ""
    inside = [column for column, cell in enumerate(cells) if tidy(cell) == words[0]]
    return words[0] if inside[0] not in owners or len(inside) > 1 else ""


def _names_of(cells: Iterable[str]) -> set[str]:
    """Return the organisations of a table in small letters, and the letters that two and more words begin with."""
    names = {tidy(cell) for cell in set(cells)} - {""}
    short = {"".join(re.findall(r"\b[^\W\d_a-zß-ÿ]", name)) for name in names}
    return {name.casefold() for name in names} | {letters for letters in short if len(letters) > 1}


def _bare(text: str) -> str:
    """Return a heading without a number before it, a count behind it and marks around it.

    >>> _bare("--- Kew (12 people) ---"), _bare("2. Speakers:"), _bare("Kew – 3")
    ('Kew', 'Speakers', 'Kew')
    """  # noqa: RUF002
    return _COUNT.sub("", re.sub(r"^\d+[.)]\s+", "", text.strip(_MARKS))).strip(_MARKS)


def _is_nobody(bare: str, cells: Cells, below: Cells) -> bool:
    """Whether this is a word for no one person, the letter with which those below begin, or merged over the row."""
    if len(bare) == 1 and bare.isalpha():
        return any(re.search(rf"\b{bare}", cell, re.IGNORECASE) for cell in below)
    merged = len(set(cells) | {""}) == 2 and sum(map(bool, cells)) > 2
    return merged or bool(_WORDS.fullmatch(bare))
