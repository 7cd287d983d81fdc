"""What the clocks of an event's zone show on its day, as a moment: also in the night in which they are changed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from matchmaker.documents.clock import clock as in_clock
from matchmaker.documents.clock import in_words
from matchmaker.services.refused import Refused


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks show a time on a day.

    A time that they show twice, as they go back, is the first of the two. Raises Refused for one that they skip, as
    they go forward: nobody knows whether the hour before or after is meant.
    """
    there = datetime.combine(day, clock, zone)
    if words := skipped(day, clock, zone):
        raise Refused(f"{words}. Enter {in_clock(_shown(there), zone)} or later, or an earlier time")
    return there


def skipped(day: date, clock: time, zone: ZoneInfo) -> str:
    """Return in words that clocks skip a time on a day, "" if they show it."""
    if _shown(datetime.combine(day, clock, zone)).time() == clock:
        return ""
    # Clocks on UTC show every time, so it reads as it was typed.
    typed = in_clock(datetime.combine(day, clock, UTC), ZoneInfo("UTC"))
    return f"There is no {typed} on {in_words(day)}, as the clocks go forward and skip it"


def _shown(there: datetime) -> datetime:
    """Return what clocks show at a moment that was written as they show it, or would."""
    return there.astimezone(UTC).astimezone(there.tzinfo)
