"""Groups of whom no two meet are worth exactly the pairs among them."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.json_text import problem_from_json, problem_to_json
from matchmaker.scheduling.problem.plan import Certificate, Meeting, Plan
from matchmaker.scheduling.problem.problem import (
    Kin,
    LockedMeeting,
    Meet,
    Mixing,
    Person,
    Problem,
    ProblemError,
    Round,
)
from matchmaker.scheduling.solver.planner import plan
from tests.tries import tries


def random_problem(seed: int) -> Problem:
    """A small problem with groups of every sort, wishes, pools and trios."""
    chance = random.Random(seed)
    ids = [f"p{i}" for i in range(chance.randint(2, 12))]
    return Problem(
        people=tuple(Person(one, None, chance.choice([None, "in", "out"])) for one in ids),
        rounds=(Round(chance.randint(1, 6)),) * chance.randint(1, 4),
        pairs=tuple((a, b, chance.random()) for a, b in combinations(ids, 2) if chance.random() < 0.7),
        wanted=tuple(pair for pair in combinations(ids, 2) if chance.random() < 0.1),
        kin=tuple(
            Kin(tuple(chance.sample(ids, chance.randint(0, min(len(ids), 5)))), chance.choice(list(Meet)))
            for _ in range(3)
        ),
        fill=chance.random() < 0.3,
        mixing=chance.choice([None, Mixing(2)]),
        trios=chance.random() < 0.3,
    )


def by_pairs(problem: Problem) -> Problem:
    """The same problem with every pair of every group named."""
    asked = {frozenset(pair) for pair in problem.wanted}
    never, rather_not = set(), set()
    for group in problem.kin:
        for pair in combinations(sorted(group.people), 2):
            if group.meet is Meet.NEVER or group.meet is Meet.IF_WANTED and frozenset(pair) not in asked:
                never.add(pair)
            elif group.meet is Meet.RATHER_NOT and frozenset(pair) not in asked:
                rather_not.add(pair)
    return replace(problem, kin=(), forbidden=tuple(sorted(never)), apart=tuple(sorted(rather_not)))


@pytest.mark.usefixtures("all_tried_a_little")
@tries(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_groups_and_the_pairs_among_them_give_the_same_plan(seed: int) -> None:
    problem = random_problem(seed)
    grouped, paired = plan(problem, seed=1), plan(by_pairs(problem), seed=1)
    assert [str(fault) for fault in check(problem, grouped)] == []
    assert grouped.meetings == paired.meetings
    assert grouped.certificate.gave_way == paired.certificate.gave_way
    assert grouped.certificate.unmet == paired.certificate.unmet
    assert grouped.certificate.fair_bound == paired.certificate.fair_bound


@given(st.integers(0, 2**32))
def test_a_problem_with_groups_is_read_as_it_was_written(seed: int) -> None:
    problem = random_problem(seed)
    assert problem_from_json(problem_to_json(problem)) == problem


PAIR = Problem((Person("a"), Person("b")), (Round(1),), (("a", "b", 0.5),))
MET = Plan((Meeting(1, 1, ("a", "b"), 0.5),), Certificate(0.5, 0.5, 0.5, 1.0, 1, 0))


@pytest.mark.parametrize(
    ("meet", "wanted", "rules"),
    [
        (Meet.NEVER, (), ["forbidden"]),
        (Meet.NEVER, (("a", "b"),), ["forbidden"]),
        (Meet.IF_WANTED, (), ["forbidden"]),
        (Meet.IF_WANTED, (("a", "b"),), []),
        (Meet.RATHER_NOT, (), ["gave way"]),
        (Meet.RATHER_NOT, (("a", "b"),), []),
    ],
)
def test_the_checker_knows_what_a_group_means(
    meet: Meet, wanted: tuple[tuple[str, str], ...], rules: list[str]
) -> None:
    problem = replace(PAIR, kin=(Kin(("a", "b"), meet),), wanted=wanted)
    assert [fault.rule for fault in check(problem, MET)] == rules


def test_a_locked_meeting_within_a_group_is_refused() -> None:
    with pytest.raises(ProblemError, match="a and b must never meet"):
        replace(PAIR, kin=(Kin(("a", "b")),), locked_meetings=(LockedMeeting(1, 1, ("a", "b")),))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"people": ["a", "x"]}', r"kin\[0\].people"),
        ('{"people": ["a", "a"]}', r"kin\[0\].people"),
        ('{"people": ["a"], "meet": "often"}', r"kin\[0\].meet"),
        ('{"meet": "never"}', r"kin\[0\].people"),
    ],
)
def test_a_group_that_cannot_be_is_refused_with_its_place(text: str, field: str) -> None:
    with pytest.raises(ProblemError, match=field):
        problem_from_json(
            f'{{"people": [{{"id": "a"}}, {{"id": "b"}}], "rounds": [], "pairs": [], "kin": [{text}]}}'
        )
