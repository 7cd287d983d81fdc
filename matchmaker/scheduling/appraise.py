"""Appraise meetings that somebody arranged by hand: give them the certificate that the planner's own plans have.

The bounds are those of the planner, on every plan that keeps the problem's rules and its locked meetings, and has the
same double meetings and groups at host tables; nothing is planned. Two network flows, O(pairs) each in practice.
"""

from collections.abc import Iterable
from itertools import combinations
from math import fsum

from matchmaker.scheduling.problem.plan import Certificate, Group, Meeting, Plan, Talk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.bounds import bounds
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.certify import certify
from matchmaker.scheduling.solver.double import keep_doubles
from matchmaker.scheduling.solver.fewest import fewest_of
from matchmaker.scheduling.solver.fewest_at_topics import fewest_at_topics
from matchmaker.scheduling.solver.host import seat_guests, settle_hosts
from matchmaker.scheduling.solver.keep import settle_locked
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.talks import attend, pairs_at_talks
from matchmaker.scheduling.solver.timetable import empty

NOTHING_CLAIMED = Certificate(0.0, 0.0, 0.0, 1.0, 0, 0)


def appraise(
    problem: Problem,
    meetings: Iterable[Meeting],
    groups: Iterable[Group] = (),
    talks: tuple[Talk, ...] = (),
    *,
    seed: int = 0,
) -> Plan:
    """Return these meetings, groups and talks as a plan with its certificate; the scores are worked out anew.

    Whether they keep the rules is for `checker.check` to say. Raises KeyError for somebody whom the problem does not
    know.
    """
    arranged = Plan(_scored(problem, meetings), NOTHING_CLAIMED, _in_order(groups))
    model = build(problem, seed, pairs_at_talks(problem, talks))
    fewest = fewest_at_topics(problem, model, talks, seed) if problem.topics else fewest_of(problem, model)
    weights = stakes(model, fewest.floor)
    table = empty(model)
    settle_locked(table, problem.locked_meetings)
    settle_hosts(table, problem)
    attend(table, talks)
    seat_guests(table, problem, arranged)
    keep_doubles(table, arranged)
    _, best = bounds(table, problem, weights)
    certificate = certify(
        problem, model, weights, arranged.meetings, best, fewest, None, arranged.groups, talks
    )
    return Plan(arranged.meetings, certificate, arranged.groups, talks)


def _scored(problem: Problem, meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return meetings by round and table, each with its score; two who meet for two rounds score in the first."""
    scores = {frozenset((a, b)): score for a, b, score in problem.pairs}
    double = {frozenset(pair) for pair in problem.double}
    had: set[frozenset[str]] = set()
    scored = []
    for one in sorted(meetings, key=lambda one: (one.round, one.table)):
        pairs = [frozenset(pair) for pair in combinations(one.people, 2)]
        score = fsum(scores.get(pair, 0.0) for pair in pairs if pair not in had)
        had.update(double.intersection(pairs))
        scored.append(Meeting(one.round, one.table, tuple(sorted(one.people)), score))
    return tuple(scored)


def _in_order(groups: Iterable[Group]) -> tuple[Group, ...]:
    by_place = sorted(groups, key=lambda one: (one.round, one.table))
    return tuple(Group(one.round, one.table, one.host, tuple(sorted(one.people))) for one in by_place)
