"""Go on from what is settled in several ways, of which the best is taken.

Trios, and those who share tables or a helper, come first in one way, chosen together with all other pairs (`joint`);
where that is not close to the best, turns are taken instead, with trios where somebody is left over, or good ones
first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.certify import Best
from matchmaker.scheduling.solver.choice import choose
from matchmaker.scheduling.solver.fewest import Fewest
from matchmaker.scheduling.solver.improve import improve
from matchmaker.scheduling.solver.joint_rounds import joint_choice, settle_jointly
from matchmaker.scheduling.solver.left_to_choose import left_to_choose
from matchmaker.scheduling.solver.mend import fill
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.place import is_sparse, mend_all, place, value
from matchmaker.scheduling.solver.prices import Priced, prices
from matchmaker.scheduling.solver.reserve import reserve, settle_wishes, unblock
from matchmaker.scheduling.solver.rest import take_rests, take_turns
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import Timetable
from matchmaker.scheduling.solver.trios import join, settle_trios
from matchmaker.scheduling.solver.try_all import falls_short, rank

NEAR, FEW = 5e-4, 16
"""Share of a plan's score that the first way may lack before others are tried; so few people only take turns, as all
that so few can do is tried to the end where that falls short.
"""


@dataclass
class Attempts:
    """What all ways have in common; `best` and `fewest` are the bounds as known so far."""

    problem: Problem
    weights: Stakes
    fairest: Priced
    partners: Partners
    seed: int
    best: Best
    fewest: Fewest

    def best_from(self, bare: Timetable, *, kept: bool) -> Timetable:
        """Return the best timetable found that goes on from `bare`; `kept` is whether it holds an earlier plan."""
        first = None if kept or bare.model.people < FEW else self._jointly(bare)
        if first is not None and self._is_near(first):
            return first
        ways = [*self._in_turns(bare, first, kept=kept)]
        return max(ways if first is None else [first, *ways], key=self._rank)

    def _rank(self, table: Timetable) -> tuple[int, int, int]:
        return rank(table, self.fewest, self.weights)

    def _is_near(self, table: Timetable) -> bool:
        lacking = float(self.best.worth - value(table, self.weights)) / self.weights.scale
        return not falls_short(table, self.fewest) and lacking <= NEAR * table.score()

    def _jointly(self, bare: Timetable) -> Timetable | None:
        """Return the timetable around what a joint choice says, having bounded all; None where there is none."""
        network = self.fairest.network
        joint = joint_choice(bare, self.problem, network)
        if joint is None:
            return None
        choice, shared = joint
        self.best = self.best.capped(value(bare, self.weights) + choice.most, self.weights)
        table = bare.copy()
        blocked = take_rests(table)
        settle_jointly(table, self.problem, network, choice, shared, self.weights, self.seed)
        settle_wishes(table)
        blocked += take_turns(table)
        left, _ = reserve(table, self.problem, self.weights, self.fewest, self.seed, sure=False)
        return self._finished(table, [*blocked, *left], lambda _: True)

    def _in_turns(self, bare: Timetable, first: Timetable | None, *, kept: bool) -> Iterator[Timetable]:
        """Yield timetables in which turns are taken at what is shared, with good trios settled first or not.

        If there is a `first` way, only what meets more wishes, or is fairer to those with fewest, is bettered.
        """
        table = bare.copy()
        settle_wishes(table)
        blocked = take_rests(table) + take_turns(table)
        trios = bool(table.model.may_trio.any())
        # Shared out are tables to one or two; a trio could still give one more person a meeting.
        sure = not self.problem.topics and not trios and not blocked
        sure = sure and len(table.settled) == len(bare.settled)
        left, self.fewest = reserve(table, self.problem, self.weights, self.fewest, self.seed, sure=sure)
        few_changes = kept and is_sparse(table)

        def worth_it(made: Timetable) -> bool:
            # Where trios may be made, the bound is otherwise too loose to say.
            return not trios if first is None else self._rank(made)[:2] > self._rank(first)[:2]

        for trios_first in (False, True) if trios else (False,):
            made = table.copy()
            if trios_first:
                asked, _ = left_to_choose(made, self.weights)
                settle_trios(made, self.partners, prices(asked, choose(asked)).person)
            yield self._finished(made, [*blocked, *left], worth_it, few_changes=few_changes)

    def _finished(
        self,
        table: Timetable,
        blocked: list[tuple[int, int]],
        worth_it: Callable[[Timetable], bool],
        *,
        few_changes: bool = False,
    ) -> Timetable:
        """Return a timetable in which all others are placed, also whoever is left over, if there is a place."""
        if few_changes:
            mend_all(table, self.partners, self.weights)
        else:
            start = table
            table, most = place(start, self.fairest, self.partners, self.weights, self.seed)
            self.best = self.best.capped(most, self.weights)
            if worth_it(table):
                table = improve(
                    table, start, self.best.worth, self.fairest, self.partners, self.weights, self.seed
                )
        unblock(table, blocked)
        self._fill_up(table)
        return table

    def _fill_up(self, table: Timetable) -> None:
        """Find a place for whoever is left over: any partner, or a pair to join."""
        sat_out = (self.weights.there - table.had()).tolist()
        fill(table, self.partners, sat_out)
        if table.model.may_trio.any():
            worth = self.weights.one_by_one(table.model).tolist()
            join(table, dict(zip(table.model.keys.tolist(), worth, strict=True)), sat_out)
