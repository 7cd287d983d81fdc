"""Give each meeting a table: those tied to one first, and as many people as possible stay where they sat."""

from itertools import chain, combinations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from matchmaker.scheduling.model import Model
from matchmaker.scheduling.plan import Meeting
from matchmaker.scheduling.timetable import Timetable

Group = tuple[int, ...]


def meetings_of(table: Timetable) -> tuple[Meeting, ...]:
    """Seat a timetable and return its meetings, by round and table."""
    model = table.model
    groups: list[list[Group]] = [[] for _ in range(model.rounds)]
    for r, a, b in table.pairs():
        groups[r].append((a, b))
    given: list[dict[int, Group]] = [{} for _ in range(model.rounds)]
    for r, people, number in table.settled:
        if number:
            given[r][number] = people
        else:
            groups[r].append(people)
    seated = _seat(table, groups, given)
    in_order = [people for tables in seated for _, people in tables]
    scores = iter(_with_doubles(model, in_order, _scores(model, in_order)))
    ids = model.ids
    return tuple(
        Meeting(r + 1, number, tuple(sorted([ids[one] for one in people])), next(scores))
        for r, tables in enumerate(seated)
        for number, people in tables
    )


def _scores(model: Model, groups: list[Group]) -> list[float]:
    """Return the score of each group: the sum over its pairs."""
    if not groups or not len(model.keys):
        return [0.0] * len(groups)
    size = np.fromiter(map(len, groups), dtype=np.int64)
    group = np.repeat(np.arange(len(groups)), size * (size - 1) // 2)
    pairs = chain.from_iterable(combinations(people, 2) for people in groups)
    ends = np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2)
    wanted = ends.min(axis=1) * model.people + ends.max(axis=1)
    places = np.minimum(np.searchsorted(model.keys, wanted), len(model.keys) - 1)
    found = np.where(model.keys[places] == wanted, model.score[places], 0.0)
    return list(np.bincount(group, weights=found, minlength=len(groups)).tolist())


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
    sat: dict[int, int] = {}
    seated: list[list[tuple[int, Group]]] = []
    for round_, meetings in enumerate(groups):
        placed = dict(given[round_])
        rest: list[Group] = []
        for people in meetings:
            held = next((table.held[round_][one] for one in people if one in table.held[round_]), 0)
            if held:
                placed[held] = people
            else:
                rest.append(people)
        # Nobody needs a table beyond as many as there are people.
        shut = placed.keys() | model.closed[round_] | table.taken[round_]
        last = min(model.last_table(round_), model.people + len(shut))
        free = [number for number in range(1, last + 1) if number not in shut]
        stays = _stay(rest, free, sat)
        placed |= stays
        staying = set(stays.values())
        rest = [people for people in rest if people not in staying]
        placed |= dict(zip((number for number in free if number not in placed), rest, strict=False))
        sat |= {one: number for number, people in placed.items() for one in people}
        seated.append(sorted(placed.items()))
    return seated


def _stay(meetings: list[Group], free: list[int], sat: dict[int, int]) -> dict[int, Group]:
    """Return, by table, as many of `meetings` as can be at a `free` table where one of their people last sat.

    Bipartite matching (Hopcroft and Karp): each meeting has at most three such tables.
    """
    column = {number: i for i, number in enumerate(free)}
    places = [(i, column.get(sat.get(one, 0), -1)) for i, people in enumerate(meetings) for one in people]
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    known = columns >= 0
    if not known.any():
        return {}
    # Two people of one meeting who were at one table are one entry, summed.
    entries = (np.ones(np.count_nonzero(known)), (rows[known], columns[known]))
    matched = maximum_bipartite_matching(csr_matrix(entries, (len(meetings), len(free))), "column")
    return {free[at]: meetings[i] for i, at in enumerate(matched.tolist()) if at >= 0}
