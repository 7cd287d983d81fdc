"""Understanding one cell: a yes or no, a time of day, a table number."""

import re
from datetime import time

from matchmaker.intake.dates import without_day
from matchmaker.intake.text import plain, tidy

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
        "checked",
        "selected",
        "ticked",
        "wahr",
        "vrai",
        "verdadero",
        "vero",
        "ja",
        "oui",
        "si",
        "sí",
        "sì",
        "tak",
        "sim",
        "oes",
        "ydw",
        "✅",
        "👍",
        "●",
        "1.0",
        "[x]",
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
        "unchecked",
        "not selected",
        "unticked",
        "falsch",
        "faux",
        "falso",
        "nein",
        "non",
        "nee",
        "nej",
        "nie",
        "não",
        "nac oes",
        "nac ydw",
        "❌",
        "○",
        "0.0",
        "[ ]",
        "[]",
        "null",
    }
)
NOTHING = frozenset(
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
        "tbd",
        ".",
        "--",
        "---",
        "..",
        "...",
        "…",
        "/",
        "\\",
        "n\\a",
        "n.a",
        "n / a",
        "(none)",
        "(blank)",
        "(empty)",
        "none.",
        "[]",
        "{}",
        "undefined",
        "nan",
        "keine",
        "keiner",
        "aucun",
        "aucune",
        "rien",
        "ninguno",
        "ninguna",
        "nessuno",
        "nessuna",
        "geen",
        "ingen",
        "dim",
        "brak",
        "unspecified",
        "not specified",
        "not provided",
        "don't know",
        "no answer",
        "no response",
        "prefer not to say",
        "#n/a",
    }
)
_ALL_DAY = NOTHING | {
    "all day",
    "start",
    "the start",
    "end",
    "the end",
    "whole day",
    "full day",
    "from the start",
    "to the end",
    "until the end",
}
_INSIDE = frozenset({"inside", "internal", "in"})
_OUTSIDE = frozenset({"outside", "external", "out"})
_CLOCK = re.compile(
    r"(?:[a-z .,]*\b(?:at|from|by|until|till|around|about|approx\.?|c\.|circa|after|before)\s+)?"
    r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{1,2})(?::\d{2}(?:\.\d+)?)?|(?P<joined>\d{2}))?\s*"
    r"(?:h|hrs?|hours|o'?clock)?\s*(?P<half>[ap])?\.?(?:m\.?)?(?:\s+(?:on the day|bst|gmt|uk time))?"
)
_WORDED = {"noon": time(12), "midday": time(12), "12 noon": time(12)}


def unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that exports put before `=`, `+`, `-` and `@`.

    >>> unguarded("'=cmd"), unguarded("'tis")
    ('=cmd', "'tis")
    """
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a word for nothing, such as `n/a` or `-`."""
    return text.casefold().strip() in NOTHING


def is_tick(text: str) -> bool:
    """Whether a cell only ticks something, or leaves it unticked: never the name of a thing.

    >>> [is_tick(text) for text in ("Yes", "1", "x", "Unchecked", "Soil", "5G")]
    [True, True, True, True, False, False]
    """
    word = tidy(text).casefold().strip(" .!")
    return word in _YES or (word in _NO and word not in NOTHING)


def shown(cell: str) -> str:
    """Return a short text as a page shows it: one line, without tags and entities.

    >>> shown("<b>Kew</b> &amp; Co")
    'Kew & Co'
    """
    return plain(cell)


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
    if word in NOTHING - {"no"}:
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
    >>> [f"{clock(cell):%H:%M}" for cell in ("3 March 2027 9:30", "Wed, Mar 3, 2027 2pm", "3-Mar-27 at noon")]
    ['09:30', '14:00', '12:00']
    >>> clock("all day") is None
    True
    """
    text = without_day(tidy(cell).casefold()).strip(" .")
    if means_all_day(text):
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


def means_all_day(text: str) -> bool:
    """Whether a cell in small letters is empty or says that somebody is there from the start, to the end, or both."""
    return text in _ALL_DAY


def _minute(digits: str) -> int:
    """Return the minutes written; a spreadsheet shows a typed 9.30 as 9.3, so one digit counts tens."""
    return int(digits) * 10 if len(digits) == 1 and digits <= "5" else int(digits)


def table_number(cell: str) -> int | None:
    """Return the number of a table (1 to 9999), None for an empty cell; raises ValueError for anything else.

    >>> table_number("Table 4"), table_number("4.0"), table_number("no")
    (4, 4, None)
    """
    text = tidy(cell).casefold()
    if text in NOTHING or text == "0":
        return None
    match = re.fullmatch(r"(?:table|t|no\.?|number|nr\.?|#)*\s*#?([1-9]\d{0,3})(?:\.0+)?", text)
    if not match:
        raise ValueError(text)
    return int(match.group(1))
