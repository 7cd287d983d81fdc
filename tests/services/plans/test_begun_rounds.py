"""Nobody is sent elsewhere in a round that has begun by a version that was made before it began."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.services.plans import begun_rounds, plan_versions
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
ROUND_1 = datetime(2027, 3, 11, 10, 5, tzinfo=UTC)
"""The first round is from 10 to 10.20, and the second begins at 10.25."""


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    made = new_day(make, sqlite)
    made.publish(made.plan())
    return made


def rewritten(day: Any, plan: Plan, at: datetime) -> list[int]:
    with day.database.reading() as session:
        kept, now = (
            plans.by_public_id(session, day.event.id, plan.public_id),
            plans.published(session, day.event.id),
        )
        assert kept is not None
        return begun_rounds.rewritten(session, session.get_one(Event, day.event.id), kept, now, at)


def publish(day: Any, plan: Plan, at: datetime) -> None:
    with day.database.writing() as session:
        kept, now = (
            plans.by_public_id(session, day.event.id, plan.public_id),
            plans.published(session, day.event.id),
        )
        assert kept is not None
        assert now is not None
        plan_versions.publish(session, kept, now.public_id, str(kept.revision), at)


def test_a_version_that_was_made_before_a_round_began_is_not_published_once_it_has(day: Any) -> None:
    day.change(day.people[0], presence=Presence.ABSENT)
    draft = day.plan(PlanningWay.AFRESH)
    assert rewritten(day, draft, MORNING) == []
    assert rewritten(day, draft, ROUND_1) == [1]
    with pytest.raises(plan_versions.RoundsBegun, match="round 1 has begun"):
        publish(day, draft, ROUND_1)
    with day.database.reading() as session:
        now = plans.published(session, day.event.id)
        assert now is not None
        assert now.version == 1
    publish(day, draft, MORNING)


@pytest.mark.parametrize("way", PlanningWay)
def test_a_version_that_is_made_while_the_day_goes_on_keeps_what_has_begun(
    day: Any, way: PlanningWay
) -> None:
    for row in day.people[:2]:
        day.change(row, presence=Presence.ABSENT)
    day.make.registration(day.event, day.make.person("Walk-in"))
    draft = day.plan(way, ROUND_1)
    assert rewritten(day, draft, ROUND_1) == []
    publish(day, draft, ROUND_1)


def test_going_back_to_a_version_with_others_together_in_a_round_that_has_begun_is_refused(day: Any) -> None:
    day.change(day.people[0], presence=Presence.ABSENT)
    older = day.plan(PlanningWay.AFRESH)
    day.change(day.people[0], presence=Presence.EXPECTED)
    assert rewritten(day, older, ROUND_1) == [1]
    assert rewritten(day, older, datetime(2027, 3, 11, 10, 30, tzinfo=UTC)) == [1, 2]
