"""Times and dates as they are printed and mailed: the twelve-hour clock of the pages, day and month in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Write the time of day in the event's zone, in the twelve-hour style of GOV.UK.

    >>> from datetime import UTC
    >>> times = [datetime(2026, 11, 24, *time, tzinfo=UTC) for time in ((10, 30), (9, 0), (12, 0), (14, 5))]
    >>> [clock(time, ZoneInfo("UTC")) for time in times]
    ['10.30am', '9am', 'midday', '2.05pm']
    """
    there = local(moment, zone)
    if there.minute == 0 and there.hour in (0, 12):
        return "midday" if there.hour else "midnight"
    half = "am" if there.hour < 12 else "pm"
    minutes = f".{there.minute:02}" if there.minute else ""
    return f"{there.hour % 12 or 12}{minutes}{half}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Write the date in the event's zone; the months are our own, so the server's language does not matter.

    >>> from datetime import UTC
    >>> day(datetime(2026, 6, 11, 23, 30, tzinfo=UTC), ZoneInfo("Europe/London"))
    '12 June 2026'
    """
    return in_words(local(moment, zone))


def in_words(there: date) -> str:
    """Write a date in words: `12 June 2026`."""
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Move a moment to the event's zone. Raises ValueError for a moment without a zone of its own."""
    if moment.tzinfo is None:
        raise ValueError("This time has no zone. Pass a time in UTC, for example datetime.now(UTC).")
    return moment.astimezone(zone)
