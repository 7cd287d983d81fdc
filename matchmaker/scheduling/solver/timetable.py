"""Who meets whom in which round, while it is being worked out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations

import numpy as np

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.solver.model import Bools, Ints, Model, places_of

FREE, AWAY = -1, -2
"""What a person's place in a round holds instead of a partner: nobody yet, or nobody possible."""

Settled = tuple[int, tuple[int, ...], int]
"""A meeting that stays: its round, its people and its table, where 0 means any."""


@dataclass
class Timetable:
    """A changing assignment of pairs to rounds that breaks no rule.

    `at[r][i]` is the partner of person i in round r, FREE, or AWAY: not there, or settled in a meeting that
    stays. `held[r]` maps a person with a fixed table, or only some allowed, to the table kept for them. `met`
    holds the keys of all pairs planned anywhere; `room[r]` is how many more meetings round r can take.
    `settled` lists meetings that stay, as (round, people, table), where table 0 means any; `taken[r]` the
    tables of those that have one, `busy` the (round, person) of those whose people have limits.
    `groups` are the people at host tables, as (round, people, table), `talks` those at topics, as (round, people).
    """

    model: Model
    at: list[list[int]]
    room: list[int]
    held: list[dict[int, int]]
    met: set[int] = field(default_factory=set)
    settled: list[Settled] = field(default_factory=list)
    taken: list[set[int]] = field(default_factory=list)
    busy: set[tuple[int, int]] = field(default_factory=set)
    groups: list[tuple[int, tuple[int, ...], int]] = field(default_factory=list)
    talks: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def copy(self) -> "Timetable":
        """Return a copy that can be changed on its own."""
        rows = [row[:] for row in self.at]
        held = [dict(one) for one in self.held]
        taken = [set(one) for one in self.taken]
        return Timetable(
            self.model,
            rows,
            self.room[:],
            held,
            set(self.met),
            self.settled[:],
            taken,
            set(self.busy),
            self.groups[:],
            self.talks[:],
        )

    def without(self, rounds: Iterable[int], start: "Timetable") -> "Timetable":
        """Return a copy with `rounds` as they were at the `start`, when only settled meetings were there."""
        copied = self.copy()
        for round_ in rounds:
            copied.held[round_] = dict(start.held[round_])
            for a, b in enumerate(self.at[round_]):
                if a < b:
                    copied.remove(round_, a, b)
        return copied

    def add(self, round_: int, a: int, b: int) -> None:
        """Let two people who are free meet."""
        self.at[round_][a], self.at[round_][b] = b, a
        self.room[round_] -= 1
        self.met.add(self.model.key(a, b))

    def remove(self, round_: int, a: int, b: int) -> None:
        """Take back the meeting of two people."""
        self.at[round_][a] = self.at[round_][b] = FREE
        self.room[round_] += 1
        self.met.discard(self.model.key(a, b))

    def settle(self, round_: int, people: tuple[int, ...], table: int) -> None:
        """Fix a meeting of people who are free, at `table`, or at any table if that is 0."""
        for person in people:
            self.at[round_][person] = AWAY
        self.room[round_] -= 1
        for a, b in combinations(people, 2):
            self.met.add(self.model.key(a, b))
        self.settled.append((round_, people, table))
        self.busy.update((round_, person) for person in people if person in self.model.limits.limited)
        if table:
            self.taken[round_].add(table)

    def unsettle(self, entry: Settled) -> None:
        """Take back a settled meeting: its people are free, and so is its table."""
        round_, people, table = entry
        self.settled.remove(entry)
        self.room[round_] += 1
        for person in people:
            self.at[round_][person] = FREE
            self.held[round_].pop(person, None)
            self.busy.discard((round_, person))
        for a, b in combinations(people, 2):
            self.met.discard(self.model.key(a, b))
        self.taken[round_].discard(table)

    def is_free(self, round_: int, person: int) -> bool:
        """Whether a person could still be given something in a round."""
        return self.at[round_][person] == FREE

    def holds(self, round_: int, number: int, people: tuple[int, ...]) -> bool:
        """Whether people may sit at a table of that number, which no meeting has and which is kept for no other."""
        tied = self.model.tied
        free = self.model.has_table(round_, number) and number not in self._of_others(round_, people)
        return free and (not tied or all(number in tied.get(one, (number,)) for one in people))

    def _of_others(self, round_: int, people: tuple[int, ...]) -> set[int]:
        """Return the tables that a settled meeting has, or that are kept for somebody who is not among `people`."""
        kept = {table for person, table in self.held[round_].items() if person not in people}
        return kept | self.taken[round_]

    def host(self, round_: int, people: tuple[int, ...], table: int) -> None:
        """Seat a group of people who are free at a host table, which then takes no meeting."""
        self.room[round_] -= 1
        self.taken[round_].add(table)
        self.groups.append((round_, (), table))
        for person in people:
            self.join_group(len(self.groups) - 1, person)

    def join_group(self, which: int, person: int) -> None:
        """Seat somebody who is free at the host table of a group."""
        round_, people, table = self.groups[which]
        self.at[round_][person] = AWAY
        self.groups[which] = (round_, (*people, person), table)
        if person in self.model.limits.limited:
            self.busy.add((round_, person))

    def attend(self, round_: int, people: tuple[int, ...]) -> None:
        """Send people who are free to a talk, which takes no table."""
        self.talks.append((round_, people))
        for person in people:
            self.at[round_][person] = AWAY
            if person in self.model.limits.limited:
                self.busy.add((round_, person))

    def close(self, round_: int) -> None:
        """Let nobody who is free in a round meet there."""
        row = self.at[round_]
        row[:] = [AWAY if partner == FREE else partner for partner in row]

    def allows(self, round_: int, people: tuple[int, ...]) -> bool:
        """Whether the limits of `people` allow them to meet in a round, whatever they do in it as yet."""
        limits = self.model.limits
        return not limits.limited or all(
            self._rested(round_, person)
            and not any(
                self._meets(round_, one) for one in limits.sharing.get(person, ()) if one not in people
            )
            for person in people
        )

    def _rested(self, round_: int, person: int) -> bool:
        """Whether a meeting in a round leaves a person the rests they asked for."""
        limits = self.model.limits
        if person not in limits.resting:
            return True
        meets = [r == round_ or self._meets(r, person) for r in range(self.model.rounds)]
        if sum(meets) > limits.most.get(person, self.model.rounds):
            return False
        stretch = next(one for one in limits.stretches if round_ in one)
        before = next((r for r in range(round_, stretch.start - 1, -1) if not meets[r]), stretch.start - 1)
        after = next((r for r in range(round_, stretch.stop) if not meets[r]), stretch.stop)
        return after - before - 1 <= limits.in_a_row.get(person, self.model.rounds)

    def _meets(self, round_: int, person: int) -> bool:
        return self.at[round_][person] >= 0 or (round_, person) in self.busy

    def table_for(self, round_: int, people: tuple[int, ...]) -> int | None:
        """Return the table `people` would sit at in a round: 0 for any, None if there is none, or they may not."""
        if not self.allows(round_, people):
            return None
        model, held = self.model, self.held[round_]
        tied = [person for person in people if person in model.tied]
        if not tied:
            return 0
        common = frozenset.intersection(*(model.tied[person] for person in tied))
        own = [held[person] for person in tied if person in held]
        others = self._of_others(round_, people)
        for table in own + sorted(common):
            if table in common and model.has_table(round_, table) and table not in others:
                return table
        return None

    def seat(self, round_: int, people: tuple[int, ...]) -> bool:
        """Keep a table for those of `people` who are tied to some; False, and no change, if there is none."""
        table = self.table_for(round_, people)
        if table is None:
            return False
        if table:
            for person in people:
                if person in self.model.tied:
                    self.held[round_][person] = table
        return True

    def release(self) -> None:
        """Give up the tables kept for people who are in no meeting of the round after all."""
        for round_, held in enumerate(self.held):
            row = self.at[round_]
            self.held[round_] = {person: table for person, table in held.items() if row[person] != FREE}

    def open(self) -> Bools:
        """Return who is free in which round, shape (R, n)."""
        free: Bools = self._array() == FREE
        return free

    def met_keys(self) -> Ints:
        """Return the keys of all pairs planned anywhere, ascending."""
        return np.sort(np.fromiter(self.met, dtype=np.int64, count=len(self.met)))

    def score(self) -> float:
        """Return the sum of the scores of all pairs planned anywhere."""
        return float(self.model.score[places_of(self.model.keys, self.met_keys())].sum())

    def had(self) -> Ints:
        """Return how many meetings each person has, settled ones and groups included, shape (n,)."""
        had: Ints = (self._array() >= 0).sum(axis=0)
        settled = chain(
            chain.from_iterable(people for _, people, _ in chain(self.settled, self.groups)),
            chain.from_iterable(people for _, people in self.talks),
        )
        had += np.bincount(np.fromiter(settled, dtype=np.int64), minlength=len(had))
        return had

    def _array(self) -> Ints:
        return np.array(self.at, dtype=np.int64).reshape(self.model.rounds, self.model.people)

    def pairs(self) -> list[tuple[list[int], list[int]]]:
        """Return for each round the smaller and the larger of all pairs planned here, in that order."""
        partner = self._array()
        ones = [np.flatnonzero(row > np.arange(self.model.people)) for row in partner]
        return [(one.tolist(), row[one].tolist()) for row, one in zip(partner, ones, strict=True)]


def as_planned(model: Model, plan: Plan) -> Timetable:
    """Return a timetable in which everything of a plan is settled; O(people × rounds + meetings)."""
    table = empty(model)
    number = {person: i for i, person in enumerate(model.ids)}
    for meeting in plan.meetings:
        table.settle(meeting.round - 1, tuple(number[one] for one in meeting.people), meeting.table)
    for group in plan.groups:
        table.host(group.round - 1, tuple(number[one] for one in group.people), group.table)
    for talk in plan.talks:
        table.attend(talk.round - 1, tuple(number[one] for one in talk.people))
    return table


def empty(model: Model) -> Timetable:
    """Return a timetable in which nobody meets yet."""
    open_: Bools = model.seatable
    rows = [[FREE if there else AWAY for there in open_[:, r].tolist()] for r in range(model.rounds)]
    held: list[dict[int, int]] = [{} for _ in rows]
    return Timetable(model, rows, model.tables.tolist(), held, taken=[set() for _ in rows])
