"""Plan all meetings of an event at once.

The order of goals: rules, wishes, fairness (the fewest meetings anybody has, then sit-outs), the total score,
few moves between tables. Steps, each its own module: choose the pairs, make the choice whole, put the pairs
into rounds, fill what is left over, seat them at tables, certify.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np

from matchmaker.scheduling.certifying import certify
from matchmaker.scheduling.choosing import Choice, Network, choose
from matchmaker.scheduling.clusters import Cluster, clusters
from matchmaker.scheduling.colouring import colour
from matchmaker.scheduling.filling import fill
from matchmaker.scheduling.mending import Mender
from matchmaker.scheduling.model import MOST_PEOPLE_TO_FILL_WHOLLY, Bools, Ints, Model, build
from matchmaker.scheduling.partners import Partners
from matchmaker.scheduling.plan import Meeting, Plan
from matchmaker.scheduling.problem import Problem
from matchmaker.scheduling.reserving import reserve, seat_tied, settle_wishes, unblock
from matchmaker.scheduling.rounding import round_choice
from matchmaker.scheduling.seating import seat
from matchmaker.scheduling.stakes import Stakes, network, stakes
from matchmaker.scheduling.timetable import FREE, Timetable, empty
from matchmaker.scheduling.trios import join

Progress = Callable[[int, int], None]
STEPS = 5
LESSONS, MOST_TRIES, WORK, PASSES = 4, 20, 20_000, 2
"""At most so many choices, each with so many tries to place its pairs, fewer where one places many; so many passes over who is left over."""


def plan(
    problem: Problem, *, seed: int = 0, keep: Plan | None = None, progress: Progress | None = None
) -> Plan:
    """Return a plan of `problem` that keeps every rule.

    The same problem and seed give the same plan, bit for bit, in any process. With `keep`, meetings of that
    earlier plan that are still allowed stay. `progress(done, total)` is called between steps.
    """
    tell = progress or (lambda done, total: None)
    model = build(problem, seed)
    weights = stakes(model)
    tell(1, STEPS)
    most = [_whole_network(model, weights, fair) for fair in (False, True)]
    best, fairest = (choose(one) for one in most)
    tell(2, STEPS)
    partners = Partners(model, weights)
    table = empty(model)
    settle_wishes(table)
    blocked = reserve(table)
    asked, among = _open_network(table, weights)
    choice = fairest if asked.same_as(most[1]) else choose(asked)
    tell(3, STEPS)
    table = _placed(table, asked, choice, model.wished[among], partners, weights, seed)
    unblock(table, blocked)
    sat_out = (weights.there - _had(table)).tolist()
    fill(table, partners, sat_out)
    if model.may_trio.any():
        scores = dict(zip(_keys(model).tolist(), model.score.tolist(), strict=True))
        join(table, scores, sat_out)
    tell(4, STEPS)
    meetings = _meetings(table)
    certificate = certify(problem, model, weights, meetings, best, fairest)
    tell(5, STEPS)
    return Plan(meetings, certificate)


def _whole_network(model: Model, weights: Stakes, fair: bool) -> Network:
    """Return the choice that any plan makes, for a bound; without `fair`, by score alone."""
    nothing = np.zeros(model.people, dtype=np.int64)
    everything = np.ones(len(model.first), dtype=bool)
    most = int(model.capacity().sum())
    asked = network(model, weights, fair, most, nothing, model.seatable.sum(axis=1), everything)
    trios = int((model.capacity() > 0).sum()) if model.may_trio.sum() >= 3 else 0
    return replace(asked, trios=trios, hub=model.fill and model.people > MOST_PEOPLE_TO_FILL_WHOLLY)


def _open_network(table: Timetable, weights: Stakes) -> tuple[Network, Bools]:
    """Return what may still be chosen around what is settled, and which pairs (m,) that is among."""
    model = table.model
    open_ = np.array(table.at, dtype=np.int64).reshape(model.rounds, model.people) == FREE
    among = (open_[:, model.first] & open_[:, model.second]).any(axis=0)
    if table.met:
        among &= ~np.isin(_keys(model), np.array(sorted(table.met)))
    most = int(np.minimum(np.maximum(table.room, 0), open_.sum(axis=1) // 2).sum())
    return network(model, weights, True, most, _had(table), open_.sum(axis=0), among), among


def _placed(
    start: Timetable, asked: Network, choice: Choice, wished: Bools, partners: Partners, weights: Stakes, seed: int
) -> Timetable:
    """Return `start` with a whole choice of pairs placed, learning from pairs that find no round what cannot be."""
    limits: list[Cluster] = []
    tables: list[tuple[int, Timetable]] = []
    open_ = np.array(start.at, dtype=np.int64).reshape(start.model.rounds, start.model.people) == FREE
    for _ in range(LESSONS):
        taken = round_choice(asked, choice, limits)
        order = np.concatenate([np.flatnonzero(taken & wished), np.flatnonzero(taken & ~wished)])
        pairs = list(zip(asked.first[order].tolist(), asked.second[order].tolist(), strict=True))
        value, table, left = _place(start, pairs, partners, weights, seed)
        tables.append((value, table))
        learnt = clusters(pairs, left, open_)
        if not learnt:
            break
        limits += learnt
    return max(tables, key=lambda one: one[0])[1]


def _keys(model: Model) -> Ints:
    keys: Ints = model.first * model.people + model.second
    return keys


def _place(
    start: Timetable, pairs: list[tuple[int, int]], partners: Partners, weights: Stakes, seed: int
) -> tuple[int, Timetable, list[tuple[int, int]]]:
    """Place as many of `pairs` as possible and mend what is left over.

    Returns the value of the best try, its timetable, and the pairs that it could not place.
    """
    model = start.model
    wished = set(_keys(model)[model.wished].tolist())
    target = _had(start)
    for pair in pairs:
        target[list(pair)] += 1
    goal = sum(partners.worth(a, b) for a, b in pairs) + weights.standing(target)
    best, best_value, best_left = start, -1, pairs
    for attempt in range(max(1, min(MOST_TRIES, WORK // max(1, len(pairs))))):
        table = start.copy()
        left = colour(table, pairs, wished, random.Random(seed * MOST_TRIES + attempt))
        left += seat_tied(table)
        mender = Mender(table, partners, weights, _had(table).tolist())
        for _ in range(PASSES):
            mender.mend(set(np.flatnonzero(np.array(mender.had) < target).tolist()))
        value = sum(partners.worth(a, b) for _, a, b in table.pairs()) + weights.standing(_had(table))
        if value > best_value:
            best, best_value, best_left = table, value, left
        if value >= goal:
            break
    return best_value, best, best_left


def _had(table: Timetable) -> Ints:
    """Return how many meetings each person has, shape (n,)."""
    model = table.model
    had: Ints = (np.array(table.at, dtype=np.int64).reshape(model.rounds, model.people) >= 0).sum(axis=0)
    for _, people, _ in table.settled:
        had[list(people)] += 1
    return had


def _meetings(table: Timetable) -> tuple[Meeting, ...]:
    """Seat the timetable and return its meetings, by round and table."""
    model = table.model
    groups: list[list[tuple[int, ...]]] = [[] for _ in range(model.rounds)]
    for r, a, b in table.pairs():
        groups[r].append((a, b))
    given: list[dict[int, tuple[int, ...]]] = [{} for _ in range(model.rounds)]
    for r, people, number in table.settled:
        if number:
            given[r][number] = people
        else:
            groups[r].append(people)
    seated = seat(table, groups, given)
    scores = _scores(model, [people for tables in seated for _, people in tables])
    meetings = []
    for r, tables in enumerate(seated):
        for number, people in tables:
            names = tuple(sorted(model.ids[one] for one in people))
            meetings.append(Meeting(r + 1, number, names, scores[people]))
    return tuple(meetings)


def _scores(model: Model, groups: list[tuple[int, ...]]) -> dict[tuple[int, ...], float]:
    """Return the score of each group: the sum over its pairs."""
    keys = _keys(model)
    pairs = [(group, model.key(a, b)) for group in groups for a, b in combinations(group, 2)]
    scores = dict.fromkeys(groups, 0.0)
    if not len(keys):
        return scores
    wanted = np.array([key for _, key in pairs], dtype=np.int64)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found = np.where(keys[places] == wanted, model.score[places], 0.0)
    for (group, _), score in zip(pairs, found.tolist(), strict=True):
        scores[group] += score
    return scores
