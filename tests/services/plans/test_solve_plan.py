"""From what a plan depends on to a plan: every rule is kept, or nothing is."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.services.plans import plan_versions, solve_plan
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.plan_versions import Inputs
from matchmaker.services.plans.solve_plan import NothingToPlan, RuleBroken
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    return new_day(make, sqlite, people=6, rounds=2, tables=3)


def load(day: Any, at: Any) -> Inputs:
    with day.database.reading() as session:
        return plan_versions.load(session, day.event.id, at, PlanningWay.AFRESH)


@pytest.mark.parametrize(
    ("event", "people", "words"),
    [
        ({"rounds": 0}, 4, "There are no rounds yet"),
        ({"tables": 0}, 4, "There are no tables yet"),
        ({}, 0, "Nobody is coming yet"),
        ({}, 1, "Only one person is coming so far. A meeting needs two people."),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_planned(
    sqlite: Database, make: Any, new_day: Any, event: dict[str, int], people: int, words: str
) -> None:
    day = new_day(make, sqlite, people=people, **event)
    with pytest.raises(NothingToPlan, match=f"^{words}"):
        day.plan()


def test_who_must_not_meet_or_is_away_does_not(day: Any) -> None:
    a, b, c, d = (row.person for row in day.people[:4])
    other = day.make.event()
    day.make.add(Exclusion(event_id=day.event.id, a_id=a.id, b_id=b.id))
    day.make.answer(other, c, a, AnswerKind.BLOCK)
    day.change(day.people[4], presence=Presence.ABSENT)
    day.change(day.people[3], leaves=time(10, 25))
    seats = day.seats(day.plan())
    pairs = [people for _, _, people in seats]
    assert not any({a.id, b.id} <= one or {a.id, c.id} <= one for one in pairs)
    assert all(day.people[4].person_id not in one for one in pairs)
    assert all(d.id not in one for number, _, one in seats if number == 2)


def test_the_same_inputs_give_the_same_plan_and_its_steps_are_told(day: Any) -> None:
    inputs = load(day, datetime(2027, 3, 11, 8, tzinfo=UTC))
    told: list[tuple[int, int, str]] = []
    one = solve_plan.solve(inputs, progress=lambda done, total, words: told.append((done, total, words)))
    other = solve_plan.solve(inputs)
    assert (one.plan, one.why) == (other.plan, other.why)
    assert check(one.problem, one.plan) == []
    assert [step for step, _, _ in told] == sorted(step for step, _, _ in told)
    assert (told[0][0], told[-1][2]) == (0, "Checking the plan against every rule")


def test_a_plan_that_breaks_a_rule_is_never_returned(day: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = load(day, datetime(2027, 3, 11, 8, tzinfo=UTC))
    good = solve_plan.solve(inputs).plan
    first, second = good.meetings[:2]
    bad = replace(
        good, meetings=(first, replace(second, round=first.round, people=first.people), *good.meetings[2:])
    )
    monkeypatch.setattr(solve_plan.planner, "plan", lambda *_args, **_more: bad)
    with pytest.raises(RuleBroken):
        solve_plan.solve(inputs)
