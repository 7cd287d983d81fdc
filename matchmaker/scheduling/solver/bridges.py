"""Find the few pairs that matter when a half-integral choice is made whole.

Half-chosen pairs form odd closed trails. To make one whole leaves one person with a meeting too many or too few,
which a chain of changes (add a pair, drop the next, add one, …) hands on to another such trail. The least that
this loses is the length of a shortest path by reduced costs in a graph that holds everybody twice, once with a
meeting missing and once with one too many (Anstee 1987, as in `choice`). Dijkstra's algorithm from all trails
at once finds, for every pair, the least chain over that pair between two trails: O(pairs × log people).
"""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from matchmaker.scheduling.solver.choice import Choice, Network
from matchmaker.scheduling.solver.model import Floats, Ints


def bridges(network: Network, choice: Choice, reduced: Floats, each: int) -> Ints:
    """Return the half-chosen pairs and those on the shortest chains between trails: `each` chains a trail, or more.

    `reduced` (m,) are the pairs' reduced costs; the result ascends.
    """
    people, first, second = network.people, network.first, network.second
    half = np.flatnonzero(choice.twice == 1)
    ends = np.concatenate([first[half], second[half]])
    touch = csr_matrix((np.ones(len(half)), (first[half], second[half])), shape=(people, people))
    trail = connected_components(touch, directed=False)[1]
    # A person's node i has a meeting missing, node n + i one too many. One unit each step prefers few steps.
    loss = np.abs(reduced) + 1
    add, drop = np.flatnonzero(choice.twice < 2), np.flatnonzero(choice.twice > 0)
    tail = np.concatenate([first[add], second[add], people + first[drop], people + second[drop]])
    head = np.concatenate([people + second[add], people + first[add], second[drop], first[drop]])
    pair = np.concatenate([add, add, drop, drop])
    steps = csr_matrix((loss[pair], (tail, head)), shape=(2 * people, 2 * people))
    starts = np.unique(np.concatenate([ends, people + ends]))
    far, before, origin = dijkstra(steps, indices=starts, min_only=True, return_predecessors=True)
    # A chain over a pair comes to both its people from a trail in the same state.
    one = np.concatenate([first[add], people + first[drop]])
    other = np.concatenate([second[add], people + second[drop]])
    over = np.concatenate([add, drop])
    from_, to = _trail_of(origin, trail)[one], _trail_of(origin, trail)[other]
    length = far[one] + loss[over] + far[other]
    joins = np.flatnonzero((from_ != to) & np.isfinite(length))
    joins = joins[np.argsort(length[joins], kind="stable")]
    joins = joins[_among_first(from_[joins], to[joins], each)]
    on_chains = _steps_back(before, np.concatenate([one[joins], other[joins]]))
    keys = first * people + second
    low, high = (
        combine(on_chains % people, before[on_chains] % people) for combine in (np.minimum, np.maximum)
    )
    back = np.searchsorted(keys, low * people + high)
    found: Ints = np.unique(np.concatenate([half, over[joins], back]))
    return found


def _trail_of(origin: Ints, trail: Ints) -> Ints:
    """Return the trail that each node is nearest to, or -1, shape (2n,)."""
    return np.where(origin >= 0, trail[origin % len(trail)], -1)


def _among_first(from_: Ints, to: Ints, each: int) -> Ints:
    """Return the places, ascending, of those that are among the first `each` of their `from_` or of their `to`."""
    count = len(from_)
    trail, place = np.concatenate([from_, to]), np.tile(np.arange(count), 2)
    order = np.lexsort((place, trail))
    begins = np.searchsorted(trail[order], trail[order])
    first: Ints = np.unique(place[order[np.arange(2 * count) - begins < each]])
    return first


def _steps_back(before: Ints, nodes: Ints) -> Ints:
    """Return all nodes on the ways back from `nodes` that have one `before` them."""
    found = np.zeros(len(before), dtype=np.bool_)
    while len(nodes := nodes[before[nodes] >= 0]):
        nodes = np.unique(nodes[~found[nodes]])
        found[nodes] = True
        nodes = before[nodes]
    steps: Ints = np.flatnonzero(found)
    return steps
