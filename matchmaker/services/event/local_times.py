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
        raise Refused(f"{words}. Enter {_instead(there, zone)}")
    return there


def skipped(day: date, clock: time, zone: ZoneInfo) -> str:
    """Return in words that clocks skip a time on a day, "" if they show it."""
    if _shown(datetime.combine(day, clock, zone)).time() == clock:
        return ""
    typed = _as_typed(datetime.combine(day, clock))
    return f"There is no {typed} on {in_words(day)}, as the clocks go forward and skip it"


def _instead(there: datetime, zone: ZoneInfo) -> str:
    """Return in words which times there are before and after those that clocks skip around this one."""
    begins = there
    # Each change of clocks anywhere is at a whole minute of theirs.
    while skipped(begins.date(), (begins - MINUTE).time(), zone):
        begins -= MINUTE
    ends = ((begins - MINUTE).astimezone(UTC) + MINUTE).astimezone(zone)
    earlier = f"a time before {_as_typed(begins)}, or " if begins.time() > time() else ""
    return f"{earlier}{in_clock(ends, zone)} or later"


def _as_typed(there: datetime) -> str:
    # Clocks on UTC show every time.
    return in_clock(there.replace(tzinfo=UTC), ZoneInfo("UTC"))


def _shown(there: datetime) -> datetime:
    """Return what clocks show at a moment that was written as they show it, or would."""
    return there.astimezone(UTC).astimezone(there.tzinfo)
