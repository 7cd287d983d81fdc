"""Meetings put into a plan in bulk."""

from typing import Any

import pytest
from sqlalchemy import func, select, text

from matchmaker.store.plans import new_meetings
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database


@pytest.mark.parametrize(("count", "told"), [(5, False), (7, True)])
def test_postgres_is_told_of_many_meetings_before_their_seats_are_looked_up_and_all_are_kept(
    postgres: Database, maker: Any, monkeypatch: pytest.MonkeyPatch, count: int, told: bool
) -> None:
    monkeypatch.setattr(new_meetings, "AT_ONCE", 5)
    make = maker(postgres)
    event, people = make.event(rounds=2), [make.person().id for _ in range(14)]
    plan = Plan(event_id=event.id, version=1, problem={}, certificate={})
    make.add(plan)
    new = [
        NewMeeting(1, number + 1, tuple(people[2 * number : 2 * number + 2]), 0.5, [], False)
        for number in range(count)
    ]
    with postgres.writing() as session:
        session.execute(text("ANALYZE meeting"))
        new_meetings.add_meetings(session, session.get_one(Plan, plan.id), new)
        known = session.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'meeting'"))
        assert known == (5 if told else 0)
        assert session.scalar(select(func.count()).select_from(Meeting)) == count
        assert session.scalar(select(func.count()).select_from(Seat)) == 2 * count
