"""When people who are coming to an event said so, and told of themselves: counted by the quarter of an hour.

A day begins at a quarter of an hour in every time zone, so such numbers can be added up by the day.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from matchmaker.store.among import among_those
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration, RegistrationState
from matchmaker.store.session import Session, plainly

QUARTER = 15 * 60
"""Seconds."""

_SAYS_YES = (BasisKind.NOTICE, BasisKind.ORGANISER)

Moment = ColumnElement[Any] | InstrumentedAttribute[Any]

Counted = list[tuple[datetime, int]]
"""When a quarter of an hour began, in UTC, and how many things happened in it."""


def yes_and_profiles(session: Session, event_id: int) -> tuple[Counted, Counted]:
    """Return when people said that they come, and when who comes, or is invited, last saved a profile. One query.

    A yes that came in a list or from an organiser was said when it was noted, or else when they were put on the list.
    """
    found: tuple[Counted, Counted] = [], []
    for which, began, number in plainly(session, _yes_and_profiles(), {"event": event_id}):
        found[which].append((datetime.fromtimestamp(int(began) * QUARTER, UTC), number))
    return found


@cache
def _yes_and_profiles() -> CompoundSelect[int, int, int]:
    told = (
        select(func.min(BasisRecord.at))
        .where(BasisRecord.registration_id == Registration.id, BasisRecord.kind.in_(_SAYS_YES))
        .scalar_subquery()
    )
    said = func.coalesce(told, Registration.created_at)
    saved = Registration.profile_saved_at
    return union_all(
        _by_quarter(0, said, Registration.state == RegistrationState.CONFIRMED),
        _by_quarter(1, saved, Registration.state.in_(COMING), saved.is_not(None)),
    )


def _by_quarter(which: int, moment: Moment, *where: ColumnElement[bool]) -> Select[int, int, int]:
    """Return the question for how many registrations of an event had such a moment in each quarter of an hour."""
    quarter = _Quarter(moment).label("quarter")
    here = Registration.event_id == bindparam("event")
    # By its name: written out again, it would be worked out again for each row.
    return select(literal(which), quarter, func.count()).where(here, *where).group_by("quarter")


class _Quarter(FunctionElement[int]):
    """Which quarter of an hour a moment is in, counted from 1970."""

    inherit_cache = True


@compiles(_Quarter, "sqlite")
def _divided_whole(element: _Quarter, compiler: SQLCompiler, **options: Any) -> str:
    # Seconds as text, to be read again, take twice as long. SQLite knows a moment to the millisecond; half of one is
    # added, as a fraction of a day may be a little less than it should.
    days = f"julianday({compiler.process(element.clauses, **options)}) - 2440587.5 + 0.5 / 86400000"
    return f"CAST(({days}) * {24 * 60 * 60 // QUARTER} AS INTEGER)"


@compiles(_Quarter, "postgresql")
def _divided_down(element: _Quarter, compiler: SQLCompiler, **options: Any) -> str:
    return f"floor(extract(epoch FROM {compiler.process(element.clauses, **options)}) / {QUARTER})"


def offices(session: Session, event_id: int, person_ids: set[int]) -> dict[int, str]:
    """Return the organisation of those of these people who are coming or invited, by inside id. One query."""
    rows = plainly(session, _offices(), {"event": event_id, "people": [*person_ids]})
    return {person: organisation for person, organisation in rows}


@cache
def _offices() -> Select[int, str]:
    return (
        select(Registration.person_id, Person.organisation)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == bindparam("event"),
            Registration.state.in_(COMING),
            among_those(Registration.person_id, "people"),
        )
    )
