"""A problem in which two people turn out to be one: what was said of the one who goes holds for the one who stays."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace

from matchmaker.scheduling.problem.parts import Kin, LockedMeeting, Person, Rest, TableTopic
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem

Pair = tuple[str, str]


def as_one(problem: Problem, gone: str, keep: str, plan: Plan) -> Problem:
    """Return a problem without `gone`, for a plan in which `keep` has some of their places.

    Where `keep` was not in it, they take the place of `gone` under the same rules. Else their own rules hold, but for
    rests, of which the stricter does; they are there in the rounds in which the plan has them, and may meet whom
    they meet in it. Wishes, stars and topics of `gone` become theirs. Raises ProblemError where that contradicts
    itself, or `gone` is at a host table. O(size of the problem).
    """
    known = {one.id: one for one in problem.people}
    if keep not in known:
        return _renamed(problem, gone, keep)
    mine = [one for one in plan.meetings if keep in one.people]
    rounds = {one.round for one in mine} | {one.round for one in plan.talks if keep in one.people}
    meets = Counter(other for one in mine for other in one.people if other != keep)
    twice = {frozenset((keep, other)) for other, times in meets.items() if times > 1}
    people = [_there(one, rounds) if one.id == keep else one for one in problem.people if one.id != gone]
    return replace(
        problem,
        people=tuple(people),
        pairs=_scored(problem, gone, keep, meets.keys()),
        forbidden=_without(problem.forbidden, gone),
        wanted=_moved(problem.wanted, gone, keep),
        fixed_table={one: table for one, table in problem.fixed_table.items() if one != gone},
        allowed_tables={one: tables for one, tables in problem.allowed_tables.items() if one != gone},
        trios=problem.trios if isinstance(problem.trios, bool) else problem.trios - {gone},
        locked_meetings=_locked(problem, gone, keep, {(one.round, one.table) for one in mine}),
        met=_without(problem.met, gone),
        met_before=_moved(problem.met_before, gone, keep),
        apart=_without(problem.apart, gone),
        double=tuple(
            pair
            for pair in _moved(problem.double, gone, keep)
            if pair in problem.double or frozenset(pair) in twice
        ),
        rests=_rests(problem, gone, keep),
        helpers={name: tuple(x for x in people if x != gone) for name, people in problem.helpers.items()},
        kin=tuple(Kin(tuple(x for x in one.people if x != gone), one.meet) for one in problem.kin),
        corners=tuple(
            replace(one, not_for=tuple(x for x in one.not_for if x != gone)) for one in problem.corners
        ),
        topics=tuple(_topic(one, gone, keep) for one in problem.topics),
    )


def _renamed(problem: Problem, gone: str, keep: str) -> Problem:
    """Return a problem in which somebody has another id."""

    def name(one: str) -> str:
        return keep if one == gone else one

    def names(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(name, some))

    def pairs(some: Iterable[Pair]) -> tuple[Pair, ...]:
        return tuple((name(a), name(b)) for a, b in some)

    return replace(
        problem,
        people=tuple(replace(one, id=name(one.id)) for one in problem.people),
        pairs=tuple((name(a), name(b), score) for a, b, score in problem.pairs),
        forbidden=pairs(problem.forbidden),
        wanted=pairs(problem.wanted),
        met=pairs(problem.met),
        met_before=pairs(problem.met_before),
        apart=pairs(problem.apart),
        double=pairs(problem.double),
        fixed_table={name(one): table for one, table in problem.fixed_table.items()},
        allowed_tables={name(one): tables for one, tables in problem.allowed_tables.items()},
        trios=problem.trios if isinstance(problem.trios, bool) else frozenset(names(problem.trios)),
        locked_meetings=tuple(replace(one, people=names(one.people)) for one in problem.locked_meetings),
        rests={name(one): rest for one, rest in problem.rests.items()},
        helpers={helper: names(people) for helper, people in problem.helpers.items()},
        kin=tuple(Kin(names(one.people), one.meet) for one in problem.kin),
        corners=tuple(replace(one, not_for=names(one.not_for)) for one in problem.corners),
        topics=tuple(_topic(one, gone, keep) for one in problem.topics),
    )


def _there(one: Person, rounds: Set[int]) -> Person:
    return one if one.rounds is None else replace(one, rounds=one.rounds | rounds)


def _without(pairs: Iterable[Pair], gone: str) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if gone not in pair)


def _moved(pairs: Iterable[Pair], gone: str, keep: str) -> tuple[Pair, ...]:
    """Return pairs with the one in place of the other, each once, and nobody with themselves."""
    found: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        now = tuple(keep if one == gone else one for one in pair)
        if now[0] != now[1]:
            found.setdefault(frozenset(now), (now[0], now[1]))
    return tuple(found.values())


def _scored(problem: Problem, gone: str, keep: str, partners: Set[str]) -> tuple[tuple[str, str, float], ...]:
    """Return who could meet: of the pairs of `gone`, those with the partners whom `keep` now meets."""
    stays = [one for one in problem.pairs if gone not in one[:2]]
    listed = {frozenset(one[:2]) for one in stays}
    of_gone = {b if a == gone else a: score for a, b, score in problem.pairs if gone in (a, b)}
    new = [one for one in sorted(partners) if frozenset((keep, one)) not in listed]
    return (*stays, *((keep, one, of_gone.get(one, 0.0)) for one in new))


def _locked(
    problem: Problem, gone: str, keep: str, places: Set[tuple[int, int]]
) -> tuple[LockedMeeting, ...]:
    """Return the locked meetings; those of `gone` only at the places where `keep` sits now."""
    return tuple(
        replace(one, people=tuple(keep if x == gone else x for x in one.people))
        for one in problem.locked_meetings
        if gone not in one.people or ((one.round, one.table) in places and keep not in one.people)
    )


def _rests(problem: Problem, gone: str, keep: str) -> dict[str, Rest]:
    """Return the rests, of the two of one person the stricter."""
    both = [problem.rests[one] for one in (gone, keep) if one in problem.rests]
    others = {one: rest for one, rest in problem.rests.items() if one not in (gone, keep)}
    if not both:
        return others

    def least(limits: Iterable[int | None]) -> int | None:
        return min((one for one in limits if one is not None), default=None)

    return others | {keep: Rest(least(x.most for x in both), least(x.in_a_row for x in both))}


def _topic(one: TableTopic, gone: str, keep: str) -> TableTopic:
    def names(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(keep if x == gone else x for x in some))

    return replace(one, hosts=names(one.hosts), stars=names(one.stars))
