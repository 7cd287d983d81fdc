"""Ask what a change of the hall would give, by solving the problem as it would then be."""

from dataclasses import dataclass, replace

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.planner import plan

ALIKE = 0.005
"""Share of the total score that nobody would notice."""


@dataclass(frozen=True)
class Gain:
    """How the plan of a changed problem differs from the present one; more is better, except of sit-outs.

    `wishes` met, `fewest_meetings` of anybody, `double_sit_outs`, the `total` score, and `stars` reached. With
    `no_better`, it is proven that no plan of the changed problem would meet more wishes, give more meetings to
    whoever has fewest, reach more stars, or be noticeably better.
    """

    wishes: int
    fewest_meetings: int
    double_sit_outs: int
    total: float
    no_better: bool = False
    stars: int = 0


def what_if(changed: Problem, planned: Plan, *, seed: int = 0) -> Gain:
    """Return what the best plan found of `changed` gives over `planned`. Takes as long as planning does."""
    before, after = planned.certificate, plan(changed, seed=seed).certificate
    bound = after.fewest_bound
    return Gain(
        wishes=len(before.unmet) - len(after.unmet),
        fewest_meetings=after.fewest_meetings - before.fewest_meetings,
        double_sit_outs=after.double_sit_outs - before.double_sit_outs,
        total=after.total - before.total,
        no_better=not before.unmet
        and not before.double_sit_outs
        and bound is not None
        and bound <= before.fewest_meetings
        and after.bound <= before.total * (1 + ALIKE)
        and (after.stars_bound or 0) <= (before.stars or 0),
        stars=(after.stars or 0) - (before.stars or 0),
    )


def widened(problem: Problem, tables: int = 0, rounds: int = 0) -> Problem:
    """Return `problem` with `tables` more in each round that is not locked, and `rounds` more like the last one.

    Whoever is there in the last round is there for those after it too.
    """
    number = len(problem.rounds)
    for_topics = {
        place for place, one in enumerate(problem.rounds, start=1) if problem.topics and not one.tables
    }
    wider = tuple(
        round_
        if place in problem.locked or place in for_topics
        else replace(round_, tables=round_.tables + tables)
        for place, round_ in enumerate(problem.rounds, start=1)
    )
    more = tuple(replace(one, after_break=False) for one in wider[-1:] * rounds)
    later = frozenset(range(number + 1, number + len(more) + 1))
    people = tuple(
        replace(one, rounds=one.rounds | later) if one.rounds is not None and number in one.rounds else one
        for one in problem.people
    )
    corners = tuple(
        replace(one, rounds=one.rounds | later) if one.rounds is not None and number in one.rounds else one
        for one in problem.corners
    )
    return replace(problem, rounds=wider + more, people=people, corners=corners)


def with_corner(problem: Problem) -> Problem:
    """Return `problem`, which has corners, with one more like the largest of them."""
    largest = max(problem.corners, key=lambda one: one.seats)
    name = max((one.id for one in problem.corners), key=lambda one: (len(one), one)) + "+"
    return replace(problem, corners=(*problem.corners, replace(largest, id=name)))


def marked(problem: Problem, people: frozenset[str]) -> Problem | None:
    """Return `problem` with one table more of those there are suiting `people`; None if none is left to mark.

    Whoever needs something else as well may use it too, as if it were marked with all that they need.
    """
    mine = {one: tables for one, tables in problem.allowed_tables.items() if one in people}
    last = max((round_.tables for round_ in problem.rounds), default=0)
    suiting = frozenset().union(*mine.values())
    others = {
        table for one, tables in problem.allowed_tables.items() if one not in people for table in tables
    }
    spare = set(range(1, last + 1)) - suiting - set(problem.fixed_table.values())
    # A table that nobody else needs is taken first.
    chosen = min(spare, key=lambda table: (table in others, table), default=None)
    if chosen is None or not mine:
        return None
    wider = {one: tables | {chosen} for one, tables in mine.items()}
    return replace(problem, allowed_tables={**problem.allowed_tables, **wider})


def all_in_trios(problem: Problem) -> Problem:
    """Return `problem` as if everybody agreed to a meeting of three."""
    return replace(problem, trios=True)


def with_break(problem: Problem) -> Problem | None:
    """Return `problem` with a break in its longest stretch of rounds without one; None if there is none."""
    starts = [place for place, one in enumerate(problem.rounds) if place == 0 or one.after_break]
    ends = [*starts[1:], len(problem.rounds)]
    stretches = [range(start, end) for start, end in zip(starts, ends, strict=True)] if starts else []
    longest = max(stretches, key=len, default=range(0))
    if len(longest) < 2:
        return None
    middle = longest[len(longest) // 2]
    rounds = tuple(
        replace(one, after_break=True) if place == middle else one for place, one in enumerate(problem.rounds)
    )
    return replace(problem, rounds=rounds)
