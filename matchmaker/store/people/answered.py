"""When people who are coming to an event said so, and told of themselves: counted by the quarter of an hour.

A day begins at a quarter of an hour in every time zone, so such numbers can be added up by the day.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from matchmaker.store.among import among
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
    told = (
        select(func.min(BasisRecord.at))
        .where(BasisRecord.registration_id == Registration.id, BasisRecord.kind == BasisKind.NOTICE)
        .scalar_subquery()
    )
    return _counted(
        session,
        func.coalesce(told, Registration.created_at),
        Registration.event_id == event_id,
        Registration.state == RegistrationState.CONFIRMED,
    )


def saved_profile(session: Session, event_id: int) -> Counted:
    """Return when people who are coming, or invited, last saved what they say of themselves. One query."""
    return _counted(
        session,
        Registration.profile_saved_at,
        Registration.event_id == event_id,
        Registration.state.in_(COMING),
        Registration.profile_saved_at.is_not(None),
    )


def _counted(session: Session, moment: Moment, *where: ColumnElement[bool]) -> Counted:
    # Half a quarter less, and rounded: not every SQLite can round down.
    quarter = func.round(extract("epoch", moment) / float(QUARTER) - 0.5).label("quarter")
    # By its name: written out again, it would be worked out again for each row.
    rows = session.execute(select(quarter, func.count()).where(*where).group_by("quarter"))
    return [(datetime.fromtimestamp(int(began) * QUARTER, UTC), number) for began, number in rows]


def offices(session: Session, event_id: int, person_ids: set[int]) -> dict[int, str]:
    """Return the organisation of those of these people who are coming or invited, by inside id. One query."""
    rows = session.execute(
        select(Registration.person_id, Person.organisation)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == event_id,
            Registration.state.in_(COMING),
            among(Registration.person_id, person_ids),
        )
    )
    return {person: organisation for person, organisation in rows}
