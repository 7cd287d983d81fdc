"""The checker looks a problem up by itself: who may meet, who may sit where, and how much anybody could have."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.lookup import Lookup, place_faults
from matchmaker.scheduling.problem.problem import Kin, LockedMeeting, Meet, Person, Problem, Rest, Round

PROBLEM = Problem(
    people=(Person("ana"), Person("bo", frozenset({1, 2, 4})), Person("cy"), Person("dot")),
    rounds=(Round(3, closed=frozenset({1})), Round(3), Round(2, after_break=True), Round(3)),
    pairs=(("ana", "bo", 0.25),),
    forbidden=(("ana", "cy"),),
    wanted=(("bo", "cy"),),
    fixed_table={"ana": 1},
    allowed_tables={"bo": frozenset({1, 3}), "cy": frozenset({3})},
    apart=(("ana", "dot"),),
    locked_meetings=(LockedMeeting(1, 3, ("bo", "dot")),),
)


def pair(a: str, b: str) -> frozenset[str]:
    return frozenset((a, b))


def test_pairs_are_listed_by_their_score_by_a_wish_or_by_hand() -> None:
    assert Lookup(PROBLEM).listed == {pair("ana", "bo"), pair("bo", "cy"), pair("bo", "dot")}


@pytest.mark.parametrize(
    ("meet", "unasked", "asked"),
    [(Meet.NEVER, True, True), (Meet.IF_WANTED, True, False), (Meet.RATHER_NOT, False, False)],
)
def test_a_group_forbids_its_pairs_unless_they_asked_where_asking_helps(
    meet: Meet, unasked: bool, asked: bool
) -> None:
    hall = Lookup(replace(PROBLEM, kin=(Kin(("bo", "cy", "dot"), meet),), locked_meetings=()))
    assert (hall.never(pair("cy", "dot")), hall.never(pair("bo", "cy"))) == (unasked, asked)
    assert hall.never(pair("ana", "cy"))
    assert not hall.never(pair("ana", "bo"))


def test_those_to_be_kept_apart_are_named_or_of_one_group_and_did_not_ask() -> None:
    hall = Lookup(replace(PROBLEM, kin=(Kin(("bo", "cy", "dot"), Meet.RATHER_NOT),)))
    asked = {(a, b): hall.rather_not(pair(a, b)) for a, b in (("ana", "dot"), ("cy", "dot"), ("bo", "cy"))}
    assert asked == {("ana", "dot"): True, ("cy", "dot"): True, ("bo", "cy"): False}


def test_people_could_sit_where_a_table_of_the_round_suits_all_of_them() -> None:
    hall = Lookup(PROBLEM)
    suits = {
        people: [number for number in (1, 2, 3, 4) if hall.could_sit(people, number)]
        for people in (("ana", "dot"), ("ana", "bo"), ("bo", "cy"), ("cy", "dot"), ("ana", "cy"), ("dot",))
    }
    assert suits == {
        ("ana", "dot"): [2, 3, 4],
        ("ana", "bo"): [2, 3, 4],
        ("bo", "cy"): [1, 2, 4],
        ("cy", "dot"): [1, 2, 4],
        ("ana", "cy"): [],
        ("dot",): [1, 2, 3, 4],
    }


def test_a_break_and_a_free_round_end_a_row() -> None:
    hall = Lookup(PROBLEM)
    assert hall.rows([1, 2, 3, 4]) == [2, 2]
    assert hall.rows([4, 1]) == [1, 1]
    assert hall.rows([]) == []


@pytest.mark.parametrize(
    ("rest", "reach"),
    [
        (None, 4),
        (Rest(most=3), 3),
        (Rest(most=9), 4),
        (Rest(in_a_row=1), 2),
        (Rest(3, 1), 2),
        (Rest(1, 1), 1),
    ],
)
def test_somebody_could_have_a_meeting_in_each_round_but_for_their_rests(
    rest: Rest | None, reach: int
) -> None:
    rests = {} if rest is None else {"ana": rest}
    assert Lookup(replace(PROBLEM, rests=rests)).reach("ana") == reach


def test_every_reason_why_somebody_cannot_sit_in_a_place_is_named() -> None:
    hall = Lookup(PROBLEM)
    found = [str(one) for one in place_faults(hall, "Here", 1, 1, ("ana", "bo", "cy", "zed"))]
    assert found == [
        "Here: that table is closed in that round.",
        "Here: cy cannot sit at that table.",
        "Here: nobody is called zed.",
    ]
    assert [str(one) for one in place_faults(hall, "Here", 3, 3, ("ana", "bo"))] == [
        "Here: there is no such table in that round.",
        "Here: ana always sits at table 1.",
        "Here: bo is not there in that round.",
    ]
