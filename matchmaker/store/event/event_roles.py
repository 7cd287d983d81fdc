"""Who organises an event, helps at its desk, or may look at its pages: the role of a person at an event."""

import enum
from functools import cache

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship, selectinload

from matchmaker.store.base import Base, choice, one_of
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person


class EventRole(enum.StrEnum):
    """What somebody may do at an event on the organisers' side; the strongest first."""

    ORGANISER = "organiser"
    HELPER = "helper"
    READER = "reader"


class Organiser(Base):
    """That a person organises an event, helps at its desk, or may look at its pages: `role` says which."""

    __tablename__ = "organiser"
    __table_args__ = (UniqueConstraint("event_id", "person_id"), one_of("role", EventRole))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[EventRole] = mapped_column(
        choice(EventRole), default=EventRole.ORGANISER, server_default=EventRole.ORGANISER.value
    )

    person: Mapped[Person] = relationship()


def roles_of(session: Session, person_id: int) -> list[tuple[Event, EventRole]]:
    """Return the events at which this person has a role, with that role, the latest event first.

    Two queries: their rounds are there as well.
    """
    rows = session.execute(_roles_of(), {"person": person_id})
    return [(event, role) for event, role in rows]


@cache
def _roles_of() -> Select[Event, EventRole]:
    return (
        select(Event, Organiser.role)
        .join(Organiser)
        .options(selectinload(Event.rounds))
        .where(Organiser.person_id == bindparam("person"))
        .order_by(Event.held_on.desc(), Event.id.desc())
    )


def event_with_role(
    session: Session, public_id: str, person_id: int
) -> tuple[Event | None, EventRole | None, bool]:
    """Return the event an address names, if this person has a role there, with the role: one query.

    The last says whether they have a role at another event, too.
    """
    row = session.execute(_event_with_role(), {"person": person_id, "public_id": public_id}).one_or_none()
    return (row[0], row[1], row[2] > 1) if row else (None, None, False)


@cache
def _event_with_role() -> Select[Event, EventRole, int]:
    """Return the question of `event_with_role`, which each page of an organiser begins with."""
    return (
        select(Event, Organiser.role, _number_of_roles().correlate(None).scalar_subquery())
        .join(Organiser)
        .where(Event.public_id == bindparam("public_id"), Organiser.person_id == bindparam("person"))
    )


def has_several_roles(session: Session, person_id: int) -> bool:
    """Whether this person has a role at more than one event."""
    return session.scalars(_number_of_roles(), {"person": person_id}).one() > 1


@cache
def _number_of_roles() -> Select[int]:
    return select(func.count()).select_from(Organiser).where(Organiser.person_id == bindparam("person"))


def organised_by(session: Session, person_id: int) -> list[Event]:
    """Return the events this person organises, the latest first."""
    return [event for event, role in roles_of(session, person_id) if role is EventRole.ORGANISER]


def role_at(session: Session, person_id: int, event_id: int) -> EventRole | None:
    """Return the role this person has at this event."""
    return session.scalar(_role(), {"person": person_id, "event": event_id})


@cache
def _role() -> Select[EventRole]:
    return select(Organiser.role).filter_by(person_id=bindparam("person"), event_id=bindparam("event"))


def with_roles(session: Session, event_id: int) -> list[tuple[Person, EventRole]]:
    """Return who has a role at the event, by name: one query."""
    return [(person, role) for person, role in session.execute(_with_roles(), {"event": event_id})]


@cache
def _with_roles() -> Select[Person, EventRole]:
    return (
        select(Person, Organiser.role)
        .join(Organiser)
        .where(Organiser.event_id == bindparam("event"))
        .order_by(Person.name, Person.id)
    )


def organisers(session: Session, event_id: int) -> list[Person]:
    """Return who organises the event, by name."""
    return [person for person, role in with_roles(session, event_id) if role is EventRole.ORGANISER]


def organises() -> ColumnElement[bool]:
    """Return the condition that a role is an organiser's."""
    return Organiser.role == EventRole.ORGANISER


def put_role(session: Session, event_id: int, person_id: int, role: EventRole) -> None:
    """Give a person a role at an event, in place of the one they had."""
    row = session.scalar(
        select(Organiser).where(Organiser.event_id == event_id, Organiser.person_id == person_id)
    )
    if row is None:
        session.add(Organiser(event_id=event_id, person_id=person_id, role=role))
    else:
        row.role = role
    session.flush()


def remove_organiser(session: Session, event_id: int, person_id: int) -> None:
    """Take a person's role at an event away."""
    session.execute(delete(Organiser).where(Organiser.event_id == event_id, Organiser.person_id == person_id))


def organised_alone(session: Session, person_id: int) -> list[Event]:
    """Return the events that have no other organiser and whose personal data is still here, by name."""
    return list(session.scalars(_organised_alone(), {"person": person_id}))


@cache
def _organised_alone() -> Select[Event]:
    alone = (
        select(Organiser.event_id)
        .where(organises())
        .group_by(Organiser.event_id)
        .having(func.count() == 1, func.min(Organiser.person_id) == bindparam("person"))
    )
    those = Event.id.in_(alone), Event.erased_at.is_(None)
    return select(Event).where(*those).order_by(Event.name, Event.id)


def any_not_organised(session: Session, organiser_id: int) -> bool:
    """Whether there is an event that this person does not organise; of an installation with one there is none."""
    return session.scalar(_not_organised(), {"organiser": organiser_id}) is not None


@cache
def _not_organised() -> Select[int]:
    own = select(Organiser.event_id).where(Organiser.person_id == bindparam("organiser"), organises())
    return select(Event.id).where(Event.id.not_in(own)).limit(1)


def has_role_elsewhere(organiser_id: int) -> ColumnElement[bool]:
    """Return the condition that a person has a role at an event that `organiser_id` does not organise."""
    own = select(Organiser.event_id).where(Organiser.person_id == organiser_id, organises())
    theirs = aliased(Organiser)
    return exists().where(theirs.person_id == Person.id, theirs.event_id.not_in(own))
