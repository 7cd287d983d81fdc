"""A wish that came after a plan changes as few places as it can, and never more than are allowed."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, Changes, Meeting, Plan, Talk
from matchmaker.scheduling.problem.problem import Corner, LockedMeeting, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver.make_room import wish_prices
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


def kept_whole(problem: Problem, made: Plan) -> bool:
    """Whether no meeting of a plan is given up for the wishes of a problem."""
    again = plan(problem, keep=made, places=4)
    return {(one.round, one.table, one.people) for one in made.meetings} <= {
        (one.round, one.table, one.people) for one in again.meetings
    }


def written(*meetings: tuple[int, int, str], talks: tuple[Talk, ...] = ()) -> Plan:
    """A plan of people of one letter, by round and table."""
    held = tuple(Meeting(round_, table, tuple(people), 0.0) for round_, table, people in meetings)
    return Plan(held, Certificate(0.0, 0.0, 0.0, 1.0, 0, 0), talks=talks)


@settings(max_examples=25)
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
    again = plan(asked, keep=made, places=3)
    assert again.meetings == made.meetings
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
    assert kept_whole(locked, made)
    assert wish_prices(locked, made) == {(a, b): None}
    wished = tuple((one.people[0], one.people[1]) for one in mine)
    assert kept_whole(replace(hall(2), wanted=((a, b), *wished)), made)


@pytest.mark.parametrize("rule", ["forbidden", "locked"])
def test_no_room_is_made_against_a_rule(rule: str) -> None:
    made = plan(hall(4))
    pair = unmet_pair(made, 1)
    against = {"forbidden": {"forbidden": (pair,)}, "locked": {"locked": frozenset({1, 2, 3})}}[rule]
    assert kept_whole(replace(hall(4), wanted=(pair,), **against), made)  # type: ignore[arg-type]


SIX = Problem(
    people=tuple(map(Person, "abcdef")),
    rounds=(Round(3),),
    pairs=tuple((a, b, 0.5) for a, b in combinations("abcdef", 2)),
    wanted=(("a", "c"),),
)
ONE_ROUND = written((1, 1, "ab"), (1, 2, "cd"), (1, 3, "ef"))


def test_two_who_could_share_no_table_cost_nobody_a_meeting() -> None:
    apart = replace(SIX, allowed_tables={"a": frozenset({1}), "c": frozenset({2})})
    assert kept_whole(apart, ONE_ROUND)
    assert wish_prices(apart, ONE_ROUND) == {}


def test_the_one_who_stays_behind_keeps_nobody_they_share_a_helper_with_from_meeting() -> None:
    helped = replace(SIX, helpers={"Ira": ("a", "b")})
    # With b's meeting gone, only a needs Ira.
    assert wish_prices(helped, ONE_ROUND) == {("a", "c"): 4}
    together = replace(SIX, helpers={"Ira": ("a", "e")}, people=SIX.people)
    assert wish_prices(together, written((1, 1, "bd"), (1, 3, "ef"))) == {("a", "c"): None}


def test_who_hears_a_talk_leaves_nobody_for_a_wish_at_the_same_time() -> None:
    talk = replace(
        SIX,
        rounds=(Round(3), Round(0)),
        corners=(Corner("X", 4, frozenset({1})),),
        topics=(TableTopic("t", ("e",), 4, ("c", "d")),),
    )
    made = written((1, 1, "ab"), talks=(Talk(1, "X", "t", ("c", "d", "e")),))
    assert wish_prices(talk, made) == {("a", "c"): None}


def test_of_three_who_meet_the_other_two_go_on_and_are_counted() -> None:
    seven = replace(SIX, people=tuple(map(Person, "abcdefg")), trios=True, rounds=(Round(4),))
    seven = replace(seven, pairs=tuple((a, b, 0.5) for a, b in combinations("abcdefg", 2)))
    made = written((1, 1, "abg"), (1, 2, "cd"), (1, 3, "ef"))
    assert wish_prices(seven, made) == {("a", "c"): 5}
    assert kept_whole(seven, made)
    again = plan(seven, keep=made, places=5)
    assert {"".join(one.people) for one in again.meetings} >= {"ac", "ef"}
    assert any({"b", "g"} <= set(one.people) for one in again.meetings)


def test_a_double_meeting_is_not_cut_in_half() -> None:
    long = replace(SIX, rounds=(Round(3),) * 2, double=(("a", "b"),), wanted=(("a", "b"), ("a", "c")))
    made = written((1, 1, "ab"), (2, 1, "ab"), (1, 2, "cd"), (2, 2, "ce"))
    assert wish_prices(long, made) == {("a", "c"): None}


BOTH = replace(SIX, wanted=(("a", "c"), ("a", "e")), rounds=(Round(3),) * 2, locked=frozenset({2}))
FULL = written((1, 1, "ab"), (1, 2, "cd"), (1, 3, "ef"), (2, 1, "ad"), (2, 2, "bf"), (2, 3, "ce"))


def held(made: Plan) -> set[tuple[int, str]]:
    return {(one.round, "".join(one.people)) for one in made.meetings}


def test_each_wish_has_the_price_that_it_has_alone() -> None:
    assert wish_prices(BOTH, FULL) == {("a", "c"): 4, ("a", "e"): 4}


def test_of_two_wishes_for_one_place_the_first_by_name_is_met() -> None:
    for seed in range(4):
        again = plan(BOTH, seed=seed, keep=FULL, places=4)
        assert held(again) == {(1, "ac"), (1, "bd"), (1, "ef"), (2, "ad"), (2, "bf"), (2, "ce")}
        # What could be kept but for the wish is not counted as what had to change.
        assert again.certificate.changes == Changes(kept=4, moved=0, dropped=2, added=2, least=0)


def test_a_round_in_which_both_are_free_goes_before_one_in_which_others_lose_by_it() -> None:
    twice = replace(SIX, rounds=(Round(3),) * 2)
    made = written((1, 1, "ab"), (1, 2, "cd"), (1, 3, "ef"), (2, 1, "bd"))
    assert wish_prices(twice, made) == {("a", "c"): 2}
    assert held(plan(twice, keep=made, places=4)) == {(1, "ab"), (1, "cd"), (1, "ef"), (2, "ac"), (2, "bd")}


def test_two_who_are_free_in_a_locked_round_cannot_meet_there() -> None:
    locked = replace(SIX, locked=frozenset({1}))
    assert wish_prices(locked, written((1, 1, "ef"))) == {("a", "c"): None}
