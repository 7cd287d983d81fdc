"""What templates do to values on their way to a page: dates, times, counts and lists in words.

Dates and times are stored in UTC and shown in the event's zone; these functions and
`documents.clock` are the only ones that turn one into words.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from matchmaker.documents import clock as clocks
from matchmaker.documents.counts import plural

LONDON = "Europe/London"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _local(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone cannot be shown: read it from the store, which adds UTC.")
    return moment.astimezone(ZoneInfo(zone))


def day(value: date | datetime, zone: str = LONDON) -> str:
    """Write a date, or the date of a moment in `zone`.

    >>> day(date(2026, 11, 24))
    '24 November 2026'
    """
    shown = _local(value, zone) if isinstance(value, datetime) else value
    return f"{shown.day} {_MONTHS[shown.month - 1]} {shown.year}"


def weekday(value: date | datetime, zone: str = LONDON) -> str:
    """Write a date with its day of the week.

    >>> weekday(date(2026, 11, 24))
    'Tuesday 24 November 2026'
    """
    shown = _local(value, zone) if isinstance(value, datetime) else value
    return f"{_WEEKDAYS[shown.weekday()]} {day(value, zone)}"


def clock(moment: datetime, zone: str = LONDON) -> str:
    """Write the time of day of a moment in `zone`, as paper and letters do.

    >>> from datetime import UTC
    >>> clock(datetime(2026, 11, 24, 14, 5, tzinfo=UTC))
    '2.05pm'
    """
    return clocks.clock(moment, ZoneInfo(zone))


def when(moment: datetime, zone: str = LONDON) -> str:
    """Write a moment in `zone`: the date, then the time.

    >>> from datetime import UTC
    >>> when(datetime(2026, 6, 2, 9, 5, tzinfo=UTC))
    '2 June 2026 at 10.05am'
    """
    return f"{day(moment, zone)} at {clock(moment, zone)}"


def sentence_list(items: Iterable[object], word: str = "and") -> str:
    """Join items the way a sentence does.

    >>> sentence_list(["Air", "Soil", "Water"]), sentence_list(["Air", "Soil"], "or"), sentence_list([])
    ('Air, Soil and Water', 'Air or Soil', '')
    """
    *start, last = [str(item) for item in items] or [""]
    return f"{', '.join(start)} {word} {last}" if start else last


def years(first: int | None, last: int | None) -> str:
    """Write the years in which something was done, or nothing where none are known.

    >>> years(2017, 2020), years(2017, None), years(None, 2020), years(2020, 2020), years(None, None)
    ('2017 to 2020', 'since 2017', 'until 2020', '2020', '')
    """
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    return f"since {first}" if first else f"until {last}" if last else ""


def with_addresses(text: str) -> Markup:
    """Write a text with its email addresses as links to write to.

    >>> print(with_addresses("Ada & Ben (ask@x.example)"))
    Ada &amp; Ben (<a class="govuk-link" href="mailto:ask@x.example">ask@x.example</a>)
    """
    return Markup(_ADDRESS.sub(r'<a class="govuk-link" href="mailto:\g<0>">\g<0></a>', str(escape(text))))  # noqa: S704 - escaped first


FILTERS = {
    "clock": clock,
    "day": day,
    "plural": plural,
    "sentence_list": sentence_list,
    "weekday": weekday,
    "when": when,
    "with_addresses": with_addresses,
    "years": years,
}
"""Name in a template → function."""
