"""Work out how many people from another pool each person should meet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from matchmaker.scheduling.problem.parts import Meet
from matchmaker.scheduling.problem.problem import Problem


def due(problem: Problem, reach: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return, by id, how many people of another pool have been met today, and how many ought to be by the end.

    Of who has no pool, or could meet nobody else, nothing is asked. `reach` is how many meetings people can have.
    O(people + pairs).
    """
    if problem.mixing is None:
        return {}
    pool = {person.id: person.pool for person in problem.people if person.pool is not None}
    met = _others(problem.met, pool)
    never = _others([*problem.forbidden, *problem.met, *_kin_pairs(problem, pool)], pool)
    if problem.fill:
        size = defaultdict[str, int](int)
        for name in pool.values():
            size[name] += 1
        could = {one: len(pool) - size[name] - len(never[one]) for one, name in pool.items()}
    else:
        locked = [pair for one in problem.locked_meetings for pair in combinations(one.people, 2)]
        listed = _others([*((a, b) for a, b, _ in problem.pairs), *problem.wanted, *locked], pool)
        could = {one: len(listed[one] - never[one]) for one in pool}
    least = problem.mixing.least
    return {
        one: (len(met[one]), min(least, len(met[one]) + min(reach[one], could[one]))) for one in sorted(pool)
    }


def mixed(problem: Problem, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return, by id, how many people of another pool each person meets in `pairs`, if that matters."""
    if problem.mixing is None:
        return {}
    pool = {person.id: person.pool for person in problem.people if person.pool is not None}
    return {one: len(others) for one, others in _others(pairs, pool).items()}


def _kin_pairs(problem: Problem, pool: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of two pools who never meet, for the groups they are of."""
    for group in problem.kin:
        by_pool = defaultdict[str, list[str]](list)
        for person in group.people if group.meet is not Meet.RATHER_NOT else ():
            by_pool[pool.get(person, "")].append(person)
        for some, others in combinations(by_pool.values(), 2):
            yield from ((a, b) for a, b in product(some, others) if problem.kin_meet(a, b) is Meet.NEVER)


def _others(pairs: Iterable[tuple[str, str]], pool: Mapping[str, str]) -> dict[str, set[str]]:
    """Return, by id, whom of another pool `pairs` name."""
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        if a in pool and b in pool and pool[a] != pool[b]:
            found[a].add(b)
            found[b].add(a)
    return found
