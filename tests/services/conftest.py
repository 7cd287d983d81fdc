"""Counting what a block of a test asks of the database; and a day to plan, publish and plan again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from matchmaker.scheduling.solver import colour
from matchmaker.services.plans import plan_versions, solve_plan
from matchmaker.services.plans.compare_plans import Difference, compare
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event import events
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.session import Database


@pytest.fixture(autouse=True)
def planned_without_many_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pair that finds no round push out 200 others and not 2,000: here what is done with plans is tested."""
    monkeypatch.setattr(colour, "WALK", 0)


@pytest.fixture
def queries(sqlite: Database) -> Callable[[], AbstractContextManager[list[str]]]:
    """Give a block that collects the questions sent to the test's SQLite database."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN")):
                sent.append(statement)

        event.listen(sqlite.engine, "before_cursor_execute", note)
        yield sent
        event.remove(sqlite.engine, "before_cursor_execute", note)

    return collecting


MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
"""Before the first round, which is at 10."""
Seats = set[tuple[int, int, frozenset[int]]]


class Day:
    """An event of ten people at five tables in four rounds, where plans are made and published."""

    def __init__(self, make: Any, database: Any, people: int = 10, **event: Any) -> None:
        self.make, self.database = make, database
        self.event = make.event(**{"rounds": 4, "tables": 5, **event})
        self.people = make.registrations(self.event, people)
        make.registration(make.event(rounds=4, tables=5))

    def plan(
        self, way: PlanningWay = PlanningWay.LEAST, at: datetime = MORNING, *, unanswered: bool = False
    ) -> Plan:
        with self.database.reading() as session:
            inputs = plan_versions.load(session, self.event.id, at, way, unanswered=unanswered)
        solved = solve_plan.solve(inputs)
        with self.database.writing() as session:
            return plan_versions.save(session, self.event.id, solved, None)

    def publish(self, plan: Plan) -> Plan:
        with self.database.writing() as session:
            kept = plans.by_public_id(session, self.event.id, plan.public_id)
            assert kept is not None
            head = plans.published(session, self.event.id)
            plan_versions.publish(session, kept, head.public_id if head else "", str(kept.revision), MORNING)
        return plan

    def seats(self, plan: Plan) -> Seats:
        with self.database.reading() as session:
            kept = plans.by_public_id(session, self.event.id, plan.public_id)
            assert kept is not None
            return {
                (one.round_number, one.table_number, frozenset(seat.person_id for seat in one.seats))
                for one in kept.meetings
            }

    def change(self, registration: Registration, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(Registration, registration.id)
            for name, value in columns.items():
                setattr(row, name, value)

    def lock(self, plan: Plan, seats: tuple[int, int, frozenset[int]]) -> None:
        with self.database.writing() as session:
            one = session.scalars(
                select(Meeting).where(
                    Meeting.plan_id == plan.id,
                    Meeting.round_number == seats[0],
                    Meeting.table_number == seats[1],
                )
            ).one()
            one.locked = True

    def difference(self, plan: Plan, before: Plan, at: datetime = MORNING) -> Difference:
        with self.database.reading() as session:
            event = events.by_public_id(session, self.event.public_id)
            assert event is not None
            now, was = (plans.by_public_id(session, event.id, one.public_id) for one in (plan, before))
            assert now is not None
            assert was is not None
            seen = review(session, event, now)
            assert seen.faults == ()
            return compare(seen, review(session, event, was), at)


@pytest.fixture
def new_day() -> type[Day]:
    """Give the class: `new_day(make, database, people=9)`."""
    return Day
