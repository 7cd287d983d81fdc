"""Everybody meets people of another pool where there are any, before scores count and after fairness."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import GaveWay, Plan
from matchmaker.scheduling.problem.problem import LockedMeeting, Mixing, Person, Problem, ProblemError, Round
from matchmaker.scheduling.solver.planner import plan

INSIDE, OUTSIDE = ["i0", "i1", "i2", "i3"], ["o0", "o1", "o2", "o3"]
PROBLEM = Problem(
    people=tuple(Person(one, None, "in" if one in INSIDE else "out") for one in INSIDE + OUTSIDE),
    rounds=(Round(4),) * 3,
    # The best partners are those of one's own pool.
    pairs=tuple((a, b, 0.9 if a[0] == b[0] else 0.1) for a, b in combinations(INSIDE + OUTSIDE, 2)),
)


def planned(problem: Problem) -> Plan:
    made = plan(problem)
    assert check(problem, made) == []
    return made


def strangers(made: Plan) -> dict[str, int]:
    met = [
        one for meeting in made.meetings for one in meeting.people if len({p[0] for p in meeting.people}) == 2
    ]
    return {one: met.count(one) for one in INSIDE + OUTSIDE}


def test_scores_alone_bring_each_pool_together() -> None:
    assert set(strangers(planned(PROBLEM)).values()) == {0}


def test_everybody_meets_just_as_many_of_another_pool_as_are_asked_for() -> None:
    for least in (1, 2):
        made = planned(replace(PROBLEM, mixing=Mixing(least)))
        assert set(strangers(made).values()) == {least}
        assert made.certificate.gave_way == ()
        assert made.certificate.ratio == 1.0
        assert made.certificate.fewest_meetings == 3


def test_where_there_are_too_few_the_certificate_says_who_falls_short() -> None:
    people = tuple(Person(one, None, "out" if one == "o0" else "in") for one in INSIDE + OUTSIDE)
    made = planned(replace(PROBLEM, people=people, mixing=Mixing(2)))
    met = {one for meeting in made.meetings for one in meeting.people if "o0" in meeting.people} - {"o0"}
    others = sorted({*INSIDE, *OUTSIDE} - met - {"o0"})
    assert len(met) == 3
    # Each could meet one of another pool at most, and that one can meet three.
    assert made.certificate.gave_way == tuple(
        GaveWay((one,), f"{one} meets 0 of 1 people of another pool.") for one in others
    )


def test_nobody_sits_out_so_that_others_mix_and_a_wish_goes_first() -> None:
    problem = replace(PROBLEM, rounds=(Round(4),), wanted=(("i0", "i1"),), mixing=Mixing(1))
    made = planned(problem)
    assert made.certificate.fewest_meetings == 1
    assert ("i0", "i1") in {meeting.people for meeting in made.meetings}
    # Two of one side in a meeting leave two of the other.
    assert [one.people for one in made.certificate.gave_way if one.people[0] in ("i0", "i1")] == [
        ("i0",),
        ("i1",),
    ]
    assert len(made.certificate.gave_way) == 4


def test_those_met_today_and_locked_meetings_count_and_who_has_no_pool_does_not() -> None:
    people = (*PROBLEM.people, Person("x"))
    problem = replace(
        PROBLEM, people=people, mixing=Mixing(1), met=(("i0", "o0"), ("i1", "o1")),
        pairs=(*PROBLEM.pairs, ("i0", "x", 1)), rounds=(Round(4),),
        locked_meetings=(LockedMeeting(1, 3, ("i2", "o2")),),
    )  # fmt: skip
    made = planned(problem)
    assert ("i3", "o3") in {meeting.people for meeting in made.meetings}
    assert made.certificate.gave_way == ()


def test_with_trios_or_filled_places_people_mix_too() -> None:
    odd = replace(PROBLEM, people=(*PROBLEM.people, Person("o4", None, "out")), fill=True, mixing=Mixing(1))
    assert planned(odd).certificate.gave_way == ()
    assert planned(replace(odd, trios=True)).certificate.gave_way == ()


def test_a_certificate_that_is_silent_or_wrong_on_mixing_is_found_out() -> None:
    problem = replace(PROBLEM, mixing=Mixing(1))
    silent = [fault.rule for fault in check(problem, plan(PROBLEM))]
    assert silent == ["gave way"] * 8
    made = plan(problem)
    wrong = replace(made.certificate, gave_way=(GaveWay(("i0",), "i0 meets 0 of 1 people of another pool."),))
    assert [fault.rule for fault in check(problem, replace(made, certificate=wrong))] == ["gave way"]


def test_a_target_of_none_and_a_pool_without_a_name_are_refused() -> None:
    with pytest.raises(ProblemError, match=r"^mixing\.least: must be 1 or more; it is 0\.$"):
        replace(PROBLEM, mixing=Mixing(0))
    with pytest.raises(ProblemError, match=r"^people\[0\]\.pool: must be a text"):
        replace(PROBLEM, people=(Person("i0", None, ""),), pairs=())


def test_half_chosen_pairs_are_made_whole_without_anybody_falling_short() -> None:
    for seed in range(4):
        chance = random.Random(seed)
        ids = [f"p{i}" for i in range(31)]
        pool = {one: chance.choice(["in", "in", "out"]) for one in ids}
        problem = Problem(
            people=tuple(Person(one, None, pool[one]) for one in ids),
            rounds=(Round(15),) * 4,
            pairs=tuple(
                (a, b, round(chance.random() / 2 + (pool[a] == pool[b]) / 2, 6))
                for a, b in combinations(ids, 2)
            ),
            mixing=Mixing(1),
        )
        made = planned(problem)
        assert made.certificate.gave_way == ()
        assert made.certificate.ratio > 0.999
