"""Ask what more tables or another round would give, by solving the problem as it would then be."""

from dataclasses import dataclass, replace

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.planner import plan


@dataclass(frozen=True)
class Gain:
    """How the plan of a changed problem differs from the one there is; more is better but for sit-outs.

    `wishes` met, `fewest_meetings` of anybody, `double_sit_outs`, and the `total` score.
    """

    wishes: int
    fewest_meetings: int
    double_sit_outs: int
    total: float


def what_if(problem: Problem, planned: Plan, *, tables: int = 0, rounds: int = 0, seed: int = 0) -> Gain:
    """Return what `tables` more in each round, and `rounds` more of them, would give over `planned`.

    Takes as long as planning does.
    """
    before, after = planned.certificate, plan(widened(problem, tables, rounds), seed=seed).certificate
    return Gain(
        wishes=len(before.unmet) - len(after.unmet),
        fewest_meetings=after.fewest_meetings - before.fewest_meetings,
        double_sit_outs=after.double_sit_outs - before.double_sit_outs,
        total=after.total - before.total,
    )


def widened(problem: Problem, tables: int = 0, rounds: int = 0) -> Problem:
    """Return `problem` with `tables` more in each round that is not locked, and `rounds` more like the last one.

    Whoever is there in the last round is there for those after it too.
    """
    number = len(problem.rounds)
    wider = tuple(
        round_ if place in problem.locked else replace(round_, tables=round_.tables + tables)
        for place, round_ in enumerate(problem.rounds, start=1)
    )
    more = tuple(replace(one, after_break=False) for one in wider[-1:] * rounds)
    later = frozenset(range(number + 1, number + len(more) + 1))
    people = tuple(
        replace(one, rounds=one.rounds | later) if one.rounds is not None and number in one.rounds else one
        for one in problem.people
    )
    return replace(problem, rounds=wider + more, people=people)
