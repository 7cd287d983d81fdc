"""A choice in halves is made whole, with nobody given a meeting too many."""

import random
from itertools import combinations

import numpy as np
import pytest

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver import rounded
from matchmaker.scheduling.solver.clusters import Cluster
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.prices import priced
from matchmaker.scheduling.solver.rounded import round_choice, trails, worth_of
from tests.scheduling.solver.conftest import Hall, everybody


def numbers(*several: int) -> np.ndarray:
    return np.array(several, dtype=np.int64)


def taken(first: np.ndarray, second: np.ndarray, twice: np.ndarray, worth: np.ndarray) -> list[int]:
    return np.flatnonzero(trails(first, second, twice, worth)).tolist()


def test_what_is_whole_stays_and_what_is_left_out_stays_out() -> None:
    assert taken(numbers(0, 1, 2), numbers(1, 2, 3), numbers(2, 0, 2), numbers(1, 9, 1)) == [0, 2]


def test_of_an_open_trail_every_second_pair_is_taken_whichever_half_is_worth_more() -> None:
    path = numbers(0, 1, 2), numbers(1, 2, 3), numbers(1, 1, 1)
    assert taken(*path, numbers(5, 9, 5)) == [0, 2]
    assert taken(*path, numbers(5, 11, 5)) == [1]


def test_of_a_ring_of_even_length_the_better_half_is_taken() -> None:
    ring = numbers(0, 1, 2, 0), numbers(1, 2, 3, 3), numbers(1, 1, 1, 1)
    assert taken(*ring, numbers(1, 2, 1, 2)) == [1, 3]
    assert taken(*ring, numbers(3, 2, 1, 1)) == [0, 2]


def test_of_a_ring_of_odd_length_nobody_gets_two() -> None:
    ring = numbers(0, 1, 0), numbers(1, 2, 2), numbers(1, 1, 1)
    assert taken(*ring, numbers(1, 5, 3)) in ([1], [2])
    assert len(taken(*ring, numbers(4, 4, 4))) == 1


def scored(hall: Hall, *limits: Cluster) -> tuple[set[str], bool]:
    network = widest(hall.table, hall.weights, fair=True)
    whole = round_choice(priced(network), list(limits))
    chosen = np.flatnonzero(whole.taken)
    pairs = zip(network.first[chosen].tolist(), network.second[chosen].tolist(), strict=True)
    return set(map(hall.letters, pairs)), whole.proven


def test_a_choice_that_is_whole_already_is_taken_as_it_is() -> None:
    hall = everybody("abcd", 1, {"ab": 0.9, "cd": 0.9, "ac": 0.1, "bd": 0.1})
    assert scored(hall) == ({"ab", "cd"}, False)


def test_two_rings_are_joined_over_the_pair_that_loses_least() -> None:
    scores = {"ab": 0.9, "bc": 0.9, "ac": 0.9, "de": 0.9, "ef": 0.9, "df": 0.9, "cd": 0.5, "af": 0.2}
    assert scored(everybody("abcdef", 1, scores)) == ({"ab", "cd", "ef"}, True)


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_pairs_are_taken_inside_a_group_than_it_can_hold(most: int) -> None:
    inside, across = dict.fromkeys(("ab", "bc", "ac"), 0.9), dict.fromkeys(("ad", "be", "cf"), 0.1)
    hall = everybody("abcdef", 2, inside | across | dict.fromkeys(("de", "ef", "df"), 0.5))
    pairs, _ = scored(hall, Cluster(frozenset(hall.people("abc")), most))
    assert len(pairs & inside.keys()) <= most
    each = {one: sum(one in pair for pair in pairs) for one in "abcdef"}
    assert max(each.values()) == 2


def crowd(seed: int) -> Hall:
    chance = random.Random(seed)
    ids = [f"p{i}" for i in range(61)]
    scores = tuple((a, b, round(chance.random() ** 3, 6)) for a, b in combinations(ids, 2))
    return Hall(Problem(tuple(map(Person, ids)), (Round(30),) * 4, scores))


def test_chains_between_rings_lose_hardly_more_than_looking_at_all_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rings = 0
    for seed in range(6):
        hall = crowd(seed)
        best = priced(widest(hall.table, hall.weights, fair=True))
        rings += int((best.choice.twice == 1).any())
        exact = round_choice(best, []).taken
        monkeypatch.setattr(rounded, "MANY", 0)
        chained = round_choice(best, []).taken
        monkeypatch.undo()
        first, second, worth = best.network.first, best.network.second, best.network.worth
        assert np.bincount(np.concatenate([first[chained], second[chained]])).max() <= 4
        assert chained.sum() == exact.sum()
        assert int(worth[chained].sum()) == pytest.approx(int(worth[exact].sum()), rel=2e-3)
    assert rings


@pytest.mark.parametrize("rounds", [2, 3])
def test_a_choice_proven_best_from_few_pairs_is_the_best_of_all(
    monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    proven = 0
    for seed in range(12):
        chance = random.Random(seed)
        ids = [f"p{i:02}" for i in range(25)]
        scores = tuple((a, b, round(chance.random() ** 2, 6)) for a, b in combinations(ids, 2))
        hall = Hall(Problem(tuple(map(Person, ids)), (Round(11),) * rounds, scores, wanted=(("p00", "p01"),)))
        best = priced(widest(hall.table, hall.weights, fair=True))
        limits = [Cluster(frozenset(range(5)), 1)]
        monkeypatch.setattr(rounded, "LEAST_LOOK", 10_000)
        whole = round_choice(best, limits)
        monkeypatch.setattr(rounded, "LEAST_LOOK", 60)
        few = round_choice(best, limits)
        assert whole.proven
        if few.proven:
            assert worth_of(best.network, few.taken) == worth_of(best.network, whole.taken)
        proven += few.proven
    assert 6 <= proven < 12
