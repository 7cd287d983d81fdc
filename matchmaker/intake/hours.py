"""When somebody is there, as one cell says it: a time alone, or words for either end of their time, or for both."""

import re
from datetime import time

from matchmaker.intake.day_times import BY_DAY, Day, clock, means_all_day
from matchmaker.intake.text import tidy

_BOTH = re.compile(
    r"(?:(?:from|between|only)\s+)*(?P<arrives>\S.*?)\s*(?:[-–—]|\b(?:to|until|till?|and|bis|à)\b)\s*(?P<leaves>\S.*)"  # noqa: RUF001
)
_LEAVES = re.compile(
    r"(?:only |just |here |there )*(?:until|till?|to|up to|not after|leav\w+|bis|jusqu à)\b.*"
)
_ARRIVES = re.compile(
    r"(?:only |just |here |there )*(?:from|since|as of|not before|arriv\w+|starting|ab)\b.*"
)
_HALVES = {
    "morning": (None, time(12)), "mornings": (None, time(12)), "am": (None, time(12)),
    "afternoon": (time(12), None), "afternoons": (time(12), None), "pm": (time(12), None),
}  # fmt: skip
_ONWARDS = re.compile(r"\s+(?:on|onwards?)$")
_AROUND = re.compile(r"\b(only|just|in the|for the|the)\b")

Hours = tuple[time | None, time | None]
"""When they arrive and when they leave; None is from the start, and to the end."""


def hours(cell: str, column: str, day: Day = BY_DAY) -> Hours:
    """Return what a cell of the column "arrives" or "leaves" says; a time alone is what its column is for.

    `day` says which half of a day is meant where a cell does not.

    Raises ValueError where no time is understood.

    >>> def said(cell, column="arrives"):
    ...     return " to ".join(f"{at:%H:%M}" if at else "" for at in hours(cell, column))
    >>> said("9.30"), said("from 11"), said("until 14:00"), said("15:30", "leaves"), said("from 11", "leaves")
    ('09:30 to ', '11:00 to ', ' to 14:00', ' to 15:30', '11:00 to ')
    >>> said("10-12"), said("10am to 2pm"), said("from 11 until 3.30pm"), said("between 9:30 and 12")
    ('10:00 to 12:00', '10:00 to 14:00', '11:00 to 15:30', '09:30 to 12:00')
    >>> said("until half past 3"), said("from quarter to ten")
    (' to 15:30', '09:45 to ')
    >>> said("morning only"), said("Afternoon"), said("leaving at 3"), said("all day"), said("")
    (' to 12:00', '12:00 to ', ' to 15:00', ' to ', ' to ')
    """
    text = _ONWARDS.sub("", tidy(cell).casefold().strip(" ."))
    half = " ".join(_AROUND.sub(" ", text).split())
    if half in _HALVES:
        return _HALVES[half]
    if means_all_day(text):
        return None, None
    if _LEAVES.fullmatch(text):
        return None, clock(_bare(text), day)
    if (both := _BOTH.fullmatch(text)) and (read := _read(both["arrives"], both["leaves"], day)):
        return read
    if _ARRIVES.fullmatch(text):
        return clock(_bare(text), day), None
    at = clock(cell, day)
    return (at, None) if column == "arrives" else (None, at)


def _read(arrives: str, leaves: str, day: Day) -> Hours | None:
    """Return both ends of a time; None where either is no time, as in a date with hyphens."""
    if not re.match(r"\d", arrives):
        return None
    try:
        return clock(arrives, day), clock(leaves, day)
    except ValueError:
        return None


def _bare(text: str) -> str:
    """Return the text from its first digit or word for a time on, without the words before it."""
    found = re.search(r"(\d|\b(a )?(half|quarter)\b).*|\b(noon|midday)\b", text)
    return found[0] if found else text
