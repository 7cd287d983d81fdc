"""Plan two rounds anew while the others stay, and keep what is better.

Where colouring left pairs over, most of what they lost is won back this way: with the other rounds fixed, the
choice for two rounds is small, and its pairs are coloured afresh. Only plans that are not yet proven to be close
to the best are worked on, and each for a limited number of attempts, never of seconds.
O(attempts × the cost of placing two rounds).
"""

import random
from fractions import Fraction
from itertools import combinations

from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.place import place, value
from matchmaker.scheduling.solver.prices import Priced
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import Timetable

CLOSE = Fraction(5, 100_000)
"""Share of a plan's score that it may lack before it is worked on."""
MOST, FEW, WORK, IN_VAIN, TRIES = 60, 4, 60_000, 25, 2
"""Attempts, people for each attempt, people times attempts; attempts in vain before giving up; tries to colour."""


def improve(
    table: Timetable,
    start: Timetable,
    best: Fraction,
    known: Priced,
    partners: Partners,
    weights: Stakes,
    seed: int,
) -> Timetable:
    """Return `table`, or one of greater `value`.

    `start` is what it was placed into; `best`, in units, is more than which no value can be.
    """
    worth = value(table, weights)
    enough = best - CLOSE * int(table.score() * weights.scale)
    chance, in_vain, pairs = random.Random(seed), 0, list[tuple[int, int]]()
    people = max(1, table.model.people)
    for attempt in range(min(MOST, people // FEW, WORK // people)):
        if worth >= enough or in_vain >= IN_VAIN or table.model.rounds < 2:
            break
        if not pairs:
            pairs = list(combinations(range(table.model.rounds), 2))
            chance.shuffle(pairs)
        bare = table.without(pairs.pop(), start)
        trial, _ = place(bare, known, partners, weights, seed + attempt, lessons=1, most_tries=TRIES)
        got = value(trial, weights)
        in_vain = 0 if got > worth else in_vain + 1
        if got >= worth:
            # One that is just as good leads on to others.
            table, worth = trial, got
    return table
