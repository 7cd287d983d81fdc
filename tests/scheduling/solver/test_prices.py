"""Prices prove a choice: what is chosen costs nothing, what is not gains nothing."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from matchmaker.scheduling.problem.problem import Mixing, Person, Round
from matchmaker.scheduling.solver.choice import choose
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.prices import most_score, priced
from tests.scheduling.solver.conftest import Hall, everybody

LETTERS = "abcdefghi"


def hall(seed: int, tables: int, **rules: object) -> Hall:
    chance = random.Random(seed)
    scores = {a + b: round(chance.random(), 3) for a, b in combinations(LETTERS, 2) if chance.random() < 0.8}
    return everybody(LETTERS, (Round(tables),) * 3, scores, **rules)


POOLS = {one: Person(one, pool="in" if one < "e" else "out") for one in LETTERS}


@pytest.mark.parametrize("tables", [1, 3, 4])
@pytest.mark.parametrize("rules", [{}, {"people": POOLS, "mixing": Mixing(2)}], ids=["plain", "mixing"])
def test_no_pair_that_is_left_out_would_gain_and_none_that_is_taken_loses(
    tables: int, rules: dict[str, object]
) -> None:
    for seed in range(5):
        found = hall(seed, tables, **rules)
        best = priced(widest(found.table, found.weights, fair=True))
        assert best.price is not None
        assert (best.price.pair[best.choice.twice == 0] >= 0).all()
        assert (best.price.pair[best.choice.twice == 2] <= 0).all()
        assert (best.price.pair[best.choice.twice == 1] == 0).all()
        assert (best.price.meeting[best.choice.used == 0] >= 0).all()
        assert (best.price.meeting[best.choice.used == 2] <= 0).all()


def test_a_table_has_a_price_only_where_tables_are_short() -> None:
    for tables, short in ((1, True), (2, False)):
        found = everybody("abcd", (Round(tables),), {"ab": 0.9, "cd": 0.4})
        price = priced(widest(found.table, found.weights, fair=False)).price
        assert price is not None
        assert (price.gate > 0) == short


def test_only_who_is_due_somebody_of_another_pool_is_worth_a_bonus() -> None:
    found = hall(2, 4, people=POOLS, mixing=Mixing(1))
    price = priced(widest(found.table, found.weights, fair=True)).price
    assert price is not None
    assert price.bonus.shape == (len(LETTERS),)
    assert (price.bonus >= 0).all()
    plain = priced(widest(hall(2, 4).table, hall(2, 4).weights, fair=True)).price
    assert plain is not None
    assert not plain.bonus.any()


def test_with_trios_or_a_hub_there_are_no_prices() -> None:
    found = hall(3, 4, trios=True)
    network = widest(found.table, found.weights, fair=True)
    assert network.trios > 0
    assert priced(network).price is None
    assert priced(replace(network, trios=0, hub=True)).price is None
    assert priced(replace(network, trios=0)).price is not None


@pytest.mark.parametrize("tables", [1, 3, 9])
def test_the_bound_on_the_score_is_never_below_the_best_and_hardly_above(tables: int) -> None:
    for seed in range(4):
        found = hall(seed, tables)
        by_score = widest(found.table, found.weights, fair=False)
        bound = most_score(by_score, priced(widest(found.table, found.weights, fair=True)))
        assert choose(by_score).value <= bound <= choose(by_score).value * (1 + 2e-5)


def test_where_fairness_costs_score_the_bound_is_the_best_by_score_alone() -> None:
    # By score alone a and b take the only table twice; to be fair everybody sits there once.
    found = everybody("abcd", (Round(1), Round(1)), {"ab": 0.1, "ac": 0.9, "ad": 0.9, "cd": 0.1})
    by_score = widest(found.table, found.weights, fair=False)
    fair = priced(widest(found.table, found.weights, fair=True))
    assert int((by_score.worth * fair.choice.twice).sum()) < choose(by_score).value
    assert most_score(by_score, fair) == choose(by_score).value == round(2 * 1.8 * found.weights.scale)


def test_a_choice_of_nothing_has_prices_of_nothing() -> None:
    found = everybody("ab", 1, {})
    price = priced(widest(found.table, found.weights, fair=True)).price
    assert price is not None
    assert (len(price.pair), np.isfinite(price.meeting).all()) == (0, True)
