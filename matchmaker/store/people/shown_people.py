"""Rows of the organisers' lists: who is on an event's list, searched and paged, in the values that a row shows.

A registration with its person is fifty values and two objects, which take three times as long to read as these.
"""

import enum
from datetime import datetime, time
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, case, or_, select

from matchmaker.recognition.name_order import sought
from matchmaker.store.people import namesakes
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.session import Session, plainly


class ListOrder(enum.StrEnum):
    """By which part of their names people are listed."""

    SURNAME = "surname"
    NAME = "name"


class ShownPerson(NamedTuple):
    """Somebody as a list shows them; `public_id` is of the registration.

    `called` is the name beside the organisation: it tells apart two who have both the same.
    """

    public_id: str
    person_id: int
    name: str
    organisation: str
    state: RegistrationState
    pool: Pool
    presence: Presence
    presence_at: datetime | None
    invited_at: datetime | None
    arrives: time | None
    leaves: time | None
    away_rounds: frozenset[int]
    step_free: bool
    quiet: bool
    large_print: bool
    fixed_table: int | None
    called: str


@cache
def _shown() -> Select[*tuple[Any, ...]]:
    """Return the question of everybody, which is put together once."""
    one = Registration
    return select(
        one.public_id, one.person_id, Person.name, Person.organisation, one.state, one.pool, one.presence,
        one.presence_at, one.invited_at, one.arrives, one.leaves, one.away_rounds, one.step_free, one.quiet,
        one.large_print, one.fixed_table, Person.name,
    ).join(Registration.person)  # fmt: skip


def of(session: Session, registration: Registration) -> ShownPerson:
    """Return what a list shows of somebody."""
    row = session.execute(_shown().where(Registration.id == registration.id)).one()
    return _told(session, registration.event_id, [ShownPerson._make(row)])[0]


def _told(session: Session, event_id: int, people: list[ShownPerson]) -> list[ShownPerson]:
    known = namesakes.told(session, event_id, [one.person_id for one in people])
    return [
        one._replace(called=known[one.person_id].beside) if one.person_id in known else one for one in people
    ]


def search(
    session: Session,
    event_id: int,
    query: str,
    conditions: list[Condition],
    limit: int,
    offset: int = 0,
    by: ListOrder = ListOrder.SURNAME,
    *,
    waited_for_at: datetime | None = None,
) -> list[ShownPerson]:
    """Return some of the people who meet the conditions.

    Whoever has a word of the name that begins with the first word of `query` comes first, then A to Z by surname, or
    by the name as written. `waited_for_at`: before all of that, whoever was not noted as here or not here by then.
    Two queries.
    """
    first = (sought(query) or [""])[0]
    asked = {"event": event_id, "most": limit, "after": offset, "since": waited_for_at}
    found = plainly(session, _some(tuple(conditions), first, by, waited_for_at is not None), asked)
    return _told(session, event_id, [ShownPerson._make(row) for row in found])


@lru_cache(100)
def _some(
    conditions: tuple[Condition, ...], first: str, by: ListOrder, waits: bool
) -> Select[*tuple[Any, ...]]:
    """Return the question of `search`, which is put together once where the conditions are."""
    place = Person.surname_place if by is ListOrder.SURNAME else Person.place_key
    begins = or_(
        Person.name_key.startswith(first, autoescape=True),
        Person.name_key.contains(f" {first}", autoescape=True),
    )
    waited_for = or_(
        Registration.presence == Presence.EXPECTED, Registration.presence_at > bindparam("since")
    )
    order = [
        *([case((waited_for, 0), else_=1)] if waits else ()),
        *([case((begins, 0), else_=1)] if first else ()),
        place,
        Person.name,
        Person.id,
    ]
    return (
        _shown()
        .where(Registration.event_id == bindparam("event"), *conditions)
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .offset(bindparam("after", type_=Integer))
    )
