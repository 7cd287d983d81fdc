"""What has changed since a plan was made: who left and joined, who agreed to meet, and the hall."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.services.plans.changed_since import ChangedSincePlan, changed_since
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind

NOW = datetime(2027, 3, 1, tzinfo=UTC)
S = RegistrationState


@pytest.fixture
def planned(sqlite: Database, make: Any, new_day: Any) -> Any:
    """Ten people, a published plan of them, and another event."""
    day = new_day(make, sqlite, rounds=2)
    day.publish(day.plan())
    return day


def changes(database: Database, planned: Any) -> ChangedSincePlan:
    with database.reading() as session:
        event = session.get_one(Event, planned.event.id)
        plan = plans.latest(session, event.id)
        assert plan is not None
        return changed_since(session, event, plan, NOW)


def test_nothing_has_changed_since_a_plan_of_today(sqlite: Database, planned: Any) -> None:
    assert changes(sqlite, planned) == ChangedSincePlan()
    assert not changes(sqlite, planned)


def test_who_left_joined_or_agreed_since_the_plan_is_counted(sqlite: Database, planned: Any) -> None:
    make, people = planned.make, [one.person for one in planned.people]
    planned.change(planned.people[0], state=S.CANCELLED)
    planned.change(planned.people[1], presence=Presence.ABSENT)
    make.registration(planned.event)
    make.registration(planned.event, state=S.INVITED)
    other = make.event()
    make.registration(other)
    for event, one, two in (
        (planned.event, people[2], people[3]),
        (planned.event, people[4], people[5]),
        (planned.event, people[0], people[6]),
        (other, people[7], people[8]),
    ):
        make.answer(event, one, two)
        make.answer(event, two, one)
    make.answer(planned.event, people[7], people[9])
    make.add(Exclusion(event_id=planned.event.id, a_id=people[4].id, b_id=people[5].id))
    assert changes(sqlite, planned) == ChangedSincePlan(left=2, joined=1, introductions=1)
    make.answer(other, people[3], people[2], AnswerKind.BLOCK)
    assert changes(sqlite, planned) == ChangedSincePlan(left=2, joined=1, introductions=0)


def test_a_hall_that_is_not_the_plans_any_more_is_noticed(sqlite: Database, planned: Any) -> None:
    with sqlite.writing() as session:
        event = session.get_one(Event, planned.event.id)
        event.tables.pop()
    assert changes(sqlite, planned) == ChangedSincePlan(hall=True)
