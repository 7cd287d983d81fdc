"""Bounds are above what any plan is worth, and lower where people share tables of which there are too few."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.bounds import bounds
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.certify import Best
from matchmaker.scheduling.solver.fewest import fewest_of
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.timetable import empty

EVENT = Problem(
    people=tuple(map(Person, "abcd")),
    rounds=(Round(2),),
    pairs=(("a", "b", 0.2), ("a", "c", 1.0), ("b", "d", 1.0), ("c", "d", 0.2)),
)


def best_of(problem: Problem) -> Best:
    model = build(problem, 0)
    return bounds(empty(model), problem, stakes(model, fewest_of(problem, model).floor))[1]


def test_where_nothing_is_scarce_the_bound_is_the_best_plan() -> None:
    assert best_of(EVENT).score == pytest.approx(2.0, abs=1e-6)


def test_of_pairs_who_need_one_table_one_is_counted() -> None:
    scarce = replace(EVENT, allowed_tables=dict.fromkeys("ab", frozenset({1})))
    # One of the two pairs would be worth 1.0, and c and d another 0.2 were they not in it.
    assert 1.0 <= best_of(scarce).score < 1.2
    assert best_of(scarce).worth < best_of(EVENT).worth


def test_an_event_without_rounds_has_nothing_to_bound() -> None:
    assert best_of(replace(EVENT, rounds=())).score == pytest.approx(0.0, abs=1e-6)
