"""The bounds of a certificate hold for every plan there is, found by trying them all."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import Mixing, Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan
from tests.tries import tries

Group = tuple[str, ...]


def rounds_of(people: list[str], tables: int, trio: bool) -> Iterator[list[Group]]:
    """Yield every way in which people could meet in one round."""
    yield []
    for i, first in enumerate(people):
        rest = people[i + 1 :]
        for size in (1, 2) if trio else (1,):
            for others in combinations(rest, size):
                left = [one for one in rest if one not in others]
                for more in rounds_of(left, tables - 1, trio and size == 1) if tables > 0 else ():
                    yield [(first, *others), *more]


def plans_of(
    problem: Problem, rounds: int, met: frozenset[Group] = frozenset()
) -> Iterator[list[list[Group]]]:
    """Yield every plan of a problem in which everybody is there in every round."""
    if rounds == 0:
        yield []
        return
    forbidden = set(problem.forbidden)
    names = [person.id for person in problem.people]
    for groups in rounds_of(names, problem.rounds[0].tables, bool(problem.trios)):
        pairs = {pair for group in groups for pair in combinations(group, 2)}
        if pairs & (met | forbidden):
            continue
        for rest in plans_of(problem, rounds - 1, met | pairs):
            yield [groups, *rest]


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    names = [f"p{i}" for i in range(draw(st.integers(2, 5)))]
    pairs = list(combinations(names, 2))
    scores = draw(st.lists(st.sampled_from([0.0, 0.25, 0.3, 1.0]), min_size=len(pairs), max_size=len(pairs)))
    chosen = st.lists(st.sampled_from(pairs), max_size=2, unique=True)
    tables = draw(st.integers(0, 2))
    return Problem(
        people=tuple(Person(name, None, draw(st.sampled_from(["in", "out"]))) for name in names),
        rounds=tuple(Round(tables) for _ in range(draw(st.integers(0, 2)))),
        pairs=tuple((a, b, score) for (a, b), score in zip(pairs, scores, strict=True)),
        forbidden=tuple(draw(chosen)),
        wanted=tuple(draw(chosen)),
        apart=tuple(draw(chosen)),
        trios=draw(st.booleans()),
        mixing=draw(st.sampled_from([None, Mixing(1), Mixing(2)])),
    )


def standing(problem: Problem, groups: list[Group]) -> tuple[int, list[int], int, int]:
    """Wishes met, how many meetings each person has, fewest first, who is not kept apart, who is not mixed."""
    pool = {person.id: person.pool for person in problem.people}
    least = problem.mixing.least if problem.mixing else 0
    crossing = Counter(
        one for group in groups for one in group for other in group if pool[one] != pool[other]
    )
    missing = sum(max(0, least - crossing[person.id]) for person in problem.people)
    pairs = {pair for group in groups for pair in combinations(group, 2)}
    counts = [sum(person.id in group for group in groups) for person in problem.people]
    return len(pairs & set(problem.wanted)), sorted(counts), len(pairs & set(problem.apart)), missing


@tries(60)
@given(small_problems())
def test_no_plan_is_better_than_the_bounds(problem: Problem) -> None:
    made = plan(problem)
    ours = standing(problem, [meeting.people for meeting in made.meetings])
    score = {(a, b): value for a, b, value in problem.pairs}
    for rounds in plans_of(problem, len(problem.rounds)):
        groups = [group for groups in rounds for group in groups]
        total = sum(score[pair] for group in groups for pair in combinations(group, 2))
        assert total <= made.certificate.bound + 1e-6
        theirs = standing(problem, groups)
        assert theirs[0] <= len(problem.wanted)
        if theirs == ours:
            assert total <= made.certificate.fair_bound + 1e-6
