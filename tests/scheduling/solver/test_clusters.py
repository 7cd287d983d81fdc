"""A group asks for too much where its pairs are more than its rounds can hold."""

from itertools import combinations

import numpy as np
import pytest

from matchmaker.scheduling.solver import clusters as module
from matchmaker.scheduling.solver.clusters import Cluster, clusters


def everywhere(people: int, rounds: int) -> np.ndarray:
    return np.ones((rounds, people), dtype=np.bool_)


@pytest.mark.parametrize("most_to_cut", [0, 400])
def test_an_odd_group_who_would_all_meet_in_too_few_rounds_is_found(
    most_to_cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PEOPLE_TO_CUT", most_to_cut)
    # Nine people hold four meetings a round, and would have thirty-six in eight rounds.
    pairs = [*combinations(range(9), 2), (8, 9), (9, 10), (10, 11)]
    (found,) = clusters(pairs, [(0, 1)], everywhere(12, 8))
    assert found == Cluster(frozenset(range(9)), 32)


def test_a_group_that_its_rounds_can_hold_is_left_alone() -> None:
    assert clusters(list(combinations(range(8), 2)), [(0, 1)], everywhere(8, 7)) == []
    assert clusters(list(combinations(range(9), 2)), [(0, 1)], everywhere(9, 9)) == []


def test_three_people_in_two_rounds_hold_two_meetings() -> None:
    assert clusters([(0, 1), (1, 2), (0, 2)], [(0, 2)], everywhere(3, 2)) == [
        Cluster(frozenset({0, 1, 2}), 2)
    ]


def test_rounds_in_which_somebody_is_not_open_hold_less() -> None:
    open_ = everywhere(4, 3)
    open_[2, 0] = False
    pairs = list(combinations(range(4), 2))
    assert clusters(pairs, [(0, 1)], open_) == [Cluster(frozenset(range(4)), 5)]


def test_only_groups_around_what_is_left_over_are_looked_for_where_people_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_PEOPLE_TO_CUT", 0)
    pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    assert clusters(pairs, [(4, 5)], everywhere(6, 2)) == [Cluster(frozenset({3, 4, 5}), 2)]
    assert clusters(pairs, [], everywhere(6, 2)) == []


def test_a_cut_finds_a_group_that_growing_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    found = clusters(pairs, [(4, 5)], everywhere(6, 2))
    assert {one.people for one in found} == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}
    monkeypatch.setattr(module, "LARGEST", 2)
    assert {one.people for one in clusters(pairs, [(4, 5)], everywhere(6, 2))} == {
        frozenset({0, 1, 2}),
        frozenset({3, 4, 5}),
    }
