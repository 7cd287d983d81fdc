"""A wish that came after a plan changes as few places as it can, and never more than are allowed."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import LockedMeeting, Person, Problem, Round
from matchmaker.scheduling.solver.make_room import wish_prices, with_room
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i:02}" for i in range(12)]


def hall(seed: int) -> Problem:
    chance = random.Random(seed)
    return Problem(
        people=tuple(map(Person, IDS)),
        rounds=(Round(6),) * 3,
        pairs=tuple((a, b, round(chance.random(), 3)) for a, b in combinations(IDS, 2)),
    )


def unmet_pair(made: Plan, which: int) -> tuple[str, str]:
    met = {pair for one in made.meetings for pair in combinations(one.people, 2)}
    left = sorted(set(combinations(IDS, 2)) - met)
    return left[which % len(left)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_new_wish_costs_two_meetings_and_all_else_stays(seed: int, which: int) -> None:
    made = plan(hall(seed))
    asked = replace(hall(seed), wanted=(unmet_pair(made, which),))
    again = plan(asked, keep=made, places=4)
    assert check(asked, again) == []
    assert again.certificate.unmet == ()
    changes = again.certificate.changes
    assert changes is not None
    assert (changes.kept, changes.dropped, changes.least) == (len(made.meetings) - 2, 2, 0)


def test_with_fewer_places_the_plan_stays_and_the_price_is_told() -> None:
    made = plan(hall(1))
    pair = unmet_pair(made, 3)
    asked = replace(hall(1), wanted=(pair,))
    assert with_room(asked, made, 3) == made
    again = plan(asked, keep=made, places=3)
    assert [one.people for one in again.certificate.unmet] == [pair]
    assert wish_prices(asked, again) == {pair: 4}


def test_what_is_locked_or_was_wished_for_is_not_given_up() -> None:
    made = plan(hall(2))
    a, b = unmet_pair(made, 0)
    mine = [one for one in made.meetings if a in one.people]
    locked = replace(
        hall(2),
        wanted=((a, b),),
        locked_meetings=tuple(LockedMeeting(one.round, one.table, one.people) for one in mine),
    )
    assert with_room(locked, made, 4) == made
    assert wish_prices(locked, made) == {(a, b): None}
    wished = tuple((one.people[0], one.people[1]) for one in mine)
    assert with_room(replace(hall(2), wanted=((a, b), *wished)), made, 4) == made


@pytest.mark.parametrize("rule", ["forbidden", "locked"])
def test_no_room_is_made_against_a_rule(rule: str) -> None:
    made = plan(hall(4))
    pair = unmet_pair(made, 1)
    against = {"forbidden": {"forbidden": (pair,)}, "locked": {"locked": frozenset({1, 2, 3})}}[rule]
    assert with_room(replace(hall(4), wanted=(pair,), **against), made, 4) == made  # type: ignore[arg-type]
