"""Who cannot come on the day of an event and would like to be asked the next time."""

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased, contains_eager

from matchmaker.store.event.event_roles import Organiser, organises
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState


def asks() -> ColumnElement[bool]:
    """Return the condition that a registration says so."""
    return and_(Registration.ask_next_time.is_(True), Registration.state == RegistrationState.DECLINED)


def of_organiser(session: Session, organiser_id: int, event: Event) -> list[Registration]:
    """Return the registrations that say so at events this person organises, of people not on the list of `event`.

    Only of events before this one: the next time is a later day. By name; one query.
    """
    here = aliased(Registration)
    there = exists().where(here.event_id == event.id, here.person_id == Registration.person_id)
    mine = exists().where(
        Organiser.event_id == Registration.event_id, Organiser.person_id == organiser_id, organises()
    )
    return list(
        session.scalars(
            select(Registration)
            .join(Registration.person)
            .join(Event, Event.id == Registration.event_id)
            .where(asks(), Event.held_on < event.held_on, mine, ~there)
            .options(contains_eager(Registration.person))
            .order_by(Person.name, Person.id, Registration.id)
        )
    )
