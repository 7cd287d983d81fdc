"""Presence: what the desk records of a registration on the day."""

from datetime import datetime, time
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from matchmaker.store.people.guest_list import on_the_list
from matchmaker.store.people.registrations import COMING, Presence, Registration, misses
from matchmaker.store.session import Session, plainly


def put(session: Session, registration: Registration, presence: Presence, at: datetime | None) -> bool:
    """Record a presence unless it is recorded already; return whether it was new. One atomic UPDATE."""
    changed = session.execute(
        update(Registration)
        .where(Registration.id == registration.id, Registration.presence != presence)
        .values(presence=presence, presence_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(registration, ["presence", "presence_at"])
    return cast(CursorResult[Any], changed).rowcount == 1


def count_here(session: Session, event_id: int, *, over: bool = False) -> tuple[int, int]:
    """Return how many of those who are coming are here, and how many are coming, as `count_by_presence` says."""
    found = count_by_presence(session, event_id, over=over)
    return found[Presence.HERE], sum(found.values())


def count_by_presence(session: Session, event_id: int, *, over: bool = False) -> dict[Presence, int]:
    """Return how many of those who are coming are here, expected and not here.

    Once the event is `over`, whoever was here and left before its end is among them.
    """
    found = dict.fromkeys(Presence, 0)
    for presence, number in plainly(session, _by_presence(over=over), {"event": event_id}):
        found[presence] += number
    return found


@cache
def _by_presence(*, over: bool) -> Select[Presence, int]:
    # By state as well, as an index has them: SQLite would put everybody in order by their presence.
    return (
        select(Registration.presence, func.count())
        .where(Registration.event_id == bindparam("event"), on_the_list(over=over))
        .group_by(Registration.state, Registration.presence)
    )


def count_missing(session: Session, event_id: int, arrived_by: time, number: int) -> tuple[int, int]:
    """Return how many are coming and not checked in: those who should be here at this local time, and those later.

    Nobody should be who said that they miss the round of this number.
    """
    due = func.coalesce(func.sum(case((_due(arrived_by, number), 1), else_=0)), 0)
    found = session.execute(select(due, func.count()).where(*_expected(event_id))).one()
    return found[0], found[1] - found[0]


def mark_missing(session: Session, event_id: int, arrived_by: time, number: int, at: datetime) -> int:
    """Record at once that whoever is not checked in and should be here by now is not here; return how many."""
    changed = session.execute(
        update(Registration)
        .where(*_expected(event_id), _due(arrived_by, number))
        .values(presence=Presence.ABSENT, presence_at=at)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return cast(CursorResult[Any], changed).rowcount


def expect_again(session: Session, event_id: int, marked_at: datetime) -> int:
    """Expect again whoever was marked as not here at this very moment and is still; return how many."""
    changed = session.execute(
        update(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.presence == Presence.ABSENT,
            Registration.presence_at == marked_at,
        )
        .values(presence=Presence.EXPECTED, presence_at=None)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return cast(CursorResult[Any], changed).rowcount


def _expected(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Registration.event_id == event_id,
        Registration.state.in_(COMING),
        Registration.presence == Presence.EXPECTED,
    )


def _due(arrived_by: time, number: int) -> ColumnElement[bool]:
    arrived = or_(Registration.arrives.is_(None), Registration.arrives <= arrived_by)
    return arrived & ~misses(literal(number))
