"""One person's meetings as a calendar file: what a phone subscribes to, and what it takes in once.

Every meeting keeps its UID through all versions of the plan, so that a calendar moves it and never shows it twice.
What falls away stays as a cancelled entry, since a calendar that is only left without one may keep it.

The lines are written here: a library that knows every kind of them takes as long for a day as two pages. It writes
the rules of the zone, once for all who have the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

REFRESH = timedelta(minutes=15)
"""How often a subscribed calendar is asked to look again."""

_PIECE = re.compile(rb".{1,73}(?![\x80-\xbf])(?<!\\)|.{1,73}(?![\x80-\xbf])", re.DOTALL)
"""What stands in one line of a file, of which none has more than 75 bytes: whole letters, and no sign parted."""


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
    in_order = sorted(entries, key=lambda entry: entry.begins)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//matchmaker//My day//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_minutes(REFRESH)}",
        f"X-PUBLISHED-TTL:{_minutes(REFRESH)}",
    ]
    if in_order:
        lines += _rules(zone.key, in_order[0].begins.year, in_order[-1].ends.year)
    for one in in_order:
        lines += _entry(one, place, day_url, zone, changed)
    lines.append("END:VCALENDAR")
    return b"".join(b"\r\n ".join(_PIECE.findall(line.encode())) + b"\r\n" for line in lines)


def _entry(one: CalendarEntry, place: str, day_url: str, zone: ZoneInfo, changed: datetime) -> Iterator[str]:
    about = "\n\n".join(filter(None, (one.why, f"Your whole day: {day_url}")))
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(one.title)}"
    yield f"DTSTART{_at(one.begins, zone)}"
    yield f"DTEND{_at(one.ends, zone)}"
    yield f"DTSTAMP:{_digits(changed.astimezone(UTC))}Z"
    yield f"UID:{_text(one.uid)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DESCRIPTION:{_text(about)}"
    if place:
        yield f"LOCATION:{_text(place)}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if one.cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


@lru_cache(100)
def _rules(zone: str, first: int, last: int) -> Sequence[str]:
    """Return the lines that say how a zone's clocks go in these years; since 1970 they would be many more."""
    if zone == "UTC":
        return ()
    from icalendar import Timezone  # noqa: PLC0415 - heavy: three hundred modules

    rules = Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 2))
    written: bytes = rules.to_ical()
    return written.decode().split("\r\n")[:-1]


def _at(when: datetime, zone: ZoneInfo) -> str:
    there = _digits(when.astimezone(zone))
    return f":{there}Z" if zone.key == "UTC" else f";TZID={zone.key}:{there}"


def _digits(when: datetime) -> str:
    return f"{when:%Y%m%dT%H%M%S}"


def _minutes(time: timedelta) -> str:
    return f"PT{time.seconds // 60}M"


def _text(words: str) -> str:
    """Write words so that no sign in them means anything."""
    plain = words.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return plain.replace("\r\n", r"\n").replace("\n", r"\n").replace("\r", r"\n")
