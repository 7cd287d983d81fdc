"""Places: who has one, who is offered one, and who waits for one in which order."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from matchmaker.store.among import among
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Session, plainly

ORDER = (
    Registration.offered_until.is_not(None),
    Registration.asked_at.is_(None),
    Registration.asked_at,
    Registration.id,
)
"""The order of the waiting list: who let an offer pass comes after who never had one, then as they asked."""


def count(session: Session, event_id: int) -> Counter[tuple[Pool, RegistrationState]]:
    """Return how many people of each side are in each state: one query."""
    rows = plainly(session, _count(), {"event": event_id})
    return Counter(
        {
            (pool, state): number
            for state, *numbers in rows
            for pool, number in zip(Pool, numbers, strict=True)
        }
    )


@cache
def _count() -> Select[*tuple[Any, ...]]:
    """Return the question of `count`, which is put together once: by state, in the order of an index."""
    sides = (func.count().filter(Registration.pool == pool) for pool in Pool)
    here = Registration.event_id == bindparam("event")
    return select(Registration.state, *sides).where(here).group_by(Registration.state)


def count_confirmed(session: Session, event_id: int) -> int:
    """Return how many people have said that they are coming to an event."""
    return (
        session.scalar(
            select(func.count()).where(
                Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED
            )
        )
        or 0
    )


def queue(session: Session, event_id: int) -> list[tuple[int, Pool]]:
    """Return the id and the side of every registration on the waiting list, in order: one query."""
    rows = session.execute(
        select(Registration.id, Registration.pool)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
        .order_by(*ORDER)
    )
    return [(row_id, pool) for row_id, pool in rows]


def in_state(
    session: Session, event_id: int, state: RegistrationState, limit: int | None = None
) -> list[Registration]:
    """Return who is in this state, with their people, as they asked; all of them or the first."""
    asked = select(Registration).where(Registration.event_id == event_id, Registration.state == state)
    return _listed(session, asked.order_by(*ORDER).limit(limit))


def of_ids(session: Session, ids: Collection[int]) -> list[Registration]:
    """Return these registrations, with their people and the addresses of these, as they asked: two queries."""
    asked = select(Registration).where(among(Registration.id, ids)).order_by(*ORDER)
    return _listed(session, asked, addresses=True)


def lapsed(session: Session, event_id: int, at: datetime) -> list[Registration]:
    """Return whose offer of a place has run out, with their people, as they asked."""
    return _listed(session, _lapsed(at).where(Registration.event_id == event_id).order_by(*ORDER))


def events_with_lapsed(session: Session, at: datetime) -> list[int]:
    """Return the ids of the events at which an offer of a place has run out; not of one that runs in the hall."""
    here = _lapsed(at).join(Event).where(Event.in_hall_since.is_(None))
    return list(session.scalars(here.with_only_columns(Registration.event_id).distinct()))


def _lapsed(at: datetime) -> Select[Registration]:
    return select(Registration).where(
        Registration.state == RegistrationState.OFFERED, Registration.offered_until < at
    )


def _listed(session: Session, query: Select[Registration], *, addresses: bool = False) -> list[Registration]:
    person = contains_eager(Registration.person)
    loaded = person.selectinload(Person.addresses) if addresses else person
    return list(session.scalars(query.join(Registration.person).options(loaded)))
