"""What may still be chosen around the meetings that are settled."""

from dataclasses import replace

import numpy as np

from matchmaker.scheduling.solver.choice import Mixed, Network, whole
from matchmaker.scheduling.solver.model import MOST_PEOPLE_TO_FILL_WHOLLY, Bools, Ints, among
from matchmaker.scheduling.solver.stakes import MIX, Stakes, counted
from matchmaker.scheduling.solver.timetable import Timetable

MOST_TO_JOIN = 400
"""Of more people who agreed to trios, it is not looked at who of them could be in one."""


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
    trios, in_trios = _trios(table, open_)
    hub = model.fill and model.people > MOST_PEOPLE_TO_FILL_WHOLLY
    return replace(asked, trios=trios, in_trios=in_trios, hub=hub)


def _trios(table: Timetable, open_: Bools) -> tuple[int, Ints]:
    """Return the most trios there can be beside what is settled, and in how many of them each person can be, (n,).

    The second is empty where there can be none, so that such a choice is the same as one that asks for no trios.
    A trio needs three who agreed, there in one round, of whom every two may meet, once; one in a round at most.
    """
    model = table.model
    none: Ints = np.zeros(0, dtype=np.int64)
    in_trios: Ints = np.zeros(model.people, dtype=np.int64)
    agreed = np.flatnonzero(model.may_trio)
    rounds = np.flatnonzero(open_.any(axis=1) & (model.tables > 0))
    if len(agreed) < 3 or not len(rounds):
        return 0, none
    if len(agreed) > MOST_TO_JOIN or model.fill:
        in_trios[agreed] = len(rounds)
        return len(rounds), in_trios
    may_meet = _may_meet(table, agreed)
    found = 0
    for round_ in rounds.tolist():
        there = may_meet * np.outer(*[model.present[agreed, round_].astype(np.int64)] * 2)
        inside = ((there @ there) * there).any(axis=1)
        in_trios[agreed[inside]] += 1
        found += bool(inside.any())
    # Every two of three meet, and no two meet twice.
    in_trios[agreed] = np.minimum(in_trios[agreed], may_meet.sum(axis=1) // 2)
    most = min(found, int(may_meet.sum()) // 6, int(in_trios.sum()) // 3)
    return (most, np.minimum(in_trios, most)) if most else (0, none)


def _may_meet(table: Timetable, people: Ints) -> Ints:
    """Return which of these people may meet or have a settled meeting, as ones, shape (people, people)."""
    model = table.model
    place = np.full(model.people, -1, dtype=np.int64)
    place[people] = np.arange(len(people))
    keys = table.met_keys()
    first = np.concatenate([model.first, keys // model.people])
    second = np.concatenate([model.second, keys % model.people])
    known = (place[first] >= 0) & (place[second] >= 0)
    may: Ints = np.zeros((len(people), len(people)), dtype=np.int64)
    may[place[first[known]], place[second[known]]] = 1
    both: Ints = np.maximum(may, may.T)
    return both


def _unmet(table: Timetable) -> Bools:
    """Return which pairs of the model have no settled meeting, shape (m,)."""
    return ~among(table.model.keys, table.met_keys())


def _network(table: Timetable, weights: Stakes, fair: bool, open_: Bools, offered: Bools) -> Network:
    model, had = table.model, table.had()
    free: Ints = np.clip(model.reach - had, 0, open_.sum(axis=0))
    person, nth = counted(had, had + free)
    # No more than there are tables and people in each round, nor than two people for each of all meetings.
    most = int(np.minimum(np.maximum(table.room, 0), open_.sum(axis=1) // 2).sum())
    most = min(most, int(free.sum()) // 2)
    if fair:
        worth, level, mixing = weights.worth(model)[offered], weights.level(person, nth), None
        due = model.due - np.minimum(model.mixed(table.met_keys()), model.due)
        if due.any():
            mixing = Mixed(model.cross[offered], due, MIX * weights.scale)
    else:
        worth, level, mixing = whole(model.score[offered], weights.scale), np.zeros_like(nth), None
    first, second = model.first[offered], model.second[offered]
    return Network(model.people, first, second, worth, person, level, most, mixing=mixing)
