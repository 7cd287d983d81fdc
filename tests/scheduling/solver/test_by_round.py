"""Where people have few rounds left, and not the same ones, pairs and their rounds are chosen at once, and proven."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from ortools.sat.python import cp_model

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Mixing, Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.by_round import is_uneven, place_by_round
from matchmaker.scheduling.solver.left_to_choose import left_to_choose
from matchmaker.scheduling.solver.place import value
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.stakes import Stakes, stakes
from matchmaker.scheduling.solver.timetable import Timetable, empty


def passing_by(seed: int, people: int = 12, rounds: int = 4) -> Problem:
    """An event at which most people are there for one or two rounds, with few tables in the second."""
    chance = random.Random(seed)
    ids = [f"p{i}" for i in range(people)]
    there = [frozenset(chance.sample(range(1, rounds + 1), chance.choice([1, 2, 2, 3]))) for _ in ids]
    return Problem(
        people=tuple(map(Person, ids, there)),
        rounds=tuple(Round(1 if number == 1 else people // 3) for number in range(rounds)),
        pairs=tuple(
            (a, b, round(chance.random(), 3)) for a, b in combinations(ids, 2) if chance.random() < 0.7
        ),
    )


def most_worth(table: Timetable, weights: Stakes) -> int:
    """What the best pairs in rounds are worth, by a constraint program that shares nothing with the planner's."""
    model, program = table.model, cp_model.CpModel()
    worth, pairs = weights.worth(model).tolist(), range(len(model.keys))
    held = {
        (e, r): program.new_bool_var("")
        for e in pairs
        for r, row in enumerate(table.at)
        if row[model.first[e]] == row[model.second[e]] == -1
    }
    gains = [worth[e] * var for (e, _), var in held.items()]
    for e in pairs:
        program.add(sum(var for (one, _), var in held.items() if one == e) <= 1)
    for r in range(model.rounds):
        program.add(sum(var for (_, at), var in held.items() if at == r) <= table.room[r])
    for i in range(model.people):
        mine = {key: var for key, var in held.items() if i in (model.first[key[0]], model.second[key[0]])}
        for r in range(model.rounds):
            program.add(sum(var for (_, at), var in mine.items() if at == r) <= 1)
        steps = [program.new_bool_var("") for _ in range(int(weights.there[i]))]
        program.add(sum(steps) == sum(mine.values()))
        gains += [weights.level_of(i, nth) * step for nth, step in enumerate(steps, 1)]
    program.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(program) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_worth_more_and_the_bound_says_so(seed: int) -> None:
    model = build(passing_by(seed), seed=0)
    weights, table = stakes(model, floor=1), empty(model)
    assert is_uneven(table)
    most = place_by_round(table, left_to_choose(table, weights)[0])
    assert most == value(table, weights) == most_worth(empty(model), weights)


def test_a_plan_of_people_who_pass_by_is_proven_to_be_the_best() -> None:
    problem = passing_by(5, people=60)
    made = plan(problem, seed=1)
    assert check(problem, made) == []
    assert made.certificate.ratio == 1


def test_rounds_that_are_all_alike_are_not_for_it() -> None:
    alike = replace(passing_by(0), people=tuple(map(Person, (f"p{i}" for i in range(12)))))
    assert not is_uneven(empty(build(alike, seed=0)))


def test_a_round_in_which_nobody_is_there_makes_rounds_no_less_alike() -> None:
    there = frozenset({1, 2})
    alike = replace(passing_by(0), people=tuple(Person(f"p{i}", there) for i in range(12)))
    assert not is_uneven(empty(build(alike, seed=0)))


def test_where_pools_are_mixed_nothing_is_done() -> None:
    pooled = tuple(replace(one, pool="ab"[i % 2]) for i, one in enumerate(passing_by(0).people))
    model = build(replace(passing_by(0), people=pooled, mixing=Mixing(1)), seed=0)
    table = empty(model)
    assert place_by_round(table, left_to_choose(table, stakes(model, floor=1))[0]) is None
    assert not table.met
