"""The mark of a plan that passed its check: it holds for what was checked, and for nothing else."""

from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.services.plans.passed_check import has_passed, note_passed
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import Sat

SAT = Sat(id=1, round_number=2, table_number=5, score=0.5, locked=False, people=(7, 9))
"""Two people who meet in round 2 at table 5."""


def plan() -> Plan:
    """A plan without a mark yet."""
    return Plan(rounds=[2, 3], tables=[5], problem={}, certificate={})


def marked() -> Plan:
    made, new = plan(), SimpleNamespace(round_number=2, table_number=5, score=0.5, people=(9, 7))
    meetings: Any = [new]
    note_passed(made, meetings)
    return made


def test_a_plan_has_passed_once_it_is_noted_while_nobody_is_gone() -> None:
    assert not has_passed(plan(), [SAT], ())
    assert has_passed(marked(), [SAT], ())
    assert not has_passed(marked(), [SAT], {7})


@pytest.mark.parametrize(
    ("name", "value"),
    [("round_number", 3), ("table_number", 6), ("score", 0.6), ("people", (7,))],
)
def test_another_meeting_has_not_passed(name: str, value: Any) -> None:
    changed: Any = SAT._replace(**{name: value})
    assert not has_passed(marked(), [changed], ())


@pytest.mark.parametrize(("name", "value"), [("rounds", [3, 2]), ("tables", [5, 6])])
def test_other_rounds_or_tables_have_not_passed(name: str, value: list[int]) -> None:
    changed = marked()
    setattr(changed, name, value)
    assert not has_passed(changed, [SAT], ())
