"""From scores to lists: nobody on too many, whoever can be on some, a bridge in each, few near-copies."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from matchmaker.matching.candidates import ScoredPairs
from matchmaker.matching.organisations import home
from matchmaker.matching.row_products import Ints
from matchmaker.matching.vectors import Vectors

MOST_LISTS = 1.5
"""Nobody is on more than this times the mean number of lists.

All lists being full, half of the people are on at most the median and half on at most 1.5 × the mean; so the
median is at least half the mean, and nobody is on more than 3 × the median. Lists that are not full make it less.
"""

FEWEST = 3
"""Where lists are short, everybody may be on so many: 3 times the median, as if the median were 1.

It matters only where most people are on no list at all, so that the median is 0. It brings nobody a card of its own
accord: only pairs that convince are on lists, and it lets them stay.
"""

MET = 0.25
"""A need must be met at least so well for that to make a bridge: below it is a word or two in common."""

MOST_ON_A_NEED = 2
"""So many entries of a list may rest on one need of its reader."""

COPIES = 2
"""So many people whose profiles are near-copies of each other may be on one list."""

ALIKE = 0.95
"""From this cosine over everything they say, two profiles are near-copies."""


AT_ONCE = 100_000
"""Pairs that are dealt at a time."""


@dataclass(slots=True)
class Lists:
    """The lists while they are made: whom each person is told about, and how often each is told about."""

    top: int
    most: int
    chosen: list[list[int]]
    bridges: list[int]
    """Position of each person's bridge, -1 for none."""
    load: list[int]
    copies: list[int]
    """A number for each group of near-copies."""
    never: Collection[tuple[int, int]] = ()
    """(who, there) that must not be on the list of who."""
    _held: list[dict[int, int]] = field(default_factory=list)

    def takes(self, who: int, there: int, room: int) -> bool:
        """Add `there` to the list of `who` if the list has fewer than `room` and every limit is kept."""
        mine = self.chosen[who]
        fits = (
            len(mine) < room
            and self.load[there] < self.most
            and self.has_room_for_copies(who, there)
            and there not in mine
            and (who, there) not in self.never
        )
        if fits:
            self.add(who, there)
        return fits

    def has_room_for_copies(self, who: int, there: int) -> bool:
        """Whether fewer than `COPIES` near-copies of `there` are on the list of `who`."""
        return self._held[who].get(self.copies[there], 0) < COPIES

    def add(self, who: int, there: int) -> None:
        """Add without asking."""
        self.chosen[who].append(there)
        self.load[there] += 1
        self._held[who][self.copies[there]] = self._held[who].get(self.copies[there], 0) + 1

    def drop(self, who: int, there: int) -> None:
        """Take `there` off the list of `who`."""
        self.chosen[who].remove(there)
        self.load[there] -= 1
        self._held[who][self.copies[there]] -= 1
        if self.bridges[who] == there:
            self.bridges[who] = -1

    def keep(self, pairs: Collection[tuple[int, int]]) -> None:
        """Take everybody off whose pair, the lower position first, is not one of these."""
        for who, mine in enumerate(self.chosen):
            for there in [one for one in mine if (min(who, one), max(who, one)) not in pairs]:
                self.drop(who, there)


def choose(
    vectors: Vectors,
    pairs: ScoredPairs,
    copies: list[int],
    top: int,
    never: Collection[tuple[int, int]] = (),
    most: int = 0,
) -> Lists:
    """Choose up to `top` people for everybody's list, of these pairs alone; `copies` are groups of near-copies.

    The best pairs of the whole event are dealt first, so that being on many lists is limited where it costs
    least; one place in each list is kept for a bridge; and last, everybody who says anything is put on at least one
    list, if they are in a pair. Nobody is on more than `most` lists; by default that follows from `top`, and is
    `Lists.most` for the next time. O(pairs log pairs).
    """
    people = len(vectors.profiles)
    full = max(1, int(MOST_LISTS * min(top, max(people - 1, 1))))
    lists = Lists(
        top,
        most or full,
        [[] for _ in range(people)],
        [-1] * people,
        [0] * people,
        copies,
        never,
        [{} for _ in range(people)],
    )
    deal = _best_first(pairs, people)
    _deal(lists, deal, max(top - 1, 1))
    _build_bridges(vectors, pairs, lists)
    _deal(lists, deal, top)
    _leave_nobody_out(vectors, pairs, lists)
    lists.most = min(lists.most, _fair(lists))
    return lists


def _fair(lists: Lists) -> int:
    """Return on how many lists anybody may be, as things stand."""
    return max(FEWEST, int(3 * np.median(lists.load or [0])))


