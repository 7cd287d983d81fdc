"""Where tables of a kind are scarce, those who need them share, and the fewest meetings are as many as can be."""

import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from benchmarks.scarce_halls import exact_fewest, scarce_hall
from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan


def big_hall(needy: int, tables: int, density: float, people: int = 195) -> Problem:
    """A hall of tables of two for everybody, in which some people can sit at few of them only."""
    chance = random.Random(1)
    ids = [f"p{i:03}" for i in range(people)]
    return Problem(
        people=tuple(Person(one) for one in ids),
        rounds=(Round(people // 2 + 3),) * 8,
        pairs=tuple(
            (a, b, round(chance.random(), 4)) for a, b in combinations(ids, 2) if chance.random() < density
        ),
        allowed_tables={one: frozenset(range(1, tables + 1)) for one in ids[:needy]},
    )


def meetings(made: Plan) -> Counter[str]:
    return Counter(person for meeting in made.meetings for person in meeting.people)


def test_seventeen_who_need_one_of_seven_tables_have_six_or_seven_meetings_each() -> None:
    problem = big_hall(needy=17, tables=7, density=1.0)
    made = plan(problem)
    had = meetings(made)
    needy = list(problem.allowed_tables)
    assert check(problem, made) == []
    assert {had[one] for one in needy} == {6, 7}
    assert min(had[one.id] for one in problem.people if one.id not in needy) >= 7
    certificate = made.certificate
    assert (certificate.fewest_meetings, certificate.fewest_bound) == (6, 6)
    assert certificate.fewest_limit is not None
    assert certificate.fewest_limit.people == tuple(sorted(needy))
    assert certificate.fewest_limit.because == "17 people can sit at 7 tables only, with 112 places for them."


def test_where_few_of_those_who_need_a_table_may_meet_the_best_there_is_is_proven() -> None:
    problem = big_hall(needy=17, tables=7, density=0.35, people=100)
    made = plan(problem)
    assert check(problem, made) == []
    assert made.certificate.fewest_meetings == made.certificate.fewest_bound


def test_where_everybody_can_have_a_table_of_their_own_nobody_has_to_share() -> None:
    problem = big_hall(needy=6, tables=6, density=0.5, people=40)
    had = meetings(plan(problem))
    assert {had[one] for one in problem.allowed_tables} == {8}


@pytest.mark.parametrize("seed", range(60))
def test_the_fewest_meetings_are_as_many_as_any_plan_can_give(seed: int) -> None:
    problem = scarce_hall(seed)
    made = plan(problem, seed=seed)
    assert [str(fault) for fault in check(problem, made)] == []
    certificate = made.certificate
    assert certificate.fewest_bound == certificate.fewest_meetings
    if len(problem.people) <= 8:
        assert exact_fewest(problem) in (certificate.fewest_meetings, None)


@pytest.mark.parametrize("seed", [3, 11, 23, 37, 41, 58])
def test_somebody_who_can_meet_nobody_lowers_what_nobody_else_has(seed: int) -> None:
    problem = scarce_hall(seed)
    alone = replace(problem, people=(*problem.people, Person("alone")))
    had = meetings(plan(alone, seed=seed))
    exact = exact_fewest(alone, able_only=True)
    able = {one for pair in problem.pairs for one in pair[:2]}
    fewest = [had[one.id] for one in problem.people if had[one.id] or one.id in able and exact == 0]
    assert exact is None or min(fewest, default=0) >= exact


def test_a_wish_goes_before_sharing_a_table() -> None:
    problem = big_hall(needy=6, tables=2, density=1.0, people=30)
    wish = (("p000", "p020"), ("p001", "p021"))
    made = plan(replace(problem, wanted=wish))
    met = {pair for meeting in made.meetings for pair in combinations(meeting.people, 2)}
    assert set(wish) <= met
