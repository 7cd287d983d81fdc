"""Understanding one cell: a yes or no, a time of day, a list, a table number, an email address."""

import re
from collections.abc import Iterable
from datetime import time

from email_validator import EmailNotValidError, validate_email

from matchmaker.intake.text import tidy

_YES = frozenset(
    {
        "yes",
        "y",
        "true",
        "t",
        "1",
        "x",
        "✓",
        "✔",
        "☑",
        "on",
        "ok",
        "okay",
        "yes please",
        "agree",
        "agreed",
        "i agree",
    }
)
_NO = frozenset(
    {
        "",
        "no",
        "n",
        "false",
        "f",
        "0",
        "-",
        "–",
        "—",
        "✗",
        "✘",
        "☐",
        "off",
        "none",
        "nil",
        "n/a",
        "na",
        "not applicable",
    }
)
_NOTHING = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "none",
        "nil",
        "null",
        "no",
        "nope",
        "not applicable",
        "nothing",
        "no one",
        "nobody",
        "?",
        "tbc",
        "tba",
        ".",
    }
)
_ALL_DAY = _NOTHING | {
    "all day",
    "start",
    "the start",
    "end",
    "the end",
    "whole day",
    "full day",
    "from the start",
}
_NO_ADDRESS = _NOTHING | {"anonymous", "info requested", "unknown", "not known"}
_INSIDE = frozenset({"inside", "internal", "in"})
_OUTSIDE = frozenset({"outside", "external", "out"})
_CLOCK = re.compile(
    r"(?:[a-z .,]*\b(?:at|from|by|until|till|around|about|approx\.?|c\.|circa|after|before)\s+)?"
    r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{1,2})(?::\d{2}(?:\.\d+)?)?|(?P<joined>\d{2}))?\s*"
    r"(?:h|hrs?|hours|o'?clock)?\s*(?P<half>[ap])?\.?(?:m\.?)?(?:\s+(?:on the day|bst|gmt|uk time))?"
)
_WORDED = {"noon": time(12), "midday": time(12), "12 noon": time(12)}
_DATE = re.compile(r"^\d{4}-\d\d-\d\d[ t]|^\d{1,2}/\d{1,2}/\d{2,4}\s+")
_SPLIT_COMMA = re.compile(r",(?![^()]*\))(?!\d)")
_BULLET = re.compile(r"^(?:[-*•·‣]\s+|\d{1,2}[.)]\s+)")


def unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that exports put before `=`, `+`, `-` and `@`.

    >>> unguarded("'=cmd"), unguarded("'tis")
    ('=cmd', "'tis")
    """
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a word for nothing, such as `n/a` or `-`."""
    return text.casefold().strip() in _NOTHING


def access_needs(words: str) -> tuple[bool, bool, bool]:
    """Return whether words ask for a step-free table, for a quiet one, and whether they were understood.

    >>> access_needs("Wheelchair user"), access_needs("none"), access_needs("BSL interpreter")
    ((True, False, True), (False, False, True), (False, False, False))
    """
    text = words.casefold()
    if yes_or_no(words) is False or says_nothing(words):
        return False, False, True
    step_free = bool(
        re.search(r"step[- ]?free|wheelchair|no (stairs|steps)|\b(lift|ramp|scooter|crutches)\b", text)
    )
    quiet = bool(re.search(r"\b(quiet|noise|noisy|hearing aid)\b", text))
    return step_free, quiet, step_free or quiet


def yes_or_no(cell: str) -> bool | None:
    """Return what a ticked or typed cell says, or None if it is neither yes nor no; an empty one is no.

    >>> yes_or_no("X"), yes_or_no("Yes, please"), yes_or_no(""), yes_or_no("perhaps")
    (True, True, False, None)
    """
    word = tidy(cell).casefold().strip(" .!")
    if word in _YES or re.match(r"yes\b", word):
        return True
    if word in _NO or re.match(r"no\b", word):
        return False
    return None


def inside_or_outside(cell: str) -> bool | None:
    """Return True for inside, False for outside, None for an empty cell; raises ValueError for other words.

    >>> inside_or_outside("External"), inside_or_outside("yes"), inside_or_outside("")
    (False, True, None)
    """
    word = tidy(cell).casefold().strip(" .!")
    if word in _NOTHING - {"no"}:
        return None
    if word in _INSIDE:
        return True
    if word in _OUTSIDE:
        return False
    answer = yes_or_no(word)
    if answer is None:
        raise ValueError(word)
    return answer


