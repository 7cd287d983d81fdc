"""An event with a published plan and people who met, or will: what comes after a meeting."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat

BEFORE = datetime(2027, 3, 11, 9, tzinfo=UTC)
IN_ROUND_ONE = datetime(2027, 3, 11, 10, 5, tzinfo=UTC)
AFTERWARDS = datetime(2027, 3, 12, tzinfo=UTC)


@pytest.fixture
def met(make: Any) -> Any:
    """Amara meets Ben in round 1 and Cat in round 2; she and Dan both want to meet; Eve sits elsewhere."""
    event = make.event("The event", rounds=2, tables=4)
    people = {name.lower(): make.person(f"{name} Reed") for name in ("Amara", "Ben", "Cat", "Dan", "Eve")}
    rows = {key: make.registration(event, one) for key, one in people.items()}
    plan = Plan(
        event_id=event.id,
        version=1,
        state=PlanState.PUBLISHED,
        problem={},
        certificate={},
        published_at=BEFORE,
    )
    make.add(plan)
    pairs = ((1, 3, "amara", "ben"), (2, 1, "amara", "cat"), (1, 1, "cat", "eve"))
    for number, table, *two in pairs:
        seats = [Seat(person_id=people[one].id, plan_id=plan.id, round_number=number) for one in two]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=table, why=[], seats=seats))
    make.answer(event, people["amara"], people["dan"])
    make.answer(event, people["dan"], people["amara"])
    elsewhere = make.event("Another", rounds=2, tables=4)
    for one in people.values():
        make.registration(elsewhere, one)
    return SimpleNamespace(
        event=event,
        elsewhere=elsewhere,
        plan=plan,
        rows=rows,
        before=BEFORE,
        in_round_one=IN_ROUND_ONE,
        afterwards=AFTERWARDS,
        **people,
    )
