"""Bound what any plan with the settled meetings can be worth, as tightly as is cheap."""

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.certify import Best
from matchmaker.scheduling.solver.choice import choose
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.prices import Priced, most_score, priced
from matchmaker.scheduling.solver.shared_limits import lowered, shared
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import Timetable


def bounds(table: Timetable, problem: Problem, weights: Stakes) -> tuple[Priced, Best]:
    """Return the relaxed best choice by wishes, fairness and score, and the bounds on plans around it."""
    fairest = priced(widest(table, weights, fair=True))
    plain = widest(table, weights, fair=False)
    score = most_score(plain, fairest)
    best = Best.of(table, weights, score, fairest.choice)
    groups = shared(table, problem, fairest.network)
    by_worth = lowered(fairest.network, fairest.choice, groups)
    if not by_worth:
        return fairest, best
    choice = choose(plain)
    by_score = max(0, lowered(plain, choice, groups) + score - choice.value)
    return fairest, best.lowered(by_score, by_worth, weights)
