"""Solve small choices to the end: which meetings in which round at which kind of table, all at once.

A constraint program (CP-SAT, one worker and a limit of work and never of time, so that the same problem has the same
answer on any machine). First as many wishes as can be met, then the fewest meetings of anybody as high as can be,
then what `Stakes` says. Used where the quick way falls short of what is proven possible: for whole small halls, and
for those who are tied to some tables in larger ones. O(2^entries) at worst, which is why there is a limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.kinds import TableUse, kinds_of
from matchmaker.scheduling.solver.limits import windows
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable

MOST_ENTRIES = 5_000
"""More ways to have a meeting than this are not tried all at once."""
WORK, MORE_WORK = 4.0, 1.0
"""Units of deterministic work, some seconds, that the first solve may take, and the one for worth."""
PLACED, ODD = 4, 2
"""What it is worth that a meeting finds a round, and costs that somebody is left over in one."""
FINE = 1_000
"""Whole-number units of one point of score."""


@dataclass(frozen=True)
class SolvedEntries:
    """The entries chosen, the fewest meetings of anybody counted, and whether both goals before worth are proven."""

    entries: list[TableUse]
    fewest: int
    proven: bool


class Program:
    """The constraint program of some entries in a timetable, and the people of whom the fewest is counted."""

    def __init__(
        self, table: Timetable, problem: Problem, weights: Stakes, entries: Sequence[TableUse],
        asked: Mapping[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Lay down the rules; O(entries × people in each). `asked` are the wishes one alone can be granted."""
        self.table, self.weights, self.entries = table, weights, list(entries)
        self.model = cp_model.CpModel()
        self.chosen = [self.model.new_bool_var("") for _ in self.entries]
        self.had = table.had().tolist()
        self.of: dict[int, list[int]] = {}
        for i, entry in enumerate(self.entries):
            for one in entry.people:
                self.of.setdefault(one, []).append(i)
        self._rules_of_rounds(problem)
        self._rules_of_people()
        for one, most in (asked or {}).items():
            alone = [
                i for i in self.of.get(one, ()) if len(self.entries[i].people) == 1 and self.entries[i].wished
            ]
            self._at_most(alone, most)

    def _at_most(self, some: Sequence[int], most: int) -> None:
        if len(some) > most:
            self.model.add(sum(self.chosen[i] for i in some) <= max(0, most))

    def _rules_of_rounds(self, problem: Problem) -> None:
        """Lay down rooms, kinds of tables, trios, outsiders and helpers, round by round."""
        table, model = self.table, self.table.model
        number = {person: i for i, person in enumerate(model.ids)}
        looked_at = set(self.of)
        for round_ in range(model.rounds):
            here = [i for i, entry in enumerate(self.entries) if entry.round == round_]
            waiting = [one for one in model.tied if table.at[round_][one] == FREE]
            kinds = kinds_of(table, round_, waiting)
            self._at_most(here, table.room[round_])
            for kind, tables in kinds.items():
                self._at_most([i for i in here if self.entries[i].kind == kind], len(tables))
            self._at_most([i for i in here if len(self.entries[i].people) == 3], 1)
            outside = sum(at == FREE for one, at in enumerate(table.at[round_]) if one not in looked_at)
            self._at_most([i for i in here if len(self.entries[i].people) == 1], outside)
            for helped in problem.helpers.values():
                group = {number[one] for one in helped}
                taken = len(group) > 1 and any((round_, one) in table.busy for one in group)
                if len(group) > 1:
                    touching = [i for i in here if not group.isdisjoint(self.entries[i].people)]
                    self._at_most(touching, 0 if taken else 1)

    def _rules_of_people(self) -> None:
        """Lay down one place at a time, one meeting a pair, and rests."""
        for one, mine in self.of.items():
            by_round: dict[int, list[int]] = {}
            for i in mine:
                by_round.setdefault(self.entries[i].round, []).append(i)
            for several in by_round.values():
                self._at_most(several, 1)
            self._rests(one, mine)
        pairs: dict[tuple[int, int], list[int]] = {}
        for i, entry in enumerate(self.entries):
            for a, b in combinations(sorted(entry.people), 2):
                pairs.setdefault((a, b), []).append(i)
        for several in pairs.values():
            self._at_most(several, 1)

    def _rests(self, one: int, mine: list[int]) -> None:
        """Lay down the rests that somebody asks for."""
        table, limits = self.table, self.table.model.limits
        if one in limits.most:
            self._at_most(mine, limits.most[one] - self.had[one])
        if one in limits.in_a_row:
            for window in windows(limits.stretches, limits.in_a_row[one] + 1):
                busy = sum((round_, one) in table.busy for round_ in window)
                inside = [i for i in mine if self.entries[i].round in window]
                self._at_most(inside, limits.in_a_row[one] - busy)

    def solve(
        self, counted: Sequence[int], most: int, seed: int, rested: Mapping[int, int] | None = None
    ) -> SolvedEntries | None:
        """Return the best entries; `most` is proven to be the most that the fewest of those `counted` can be.

        `rested` people have no fewer than that either, as far as the number of meetings they can have allows.
        """
        model, totals = self.model, {}
        fewest = model.new_int_var(0, max(0, most), "")
        for one in counted:
            totals[one] = self.had[one] + sum(self.chosen[i] for i in self.of.get(one, ()))
            model.add(totals[one] >= fewest)
        for one, reach in (rested or {}).items():
            due = model.new_int_var(0, reach, "")
            model.add_min_equality(due, [fewest, reach])
            model.add(self.had[one] + sum(self.chosen[i] for i in self.of.get(one, ())) >= due)
        wishes = sum(entry.wished * chosen for entry, chosen in zip(self.entries, self.chosen, strict=True))
        rounds = self.table.model.rounds + 1
        model.maximize(wishes * rounds + fewest)
        first = self._run(seed, WORK)
        if first is None:
            return None
        best, status = first
        met, least = best.value(wishes) if self.entries else 0, best.value(fewest)
        proven = status == cp_model.OPTIMAL and not rested
        model.add(wishes >= met)
        model.add(fewest >= least)
        model.clear_hints()  # type: ignore[no-untyped-call]
        for chosen in self.chosen:
            model.add_hint(chosen, best.value(chosen))
        model.maximize(self._worth())
        second = self._run(seed, MORE_WORK)
        if second is not None:
            best, _ = second
        kept = [entry for entry, chosen in zip(self.entries, self.chosen, strict=True) if best.value(chosen)]
        return SolvedEntries(kept, least, proven)

    def place(self, others: Sequence[int], seed: int) -> list[TableUse]:
        """Return as many entries as can be, with few rounds in which an odd number of `others` is left to meet."""
        model, odd = self.model, []
        among = set(others)
        for round_, row in enumerate(self.table.at):
            free = sum(row[one] == FREE for one in among)
            taken = [
                len(among.intersection(entry.people)) * chosen
                for entry, chosen in zip(self.entries, self.chosen, strict=True)
                if entry.round == round_
            ]
            odd.append(model.new_bool_var(""))
            model.add(free - sum(taken) == 2 * model.new_int_var(0, free, "") + odd[-1])
        model.maximize(PLACED * sum(self.chosen) - ODD * sum(odd))
        found = self._run(seed, WORK)
        if found is None:
            return []
        return [
            entry for entry, chosen in zip(self.entries, self.chosen, strict=True) if found[0].value(chosen)
        ]

    def _worth(self) -> cp_model.LinearExprT:
        """Return what fairness and scores are worth together, in units of 1 / FINE points."""
        model, weights = self.model, self.weights
        terms = [
            round(entry.worth * FINE) * chosen
            for entry, chosen in zip(self.entries, self.chosen, strict=True)
        ]
        for one, mine in self.of.items():
            nths = range(self.had[one] + 1, self.had[one] + len(mine) + 1)
            levels = [
                weights.level_of(one, nth) * FINE // weights.scale
                for nth in nths
                if nth <= weights.there[one]
            ]
            steps = [model.new_bool_var("") for _ in levels]
            model.add(sum(steps) == sum(self.chosen[i] for i in mine))
            terms += [level * step for level, step in zip(levels, steps, strict=True)]
        return sum(terms)

    def _run(self, seed: int, work: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus] | None:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self.model)
        return (solver, status) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
