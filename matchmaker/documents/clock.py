"""Times and dates as they are printed and mailed: 24-hour local clock, day and month in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Write the time of day in the event's zone.

    >>> from datetime import UTC
    >>> clock(datetime(2026, 6, 11, 8, 42, tzinfo=UTC), ZoneInfo("Europe/London"))
    '09:42'
    """
    return f"{local(moment, zone):%H:%M}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """Write the date in the event's zone; the months are our own, so the server's language does not matter.

    >>> from datetime import UTC
    >>> day(datetime(2026, 6, 11, 23, 30, tzinfo=UTC), ZoneInfo("Europe/London"))
    '12 June 2026'
    """
    there = local(moment, zone)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Move a moment to the event's zone. Raises ValueError for a moment without a zone of its own."""
    if moment.tzinfo is None:
        raise ValueError("This time has no zone. Pass a time in UTC, for example datetime.now(UTC).")
    return moment.astimezone(zone)
