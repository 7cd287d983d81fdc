"""When people who are coming to an event said so, and told of themselves: counted by the quarter of an hour.

A day begins at a quarter of an hour in every time zone, so such numbers can be added up by the day.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from matchmaker.store.among import among_those
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration, RegistrationState

QUARTER = 15 * 60
"""Seconds."""

Moment = ColumnElement[Any] | InstrumentedAttribute[Any]

Counted = list[tuple[datetime, int]]
"""When a quarter of an hour began, in UTC, and how many things happened in it."""


def said_yes(session: Session, event_id: int) -> Counted:
    """Return when people said that they come. One query.

    Who said yes without the notice (their yes came in a list) did so when they were put on the list.
    """
    return _counted(session, _said_yes(), event_id)


@cache
def _said_yes() -> Select[float, int]:
    told = (
        select(func.min(BasisRecord.at))
        .where(BasisRecord.registration_id == Registration.id, BasisRecord.kind == BasisKind.NOTICE)
        .scalar_subquery()
    )
    return _by_quarter(
        func.coalesce(told, Registration.created_at), Registration.state == RegistrationState.CONFIRMED
    )


def saved_profile(session: Session, event_id: int) -> Counted:
    """Return when people who are coming, or invited, last saved what they say of themselves. One query."""
    return _counted(session, _saved_profile(), event_id)


@cache
def _saved_profile() -> Select[float, int]:
    return _by_quarter(
        Registration.profile_saved_at,
        Registration.state.in_(COMING),
        Registration.profile_saved_at.is_not(None),
    )


def _by_quarter(moment: Moment, *where: ColumnElement[bool]) -> Select[float, int]:
    """Return the question for how many registrations of an event had such a moment in each quarter of an hour."""
    # Half a quarter less, and rounded: not every SQLite can round down.
    quarter = func.round(extract("epoch", moment) / float(QUARTER) - 0.5).label("quarter")
    here = Registration.event_id == bindparam("event")
    # By its name: written out again, it would be worked out again for each row.
    return select(quarter, func.count()).where(here, *where).group_by("quarter")


def _counted(session: Session, asked: Select[float, int], event_id: int) -> Counted:
    rows = session.execute(asked, {"event": event_id})
    return [(datetime.fromtimestamp(int(began) * QUARTER, UTC), number) for began, number in rows]


def offices(session: Session, event_id: int, person_ids: set[int]) -> dict[int, str]:
    """Return the organisation of those of these people who are coming or invited, by inside id. One query."""
    rows = session.execute(_offices(), {"event": event_id, "people": [*person_ids]})
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
