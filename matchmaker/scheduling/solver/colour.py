"""Put chosen pairs into rounds: edge colouring by Kempe chains.

A round is a colour, and nobody may have one twice; rounds a person is away for are blocked. A pair whose two
people share no free round is placed by swapping two rounds along the chain of meetings that alternates
between them, as in the proof of Vizing's theorem; where no chain helps, the pair takes the place of another
one at random and that one is placed instead. Swapping chains also levels the rounds until each fits its
tables. A chain is at most as long as a round has meetings, so O(pairs × meetings a round) at worst; in
practice some 0.1 ms a pair.
"""

import random

from matchmaker.scheduling.solver.timetable import FREE, Timetable

Pair = tuple[int, int]
WALK = 1_000_000
"""Displacements for each pair that finds no round, times people."""
LEVELLING = 2000
"""Rounds of attempts to level rounds that have more meetings than tables."""


def colour(table: Timetable, pairs: list[Pair], wished: set[int], rng: random.Random) -> list[Pair]:
    """Place `pairs` into `table`, earlier ones first, and return those that found no round.

    Pairs whose key is in `wished` are never displaced for good. Each pair may displace others some
    200 times, or up to 2,000 times in a small event, where chains are short.
    """
    walk = min(2000, max(200, WALK // max(1, table.model.people)))
    painter = _Painter(table, wished, rng)
    left = [pair for pair in pairs if not painter.place(*pair)]
    left = [pair for pair in left if not painter.place_by_displacing(*pair, walk)]
    return left + painter.level()


class _Painter:
    """A timetable with, for each person, the set of free rounds as bits."""

    def __init__(self, table: Timetable, wished: set[int], rng: random.Random) -> None:
        self.table, self.wished, self.rng = table, wished, rng
        self.at, self.room, self.rounds = table.at, table.room, range(len(table.at))
        self.free = [0] * table.model.people
        self.known = dict[int, list[int]]()
        for r, row in enumerate(self.at):
            bit = 1 << r
            for person, partner in enumerate(row):
                if partner == FREE:
                    self.free[person] |= bit

    def add(self, r: int, u: int, v: int) -> None:
        self.table.add(r, u, v)
        self.free[u] &= ~(1 << r)
        self.free[v] &= ~(1 << r)

    def remove(self, r: int, u: int, v: int) -> None:
        self.table.remove(r, u, v)
        self.free[u] |= 1 << r
        self.free[v] |= 1 << r

    def bits(self, mask: int) -> list[int]:
        """Return the rounds of a set, in a list of its own."""
        if mask not in self.known:
            self.known[mask] = [r for r in self.rounds if mask >> r & 1]
        return self.known[mask][:]

    def place(self, u: int, v: int) -> bool:
        """Place a pair in a common free round, or make one by swapping a chain."""
        common = self.free[u] & self.free[v]
        if common:
            self.add(max(self.bits(common), key=self.room.__getitem__), u, v)
            return True
        return self._place_by_chain(u, v)

    def _place_by_chain(self, u: int, v: int) -> bool:
        ours, theirs = self.bits(self.free[u]), self.bits(self.free[v])
        self.rng.shuffle(ours)
        self.rng.shuffle(theirs)
        for a in ours:
            for b in theirs:
                if self._swap_from(u, b, a, v):
                    self.add(b, u, v)
                    return True
                if self._swap_from(v, a, b, u):
                    self.add(a, u, v)
                    return True
        return False

    def _swap_from(self, start: int, have: int, want: int, avoid: int) -> bool:
        """Swap two rounds along the chain from `start`, which is busy in `have` and free in `want`.

        Fails, changing nothing, where the chain ends at `avoid` or where its end is away for the other round.
        """
        rows = (self.at[have], self.at[want])
        if rows[0][start] < 0:
            return False
        chain, side, person = [start], 0, start
        while (following := rows[side][person]) >= 0:
            person = following
            chain.append(person)
            side = 1 - side
        if person == avoid or rows[side][person] != FREE:
            return False
        self._swap(chain, have, want)
        return True

    def _swap(self, chain: list[int], have: int, want: int) -> None:
        """Swap the rounds of a chain whose first meeting is in `have`; both its ends are free in the other
        round.
        """
        old, new = self.at[have], self.at[want]
        start, end = chain[0], chain[-1]
        for person in chain[1:-1]:
            old[person], new[person] = new[person], old[person]
        old[start], new[start] = new[start], old[start]
        old[end], new[end] = new[end], old[end]
        self.free[start] ^= 1 << have | 1 << want
        self.free[end] ^= 1 << have | 1 << want
        # Meetings before the swap: the odd ones in `have`. A chain of odd length shifts one over.
        if len(chain) % 2 == 0:
            self.room[have] += 1
            self.room[want] -= 1

    def place_by_displacing(self, u: int, v: int, walk: int) -> bool:
        """Place a pair, letting it push others out of their round at random, up to `walk` times."""
        for _ in range(walk):
            # Displacing alone stays in the two rounds that are tangled; a swap with a third leads out.
            self._free_elsewhere(self.rng.choice((u, v)))
            if self.place(u, v):
                return True
            swaps = [(r, v) for r in self.bits(self.free[u]) if self.at[r][v] >= 0]
            swaps += [(r, u) for r in self.bits(self.free[v]) if self.at[r][u] >= 0]
            if not swaps:
                return False
            r, pivot = self.rng.choice(swaps)
            pushed = self.at[r][pivot]
            self.remove(r, pivot, pushed)
            self.add(r, u, v)
            u, v = pivot, pushed
        if self.place(u, v):
            return True
        self._restore_wish(u, v)
        return False

    def _free_elsewhere(self, person: int) -> None:
        """Make `person`, free in one round, free in another one at random instead, if a chain allows."""
        free = self.bits(self.free[person])
        busy = [r for r in self.rounds if self.at[r][person] >= 0]
        if free and busy:
            self._swap_from(person, self.rng.choice(busy), self.rng.choice(free), -1)

    def _restore_wish(self, u: int, v: int) -> None:
        """Where the pair left over was wished for, leave out an unwished one that makes room for it."""
        if self.table.model.key(u, v) not in self.wished:
            return
        for r in self.bits(self.free[u] | self.free[v]):
            others = [(one, self.at[r][one]) for one in (u, v) if self.at[r][one] >= 0]
            blocked = any(self.at[r][one] < FREE for one in (u, v))
            if not blocked and all(self.table.model.key(*pair) not in self.wished for pair in others):
                for pair in others:
                    self.remove(r, *pair)
                self.add(r, u, v)
                return

    def level(self) -> list[Pair]:
        """Move meetings out of rounds with more than their tables; return the pairs taken out.

        Where no chain from a person free in a round with room brings relief, a random swap changes who is
        free there.
        """
        for _ in range(LEVELLING):
            over = [r for r in self.rounds if self.room[r] < 0]
            if not over:
                break
            for under in self.rounds:
                if self.room[under] > 0:
                    self._fill_up(under, over)
        return [pair for r in self.rounds for pair in self._cut(r)]

    def _fill_up(self, under: int, over: list[int]) -> None:
        starts = [person for person, partner in enumerate(self.at[under]) if partner == FREE]
        self.rng.shuffle(starts)
        for start in starts:
            if self.room[under] <= 0:
                return
            if self.at[under][start] == FREE and not any(
                self.room[r] < 0 and self._shift(start, r, under) for r in over
            ):
                self._swap_from(start, self.rng.choice(self.rounds), under, -1)

    def _shift(self, start: int, over: int, under: int) -> bool:
        """Swap the chain from `start` if that takes one meeting from `over` to `under`."""
        rows = (self.at[over], self.at[under])
        if rows[0][start] < 0:
            return False
        chain, side, person = [start], 0, start
        while (following := rows[side][person]) >= 0:
            person = following
            chain.append(person)
            side = 1 - side
        if side == 0 or rows[1][person] != FREE:
            return False
        self._swap(chain, over, under)
        return True

    def _cut(self, r: int) -> list[Pair]:
        """Take unwished meetings, then wished ones, out of a round until it fits."""
        row, key = self.at[r], self.table.model.key
        pairs = [(a, b) for a, b in enumerate(row) if a < b]
        pairs.sort(key=lambda pair: key(*pair) in self.wished)
        cut = pairs[: max(0, -self.room[r])]
        for pair in cut:
            self.remove(r, *pair)
        return cut
