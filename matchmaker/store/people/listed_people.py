"""An event's list in a few values a person, for what asks about everybody on it at once.

A registration with its person and addresses is sixty values, and making two thousand of them takes longer than all
else that a page does.
"""

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, func, select, type_coerce

from matchmaker.recognition.name_order import folded
from matchmaker.store.among import among
from matchmaker.store.people import guest_list
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Session


class ListedPerson(NamedTuple):
    """Somebody on an event's list: who they are and how they stand. `id` is of the registration.

    `stands` is who it is, in which state and when they were invited, in one as the database writes it: it is compared
    alone, and reading each takes as long as the rest of a row. `wrote`: they saved their profile.
    """

    id: int
    person_id: int
    name: str
    organisation: str
    state_word: str
    presence_word: str
    stands: str
    wrote: bool

    @property
    def state(self) -> RegistrationState:
        """How far their registration is."""
        return _STATES[self.state_word]

    @property
    def presence(self) -> Presence:
        """Whether they are there."""
        return _PRESENCES[self.presence_word]


def everybody(session: Session, event_id: int, conditions: Collection[Condition]) -> list[ListedPerson]:
    """Return all the people of an event who meet the conditions, by name: one query."""
    query = _told().where(Registration.event_id == event_id, *conditions)
    # Asked past the mapper, which has nothing to do here and takes a fifth of the time; row by row takes as long.
    return list(map(ListedPerson._make, session.connection().execute(query).all()))


_STATES = {one.value: one for one in RegistrationState}
_PRESENCES = {one.value: one for one in Presence}


@cache
def _told() -> Select[*tuple[Any, ...]]:
    state = type_coerce(Registration.state, String)
    invited = func.coalesce(cast(Registration.invited_at, String), "")
    return _by_name(
        select(
            Registration.id,
            Registration.person_id,
            Person.name,
            Person.organisation,
            state,
            type_coerce(Registration.presence, String),
            Registration.public_id + " " + state + " " + invited,
            Registration.profile_saved_at.is_not(None),
        )
    )


def _by_name(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.join(Registration.person).order_by(Person.name, Person.id)


def to_choose(
    session: Session, event_id: int, conditions: Collection[Condition]
) -> list[tuple[str, str, str]]:
    """Return (public id of the registration, name, organisation) of those people, by name: one query."""
    query = _to_choose().where(Registration.event_id == event_id, *conditions)
    return [(public_id, name, place) for public_id, name, place in session.connection().execute(query)]


@cache
def _to_choose() -> Select[*tuple[Any, ...]]:
    return _by_name(select(Registration.public_id, Person.name, Person.organisation))


def registered(session: Session, event_id: int, listed: Collection[ListedPerson]) -> list[Registration]:
    """Return the registrations of these people, with people and addresses, by name, to change them: two queries."""
    return guest_list.everybody(session, event_id, [among(Registration.id, [one.id for one in listed])])


def without_address(session: Session, listed: Collection[ListedPerson]) -> set[int]:
    """Return which of these people mail cannot reach, by the id of the person: one query."""
    asked = {one.person_id for one in listed}
    return asked - set(session.scalars(select(Address.person_id).where(among(Address.person_id, asked))))


def namesake(session: Session, event_id: int, name: str, organisation: str) -> Registration | None:
    """Return the first on an event's list of this name and organisation, in any case, with accents or without."""
    called = Person.name_key == folded(name), Person.organisation_key == folded(organisation)
    return session.scalar(
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event_id, *called)
        .order_by(Registration.id)
        .limit(1)
    )