def clock(cell: str) -> time | None:
    """Return the time of day in a cell, None for an empty cell or one that means all day.

    An hour from 1 to 6 written without a leading zero, `am` or `pm` is in the afternoon: these are events by
    day. A fraction of a day, as spreadsheets keep times, is understood. Raises ValueError for anything else.

    >>> [f"{clock(cell):%H:%M}" for cell in ("9.30", "2pm", "1400", "from 10", "noon", "0.375", "2.15")]
    ['09:30', '14:00', '14:00', '10:00', '12:00', '09:00', '14:15']
    >>> clock("all day") is None
    True
    """
    text = _DATE.sub("", tidy(cell).casefold()).strip(" .")
    if text in _ALL_DAY:
        return None
    if text in _WORDED:
        return _WORDED[text]
    if re.fullmatch(r"0?\.\d{3,}", text):
        minutes = round(float(text) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    match = _CLOCK.fullmatch(text)
    if not match:
        raise ValueError(text)
    hour = int(match["hour"])
    minute = _minute(match["minute"] or match["joined"] or "0")
    if match["half"] == "p" and hour < 12:
        hour += 12
    elif match["half"] == "a" and hour == 12:
        hour = 0
    elif not match["half"] and 1 <= hour <= 6 and not match["hour"].startswith("0"):
        hour += 12
    return time(hour, minute)


def _minute(digits: str) -> int:
    """Return the minutes written; a spreadsheet shows a typed 9.30 as 9.3, so one digit counts tens."""
    return int(digits) * 10 if len(digits) == 1 and digits <= "5" else int(digits)


def split_list(cell: str) -> tuple[str, ...]:
    """Return the things listed in a cell, each once, in order.

    Parted by semicolons, line breaks or vertical bars; by commas only where none of these is there, and never
    inside brackets or a number. Bullets and words for “nothing” fall away.

    >>> split_list("Soil (arable, dairy), floods; n/a; floods")
    ('Soil (arable, dairy), floods', 'floods')
    >>> split_list("soil (arable, dairy), floods, none, Floods")
    ('soil (arable, dairy)', 'floods')
    """
    parts = re.split(r"[;|\r\n]", cell)
    if len(parts) == 1:
        parts = _SPLIT_COMMA.split(cell)
    return distinct(_BULLET.sub("", tidy(part)).strip(" ,;|") for part in parts)


def distinct(things: Iterable[str]) -> tuple[str, ...]:
    """Return the things that say something, each once whatever its case, the first spelling kept."""
    kept: dict[str, str] = {}
    for thing in things:
        if thing.casefold() not in _NOTHING:
            kept.setdefault(thing.casefold(), thing)
    return tuple(kept.values())


def table_number(cell: str) -> int | None:
    """Return the number of a table (1 to 9999), None for an empty cell; raises ValueError for anything else.

    >>> table_number("Table 4"), table_number("4.0"), table_number("no")
    (4, 4, None)
    """
    text = tidy(cell).casefold()
    if text in _NOTHING or text == "0":
        return None
    match = re.fullmatch(r"(?:table|t|no\.?|number|nr\.?|#)*\s*#?([1-9]\d{0,3})(?:\.0+)?", text)
    if not match:
        raise ValueError(text)
    return int(match.group(1))


def address(cell: str) -> str:
    """Return the email address in a cell in lower case, "" where there is none to read.

    Takes `Name <address>`, `mailto:` and stray full stops as people paste them. Whether the domain exists is
    not asked: nothing here uses the network. Raises ValueError with what is wrong for something that is no
    address.

    >>> address(" Maria Okafor <Maria.Okafor@Example.org>; "), address("anonymous")
    ('maria.okafor@example.org', '')
    """
    text = tidy(cell)
    if inner := re.search(r"<([^<>]+)>", text):
        text = inner.group(1)
    text = re.sub(r"^mailto:", "", text.strip(" ,;.<>\"'"), flags=re.IGNORECASE)
    if text.casefold() in _NO_ADDRESS:
        return ""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    return found.normalized.lower()


def name_from_address(email: str) -> str:
    """Return the name that an address such as `maria.okafor-jones@…` spells out, "" where it does not.

    >>> name_from_address("maria.okafor-jones2@example.org"), name_from_address("datateam@example.org")
    ('Maria Okafor-Jones', '')
    """
    words = re.split(r"[._]", email.partition("@")[0].partition("+")[0])
    words = [word.rstrip("0123456789") for word in words]
    if len(words) < 2 or not all(re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", word) for word in words):
        return ""
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)
