"""Turn a half-integral choice of pairs into a timetable.

Make it whole, colour it into rounds, mend what is left over. Where pairs find no round, either another try
places them, or they are in a group that is too close-knit; then the choice is made whole again within what
such groups can hold.
"""

import random
from dataclasses import dataclass

import numpy as np

from matchmaker.scheduling.solver.by_round import is_uneven, place_by_round
from matchmaker.scheduling.solver.choice import Network
from matchmaker.scheduling.solver.clusters import Cluster, clusters
from matchmaker.scheduling.solver.colour import Pair, colour
from matchmaker.scheduling.solver.left_to_choose import left_to_choose
from matchmaker.scheduling.solver.mend import Mender
from matchmaker.scheduling.solver.model import Ints, places_of
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.prices import Priced, priced
from matchmaker.scheduling.solver.reserve import seat_tied
from matchmaker.scheduling.solver.rounded import MANY, round_choice, worth_of
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import Timetable

LESSONS, MOST_TRIES, WORK, PASSES = 5, 30, 20_000, 2
"""At most so many choices, each with so many tries to place its pairs, fewer where one places many; and so
many passes over who is left over.
"""
SPARSE = 2.5
"""Fewer free rounds than this for each person who has any."""


def place(
    start: Timetable,
    known: Priced,
    partners: Partners,
    weights: Stakes,
    seed: int,
    *,
    lessons: int = LESSONS,
    most_tries: int = MOST_TRIES,
) -> tuple[Timetable, int | None]:
    """Return `start` with the best choice of pairs placed as well as possible.

    `known` is used where it is the best choice of the same network as here. Then the second value, if not None,
    is proven to be the most that the `value` of any timetable can be.
    """
    asked, offered = left_to_choose(start, weights)
    same = asked.same_as(known.network)
    best = known if same else priced(asked)
    wished = start.model.wished[offered]
    limits: list[Cluster] = []
    tables: list[tuple[int, Timetable]] = []
    most: int | None = None
    if lessons > 1 and is_uneven(start) and (at_once := _by_round(start, asked)) is not None:
        return at_once[0], value(start, weights) + at_once[1] if same else None
    if len(asked.first) > MANY:
        # The integer program within such limits would take minutes; planning rounds anew does nearly as well.
        lessons = 1
    for _ in range(lessons):
        whole = round_choice(best, limits)
        order = np.concatenate([np.flatnonzero(whole.taken & wished), np.flatnonzero(whole.taken & ~wished)])
        pairs = list(zip(asked.first[order].tolist(), asked.second[order].tolist(), strict=True))
        target = start.had() + np.bincount(
            np.array(pairs, dtype=np.int64).ravel(), minlength=start.model.people
        )
        if same and whole.proven:
            most = value(start, weights) + worth_of(asked, whole.taken)
        # A group that is too close-knit is learnt from at once; only where there is none do more tries help.
        tries = max(1, min(most_tries, WORK // max(1, len(pairs))))
        for attempts in (range(1), range(1, tries)):
            found = _try(
                start, pairs, target, partners, weights, [seed * MOST_TRIES + one for one in attempts]
            )
            tables.append((found.worth, found.table))
            learnt = clusters(pairs, found.left, start.open()) if lessons > 1 else []
            if learnt or not found.left or tries == 1:
                break
        if not learnt:
            break
        limits += learnt
    return max(tables, key=lambda one: one[0])[1], most


def _by_round(start: Timetable, asked: Network) -> tuple[Timetable, int] | None:
    """Return `start` with pairs and their rounds chosen at once, and the most such are worth; None if not found."""
    table = start.copy()
    most = place_by_round(table, asked)
    return None if most is None or seat_tied(table) else (table, most)


def value(table: Timetable, weights: Stakes) -> int:
    """Return what all meetings of a timetable are worth by wishes, fairness, mixing and score, in units."""
    model, keys = table.model, table.met_keys()
    pairs = int(weights.worth(model)[places_of(model.keys, keys)].sum())
    doubles = sum(round(one.score * weights.scale) for key, one in model.doubles.items() if key in table.met)
    return pairs + doubles + weights.mixing(model, keys) + weights.standing(table.had())


def is_sparse(table: Timetable) -> bool:
    """Whether most people have only one or two rounds left, which leaves little choice."""
    free = table.open().sum(axis=0)
    return bool(free.sum() < SPARSE * np.count_nonzero(free))


def mend_all(table: Timetable, partners: Partners, weights: Stakes) -> None:
    """Place meetings of people who have few rounds left, one by one, by chains that gain most."""
    mender = Mender(table, partners, weights, table.had().tolist())
    for _ in range(PASSES):
        mender.mend(set(np.flatnonzero(table.open().any(axis=0)).tolist()))
    seat_tied(table)


@dataclass
class _Try:
    """A timetable, its worth in units, and the pairs that found no round in it."""

    table: Timetable
    worth: int
    left: list[Pair]


def _try(
    start: Timetable, pairs: list[Pair], target: Ints, partners: Partners, weights: Stakes, seeds: list[int]
) -> _Try:
    """Place as many of `pairs` as possible, and mend for whoever then has fewer meetings than in `target` (n,).

    Returns the best over `seeds`, or the first in which every pair is placed.
    """
    wished = set(start.model.keys[start.model.wished].tolist())
    best = _Try(start, -1, pairs)
    for seed in seeds:
        table = start.copy()
        left = colour(table, pairs, wished, random.Random(seed))
        left += seat_tied(table)
        if left:
            mender = Mender(table, partners, weights, table.had().tolist())
            for _ in range(PASSES):
                mender.mend(set(np.flatnonzero(np.array(mender.had) < target).tolist()))
        worth = value(table, weights)
        if worth > best.worth:
            best = _Try(table, worth, left)
        if not left:
            return _Try(table, worth, left)
    return best
