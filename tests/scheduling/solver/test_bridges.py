"""Between rings of half-chosen pairs, the pairs on the shortest way are found, and others are not."""

import numpy as np

from matchmaker.scheduling.solver.bridges import bridges
from matchmaker.scheduling.solver.choice import Choice, Network


def network(pairs: list[tuple[int, int]]) -> Network:
    first, second = np.array(pairs, dtype=np.int64).T
    nothing = np.zeros(0, dtype=np.int64)
    return Network(
        int(second.max()) + 1, first, second, np.zeros(len(pairs), dtype=np.int64), nothing, nothing, 9
    )


def found(
    pairs: list[tuple[int, int]], twice: list[int], cost: list[float], each: int
) -> set[tuple[int, int]]:
    made = network(pairs)
    choice = Choice(np.array(twice, dtype=np.int64), np.zeros(0, dtype=np.int64), 0, 0)
    return {pairs[e] for e in bridges(made, choice, np.array(cost), each).tolist()}


RINGS = [(0, 1), (0, 2), (1, 2), (2, 3), (2, 5), (3, 4), (3, 5), (4, 5)]
"""Two rings, 0-1-2 and 3-4-5, with two pairs between them: 2-3 and 2-5."""
HALF = {(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)}


def rings(cost_2_3: float, cost_2_5: float, each: int) -> set[tuple[int, int]]:
    twice = [1 if pair in HALF else 0 for pair in RINGS]
    costs = {(2, 3): cost_2_3, (2, 5): cost_2_5}
    return found(RINGS, twice, [costs.get(pair, 0.0) for pair in RINGS], each)


def test_the_cheaper_of_two_ways_between_rings_is_found() -> None:
    assert rings(5, 9, each=1) == HALF | {(2, 3)}
    assert rings(9, 5, each=1) == HALF | {(2, 5)}


def test_more_chains_a_ring_find_more_ways() -> None:
    assert rings(5, 9, each=8) == set(RINGS)


def test_a_way_adds_a_pair_drops_the_next_and_adds_one() -> None:
    pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (5, 7), (6, 7), (0, 8)]
    twice = [1, 1, 1, 0, 2, 0, 1, 1, 1, 0]
    assert found(pairs, twice, [0.0] * 10, each=4) == set(pairs) - {(0, 8)}
    # Where the pair in the middle is not chosen there is nothing to drop, and so no way.
    assert found(pairs, [1, 1, 1, 0, 0, 0, 1, 1, 1, 0], [0.0] * 10, each=4) == {
        pair for pair, chosen in zip(pairs, twice, strict=True) if chosen == 1
    }
