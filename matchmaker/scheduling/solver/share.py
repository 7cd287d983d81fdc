"""Share out tables of a kind where there are too few: who sits alone at one, who shares one, who waits.

Two people with the same need at one table take half of what they take at one each. So where not everybody who is tied
to some tables can hold one of their own, those who meet each other are settled here, round by round, and whoever has
had fewest meetings for the rounds they have left comes first. One small integer program a round (HiGHS, limited by
nodes), over kinds of tables and not over tables: O(kinds × pairs among those who are tied).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.kinds import Kinds, TableUse, kinds_of
from matchmaker.scheduling.solver.model import Ints, among
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable

if TYPE_CHECKING:
    from matchmaker.scheduling.solver.exact import SolvedEntries

NODES = 200
"""Nodes each integer program may branch into; it nearly always ends at the first."""
NEAREST = 30
"""Best partners of each person among those tied to tables who are looked at."""


@dataclass
class Shared:
    """What is known of those who are tied while their tables are shared out.

    `turns` each has been given so far; `whole` as long as every pair among them has been looked at.
    """

    table: Timetable
    weights: Stakes
    turns: dict[int, int] = field(default_factory=dict)
    whole: bool = True

    def __post_init__(self) -> None:
        """Look up who of those tied may meet whom, and who else there is for each."""
        model = self.table.model
        had = self.table.had()
        # A table that is held is a turn, though not yet a meeting.
        self.turns = {one: int(had[one]) for one in model.tied}
        for row, held in zip(self.table.at, self.table.held, strict=True):
            for one in held:
                self.turns[one] += row[one] == FREE
        is_tied = np.isin(np.arange(model.people), list(model.tied))
        both = np.flatnonzero(is_tied[model.first] & is_tied[model.second])
        self.pairs = sorted(
            (
                (int(model.wished[e]), float(model.score[e]), int(model.first[e]), int(model.second[e]))
                for e in both.tolist()
            ),
            reverse=True,
        )
        self.able = {
            one: bool((model.first == one).any() or (model.second == one).any()) for one in model.tied
        }
        self.others: dict[int, Ints] = {}
        self.asked: dict[int, int] = {}
        met = among(model.keys, self.table.met_keys())
        for end, other in ((model.first, model.second), (model.second, model.first)):
            for one in model.tied:
                mine = (end == one) & ~is_tied[other] & ~met
                self.others[one] = np.append(self.others.get(one, np.zeros(0, dtype=np.int64)), other[mine])
                self.asked[one] = self.asked.get(one, 0) + int(model.wished[mine].sum())

    def share(self, round_: int, waiting: list[int]) -> list[int]:
        """Give tables of a round to those `waiting` for one; return who is left without."""
        gain = {one: self._gain(round_, one) for one in waiting}
        entries = list(self.entries(round_, waiting))
        kinds = kinds_of(self.table, round_, waiting)
        left = list(waiting)
        for entry in self._best(entries, gain, {kind: len(tables) for kind, tables in kinds.items()}):
            for one in entry.people:
                left.remove(one)
                self.turns[one] += 1
                self.asked[one] -= entry.wished if len(entry.people) == 1 else 0
            self._seat(entry, kinds)
        return left

    def take(self, entries: list[TableUse]) -> list[tuple[int, int]]:
        """Give out tables as `entries` say, over all rounds; return who is left without, by round."""
        out: list[tuple[int, int]] = []
        for round_ in range(self.table.model.rounds):
            waiting = self.waiting(round_)
            kinds = kinds_of(self.table, round_, waiting)
            seated: set[int] = set()
            for entry in entries:
                if entry.round == round_:
                    self._seat(entry, kinds)
                    seated.update(entry.people)
            out += [(round_, one) for one in waiting if one not in seated]
        return out

    def _seat(self, entry: TableUse, kinds: Kinds) -> None:
        """Settle two who share a table; keep a table for one alone, whose partner is chosen later."""
        assert entry.kind is not None
        number = kinds[entry.kind].pop()
        if len(entry.people) > 1:
            self.table.settle(entry.round, entry.people, number)
        else:
            self.table.held[entry.round][entry.people[0]] = number

    def waiting(self, round_: int) -> list[int]:
        """Return who needs a table of some kind in a round, and has none yet."""
        return [one for one in self.table.model.tied if self.table.at[round_][one] == FREE]

    def entries(self, round_: int, waiting: list[int]) -> Iterator[TableUse]:
        """Yield everything that those `waiting` could do with a table: alone, for a wish or not, and two together."""
        model, row, met = self.table.model, self.table.at[round_], self.table.met
        kinds = list(kinds_of(self.table, round_, waiting))
        here = set(waiting)
        for one in waiting:
            if any(row[other] == FREE for other in self.others[one].tolist()):
                for wished in range(min(1, self.asked[one]) + 1):
                    yield from (TableUse(round_, (one,), kind, 0.0, wished) for kind in kinds if one in kind)
        seen = dict.fromkeys(waiting, 0)
        for wished, score, one, other in self.pairs:
            if one not in here or other not in here or model.key(one, other) in met:
                continue
            if not self.table.allows(round_, (one, other)):
                continue
            if min(seen[one], seen[other]) >= NEAREST:
                self.whole = False
                continue
            seen[one] += 1
            seen[other] += 1
            yield from (
                TableUse(round_, (one, other), kind, score, wished)
                for kind in kinds
                if kind.issuperset((one, other))
            )

    def fewest(self) -> int:
        """Return the fewest turns of anybody who could have one at all and asks for no rests."""
        resting = self.table.model.limits.resting
        return min(
            (turns for one, turns in self.turns.items() if self.able[one] and one not in resting), default=0
        )

    def all_entries(self) -> list[TableUse]:
        """Return everything that could be done with a table in any round."""
        rounds = range(self.table.model.rounds)
        return [entry for round_ in rounds for entry in self.entries(round_, self.waiting(round_))]

    def solve(self, problem: Problem, seed: int) -> "SolvedEntries | None":
        """Return the best way to share tables out over all rounds at once; None if there is too much to try."""
        from matchmaker.scheduling.solver.exact import MOST_ENTRIES, Program  # noqa: PLC0415 - heavy: CP-SAT

        entries = self.all_entries()
        if len(entries) > MOST_ENTRIES:
            return None
        resting = self.table.model.limits.resting
        counted = [one for one in self.turns if self.able[one] and one not in resting]
        program = Program(self.table, problem, self.weights, entries, self.asked)
        return program.solve(counted, self.weights.floor, seed)

    def _gain(self, round_: int, one: int) -> float:
        """Return what a meeting in a round is worth to somebody: more, the fewer rounds are left for those due."""
        table, weights = self.table, self.weights
        left = sum(row[one] == FREE for row in table.at[round_:])
        spare = left - max(0, weights.floor - self.turns[one])
        level = weights.level_of(one, self.turns[one] + 1) / weights.scale
        return level + weights.floor_weight / (1 + max(0, spare))

    def _best(
        self, entries: list[TableUse], gain: dict[int, float], room: dict[frozenset[int], int]
    ) -> list[TableUse]:
        """Return the entries that are worth most together: one for each person, and no more than there are tables."""
        if not entries:
            return []
        round_ = entries[0].round
        row = self.table.at[round_]
        outside = sum(
            partner == FREE for person, partner in enumerate(row) if person not in self.table.model.tied
        )
        columns: dict[object, list[int]] = {"tables": list(range(len(entries))), "alone": []}
        for i, entry in enumerate(entries):
            for key in (*entry.people, entry.kind):
                columns.setdefault(key, []).append(i)
            if len(entry.people) == 1:
                columns["alone"].append(i)
        most: dict[object, int] = {"tables": max(0, self.table.room[round_]), "alone": outside}
        most |= {kind: count for kind, count in room.items()}
        rows = np.repeat(np.arange(len(columns)), [len(one) for one in columns.values()])
        at = np.array([i for one in columns.values() for i in one])
        matrix = csr_matrix((np.ones(len(rows)), (rows, at)), shape=(len(columns), len(entries)))
        worth = [
            entry.worth + self.weights.wish * entry.wished + sum(gain[one] for one in entry.people)
            for entry in entries
        ]
        answer = milp(
            -np.array(worth), integrality=np.ones(len(entries)), bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, -np.inf, [most.get(key, 1) for key in columns]),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )  # fmt: skip
        if answer.x is None:
            return []
        return [entry for entry, chosen in zip(entries, answer.x.tolist(), strict=True) if chosen > 0.5]
