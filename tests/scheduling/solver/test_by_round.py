"""Where people have few rounds left, and not the same ones, pairs and their rounds are chosen at once, and proven."""

import random
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from ortools.sat.python import cp_model

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import Mixing, Person, Problem, Round
from matchmaker.scheduling.solver import by_round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.by_round import is_uneven, place_by_round
from matchmaker.scheduling.solver.choice import Network
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


def there_in(rounds: int, *there: tuple[int, tuple[int, ...]]) -> Problem:
    """An event at which so many people are there for these rounds alone."""
    ids = [
        (f"{number}-{i}", frozenset(some)) for number, (count, some) in enumerate(there) for i in range(count)
    ]
    pairs = tuple((a, b, 0.5) for (a, _), (b, _) in combinations(ids, 2))
    return Problem(tuple(Person(*one) for one in ids), (Round(20),) * rounds, pairs)


@pytest.mark.parametrize(
    ("rounds", "there", "uneven"),
    [
        (3, [(5, (1, 2, 3)), (7, (1,))], True),
        (2, [(5, (1, 2)), (7, (1,))], False),
        (4, [(5, (1, 2, 3, 4)), (7, (1, 2, 3))], False),
        (3, [(6, (1, 2, 3)), (6, (1,))], False),
        (3, [(6, (1, 2, 3)), (5, (1,)), (4, ())], False),
    ],
    ids=["few rounds, not the same", "two rounds", "many rounds", "half have all", "some are away all day"],
)
def test_it_is_for_people_most_of_whom_have_few_of_several_rounds(
    rounds: int, there: list[tuple[int, tuple[int, ...]]], uneven: bool
) -> None:
    assert is_uneven(empty(build(there_in(rounds, *there), seed=0))) == uneven


def asked_of(problem: Problem) -> tuple[Timetable, Network]:
    model = build(problem, seed=0)
    table = empty(model)
    return table, left_to_choose(table, stakes(model, floor=1))[0]


@pytest.mark.parametrize(
    "more", [{"trios": 1}, {"hub": True}, {}], ids=["trios", "anybody may meet", "too large"]
)
def test_what_is_not_pairs_alone_or_is_too_large_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    table, network = asked_of(passing_by(0))
    if not more:
        monkeypatch.setattr(by_round, "MOST", 10)
    assert place_by_round(table, replace(network, **more)) is None
    assert not table.met


def test_people_who_are_never_there_together_are_left_as_they_are() -> None:
    table, network = asked_of(there_in(3, (1, (1,)), (1, (2,)), (1, (3,))))
    assert place_by_round(table, network) is None
    alone, _ = asked_of(there_in(3, (1, (1,))))
    assert place_by_round(alone, replace(network, first=network.first[:0], second=network.second[:0])) is None


@pytest.mark.parametrize("room", [0, -1])
def test_a_round_without_room_has_no_meeting_and_the_others_have_theirs(room: int) -> None:
    table, network = asked_of(there_in(3, (2, (1,)), (4, (2, 3))))
    table.room[0] = room
    assert place_by_round(table, network) is not None
    assert [len(ones) for ones, _ in table.pairs()] == [0, 2, 2]
