"""Choices are made whole with little loss, bounds hold, and planning rounds anew only ever gains."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver import rounded
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.choice import choose
from matchmaker.scheduling.solver.improve import improve
from matchmaker.scheduling.solver.openings import possible, widest
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.place import place, value
from matchmaker.scheduling.solver.prices import most_score, priced
from matchmaker.scheduling.solver.rounded import round_choice
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


@pytest.mark.parametrize("tables", [None, 3])
def test_the_bound_on_the_score_is_never_below_the_best_score(tables: int | None) -> None:
    for seed in range(6):
        model = build(asked(9, 3, seed, tables), 0)
        weights, table = stakes(model, model.rounds), empty(model)
        by_score = widest(table, weights, fair=False)
        best = choose(by_score).value
        bound = most_score(by_score, priced(widest(table, weights, fair=True)))
        assert best <= bound <= best * (1 + 2e-5)


def test_chains_between_rings_make_a_choice_whole_and_lose_as_little(monkeypatch: pytest.MonkeyPatch) -> None:
    rings = 0
    for seed in range(6):
        model = build(asked(61, 4, seed), 0)
        best = priced(widest(empty(model), stakes(model, model.rounds), fair=True))
        rings += int((best.choice.twice == 1).any())
        exact = round_choice(best, [])
        monkeypatch.setattr(rounded, "MANY", 0)
        chained = round_choice(best, [])
        monkeypatch.undo()

        def worth(taken: np.ndarray, first: np.ndarray, second: np.ndarray, scores: np.ndarray) -> int:
            assert np.bincount(np.concatenate([first[taken], second[taken]])).max() <= 4
            return int(scores[taken].sum())

        arrays = (best.network.first, best.network.second, best.network.worth)
        assert worth(chained.taken, *arrays) == pytest.approx(worth(exact.taken, *arrays), rel=2e-3)
        assert chained.taken.sum() == exact.taken.sum()
    assert rings


def test_planning_two_rounds_anew_wins_back_what_they_lack() -> None:
    model = build(asked(30, 3, 1), 0)
    weights, start = stakes(model, model.rounds), empty(model)
    known = priced(widest(start, weights, fair=True))
    partners = Partners(model, weights, possible(start))
    made, _ = place(start, known, partners, weights, 0)
    lacking = made.without((0, 2), start)
    assert [len([a for a, b in enumerate(row) if a < b]) for row in lacking.at] == [0, 15, 0]
    again = improve(lacking, start, Fraction(2**60), known, partners, weights, 0)
    assert value(again, weights) >= value(lacking, weights)
    assert [len([a for a, b in enumerate(row) if a < b]) for row in again.at] == [15, 15, 15]
    assert lacking.at[0].count(-1) == 30
