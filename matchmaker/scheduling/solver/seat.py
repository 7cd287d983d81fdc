"""Give each meeting a table: those tied to one first, and as many people as possible stay where they sat."""

from itertools import chain, combinations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from matchmaker.scheduling.problem.plan import Meeting
from matchmaker.scheduling.solver.model import Ints, Model
from matchmaker.scheduling.solver.timetable import Timetable

Group = tuple[int, ...]


def meetings_of(table: Timetable) -> tuple[Meeting, ...]:
    """Seat a timetable and return its meetings, by round and table."""
    model = table.model
    groups = [list[Group](zip(*pairs, strict=True)) for pairs in table.pairs()]
    given: list[dict[int, Group]] = [{} for _ in range(model.rounds)]
    for r, people, number in table.settled:
        if number:
            given[r][number] = people
        else:
            groups[r].append(people)
    seated = _seat(table, groups, given)
    in_order = [people for tables in seated for _, people in tables]
    scores = iter(_with_doubles(model, in_order, _scores(model, in_order)))
    name = model.ids.__getitem__
    return tuple(
        Meeting(r + 1, number, tuple(sorted(map(name, people))), next(scores))
        for r, tables in enumerate(seated)
        for number, people in tables
    )


def _scores(model: Model, groups: list[Group]) -> list[float]:
    """Return the score of each group: the sum over its pairs."""
    if not groups or not len(model.keys):
        return [0.0] * len(groups)
    size, people = _flat(groups)
    pairs = np.array(
        [pair for group in groups if len(group) > 2 for pair in combinations(group, 2)], dtype=np.int64
    )
    two = np.repeat(size == 2, size)
    ends = np.concatenate([people[two].reshape(-1, 2), pairs.reshape(-1, 2)])
    places = np.arange(len(groups))
    more = size > 2
    group = np.concatenate([places[size == 2], np.repeat(places[more], (size * (size - 1) // 2)[more])])
    wanted = ends.min(axis=1) * model.people + ends.max(axis=1)
    found = np.minimum(np.searchsorted(model.keys, wanted), len(model.keys) - 1)
    score = np.where(model.keys[found] == wanted, model.score[found], 0.0)
    return list(np.bincount(group, weights=score, minlength=len(groups)).tolist())


def _flat(groups: list[Group]) -> tuple[Ints, Ints]:
    """Return how many people each group has, and all their people, one group after the other."""
    size = np.fromiter(map(len, groups), dtype=np.int64, count=len(groups))
    return size, np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=int(size.sum()))


def _with_doubles(model: Model, groups: list[Group], scores: list[float]) -> list[float]:
    """Return `scores` with those of pairs who meet for two rounds, in the first of these."""
    seen = set[int]()
    for i, people in enumerate(groups if model.doubles else ()):
        key = model.key(*people) if len(people) == 2 else -1
        if key in model.doubles and key not in seen:
            scores[i] = model.doubles[key].score
            seen.add(key)
    return scores


def _seat(
    table: Timetable, groups: list[list[Group]], given: list[dict[int, Group]]
) -> list[list[tuple[int, Group]]]:
    """Return the meetings of each round as (table, people), in order of table.

    `groups` holds the meetings to seat in each round, `given` those whose table is settled, by table. Those tied to
    a table come first; then as many meetings as possible stay at the table of one of their people.
    """
    model = table.model
    sat = np.zeros(model.people, dtype=np.int64)
    seated: list[list[tuple[int, Group]]] = []
    for round_, meetings in enumerate(groups):
        placed = dict(given[round_])
        rest = meetings if not table.held[round_] else []
        for people in meetings if table.held[round_] else ():
            held = next((table.held[round_][one] for one in people if one in table.held[round_]), 0)
            if held:
                placed[held] = people
            else:
                rest.append(people)
        # Nobody needs a table beyond as many as there are people.
        shut = placed.keys() | model.closed[round_] | table.taken[round_]
        last = min(model.last_table(round_), model.people + len(shut))
        free = [number for number in range(1, last + 1) if number not in shut]
        places = _stay(rest, free, sat)
        moving = iter(sorted(set(range(len(free))).difference(places)))
        numbers = [free[at if at >= 0 else next(moving)] for at in places]
        placed |= dict(zip(numbers, rest, strict=True))
        size, people_ = _flat(list(placed.values()))
        sat[people_] = np.repeat(np.fromiter(placed, dtype=np.int64, count=len(placed)), size)
        seated.append(sorted(placed.items()))
    return seated


def _stay(meetings: list[Group], free: list[int], sat: Ints) -> list[int]:
    """Return for each of `meetings` its place in `free`, or -1; as many as can be are where one of them last sat.

    `sat` (n,) is the table at which each person last sat, or 0. Bipartite matching (Hopcroft and Karp): each
    meeting has at most three such tables.
    """
    column = np.full(max(int(sat.max(initial=0)), free[-1] if free else 0) + 1, -1)
    column[free] = np.arange(len(free))
    size, people = _flat(meetings)
    columns = column[sat[people]]
    known = columns >= 0
    if not known.any():
        return [-1] * len(meetings)
    rows = np.repeat(np.arange(len(meetings)), size)[known]
    # Two people of one meeting who were at one table are one entry, summed.
    entries = (np.ones(len(rows)), (rows, columns[known]))
    matched = maximum_bipartite_matching(csr_matrix(entries, (len(meetings), len(free))), "column")
    places: list[int] = matched.tolist()
    return places
