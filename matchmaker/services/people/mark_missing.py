"""Mark everybody who is not checked in as not here, all at once; and undo that for exactly the people it changed."""

from dataclasses import dataclass
from datetime import datetime, time

from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import presence
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Missing:
    """How many are not checked in: who should be here by now, and who said that they come later."""

    due: int
    later: int


def missing(session: Session, event: Event, at: datetime) -> Missing:
    """Return how many are not checked in at this moment. One query."""
    return Missing(*presence.count_missing(session, event.id, _arrived_by(event, at), _round_now(event, at)))


def mark(session: Session, event: Event, at: datetime) -> int:
    """Record that whoever is not checked in is not here; return how many.

    Who said that they come later is left as they are. What was marked so before can no longer be undone at once.
    """
    events.lock(session, event.id)
    marked = presence.mark_missing(session, event.id, _arrived_by(event, at), _round_now(event, at), at)
    if marked:
        event.missed_at = at
        session.flush()
    return marked


def undo(session: Session, event: Event) -> int:
    """Undo the last marking for everybody it changed, unless they were checked in since; return how many."""
    events.lock(session, event.id)
    session.refresh(event, ["missed_at"])
    if event.missed_at is None:
        return 0
    undone = presence.expect_again(session, event.id, event.missed_at)
    event.missed_at = None
    session.flush()
    return undone


def _round_now(event: Event, at: datetime) -> int:
    """Return the number of the round that is on, or is next, or was last; 0 without rounds."""
    following = next(
        (one for one in event.rounds if one.ends_at > at), event.rounds[-1] if event.rounds else None
    )
    return following.number if following else 0


def _arrived_by(event: Event, at: datetime) -> time:
    """Return the local time of the event's day by which people should be here: its first moment on an earlier day."""
    local = at.astimezone(event.tz)
    if local.date() == event.held_on:
        return local.time().replace(tzinfo=None)
    return time.min if local.date() < event.held_on else time.max
