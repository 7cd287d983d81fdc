"""When and where a plan's meetings are: now for the published one, as it was for one that was replaced."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.services.plans.when_and_where import Moved, as_it_stands, of_plan
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Database


@pytest.mark.parametrize("state", [PlanState.PUBLISHED, PlanState.SUPERSEDED])
def test_a_replaced_version_remembers_its_times_and_the_published_one_follows_the_event(
    database: Database, maker: Any, state: PlanState
) -> None:
    event = maker(database).event(rounds=2, tables=3)
    with database.writing() as session:
        now = session.get_one(Event, event.id)
        before = as_it_stands(now)
        plan = Plan(
            event_id=now.id, version=1, state=state, problem={}, certificate={}, rounds=[1, 2], tables=[1, 2],
            when_and_where=before.kept(), published_at=datetime(2027, 3, 1, tzinfo=UTC),
        )  # fmt: skip
        now.rounds[1].starts_at += timedelta(minutes=10)
        now.tables[0].step_free = now.tables[2].quiet = True
        now.place = "Another hall"
        found, after = of_plan(now, plan), as_it_stands(now)
        assert found == (before if state is PlanState.SUPERSEDED else after)
        # Table 3 is in no meeting of the plan, so nothing on its paper is wrong.
        assert before.moved_to(after, plan) == Moved(frozenset({2}), frozenset({1}), place=True)
        assert not before.moved_to(before, plan)
