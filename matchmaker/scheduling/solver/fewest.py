"""Prove how many meetings everybody could have at most, and say what limits that.

For any set of people, the tables they may use, the helper they share and the pairs among them bound the meetings they
can have together, and so what the one with fewest of them has. The sets looked at are each person, all people, those
who are tied to the same tables (in every union of such sets, where these are few), and those who share a helper.
O(sets × (pairs + people × rounds)).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from matchmaker.scheduling.problem.plan import FewestLimit
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.model import Bools, Ints, Model, among

SOLVED = "Every other arrangement was tried."
"""Why the fewest meetings cannot be more where only solving the problem to the end can tell."""

FEW_SETS = 6
"""Up to so many different sets of tables, every union of them is looked at; of more, each one and all together."""


@dataclass(frozen=True)
class Fewest:
    """That nobody's fewest meetings can be more than `most`, and why.

    `floor` is the same bound over those who can have any meeting at all, `able`: what plans are made to reach.
    """

    most: int
    limit: FewestLimit | None
    floor: int
    able: tuple[int, ...] = ()

    def had_by(self, had: Ints) -> int:
        """Return the fewest meetings of those who can have any, of what everybody `had` (n,)."""
        return int(had[list(self.able)].min(initial=self.floor))

    def solved(self, most: int, people: tuple[str, ...] = ()) -> "Fewest":
        """Return the bound lowered to `most`, as every arrangement was tried of `people`, or of all."""
        if most >= min(self.most, self.floor):
            return self
        return replace(self, most=min(self.most, most), limit=FewestLimit(people, SOLVED), floor=most)


def fewest_of(problem: Problem, model: Model) -> Fewest:
    """Return the least bound on the fewest meetings that any plan of `problem` can have, topics aside."""
    crowd = Crowd(problem, model)
    alone, words = crowd.alone()
    able = crowd.counted[alone > 0]
    everybody, some = (
        [crowd.bound(*one) for one in crowd.together(people)] for people in (crowd.counted, able)
    )
    floor = min([*alone[alone > 0].tolist(), *(most for most, _ in some)], default=0)
    if not len(crowd.counted):
        return Fewest(0, None, 0)
    worst = int(alone.argmin())
    most, limit = min(
        [(int(alone[worst]), FewestLimit((model.ids[crowd.counted[worst]],), words(worst))), *everybody],
        key=lambda one: one[0],
    )
    return Fewest(most, limit, floor, tuple(able.tolist()))


class Crowd:
    """The people of whom the fewest is counted, and what the hall offers to any set of them."""

    def __init__(self, problem: Problem, model: Model) -> None:
        """Look up who is counted, and who may meet whom."""
        self.problem, self.model = problem, model
        self.number = {person: i for i, person in enumerate(model.ids)}
        rested = np.isin(np.arange(model.people), list(model.limits.resting))
        self.counted: Ints = np.flatnonzero(model.present.any(axis=1) & ~rested)
        # A trio takes one person more than a table has seats; a host table takes as many as it is for.
        self.beside: Ints = np.full(model.rounds, int(model.may_trio.any()))
        for table in problem.host_tables:
            self.beside[table.round - 1] += table.seats
        self.first, self.second = self._pairs()

    def _pairs(self) -> tuple[Ints, Ints]:
        """Return both people of every pair that can meet, twice if for two rounds, and with those locked by hand."""
        model = self.model
        locked = {
            model.key(self.number[a], self.number[b])
            for one in self.problem.locked_meetings
            for a, b in combinations(one.people, 2)
        }
        given = np.array(sorted(locked), dtype=np.int64)
        by_hand = given[~among(given, model.keys)] if len(given) else given
        doubles = np.array(sorted(model.doubles), dtype=np.int64)
        by_hand = by_hand[~among(by_hand, doubles)] if len(by_hand) else by_hand
        more = np.concatenate([by_hand, doubles, doubles])
        divisor = max(1, model.people)
        return np.append(model.first, more // divisor), np.append(model.second, more % divisor)

    def alone(self) -> tuple[Ints, "_WhyAlone"]:
        """Return the most meetings of each person counted, whatever the others do, and what says why."""
        model = self.model
        there: Ints = model.seatable.sum(axis=1)[self.counted]
        if self.problem.fill:
            return there, _WhyAlone(self, there, None)
        partners = np.bincount(np.append(self.first, self.second), minlength=model.people)
        for table in self.problem.host_tables:
            for one in {table.host, *table.people, *table.interested}:
                partners[self.number[one]] += 1
        partners = partners[self.counted]
        return np.minimum(there, partners), _WhyAlone(self, there, partners)

    def bound(self, group: Sequence[int], seats: int, words: str) -> tuple[int, FewestLimit]:
        """Return the bound that a group has who have so many `seats` together, and why it holds."""
        ids = self.model.ids
        return seats // len(group), FewestLimit(tuple(sorted(ids[one] for one in group)), words)

    def together(self, people: Ints) -> Iterator[tuple[list[int], int, str]]:
        """Yield each set of `people` who share what there is too little of, their seats there, and that in words."""
        tied = self.model.tied
        here = set(people.tolist())
        for tables in self._sets_of_tables():
            group = sorted(one for one in here if tables is None or one in tied and self._open(one) <= tables)
            if group:
                several, seats = self._seats(group, tables)
                words = f"{len(group)} people can sit at {several} tables only, with {seats} places for them."
                yield group, seats, words
        for name, helped in self.problem.helpers.items():
            group = sorted(here & {self.number[one] for one in helped})
            if group:
                _, seats = self._seats(group, None, at_once=1)
                words = f"{len(group)} people come with {name}, who can give them {seats} places."
                yield group, seats, words

    def _open(self, person: int) -> frozenset[int]:
        """Return the tables of a tied person that there are in some round."""
        model = self.model
        return frozenset(
            table
            for table in model.tied[person]
            if any(model.has_table(r, table) for r in range(model.rounds))
        )

    def _sets_of_tables(self) -> list[frozenset[int] | None]:
        """Return the sets of tables that people are tied to, joined in every way, and None, for all tables."""
        apart = sorted({self._open(one) for one in self.model.tied}, key=sorted)
        joined = set(apart)
        if len(apart) <= FEW_SETS:
            for size in range(2, len(apart) + 1):
                joined |= {frozenset().union(*some) for some in combinations(apart, size)}
        elif apart:
            joined.add(frozenset().union(*apart))
        return [*sorted(joined, key=lambda one: (len(one), sorted(one))), None]

    def _seats(
        self, group: list[int], tables: frozenset[int] | None, at_once: int | None = None
    ) -> tuple[int, int]:
        """Return how many tables a group can use, and the most meetings and seats its people can have there."""
        model, open_ = self.model, self.open_to(group)
        count = np.array(
            [len(one) if at_once is None else min(at_once, len(one)) for one in open_], dtype=np.int64
        )
        inside: Bools = np.zeros(model.people, dtype=np.bool_)
        inside[group] = True
        pairs = int((inside[self.first] & inside[self.second]).sum())
        if self.problem.fill:
            never = {frozenset(pair) for pair in self.problem.forbidden + self.problem.met}
            names = {model.ids[one] for one in group}
            pairs = len(group) * (len(group) - 1) // 2 - sum(pair <= names for pair in never)
            pairs += sum(set(pair) <= names for pair in self.problem.double)
        there = model.present[group].sum(axis=0)
        # Where all meet among themselves, and nobody can join two others, an odd one is left over.
        odd = (there % 2) * (self.beside == 0) * self._closed(inside)
        by_round = int(np.minimum(there - odd, 2 * count + self.beside).sum())
        meetings = int(np.minimum(count, there).sum())
        seats = min(by_round, meetings + min(meetings, pairs) + int(self.beside.sum()))
        return len(set().union(*open_)), seats

    def open_to(self, group: Sequence[int]) -> list[set[int]]:
        """Return the tables of each round at which any of a group may sit."""
        model = self.model
        tied = [one for one in group if one in model.tied]
        usable = None if len(tied) < len(group) else frozenset().union(*(model.tied[one] for one in tied))
        if usable is not None and not usable:
            return [set() for _ in range(model.rounds)]
        return [
            {table for table in (usable or range(1, model.last_table(r) + 1)) if model.has_table(r, table)}
            for r in range(model.rounds)
        ]

    def _closed(self, inside: Bools) -> bool:
        """Return whether nobody of a group, given as (n,), may meet anybody who is not in it."""
        if self.problem.fill:
            return bool(inside[self.model.present.any(axis=1)].all())
        return not (inside[self.first] ^ inside[self.second]).any()


@dataclass(frozen=True)
class _WhyAlone:
    """Says why somebody alone cannot have more meetings; by their place among those counted."""

    crowd: Crowd
    there: Ints
    partners: Ints | None

    def __call__(self, place: int) -> str:
        name = self.crowd.model.ids[self.crowd.counted[place]]
        if self.partners is None or self.there[place] <= self.partners[place]:
            return f"{name} can be at a table in {self.there[place]} rounds."
        return f"{name} may have {self.partners[place]} meetings with others."
