"""A choice of pairs, in halves, is worth as much as any could be."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.choice import choose
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.timetable import empty


def asked(people: int, rounds: int, seed: int, tables: int | None = None) -> Problem:
    chance = random.Random(seed)
    ids = [f"p{i}" for i in range(people)]
    return Problem(
        people=tuple(Person(one) for one in ids),
        rounds=(Round(people // 2 if tables is None else tables),) * rounds,
        pairs=tuple((a, b, round(chance.random() ** 3, 6)) for a, b in combinations(ids, 2)),
    )


@pytest.mark.parametrize(("people", "tables"), [(10, None), (11, None), (10, 3), (11, 5)])
def test_a_choice_is_worth_as_much_as_the_best_of_a_linear_program(people: int, tables: int | None) -> None:
    for seed in range(4):
        problem = asked(people, 4, seed, tables)
        few = tuple(pair for pair in problem.pairs if "p0" not in pair[:2] or seed and "p1" in pair[:2])
        late = (Person("p2", frozenset([3, 4])) if seed == 2 else problem.people[2],)
        problem = replace(problem, pairs=few, people=problem.people[:2] + late + problem.people[3:])
        model = build(problem, 0)
        network = widest(empty(model), stakes(model, model.rounds), fair=True)
        pairs, entries = len(network.first), len(network.person)
        balance = np.zeros((people, pairs + entries))
        balance[network.first, np.arange(pairs)] = balance[network.second, np.arange(pairs)] = 1
        balance[network.person, pairs + np.arange(entries)] = -1
        best = linprog(
            -np.concatenate([network.worth, network.level]),
            A_eq=balance,
            b_eq=np.zeros(people),
            A_ub=[[0] * pairs + [1] * entries],
            b_ub=[2 * network.most],
            bounds=(0, 1),
        )
        assert choose(network).value == pytest.approx(-2 * best.fun, rel=1e-11)
