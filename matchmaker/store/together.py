"""Which event two people share, or one was last at: a thanks, a naming or a report belongs to it."""

from sqlalchemy import select, union
from sqlalchemy.orm import Session, aliased

from matchmaker.store.events import Event, Organiser
from matchmaker.store.registrations import COMING, Registration


def newest_common_event(session: Session, one_id: int, other_id: int) -> Event | None:
    """Return the latest event that both people are coming to."""
    other = aliased(Registration)
    return session.scalar(
        select(Event)
        .join(Registration, Registration.event_id == Event.id)
        .join(other, other.event_id == Event.id)
        .where(
            Registration.person_id == one_id,
            Registration.state.in_(COMING),
            other.person_id == other_id,
            other.state.in_(COMING),
        )
        .order_by(Event.held_on.desc(), Event.id.desc())
        .limit(1)
    )


def newest_event_of(session: Session, person_id: int) -> Event | None:
    """Return the latest event that a person comes to or organises, unless its data is erased."""
    coming = select(Registration.event_id).where(
        Registration.person_id == person_id, Registration.state.in_(COMING)
    )
    organised = select(Organiser.event_id).where(Organiser.person_id == person_id)
    return session.scalar(
        select(Event)
        .where(Event.id.in_(union(coming, organised)), Event.erased_at.is_(None))
        .order_by(Event.held_on.desc(), Event.id.desc())
        .limit(1)
    )
