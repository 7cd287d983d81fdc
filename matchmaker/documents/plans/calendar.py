"""One person's meetings as a calendar file: what a phone subscribes to, and what it takes in once.

Every meeting keeps its UID through all versions of the plan, so that a calendar moves it and never shows it twice.
What falls away stays as a cancelled entry, since a calendar that is only left without one may keep it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

REFRESH = timedelta(minutes=15)
"""How often a subscribed calendar is asked to look again."""


@dataclass(frozen=True)
class CalendarEntry:
    """A round of one person's day. `uid` is the round's for good; `sequence` grows with each version of the plan."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    title: str
    why: str
    cancelled: bool = False


def calendar(
    name: str, place: str, day_url: str, zone: ZoneInfo, changed: datetime, entries: Sequence[CalendarEntry]
) -> bytes:
    """Return an iCalendar file (RFC 5545) in the event's zone; nobody's address is in it.

    `changed` is when the plan was published: the same plan gives the same bytes.
    """
    from icalendar import Calendar, Event, vDuration, vText  # noqa: PLC0415 - heavy: three hundred modules

    file = Calendar()
    file.add("prodid", "-//matchmaker//My day//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    # Of what begins with X- the library does not know what it is, and would write it down as it stands.
    file.add("x-wr-calname", vText(name))
    file.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    file.add("x-published-ttl", vDuration(REFRESH))
    in_order = sorted(entries, key=lambda entry: entry.begins)
    for one in in_order:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", changed)
        event.add("dtstart", one.begins.astimezone(zone))
        event.add("dtend", one.ends.astimezone(zone))
        event.add("summary", one.title)
        if place:
            event.add("location", place)
        event.add("description", "\n\n".join(filter(None, (one.why, f"Your whole day: {day_url}"))))
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT" if one.cancelled else "OPAQUE")
        file.add_component(event)
    if in_order and zone.key != "UTC":
        file.subcomponents.insert(0, _rules(zone.key, in_order[0].begins.year, in_order[-1].ends.year))
    return bytes(file.to_ical())


@lru_cache(100)
def _rules(zone: str, first: int, last: int) -> Any:
    """Return how a zone's clocks go in these years: those since 1970 take longer than everything else in a file."""
    from icalendar import Timezone  # noqa: PLC0415 - heavy: three hundred modules

    return Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 2))
