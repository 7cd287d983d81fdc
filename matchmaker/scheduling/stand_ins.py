"""Say who could stand in where a partner does not come, so that a printed plan can mend itself.

Since everybody meets at the same time, only somebody who is free in that round can. Where nobody is, there is no
reserve, and those left over go to the desk and pair up there.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from matchmaker.scheduling.problem.plan import Meeting, Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.timetable import FREE, Timetable, as_planned

MOST = 3
"""Reserves that are named for one meeting."""

Reserves = dict[tuple[int, str], tuple[str, ...]]


def reserves(problem: Problem, plan: Plan) -> Reserves:
    """Return by (round, person) whom they may meet instead, best first, if their partner does not come.

    Everybody named is there, free in that round, and asks for no rests; may sit at that table; and meets the
    person nowhere in the plan. Two people are named to one another in one round only, whichever of them is the
    reserve, so that nobody meets twice however many do not come. In each round as many people as possible have a
    first reserve of their own. Nobody is named for a trio, which goes on as a pair. O(meetings × people free in
    their round).
    """
    table = as_planned(build(problem, seed=0), plan)
    number = {person: i for i, person in enumerate(table.model.ids)}
    found: Reserves = {}
    used: set[int] = set()
    worth = dict(zip(table.model.keys.tolist(), table.model.score.tolist(), strict=True))
    for round_ in range(table.model.rounds):
        open_ = list(_open(table, plan.meetings, number, round_, worth, used))
        for person, chosen in _shared_out(open_).items():
            named = [one for one in chosen if table.model.key(person, one) not in used][:MOST]
            used.update(table.model.key(person, one) for one in named)
            if named:
                found[round_ + 1, table.model.ids[person]] = tuple(table.model.ids[one] for one in named)
    return found


def _open(
    table: Timetable, meetings: tuple[Meeting, ...], number: dict[str, int], round_: int,
    worth: dict[int, float], used: set[int],
) -> Iterator[tuple[int, list[int]]]:  # fmt: skip
    """Yield each person with a partner in a round, and all who could stand in for that partner, best first."""
    model = table.model
    free = [
        one
        for one, partner in enumerate(table.at[round_])
        if partner == FREE and one not in model.limits.resting
    ]
    for meeting in meetings if free else ():
        if meeting.round != round_ + 1 or len(meeting.people) != 2:
            continue
        for person in (number[one] for one in meeting.people):
            keys = {one: model.key(person, one) for one in free}
            able = [
                one
                for one, key in keys.items()
                if key not in table.met
                and key not in used
                and (key in worth or model.fill and not model.is_banned(key))
                and meeting.table in model.tied.get(one, (meeting.table,))
                and table.allows(round_, (person, one))
            ]
            able.sort(key=lambda one: (model.is_apart(keys[one]), -worth.get(keys[one], 0.0)))
            yield person, able


def _shared_out(open_: list[tuple[int, list[int]]]) -> dict[int, list[int]]:
    """Return the lists with a first name that as many as possible have for themselves (Hopcroft and Karp)."""
    if not open_:
        return {}
    names = sorted({one for _, able in open_ for one in able})
    column = {one: i for i, one in enumerate(names)}
    rows = np.repeat(np.arange(len(open_)), [len(able) for _, able in open_])
    columns = np.array([column[one] for _, able in open_ for one in able], dtype=np.int64)
    links = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(open_), max(1, len(names))))
    matched = maximum_bipartite_matching(links, perm_type="column").tolist()
    shared: dict[int, list[int]] = {}
    for (person, able), at in zip(open_, matched, strict=True):
        first = [names[at]] if at >= 0 else []
        shared[person] = first + [one for one in able if one not in first]
    return shared
