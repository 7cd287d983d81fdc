"""A change of times makes a version of the same meetings, where there is a published plan that it touches."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from matchmaker.services.plans.reissue_plan import reissue
from matchmaker.services.plans.when_and_where import as_it_stands
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Database

AT = datetime(2027, 3, 10, tzinfo=UTC)


def test_without_a_published_plan_nothing_is_made_again(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(rounds=2, tables=2), make.event(rounds=2, tables=2)
    make.add(
        Plan(event_id=event.id, version=1, problem={}, certificate={}),
        Plan(
            event_id=other.id,
            version=1,
            state=PlanState.PUBLISHED,
            published_at=AT,
            problem={},
            certificate={},
        ),
    )
    with database.writing() as session:
        now = session.get_one(Event, event.id)
        before = as_it_stands(now)
        now.place = "Another hall"
        assert reissue(session, now, before, None, AT) is None
        assert session.scalar(select(func.count(Plan.id))) == 2