def level(lists: Lists, scores: Mapping[tuple[int, int], float]) -> None:
    """Take whoever is on too many lists off those where they are worth least, but not off one with nobody else."""
    most = _fair(lists)
    on: dict[int, list[int]] = {}
    for who, mine in enumerate(lists.chosen):
        for there in mine:
            on.setdefault(there, []).append(who)
    for there in np.flatnonzero(np.asarray(lists.load) > most).tolist():
        readers = [who for who in on[there] if len(lists.chosen[who]) > 1]
        readers.sort(key=lambda who: scores[min(who, there), max(who, there)])  # noqa: B023 - used at once
        for who in readers[: lists.load[there] - most]:
            lists.drop(who, there)


def _best_first(pairs: ScoredPairs, people: int) -> tuple[Ints, Ints]:
    """Return who and there of all pairs both ways, best first; ties go round, so as not to favour the first."""
    who = np.concatenate([pairs.a, pairs.b])
    there = np.concatenate([pairs.b, pairs.a])
    order = np.lexsort((who, (there - who) % max(people, 1), -np.tile(pairs.scores, 2)))
    return who[order], there[order]


def _one_by_one(a: Ints, b: Ints) -> Iterator[tuple[int, int]]:
    """Yield pairs as whole numbers of Python, which take five times as much memory: some are made at a time."""
    for start in range(0, len(a), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        yield from zip(a[some].tolist(), b[some].tolist(), strict=True)


def _deal(lists: Lists, deal: tuple[Ints, Ints], room: int) -> None:
    chosen, load, most = lists.chosen, lists.load, lists.most
    for who, there in _one_by_one(*deal):
        if len(chosen[who]) < room and load[there] < most:  # most are not, and to ask takes time
            lists.takes(who, there, room)


def _build_bridges(vectors: Vectors, pairs: ScoredPairs, lists: Lists) -> None:
    """Mark, or add, for everybody somebody of an organisation not their own nor else on their list.

    The best is one who can give what the other asks for, then the one with the best score.
    """
    homes = [home(one) for one in vectors.profiles.each("organisation")]
    met = np.where(pairs.met >= MET, pairs.met, 0.0)
    worth = np.lexsort((pairs.b, pairs.a, -pairs.scores, -np.round(met, 3)))
    options: list[list[int]] = [[] for _ in homes]
    one_of = [*range(len(homes))]  # so that a number is held once, however often it is listed
    for a, b in _one_by_one(pairs.a[worth], pairs.b[worth]):
        if homes[a] and homes[b] and homes[a] != homes[b]:
            options[a].append(one_of[b])
            options[b].append(one_of[a])
    for who, there_are in enumerate(options):
        mine = lists.chosen[who]
        on_list = [homes[one] for one in mine]
        far = (there for there in there_are if on_list.count(homes[there]) == (there in mine))  # noqa: B023 - used at once
        for there in chain(far, (one for one in there_are if one in mine)):  # noqa: B023 - used at once
            if there in mine or lists.takes(who, there, lists.top):
                lists.bridges[who] = there
                break


def _leave_nobody_out(vectors: Vectors, pairs: ScoredPairs, lists: Lists) -> None:
    """Put everybody who has a profile and is on no list in the place of somebody who is on others."""
    one, other = np.concatenate([pairs.a, pairs.b]), np.concatenate([pairs.b, pairs.a])
    order = np.lexsort((np.tile(np.arange(len(pairs.a)), 2), -np.tile(pairs.scores, 2), one))
    start = np.searchsorted(one[order], np.arange(len(lists.load) + 1))
    for lost in [place for place, load in enumerate(lists.load) if load == 0]:
        if vectors.profiles[lost].is_sparse:
            continue
        for who in other[order[start[lost] : start[lost + 1]]].tolist():
            spare = [one for one in lists.chosen[who] if lists.load[one] > 1]
            spare.sort(key=lambda one: one == lists.bridges[who], reverse=True)
            if (who, lost) in lists.never or not lists.has_room_for_copies(who, lost):
                continue
            if spare and len(lists.chosen[who]) >= lists.top:
                lists.drop(who, spare[-1])
            if len(lists.chosen[who]) < lists.top:
                lists.add(who, lost)
                break


def near_copies(people: int, pairs: ScoredPairs) -> list[int]:
    """Number the groups of people whose profiles are near-copies of one another; `pairs` are all there are."""
    group = list(range(people))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    near: Ints = np.flatnonzero(pairs.alike >= ALIKE)
    for a, b in zip(pairs.a[near].tolist(), pairs.b[near].tolist(), strict=True):
        group[root(a)] = root(b)
    return [root(one) for one in range(people)]
