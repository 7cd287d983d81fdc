"""Place people who came after a plan was made among those who are in it, with few changes.

Left to what is free, they would meet one another and whoever else is left over. In each round, whoever came late and
has had fewest meetings so far gets the first of these that the rules, and the places that may change, allow:

1. somebody of the plan who is free;
2. one of two who meet, the other of whom meets somebody else who came late;
3. one of two who meet, the other of whom meets somebody who is free;
4. one of two who meet, the other of whom then sits out, where that is fairer.

Of several of a kind, the one that the scores gain most by. What may not be given up for a wish is not given up here.
O(late people × meetings × BESIDE) for each round.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.exchange import Exchange, MayGo, exchange
from matchmaker.scheduling.solver.model import Floats, Ints
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Settled, Timetable

TRIED, BESIDE = 30, 30
"""Of each kind, so many are tried; so many others are looked at for whoever is left."""


def place_late(table: Timetable, problem: Problem, weights: Stakes, places: int) -> bool:
    """Place those who have nothing in `table` yet, where at most so many places change; whether any is placed."""
    late = np.flatnonzero((table.had() == 0) & table.open().any(axis=0)).tolist()
    if not late:
        return False
    hall = _LateHall(table, weights, late, MayGo.of(table.model, problem), places)
    return any([hall.place(round_) for round_ in range(table.model.rounds)])


class _LateHall:
    """A timetable, the `had` of everybody, and what meeting anybody is worth to who came late, shape (late, n)."""

    def __init__(
        self, table: Timetable, weights: Stakes, late: list[int], may_go: MayGo, places: int
    ) -> None:
        self.table, self.weights, self.may_go, self.places = table, weights, may_go, places
        self.row = {one: i for i, one in enumerate(late)}
        self.had: list[int] = table.had().tolist()
        self.entries: list[Settled] = []
        model, units = table.model, weights.one_by_one(table.model)
        self.units = dict(zip(model.keys.tolist(), units.tolist(), strict=True))
        self.worth: Floats = np.full((len(late), model.people), -np.inf)
        for ends, others in ((model.first, model.second), (model.second, model.first)):
            mine = np.flatnonzero(np.isin(ends, late))
            self.worth[np.searchsorted(late, ends[mine]), others[mine]] = units[mine]

    def place(self, round_: int) -> bool:
        """Place who came late in a round; whether anybody is placed."""
        here = [entry for entry in self.table.settled if entry[0] == round_ and len(entry[1]) == 2]
        self.entries = [entry for entry in here if self.may_go(entry)]
        late = (one for one in self.row if self.table.is_free(round_, one))
        waiting, placed = sorted(late, key=self.had.__getitem__), False
        while waiting:
            one, *others = waiting
            ways = (way for way in self._ways(round_, one, others[:BESIDE]) if way.places <= self.places)
            done = next((way for way in ways if exchange(self.table, way)), None)
            if done is not None:
                self._note(done)
            placed |= done is not None
            waiting = [other for other in others if self.table.is_free(round_, other)]
        return placed

    def _note(self, done: Exchange) -> None:
        """Count the meetings of everybody anew; the new ones stay."""
        self.entries = [entry for entry in self.entries if entry not in done.gives_up]
        for one in chain.from_iterable(people for _, people, _ in done.gives_up):
            self.had[one] -= 1
        for one in chain.from_iterable(done.meets):
            self.had[one] += 1

    def _ways(self, round_: int, one: int, others: list[int]) -> Iterator[Exchange]:
        """Yield what could be done in a round for somebody late, what is to be preferred first."""
        mine = self.worth[self.row[one]]
        row = self.table.at[round_]
        free = [other for other, at in enumerate(row) if at == FREE and other not in self.row]
        for place in _best(mine[free]):
            yield Exchange(round_, (), (_pair(one, free[place]),))
        halves = self._halves()
        gain = mine[halves.taken] - halves.lost
        beside = self.worth[[self.row[other] for other in others]][:, halves.left]
        yield from halves.split(one, gain, others, beside)
        free = free[:BESIDE]
        beside = np.array([[self._units(other, left) for left in halves.left.tolist()] for other in free])
        yield from halves.split(one, gain, free, beside.reshape(len(free), len(halves.left)))
        lost = np.array([self._level(left, 0) for left in halves.left.tolist()])
        for place in _best(np.where(lost < self._level(one, 1), gain - lost, -np.inf)):
            yield Exchange(round_, (halves.entry(place),), (_pair(one, int(halves.taken[place])),))

    def _halves(self) -> "_Halves":
        """Return the meetings of the round that may be given up."""
        both = np.array([people for _, people, _ in self.entries], dtype=np.int64).reshape(-1, 2)
        lost = np.array([self._units(*people) for _, people, _ in self.entries] * 2)
        return _Halves(self.entries, both.T.ravel(), both[:, ::-1].T.ravel(), lost)

    def _units(self, a: int, b: int) -> float:
        """Return what a meeting of two people is worth, in units; less than anything if they may not meet."""
        return float(self.units.get(self.table.model.key(a, b), -np.inf))

    def _level(self, person: int, more: int) -> int:
        return self.weights.level_of(person, self.had[person] + more)


@dataclass(frozen=True)
class _Halves:
    """The meetings of a round, each from both sides: who is `taken` from it, who is `left`, and what is `lost`."""

    entries: list[Settled]
    taken: Ints
    left: Ints
    lost: Floats

    def entry(self, place: int) -> Settled:
        """Return the meeting of a side."""
        return self.entries[place % len(self.entries)]

    def split(self, one: int, gain: Floats, others: list[int], beside: Floats) -> Iterator[Exchange]:
        """Yield meetings split between `one`, which gains so much for each side, and the best of `others` for whoever
        is left, to whom they are worth `beside` (others, sides).
        """
        if not others or not self.entries:
            return
        best = beside.argmax(axis=0)
        for place in _best(gain + beside.max(axis=0)):
            pairs = (_pair(one, int(self.taken[place])), _pair(others[best[place]], int(self.left[place])))
            entry = self.entry(place)
            yield Exchange(entry[0], (entry,), pairs)


def _best(gains: Floats) -> list[int]:
    """Return the places of the greatest gains, greatest first, of those that are possible."""
    order = np.argsort(-gains, kind="stable")[:TRIED]
    return [int(place) for place in order if np.isfinite(gains[place])]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
