"""Let talks change rounds with one another, so that those with fewest places have as many as can be.

In a round with tables whoever is at no talk may meet somebody; in one without, they have nothing. So of rounds that
are alike to the talks, those in which most people, and above all those with little else, are at one should be those
without tables. O(ways to choose the rounds × people), up to WAYS.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.problem.plan import Talk
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot

WAYS = 2_000
"""So many ways to choose the rounds without tables are looked at."""

Bools = NDArray[np.bool_]


def spread(hosting: Hosting, slots: Sequence[TalkSlot], talks: Sequence[Talk]) -> list[TalkSlot] | None:
    """Return the `slots` in other rounds, with which those with fewest places of all `talks` have more; None if none.

    Rounds that are locked, and those in which other people are there or other corners are open, stay as they are.
    """
    at_talks = _at_talks(hosting, talks)
    there: Bools = (hosting.there >> np.arange(hosting.rounds)[:, None] & 1).astype(bool)
    with_tables = np.array([round_.tables > 0 for round_ in hosting.problem.rounds])
    best, found = _histogram(at_talks, there, with_tables), dict[int, int]()
    for rounds in _alike(hosting, there):
        before = dict(found)
        wide, narrow = ([r for r in rounds if with_tables[r] == some] for some in (True, False))
        for chosen in islice(combinations(rounds, len(narrow)), WAYS) if wide and narrow else ():
            # Those that may stay do: fewer talks move.
            leaving = [r for r in narrow if r not in chosen]
            coming = [r for r in chosen if with_tables[r]]
            to = dict(zip([*coming, *leaving], [*leaving, *coming], strict=True))
            tried = _histogram(_moved(at_talks, before | to), there, with_tables)
            if tried < best:
                best, found = tried, before | to
    return [replace(one, round=found.get(one.round, one.round)) for one in slots] if found else None


def _alike(hosting: Hosting, there: Bools) -> Iterator[list[int]]:
    """Yield rounds in which the same people are there and the same corners open, none of them locked."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for round_ in range(hosting.rounds):
        if round_ + 1 not in hosting.problem.locked:
            corners = tuple(corner.id for corner in hosting.corners[round_])
            alike.setdefault((there[round_].tobytes(), corners), []).append(round_)
    yield from alike.values()


def _at_talks(hosting: Hosting, talks: Sequence[Talk]) -> Bools:
    """Return who is at a talk in which round, shape (rounds, people)."""
    at_talks = np.zeros((hosting.rounds, len(hosting.number)), dtype=bool)
    for talk in talks:
        at_talks[talk.round - 1, [hosting.number[one] for one in talk.people]] = True
    return at_talks


def _moved(at_talks: Bools, to: Mapping[int, int]) -> Bools:
    moved = at_talks.copy()
    for from_, round_ in to.items():
        moved[round_] = at_talks[from_]
    return moved


def _histogram(at_talks: Bools, there: Bools, with_tables: Bools) -> tuple[int, ...]:
    """Return how many people have no place at all, how many have one, and so on; the less, the better."""
    places = (at_talks | (there & with_tables[:, None])).sum(axis=0)[there.any(axis=0)]
    return tuple(np.bincount(places, minlength=len(there) + 1).tolist())
