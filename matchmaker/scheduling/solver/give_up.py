"""Find the fewest earlier meetings to give up where people now rest, or share a helper.

Such a limit is broken by several meetings together, and which of them goes matters to the other people in them. A
small integer program over the meetings of those people (HiGHS, limited by nodes) gives up as few as can be.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from matchmaker.scheduling.solver.limits import windows
from matchmaker.scheduling.solver.timetable import Timetable

NODES = 1000
"""Nodes the integer program may branch into; it nearly always ends at the first."""

Placed = tuple[int, tuple[int, ...]]
"""The round and the people of a meeting."""


def given_up(table: Timetable, meetings: list[Placed]) -> set[Placed]:
    """Return the fewest of `meetings` without which the limits hold for the rest and what is settled."""
    limited = table.model.limits.limited
    asked = [one for one in meetings if not limited.isdisjoint(one[1])]
    rows = [row for row in _limits(table, asked) if len(row[0]) > row[1]]
    if not rows:
        return set()
    places = np.repeat(np.arange(len(rows)), [len(members) for members, _ in rows])
    columns = np.array([i for members, _ in rows for i in members], dtype=np.int64)
    matrix = csr_matrix((np.ones(len(columns)), (places, columns)), shape=(len(rows), len(asked)))
    answer = milp(
        -np.ones(len(asked)), integrality=np.ones(len(asked)), bounds=Bounds(0, 1),
        constraints=[LinearConstraint(matrix, -np.inf, [most for _, most in rows])],
        options={"node_limit": NODES},
    )  # fmt: skip
    if answer.x is None:
        return set()
    return {one for one, stays in zip(asked, answer.x.tolist(), strict=True) if stays < 0.5}


def _limits(table: Timetable, asked: list[Placed]) -> Iterator[tuple[list[int], int]]:
    """Yield groups of places in `asked`, each with the most of them that may stay."""
    limits = table.model.limits
    places: dict[int, list[int]] = {}
    for i, (_, people) in enumerate(asked):
        for person in people:
            places.setdefault(person, []).append(i)
    for person, most in limits.most.items():
        busy = {round_ for round_, one in table.busy if one == person}
        yield places.get(person, []), most - len(busy)
    for person, most in limits.in_a_row.items():
        busy = {round_ for round_, one in table.busy if one == person}
        for window in windows(limits.stretches, most + 1):
            inside = [i for i in places.get(person, []) if asked[i][0] in window]
            yield inside, most - len(busy.intersection(window))
    yield from _helped(limits.sharing, asked)


def _helped(sharing: Mapping[int, frozenset[int]], asked: list[Placed]) -> Iterator[tuple[list[int], int]]:
    """Yield every two places whose meetings need one helper in one round."""
    by_round: dict[int, list[int]] = {}
    for i, (round_, people) in enumerate(asked):
        if not sharing.keys().isdisjoint(people):
            by_round.setdefault(round_, []).append(i)
    for several in by_round.values():
        for i, j in combinations(several, 2):
            if any(not sharing.get(one, frozenset()).isdisjoint(asked[j][1]) for one in asked[i][1]):
                yield [i, j], 1
