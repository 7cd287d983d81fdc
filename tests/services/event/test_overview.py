"""Where an event stands: each number counts this event's people alone, and those who are coming."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.event.overview import Overview, oversee
from matchmaker.services.plans.changed_since import ChangedSincePlan
from matchmaker.store.event.events import Event, HallTable
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
S = RegistrationState


def seen(database: Database, event: Event, at: datetime = NOW) -> Overview:
    with database.reading() as session:
        return oversee(session, session.get_one(Event, event.id), at)


def test_people_are_counted_by_where_they_stand_at_this_event(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(rounds=2, tables=1), make.event(rounds=1, tables=1)
    said = {
        "bio": "I look after the river gauges of the north and publish their levels every quarter of an hour."
    }
    make.registration(event, presence=Presence.HERE, step_free=True, **said)
    make.registration(event, quiet=True, fixed_table=1, **said)
    make.registration(event, state=S.INVITED, quiet=True)
    make.registration(event, state=S.INVITED, invited_at=NOW)
    make.registration(event, state=S.DECLINED, quiet=True, presence=Presence.HERE)
    for state in (S.INVITED, S.CONFIRMED):
        make.registration(other, state=state, presence=Presence.HERE, quiet=True, step_free=True)
    for where, sent, problem in (
        (event, None, "no"),
        (event, NOW, "no"),
        (event, None, ""),
        (other, None, "no"),
    ):
        make.add(
            Mail(
                event_id=where.id,
                kind="plan",
                to="a@b.uk",
                subject="",
                body="",
                problem=problem,
                sent_at=sent,
            )
        )
    now = seen(database, event)
    assert (now.coming, now.confirmed, now.here, now.not_invited, now.no_answer) == (4, 2, 1, 1, 1)
    assert (now.nearly_empty, now.rounds, now.tables, now.no_step_free, now.no_quiet) == (2, 2, 1, 1, 1)
    assert (now.latest, now.published, now.meetings, now.planned, now.refused_mail) == (None, None, 0, 0, 1)
    assert not now.changes
    with database.writing() as session:
        session.scalars(select(HallTable).where(HallTable.event_id == event.id)).one().quiet = True
    assert (seen(database, event).no_step_free, seen(database, event).no_quiet) == (1, 0)


@pytest.fixture
def planned(sqlite: Database, make: Any, new_day: Any) -> Any:
    """Ten people, a published plan of them, and another event."""
    day = new_day(make, sqlite, rounds=2)
    day.publish(day.plan())
    return day


def test_a_plan_of_today_has_no_changes_and_one_that_somebody_left_has(
    sqlite: Database, planned: Any
) -> None:
    now = seen(sqlite, planned.event)
    assert now.published is not None
    assert (now.published.version, now.meetings, now.planned) == (1, 10, 10)
    assert now.changes == ChangedSincePlan()
    planned.change(planned.people[0], state=S.CANCELLED)
    assert seen(sqlite, planned.event).changes == ChangedSincePlan(left=1)
