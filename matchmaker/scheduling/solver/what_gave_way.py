"""Say in words which goals gave way in a plan, and why wishes were not met; the checker verifies each."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np

from matchmaker.scheduling.problem.parts import Meet
from matchmaker.scheduling.problem.plan import GaveWay, Meeting, Unmet
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.mixing import due, mixed
from matchmaker.scheduling.solver.model import Model

APART_WORDS = "meet although they are to be kept apart."


def gave_way(problem: Problem, meetings: Iterable[Meeting], reach: Mapping[str, int]) -> tuple[GaveWay, ...]:
    """Return the pairs who meet although they are to be kept apart, then who meets too few of another pool.

    Each in order of id. `reach` is how many meetings people can have. O(meetings), and the problem if it has mixing.
    """
    words = {frozenset(pair): "met at an earlier event and meet again." for pair in problem.met_before}
    words |= {frozenset(pair): APART_WORDS for pair in problem.apart}
    if not words and problem.mixing is None and not problem.kin:
        return ()
    met = sorted({pair for meeting in meetings for pair in combinations(sorted(meeting.people), 2)})
    if problem.kin:
        kin = [frozenset(pair) for pair in met if problem.kin_meet(*pair) is Meet.RATHER_NOT]
        words |= dict.fromkeys(kin, APART_WORDS)
    together = [
        GaveWay((a, b), f"{a} and {b} {words[frozenset((a, b))]}")
        for a, b in met
        if frozenset((a, b)) in words
    ]
    had, targets = mixed(problem, met), due(problem, reach)
    few = [
        GaveWay((one,), f"{one} meets {already + had.get(one, 0)} of {target} people of another pool.")
        for one, (already, target) in targets.items()
        if already + had.get(one, 0) < target
    ]
    return tuple(together + few)


class Reasons:
    """Why wishes were not met, in words that the checker can verify."""

    def __init__(
        self, problem: Problem, model: Model, number: dict[str, int], rounds: dict[tuple[str, str], int]
    ) -> None:
        """Take note of the round of each wish that was granted."""
        self.problem, self.model, self.number = problem, model, number
        self.forbidden = {frozenset(pair) for pair in problem.forbidden}
        self.met = {frozenset(pair) for pair in problem.met}
        self.granted: dict[str, set[int]] = {}
        for pair, round_ in rounds.items():
            for person in pair:
                self.granted.setdefault(person, set()).add(round_ - 1)

    def reason(self, a: str, b: str) -> Unmet:
        """Return why `a` and `b` do not meet: the first of the reasons that is true."""
        model, i, j = self.model, self.number[a], self.number[b]
        common = np.flatnonzero(model.present[i] & model.present[j]).tolist()
        if frozenset((a, b)) in self.forbidden or self.problem.kin_meet(a, b) is Meet.NEVER:
            return Unmet((a, b), f"{a} and {b} must never meet.")
        if frozenset((a, b)) in self.met:
            return Unmet((a, b), f"{a} and {b} have met already.")
        if not common:
            return Unmet((a, b), f"{a} and {b} are never there together.")
        if not any(model.share_a_table((i, j), r) for r in common):
            return Unmet((a, b), f"There is no table at which both {a} and {b} may sit while they are there.")
        for one in (a, b):
            if self.granted.get(one, set()) >= set(common):
                words = f"Every round in which {a} and {b} are both there "
                words += f"is full of meetings both asked for of {one}."
                return Unmet((a, b), words)
        return Unmet((a, b), f"No place found: {a} and {b} are there together in {len(common)} rounds.")
