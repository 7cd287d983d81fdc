"""The bound on the fewest meetings counts presence, partners, tables of a kind and helpers."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scarce_halls import exact_fewest, scarce_hall
from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.fewest import fewest_of
from tests.tries import tries

IDS = tuple(f"p{i}" for i in range(10))
EVERYBODY = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(5),) * 4,
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
)


def bound(problem: Problem) -> tuple[int, str]:
    found = fewest_of(problem, build(problem, seed=0))
    assert found.limit is not None
    return found.most, found.limit.because


def test_five_who_need_one_table_share_its_places() -> None:
    needy = replace(EVERYBODY, allowed_tables=dict.fromkeys(IDS[:5], frozenset({2})))
    assert bound(needy) == (1, "5 people can sit at 1 tables only, with 8 places for them.")


def test_those_who_must_not_meet_cannot_share_a_table() -> None:
    needy = replace(
        EVERYBODY, allowed_tables=dict.fromkeys(IDS[:2], frozenset({2})), forbidden=((IDS[0], IDS[1]),)
    )
    assert bound(needy) == (2, "2 people can sit at 1 tables only, with 4 places for them.")


def test_step_free_and_quiet_tables_are_counted_together_where_people_need_either() -> None:
    tables = dict.fromkeys(IDS[:4], frozenset({1})) | dict.fromkeys(IDS[4:8], frozenset({2}))
    both = tables | dict.fromkeys(IDS[8:], frozenset({1, 2}))
    assert bound(replace(EVERYBODY, allowed_tables=both)) == (
        1,
        "10 people can sit at 2 tables only, with 16 places for them.",
    )


def test_too_few_tables_for_everybody_limit_everybody() -> None:
    few = replace(EVERYBODY, rounds=(Round(2),) * 4)
    assert bound(few) == (1, "10 people can sit at 2 tables only, with 16 places for them.")


def test_a_person_without_partners_limits_the_fewest_but_not_what_the_others_are_given() -> None:
    alone = replace(EVERYBODY, forbidden=tuple((IDS[0], other) for other in IDS[1:]))
    found = fewest_of(alone, build(alone, seed=0))
    assert (found.most, found.floor) == (0, 3)


@tries(40)
@given(st.integers(0, 2**32))
def test_the_bound_is_never_below_what_is_possible(seed: int) -> None:
    problem = scarce_hall(random.Random(seed).randint(0, 10**9))
    exact = exact_fewest(problem) if len(problem.people) <= 8 else None
    if exact is not None:
        assert fewest_of(problem, build(problem, seed=0)).most >= exact


def test_nobody_has_no_bound() -> None:
    found = fewest_of(Problem((), ()), build(Problem((), ()), seed=0))
    assert (found.most, found.limit, found.floor) == (0, None, 0)


@pytest.mark.parametrize("helped", [2, 3])
def test_a_helper_can_be_at_one_table_at_a_time(helped: int) -> None:
    problem = replace(EVERYBODY, helpers={"Ira": IDS[:helped]})
    most, _ = bound(problem)
    assert most == (4 + min(4, helped * (helped - 1) // 2)) // helped
