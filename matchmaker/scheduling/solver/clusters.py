"""Find groups that are too close-knit to be put into rounds.

In one round, a group of k people who are there can hold ⌊k / 2⌋ meetings among themselves. A choice with more
meetings inside the group than its rounds hold together cannot be placed, however it is coloured; odd groups
such as nine people who would all meet each other in eight rounds are what stops a colouring in practice. No
plan can break this limit, so it may be added to the choice of pairs (Edmonds' odd-set inequalities; Padberg
and Rao 1982).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from matchmaker.scheduling.solver.model import Bools

LARGEST = 150
"""The most people in a group that is grown."""
MOST_PEOPLE_TO_CUT = 400
"""Up to this many people, groups are also found as minimum cuts, which are slower and miss less."""


@dataclass(frozen=True)
class Cluster:
    """A group and the most meetings its people can have among themselves in all rounds."""

    people: frozenset[int]
    most: int


def clusters(pairs: list[tuple[int, int]], left: list[tuple[int, int]], open_: Bools) -> list[Cluster]:
    """Return groups around the pairs `left` in which `pairs` asks for too much; `open_` (R, n) is who can
    meet when.

    Groups grow greedily by whoever has most pairs into them: O(size of the group × pairs of its people) for
    each.
    """
    near: dict[int, list[int]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    found: dict[frozenset[int], Cluster] = {}
    for pair in left:
        for start in ((pair[0],), (pair[1],), pair):
            grown = _grow(start, near, open_)
            if grown is not None:
                found[grown.people] = grown
    if left and open_.shape[1] <= MOST_PEOPLE_TO_CUT:
        for group in _minimum_cuts(pairs, open_.shape[1]):
            inside = sum(a in group and b in group for a, b in pairs)
            most = int((open_[:, list(group)].sum(axis=1) // 2).sum())
            if inside > most:
                found[group] = Cluster(group, most)
    return list(found.values())


def _minimum_cuts(pairs: list[tuple[int, int]], people: int) -> Iterator[frozenset[int]]:
    """Yield both sides of a minimum cut for each edge of a cut tree (Gusfield 1990)."""
    ends = np.array(pairs, dtype=np.int64)
    both = np.concatenate([ends, ends[:, ::-1]])
    ones = np.ones(len(both), dtype=np.int32)
    graph = csr_matrix((ones, (both[:, 0], both[:, 1])), shape=(people, people))
    parent = np.zeros(people, dtype=np.int64)
    for one in range(1, people):
        rest = graph - maximum_flow(graph, one, int(parent[one])).flow
        rest.eliminate_zeros()
        side = np.zeros(people, dtype=bool)
        side[breadth_first_order(rest, one, return_predecessors=False)] = True
        parent[side & (parent == parent[one]) & (np.arange(people) > one)] = one
        yield frozenset(np.flatnonzero(side).tolist())
        yield frozenset(np.flatnonzero(~side).tolist())


def _grow(start: tuple[int, ...], near: dict[int, list[int]], open_: Bools) -> Cluster | None:
    """Return the smallest group grown from `start` that holds too many pairs, or None."""
    group: set[int] = set()
    into: dict[int, int] = {}
    inside = 0
    there = [0] * len(open_)
    waiting = list(start)
    while len(group) < LARGEST and (waiting or into):
        person = (
            waiting.pop() if waiting else max(into, key=lambda one: (into[one] - len(near[one]) / 2, -one))
        )
        inside += into.pop(person, 0)
        group.add(person)
        for other in near.get(person, ()):
            if other not in group:
                into[other] = into.get(other, 0) + 1
        for r in open_[:, person].nonzero()[0].tolist():
            there[r] += 1
        most = sum(count // 2 for count in there)
        if inside > most:
            return Cluster(frozenset(group), most)
    return None
