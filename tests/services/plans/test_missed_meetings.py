"""Whoever comes late or leaves early keeps their meetings until another version is published: they are counted."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from matchmaker.services.plans.missed_meetings import missed_meetings
from matchmaker.store.event import events
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database
from tests.services.conftest import MORNING, Day


def count(day: Day, at: datetime = MORNING) -> int:
    with day.database.reading() as session:
        event = events.by_id(session, day.event.id)
        assert event is not None
        return missed_meetings(session, event, session.get_one(Registration, day.people[0].id), at)


def test_meetings_in_rounds_that_somebody_misses_are_counted_until_the_next_version(
    make: Any, sqlite: Database
) -> None:
    day = Day(make, sqlite)
    day.change(day.people[0], leaves=time(10, 25))
    assert count(day) == 0, "there is no plan"
    day.change(day.people[0], leaves=None)
    day.publish(day.plan())
    assert count(day) == 0
    day.change(day.people[0], leaves=time(10, 25))
    assert count(day) == 3
    assert count(day, MORNING + timedelta(days=1)) == 0, "every round has begun"
    day.publish(day.plan(at=datetime(2027, 3, 11, 8, 30, tzinfo=UTC)))
    assert count(day) == 0
