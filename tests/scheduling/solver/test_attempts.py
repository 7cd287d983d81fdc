"""Of several ways to go on from what is settled the best is taken; others are tried only where one falls short."""

import random
from itertools import combinations
from typing import Any

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver import attempts as module
from matchmaker.scheduling.solver.attempts import Attempts
from matchmaker.scheduling.solver.bounds import bounds
from matchmaker.scheduling.solver.fewest import fewest_of
from matchmaker.scheduling.solver.joint_rounds import joint_choice
from matchmaker.scheduling.solver.place import value
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.timetable import Timetable
from tests.scheduling.solver.conftest import Hall, everybody
from tests.scheduling.solver.test_joint import small_hall


def attempts(**rules: Any) -> tuple[Attempts, Hall]:
    chance = random.Random(3)
    ids = [f"p{i:02}" for i in range(21)]
    pairs = tuple((a, b, round(chance.random(), 3)) for a, b in combinations(ids, 2))
    hall = Hall(Problem(tuple(map(Person, ids)), (Round(10),) * 3, pairs, **rules))
    fairest, best = bounds(hall.table, hall.problem, hall.weights)
    fewest = fewest_of(hall.problem, hall.model)
    return Attempts(hall.problem, hall.weights, fairest, hall.partners, 0, best, fewest), hall


def lacking(made: Attempts, table: Timetable) -> float:
    return float(made.best.worth - value(table, made.weights)) / made.weights.scale


def test_a_choice_of_all_at_once_that_is_near_the_best_is_the_only_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, hall = attempts(trios=True)
    monkeypatch.setattr(module, "NEAR", 0.05)
    monkeypatch.setattr(Attempts, "_in_turns", lambda *_, **__: pytest.fail("another way was tried"))
    table = made.best_from(hall.table, kept=False)
    assert 0 <= lacking(made, table) < 0.05 * table.score()
    assert hall.table.settled == []


def test_turns_are_taken_where_an_earlier_plan_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made, hall = attempts(trios=True)
    monkeypatch.setattr(Attempts, "_jointly", lambda *_: pytest.fail("all was chosen at once"))
    table = made.best_from(hall.table, kept=True)
    assert table.had().min() == 3


def test_so_few_that_all_can_be_tried_only_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    made, hall = attempts(trios=True)
    monkeypatch.setattr(module, "FEW", 22)
    monkeypatch.setattr(Attempts, "_jointly", lambda *_: pytest.fail("all was chosen at once"))
    assert made.best_from(hall.table, kept=False).had().min() == 3


def test_of_two_ways_the_better_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    made, hall = attempts(trios=True)
    poor = hall.table.copy()
    monkeypatch.setattr(Attempts, "_jointly", lambda *_: poor)
    assert value(made.best_from(hall.table, kept=False), hall.weights) > value(poor, hall.weights)


def test_every_rule_is_kept_where_all_is_chosen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    for seed in range(6):
        problem = small_hall(seed)
        assert check(problem, plan(problem, seed=seed)) == []


def test_a_choice_of_all_at_once_bounds_what_any_plan_is_worth() -> None:
    made, hall = attempts(trios=True)
    before = made.best.worth
    joint = joint_choice(hall.table, hall.problem, made.fairest.network)
    assert joint is not None
    made.best_from(hall.table, kept=False)
    assert made.best.worth == value(hall.table, hall.weights) + joint[0].most < before


def one_meeting(hall: Hall) -> Timetable:
    """A timetable in which two people meet, and nobody else does."""
    table = hall.table.copy()
    table.add(0, 0, 1)
    return table


def test_near_the_best_is_not_enough_where_somebody_has_too_few_meetings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, hall = attempts(trios=True)
    monkeypatch.setattr(module, "NEAR", 1e12)
    monkeypatch.setattr(Attempts, "_jointly", lambda *_: one_meeting(hall))
    assert made.best_from(hall.table, kept=False).had().min() == 3


def test_a_choice_of_all_at_once_is_taken_where_turns_give_no_better(monkeypatch: pytest.MonkeyPatch) -> None:
    made, hall = attempts(trios=True)
    first = made.best_from(hall.table, kept=False)
    monkeypatch.setattr(module, "NEAR", -1.0)
    monkeypatch.setattr(Attempts, "_jointly", lambda *_: first)
    monkeypatch.setattr(Attempts, "_in_turns", lambda *_, **__: [one_meeting(hall)])
    assert made.best_from(hall.table, kept=False) is first


@pytest.mark.parametrize("few", [0, 16])
def test_who_rests_meets_in_the_round_taken_out_if_the_others_come_to_nothing(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rest in the second of three rounds lets a meet twice, but b, the only one for a, is there then."""
    monkeypatch.setattr(module, "FEW", few)
    hall = everybody(
        "abcdef", 3, {"ab": 0.5, "cd": 0.5, "ce": 0.5, "de": 0.5},
        people={"b": Person("b", frozenset({2}))}, rests={"a": Rest(in_a_row=1)}, trios=frozenset("cde"),
    )  # fmt: skip
    fairest, best = bounds(hall.table, hall.problem, hall.weights)
    fewest = fewest_of(hall.problem, hall.model)
    made = Attempts(hall.problem, hall.weights, fairest, hall.partners, 0, best, fewest)
    monkeypatch.setattr(module, "NEAR", 1e12 if not few else 0.0)
    monkeypatch.setattr(module, "falls_short", lambda *_: bool(few))
    table = made.best_from(hall.table, kept=False)
    assert table.at[1][hall.number["a"]] == hall.number["b"]
