"""Erasing: a person who asks, and everybody of an event whose erase date has passed."""

from datetime import datetime

from matchmaker.store import events
from matchmaker.store.session import Session


def erase_past_events(session: Session, at: datetime) -> int:
    """Erase the personal data of every event whose erase date has passed; return how many events."""
    past = events.past_erase_date(session, at.date())
    for event in past:
        event.erased_at = at
    return len(past)
