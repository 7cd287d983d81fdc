"""The mark of a plan that passed its check: it holds for what was checked, and for nothing else."""

from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.services.plans.passed_check import has_passed, note_passed
from matchmaker.store.plans.plans import Meeting, Plan, Seat


def plan() -> Plan:
    """Two people who meet in round 2 at table 5, without a mark yet."""
    seats = [Seat(person_id=7), Seat(person_id=9)]
    meeting = Meeting(round_number=2, table_number=5, score=0.5, seats=seats)
    return Plan(rounds=[2, 3], tables=[5], problem={}, certificate={}, meetings=[meeting])


def marked() -> Plan:
    made, new = plan(), SimpleNamespace(round_number=2, table_number=5, score=0.5, people=(9, 7))
    meetings: Any = [new]
    note_passed(made, meetings)
    return made


def test_a_plan_has_passed_once_it_is_noted_while_nobody_is_gone() -> None:
    assert not has_passed(plan(), ())
    assert has_passed(marked(), ())
    assert not has_passed(marked(), {7})


@pytest.mark.parametrize(
    ("name", "value"),
    [("round_number", 3), ("table_number", 6), ("score", 0.6), ("seats", [Seat(person_id=7)])],
)
def test_another_meeting_has_not_passed(name: str, value: Any) -> None:
    changed = marked()
    setattr(changed.meetings[0], name, value)
    assert not has_passed(changed, ())


@pytest.mark.parametrize(("name", "value"), [("rounds", [3, 2]), ("tables", [5, 6])])
def test_other_rounds_or_tables_have_not_passed(name: str, value: list[int]) -> None:
    changed = marked()
    setattr(changed, name, value)
    assert not has_passed(changed, ())
