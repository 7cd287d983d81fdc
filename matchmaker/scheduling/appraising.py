"""Appraise meetings that somebody arranged by hand: give them the certificate that the planner's own plans have.

The bounds are those of the planner, on every plan that keeps the problem's rules and its locked meetings; nothing
is planned. Two network flows, O(pairs) each in practice.
"""

from collections.abc import Iterable
from itertools import combinations
from math import fsum

from matchmaker.scheduling.building import build
from matchmaker.scheduling.certifying import Best, certify
from matchmaker.scheduling.keeping import settle_locked
from matchmaker.scheduling.openings import widest
from matchmaker.scheduling.plan import Meeting, Plan
from matchmaker.scheduling.pricing import most_score, priced
from matchmaker.scheduling.problem import Problem
from matchmaker.scheduling.stakes import stakes
from matchmaker.scheduling.timetable import empty


def appraise(problem: Problem, meetings: Iterable[Meeting], *, seed: int = 0) -> Plan:
    """Return these meetings as a plan with its certificate; their scores are worked out anew.

    Whether they keep the rules is for `checking.check` to say. Raises KeyError for somebody whom the problem does not
    know.
    """
    model = build(problem, seed)
    weights = stakes(model)
    table = empty(model)
    settle_locked(table, problem.locked_meetings)
    fairest = priced(widest(table, weights, fair=True))
    best = Best.of(table, weights, most_score(widest(table, weights, fair=False), fairest), fairest.choice)
    scores = {frozenset((a, b)): score for a, b, score in problem.pairs}
    arranged = tuple(
        Meeting(
            one.round,
            one.table,
            tuple(sorted(one.people)),
            fsum(scores.get(frozenset(pair), 0.0) for pair in combinations(one.people, 2)),
        )
        for one in sorted(meetings, key=lambda one: (one.round, one.table))
    )
    return Plan(arranged, certify(problem, model, weights, arranged, best, None))
