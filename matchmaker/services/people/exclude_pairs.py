"""Exclude a pair: two people who, the organisers say, must never meet. Attendees never learn of it."""

from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session, hold
from matchmaker.store.suggestions import suggestions


def exclude(session: Session, event: Event, one: Person, other: Person, reason: str) -> Exclusion:
    """Keep two people apart; a pair that is kept apart already gets the new reason.

    Raises Refused for one person twice.
    """
    if one.id == other.id:
        raise Refused("Choose two different people")
    events.lock(session, event.id)
    there = exclusions.between(session, event.id, one.id, other.id)
    if there is None:
        there = Exclusion(event_id=event.id, a_id=min(one.id, other.id), b_id=max(one.id, other.id))
        session.add(there)
    there.reason = reason
    session.flush()
    suggestions.remove_pair(session, event.id, one.id, other.id)
    return there


def allow(session: Session, exclusion: Exclusion) -> bool:
    """Let two people be paired again; False if somebody has done so at the same moment."""
    if not hold(session, exclusion):
        return False
    session.delete(exclusion)
    session.flush()
    return True
