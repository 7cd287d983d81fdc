"""A time of day as people write it, in a cell of a list or in a field of a page."""

import re
from datetime import time

from matchmaker.intake.cells import NOTHING
from matchmaker.intake.dates import without_day
from matchmaker.intake.text import tidy

Day = tuple[time, time]
"""From when to when an event is, where it is."""
BY_DAY: Day = (time(7), time(18, 59))
"""Of an event of which that is not known."""
_AROUND = 120
"""Minutes before and after an event in which people still come and go."""
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
_CLOCK = re.compile(
    r"(?:[a-z .,]*\b(?:at|from|by|until|till|around|about|approx\.?|c\.|circa|after|before)\s+)?"
    r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{1,2})(?::\d{2}(?:\.\d+)?)?|(?P<joined>\d{2}))?\s*"
    r"(?:h|hrs?|hours|o['’]? ?clock)?\s*(?P<half>[ap])?\.?(?:m\.?)?(?:\s+(?:on the day|bst|gmt|uk time))?"
)
_WORDED = {"noon": time(12), "midday": time(12), "12 noon": time(12)}
_HOURS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_HOUR = re.compile(rf"\b({'|'.join(_HOURS[1:])})\b")
_QUARTER = re.compile(
    r"\b(?:(?P<half>half)(?: past)?|(?:a )?quarter (?:past|(?P<to>to)))\s+(?P<hour>\d{1,2})(?![\d:.])"
)


def clock(cell: str, day: Day = BY_DAY) -> time | None:
    """Return the time of day in a cell, None for an empty cell or one that means all day.

    An hour from 1 to 6 written without a leading zero, `am` or `pm` is in the afternoon, and from 7 to 12 before it:
    most events are by day. It is the other way round where that alone is about the time of the event. A fraction of
    a day, as spreadsheets keep times, is understood. Raises ValueError for anything else.

    >>> [f"{clock(cell):%H:%M}" for cell in ("9.30", "2pm", "1400", "from 10", "noon", "0.375", "2.15")]
    ['09:30', '14:00', '14:00', '10:00', '12:00', '09:00', '14:15']
    >>> [f"{clock(cell):%H:%M}" for cell in ("3 March 2027 9:30", "Wed, Mar 3, 2027 2pm", "3-Mar-27 at noon")]
    ['09:30', '14:00', '12:00']
    >>> [f"{clock(cell):%H:%M}" for cell in ("half past ten", "quarter to 3", "Half 1", "ten o'clock", "10 A.M.")]
    ['10:30', '14:45', '13:30', '10:00', '10:00']
    >>> evening = (time(19), time(20, 55))
    >>> [f"{clock(cell, evening):%H:%M}" for cell in ("7.30", "half past 8", "6", "9am", "07:30", "10")]
    ['19:30', '20:30', '18:00', '09:00', '07:30', '22:00']
    >>> [f"{clock(cell):%H:%M}" for cell in ("0,4375", "46000,4375", "46000.375", "10,30", "16,00")]
    ['10:30', '10:30', '09:00', '10:30', '16:00']
    >>> clock("all day") is None
    True
    """
    text = without_day(tidy(cell).casefold()).strip(" .")
    if means_all_day(text):
        return None
    if text in _WORDED:
        return _WORDED[text]
    if fraction := re.fullmatch(
        r"(?:0|\d{5})?[.,](\d{3,})", text
    ):  # of a day, perhaps with its number before it
        minutes = round(float(f"0.{fraction[1]}") * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    match = _CLOCK.fullmatch(_in_digits(re.sub(r"(?<=\d),(?=\d\d(?!\d))", ".", text)))
    if not match:
        raise ValueError(text)
    hour = int(match["hour"])
    minute = _minute(match["minute"] or match["joined"] or "0")
    if match["half"] == "p" and hour < 12:
        hour += 12
    elif match["half"] == "a" and hour == 12:
        hour = 0
    elif not match["half"] and 1 <= hour <= 12 and not match["hour"].startswith("0"):
        morning, afternoon = time(hour % 12, minute), time(hour % 12 + 12, minute)
        likely, other = (afternoon, morning) if _away(afternoon, BY_DAY) == 0 else (morning, afternoon)
        return other if _away(other, day) <= _AROUND < _away(likely, day) else likely
    return time(hour, minute)


def _away(at: time, day: Day) -> int:
    """Return how many minutes a time is before or after a day, which may pass midnight; 0 within it."""
    begins, ends, now = (one.hour * 60 + one.minute for one in (*day, at))
    length, since = (ends - begins) % 1440, (now - begins) % 1440
    return 0 if since <= length else min(since - length, 1440 - since)


def means_all_day(text: str) -> bool:
    """Whether a cell in small letters is empty or says that somebody is there from the start, to the end, or both."""
    return text in _ALL_DAY


def _in_digits(text: str) -> str:
    """Return hours and quarters that are written as words in digits: "half past ten" as "10:30"."""
    numbered = _HOUR.sub(lambda found: str(_HOURS.index(found[0])), text)
    return _QUARTER.sub(_minutes_of, numbered)


def _minutes_of(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    if found["to"]:
        return f"{hour - 1 or 12}:45"
    return f"{hour}:{'30' if found['half'] else '15'}"


def _minute(digits: str) -> int:
    """Return the minutes written; a spreadsheet shows a typed 9.30 as 9.3, so one digit counts tens."""
    return int(digits) * 10 if len(digits) == 1 and digits <= "5" else int(digits)
