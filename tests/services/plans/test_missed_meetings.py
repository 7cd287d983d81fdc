"""Whoever comes late or leaves early keeps what is planned until another version is published: that is told."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete

from matchmaker.services.plans.missed_meetings import Missed, missed_meetings
from matchmaker.store.event import events
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import talks
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.store.plans.talks import NewTalk
from matchmaker.store.session import Database
from tests.services.conftest import MORNING, Day


def found(day: Day, at: datetime = MORNING) -> Missed:
    with day.database.reading() as session:
        event = events.by_id(session, day.event.id)
        assert event is not None
        return missed_meetings(session, event, session.get_one(Registration, day.people[0].id), at)


def count(day: Day, at: datetime = MORNING) -> int:
    return found(day, at).meetings


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


def test_a_table_topic_that_nobody_hosts_then_is_named_and_one_that_they_would_only_hear_is_not(
    make: Any, sqlite: Database
) -> None:
    day = Day(make, sqlite)
    ada, ben, cat = (one.person_id for one in day.people[:3])
    soil, rivers, refused = (
        TableTopic(event_id=day.event.id, host_id=host, title=title, state=state)
        for host, title, state in (
            (ada, "Who owns soil?", TopicState.ACCEPTED),
            (ben, "Rivers", TopicState.ACCEPTED),
            (ada, "Peat", TopicState.DECLINED),
        )
    )
    make.add(soil, rivers, refused)
    plan = day.publish(day.plan())
    with sqlite.writing() as session:
        session.execute(delete(Seat).where(Seat.person_id.in_([ada, ben, cat])))
        rows = [(soil, 2, 1), (rivers, 3, 1), (refused, 4, 1), (soil, 1, 1)]
        new = [NewTalk(topic.id, number, table, (ada, ben, cat)) for topic, number, table in rows]
        talks.keep(session, session.get_one(Plan, plan.id), new)
    assert found(day) == Missed()
    day.change(day.people[0], leaves=time(10, 25))
    assert found(day) == Missed(0, ("Who owns soil?",))
