"""Make room in an earlier plan for people who have both asked to meet since it was made.

A wish goes before few changes, up to a price: the places that change. Two people who are free in one round cost
nothing but their own; each meeting that one of them gives up costs the place of whoever they leave. Meetings
that were wished for too, that are locked or double, or that are in a locked round are not given up. Of three, the
other two go on. O(wishes × (rounds + settled meetings)).
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.exchange import Exchange, MayGo, exchange, meeting_of, without
from matchmaker.scheduling.solver.timetable import Timetable, as_planned


def make_room(table: Timetable, problem: Problem, places: int) -> bool:
    """Let those meet whose wish is not met, where at most so many places change, fewest first; whether any do."""
    may_go, made = MayGo.of(table.model, problem), False
    for pair in _unmet(table):
        asked = (one for one in _ways(table, pair, may_go) if one.places <= places)
        made |= any(exchange(table, one) for one in asked)
    return made


def wish_prices(problem: Problem, plan: Plan) -> dict[tuple[str, str], int | None]:
    """Return, for each wish that could be met and is not, the fewest places that would change; None if none will do.

    A place is one person's part in one round. Nobody's own wish, and nothing that is locked, is given up for it.
    """
    table = as_planned(build(problem, seed=0), plan)
    may_go, ids = MayGo.of(table.model, problem), table.model.ids
    found: dict[tuple[str, str], int | None] = {}
    for pair in _unmet(table):
        a, b = sorted(ids[one] for one in pair)
        ways = (one for one in _ways(table, pair, may_go) if exchange(table.copy(), one))
        found[a, b] = next((one.places for one in ways), None)
    return found


def _unmet(table: Timetable) -> list[tuple[int, int]]:
    """Return the wishes that are not met and no rule forbids, in order of the names."""
    model = table.model
    pairs = [(int(model.first[e]), int(model.second[e])) for e in np.flatnonzero(model.wished)]
    left = [pair for pair in pairs if model.key(*pair) not in table.met]
    return sorted(left, key=lambda pair: sorted(model.ids[one] for one in pair))


def _ways(table: Timetable, pair: tuple[int, int], may_go: MayGo) -> list[Exchange]:
    """Return how a pair could meet, tables and rests aside, the way that changes fewest places first."""
    held = meeting_of(table)
    ways = []
    for round_ in sorted(may_go.rounds):
        mine = {one: held.get((round_, one)) for one in pair}
        given_up = tuple(entry for entry in mine.values() if entry is not None)
        if all(may_go(entry) for entry in given_up) and all(
            entry is not None or table.is_free(round_, one) for one, entry in mine.items()
        ):
            go_on: Iterator[tuple[int, ...]] = chain.from_iterable(
                without(entry, one) for one, entry in mine.items() if entry is not None
            )
            ways.append(Exchange(round_, given_up, (pair, *go_on)))
    return sorted(ways, key=lambda one: (one.places, one.round))
