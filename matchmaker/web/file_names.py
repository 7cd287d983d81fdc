"""What downloaded files are called: the event, what it is and the day, so that they are found again among others."""

import re
import unicodedata
from datetime import date

from matchmaker.store.event.events import Event

_LONGEST_EVENT = 60
_MARK = re.compile(r"-[0-9a-f]{8}(?=\.\w+$)")
"""What a file that we made bears to be known again while its content holds; it says nothing to people."""


def named(event: Event, what: str) -> str:
    """Return the name of a file of an event, in letters that every computer takes; `what` is such as `report.pdf`."""
    return _named(event.name, what, event.held_on)


def of_kept_file(event: Event, kept: str) -> str:
    """Return the name under which a kept file is given: one that somebody uploaded keeps its own."""
    plain = _MARK.sub("", kept)
    return named(event, plain) if plain != kept else kept


def _named(event: str, what: str, held_on: date) -> str:
    """Return the parts as one name.

    >>> _named("Data Day: Llŷn & Môn", "slips-plan-3.pdf", date(2027, 3, 11))
    'data-day-llyn-mon-slips-plan-3-2027-03-11.pdf'
    >>> _named("数据日", "report.csv", date(2027, 3, 11))
    'event-report-2027-03-11.csv'
    """
    letters = unicodedata.normalize("NFKD", event).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_EVENT].strip("-") or "event"
    stem, dot, ending = what.rpartition(".")
    return f"{short}-{stem}-{held_on.isoformat()}{dot}{ending}"
