"""What the clocks of an event's zone show on its day, as a moment: also in the night in which they are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from matchmaker.documents.clock import clock as in_clock
from matchmaker.documents.clock import in_words
from matchmaker.services.refused import Refused

MINUTE = timedelta(minutes=1)


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks show a time on a day.

    A time that they show twice, as they go back, is the first of the two. Raises Refused for one that they skip, as
    they go forward: nobody knows whether the hour before or after is meant.
    """
    there = datetime.combine(day, clock, zone)
    if words := skipped(day, clock, zone):
        before, after = _around(there, zone)
        raise Refused(f"{words}. Enter a time before {before}, or {after} or later")
    return there


def skipped(day: date, clock: time, zone: ZoneInfo) -> str:
    """Return in words that clocks skip a time on a day, "" if they show it."""
    if _shown(datetime.combine(day, clock, zone)).time() == clock:
        return ""
    # Clocks on UTC show every time, so it reads as it was typed.
    typed = in_clock(datetime.combine(day, clock, UTC), ZoneInfo("UTC"))
    return f"There is no {typed} on {in_words(day)}, as the clocks go forward and skip it"


def _around(there: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Return from and to which time clocks go forward around a time that they skip."""
    begins = there
    # Each change of clocks anywhere is at a whole minute of theirs.
    while skipped(begins.date(), (begins - MINUTE).time(), zone):
        begins -= MINUTE
    last = begins - MINUTE
    ends = (last.astimezone(UTC) + MINUTE).astimezone(zone)
    typed = begins.replace(tzinfo=UTC)
    return in_clock(typed, ZoneInfo("UTC")), in_clock(ends, zone)


def _shown(there: datetime) -> datetime:
    """Return what clocks show at a moment that was written as they show it, or would."""
    return there.astimezone(UTC).astimezone(there.tzinfo)
