"""Who cannot come on the day of an event and would like to be asked the next time."""

from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select
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
    asked = {"organiser": organiser_id, "event": event.id, "day": event.held_on}
    return list(session.scalars(_of_organiser(), asked))


@cache
def _of_organiser() -> Select[Registration]:
    """Return the question of `of_organiser`, which is put together once."""
    here = aliased(Registration)
    there = exists().where(here.event_id == bindparam("event"), here.person_id == Registration.person_id)
    mine = exists().where(
        Organiser.event_id == Registration.event_id,
        Organiser.person_id == bindparam("organiser"),
        organises(),
    )
    return (
        select(Registration)
        .join(Registration.person)
        .join(Event, Event.id == Registration.event_id)
        .where(asks(), Event.held_on < bindparam("day"), mine, ~there)
        .options(contains_eager(Registration.person))
        .order_by(Person.name, Person.id, Registration.id)
    )
