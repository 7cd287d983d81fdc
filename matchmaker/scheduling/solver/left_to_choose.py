"""What may still be chosen around the meetings that are settled."""

from dataclasses import replace

import numpy as np

from matchmaker.scheduling.solver.choice import Mixed, Network, whole
from matchmaker.scheduling.solver.model import MOST_PEOPLE_TO_FILL_WHOLLY, Bools, Ints, among
from matchmaker.scheduling.solver.stakes import MIX, Stakes, counted
from matchmaker.scheduling.solver.timetable import Timetable


def left_to_choose(table: Timetable, weights: Stakes, fair: bool = True) -> tuple[Network, Bools]:
    """Return the choice that is left, and which pairs of the model, shape (m,), it is among.

    By score alone, or with `fair` by wishes and fairness too.
    """
    offered = possible(table)
    return _network(table, weights, fair, table.open(), offered), offered


def possible(table: Timetable) -> Bools:
    """Return which pairs of the model, shape (m,), have not met and are open in a common round."""
    model, open_ = table.model, table.open()
    # A bit for each round, eight rounds at once; who is open in none has no bit.
    bits = np.packbits(open_, axis=0)
    offered: Bools = _unmet(table) & (bits[:, model.first] & bits[:, model.second]).any(axis=0)
    return offered


def widest(table: Timetable, weights: Stakes, fair: bool) -> Network:
    """Return a choice that every plan with these settled meetings makes, trios and filled places included."""
    model, open_ = table.model, table.open()
    if not model.may_trio.any():
        asked, _ = left_to_choose(table, weights, fair)
    else:
        # Whoever joins a settled pair meets two people who are not open in that round.
        asked = _network(table, weights, fair, open_, _unmet(table))
    trios = int((open_.any(axis=1) & (model.tables > 0)).sum()) if model.may_trio.sum() >= 3 else 0
    return replace(asked, trios=trios, hub=model.fill and model.people > MOST_PEOPLE_TO_FILL_WHOLLY)


def _unmet(table: Timetable) -> Bools:
    """Return which pairs of the model have no settled meeting, shape (m,)."""
    return ~among(table.model.keys, table.met_keys())


def _network(table: Timetable, weights: Stakes, fair: bool, open_: Bools, offered: Bools) -> Network:
    model, had = table.model, table.had()
    free: Ints = np.clip(model.reach - had, 0, open_.sum(axis=0))
    person, nth = counted(had, had + free)
    most = int(np.minimum(np.maximum(table.room, 0), open_.sum(axis=1) // 2).sum())
    if fair:
        worth, level, mixing = weights.worth(model)[offered], weights.level(person, nth), None
        due = model.due - np.minimum(model.mixed(table.met_keys()), model.due)
        if due.any():
            mixing = Mixed(model.cross[offered], due, MIX * weights.scale)
    else:
        worth, level, mixing = whole(model.score[offered], weights.scale), np.zeros_like(nth), None
    first, second = model.first[offered], model.second[offered]
    return Network(model.people, first, second, worth, person, level, most, mixing=mixing)
