"""Bounds count what several share: tables that suit them, a helper, and that every pair has two ends."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import LockedMeeting, Mixing, Person, Problem, Rest, Round
from matchmaker.scheduling.solver import improve
from matchmaker.scheduling.solver.planner import plan

IDS = tuple(f"p{i:02}" for i in range(16))


def hall(seed: int, tables: int = 16, rounds: int = 3) -> Problem:
    chance = random.Random(seed)
    return Problem(
        people=tuple(map(Person, IDS)),
        rounds=(Round(tables),) * rounds,
        pairs=tuple((a, b, round(chance.random(), 3)) for a, b in combinations(IDS, 2)),
    )


@pytest.mark.parametrize("seed", range(4))
def test_too_few_tables_of_a_kind_are_in_the_bound(seed: int) -> None:
    needy = dict.fromkeys(IDS[:6], frozenset({1, 2}))
    scarce = replace(hall(seed), allowed_tables=needy)
    made = plan(scarce)
    assert check(scarce, made) == []
    assert made.certificate.fair_bound < 0.99 * plan(hall(seed)).certificate.fair_bound
    assert made.certificate.ratio > 0.98


@pytest.mark.parametrize("seed", range(4))
def test_a_shared_helper_is_in_the_bound(seed: int) -> None:
    helped = replace(hall(seed), helpers={"Ira": IDS[:4]})
    made = plan(helped)
    assert check(helped, made) == []
    assert made.certificate.fair_bound < 0.99 * plan(hall(seed)).certificate.fair_bound
    assert made.certificate.ratio > 0.96


def test_a_price_that_no_pair_is_worth_counts_what_another_pool_gives() -> None:
    """Two who need one table that is taken, and people of another pool whom they are due to meet."""
    here = frozenset({1})
    people = tuple(
        Person(one, here, pool) for one, pool in zip("abcd", ("out", "in", "out", "in"), strict=True)
    )
    taken = Problem(
        people=people,
        rounds=(Round(2),),
        pairs=(),
        fixed_table={"c": 2, "d": 2},
        fill=True,
        locked_meetings=(LockedMeeting(1, 2, ("d", "a")),),
        mixing=Mixing(least=1),
    )
    made = plan(taken)
    assert check(taken, made) == []
    assert [one.people for one in made.meetings] == [("a", "d")]


@pytest.mark.parametrize("seed", range(4))
def test_trios_that_cannot_be_do_not_loosen_the_bound(seed: int) -> None:
    of_one_team = replace(hall(seed), forbidden=tuple(combinations(IDS[:3], 2)))
    agreed = replace(of_one_team, trios=frozenset(IDS[:3]))
    assert plan(agreed).certificate.fair_bound == plan(of_one_team).certificate.fair_bound


def test_an_odd_number_of_ends_is_planned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each try solves the program anew that once was endless.
    monkeypatch.setattr(improve, "MOST", 2)
    ids = tuple(f"p{i:03}" for i in range(80))
    chance = random.Random(1)
    odd = Problem(
        people=tuple(map(Person, ids)),
        rounds=(Round(40),) * 2,
        pairs=tuple((a, b, round(chance.random() ** 3, 4)) for a, b in combinations(ids, 2)),
        rests={ids[0]: Rest(most=1)},
    )
    made = plan(odd)
    assert check(odd, made) == []
    assert len(made.meetings) == 79
