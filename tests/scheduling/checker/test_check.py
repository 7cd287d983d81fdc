"""The checker passes a good plan and names every fault that is planted in a meeting."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import LockedMeeting, Round
from tests.scheduling.checker.conftest import GOOD, PROBLEM, extra, with_meeting

PLANTED: list[tuple[str, Plan, str]] = [
    ("round", with_meeting(0, round=3), "Round 3, table 1: there is no such round."),
    ("round", with_meeting(0, round=0), "Round 0, table 1: there is no such round."),
    ("table", with_meeting(0, table=4), "Round 1, table 4: there is no such table in that round."),
    (
        "size",
        with_meeting(0, people=("ana",)),
        "Round 1, table 1: a meeting has two people, or three in a trio; this has 1.",
    ),
    ("size", with_meeting(0, people=("ana", "ana")), "Round 1, table 1: somebody is listed twice."),
    ("person", with_meeting(0, people=("ana", "zed")), "Round 1, table 1: nobody is called zed."),
    ("presence", extra("bo", "gus"), "Round 2, table 1: gus is not there in that round."),
    (
        "one place at a time",
        extra("cy", "flo", table=2),
        "Round 2, table 2: cy is at another table in that round too.",
    ),
    ("one meeting a table", extra("bo", "dot", table=3), "Round 2, table 3: two meetings are at this table."),
    ("no pair twice", extra("ana", "bo"), "Round 2: ana and bo meet again, after round 1."),
    ("no pair twice", extra("eva", "flo"), "Round 2: eva and flo meet again, after round 1."),
    ("forbidden", extra("dot", "eva"), "Round 2, table 1: dot and eva must never meet."),
    (
        "candidate",
        extra("bo", "flo"),
        "Round 2, table 1: bo and flo are not among the pairs who could meet.",
    ),
    ("fixed table", with_meeting(1, table=3), "Round 1, table 3: cy always sits at table 2."),
    ("allowed table", with_meeting(4, table=2), "Round 2, table 2: eva cannot sit at that table."),
    (
        "trio",
        with_meeting(3, people=("ana", "cy", "eva")),
        "Round 2, table 2: cy has not agreed to meet in a trio.",
    ),
    (
        "one trio a round",
        extra("ana", "bo", "flo", round_=1),
        "Round 1: there are 2 trios; there may be one.",
    ),
    ("score", with_meeting(0, score=0.6), "Round 1, table 1: the score is 0.5, not 0.6."),
]


def test_a_good_plan_has_no_faults() -> None:
    assert check(PROBLEM, GOOD) == []


@pytest.mark.parametrize(
    ("rule", "plan", "words"), PLANTED, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(PLANTED)]
)
def test_a_planted_fault_is_named(rule: str, plan: Plan, words: str) -> None:
    faults = check(PROBLEM, plan)
    assert words in [str(fault) for fault in faults if fault.rule == rule]


def test_three_people_are_a_fault_where_trios_are_not_allowed() -> None:
    faults = check(replace(PROBLEM, trios=False), GOOD)
    assert [str(fault) for fault in faults] == [
        "Round 1, table 3: three people meet, but trios are not allowed."
    ]


def test_with_fill_a_pair_that_is_not_listed_may_meet() -> None:
    plan = extra("bo", "flo", score=0.0)
    assert check(replace(PROBLEM, fill=True), plan) == []


@pytest.mark.parametrize("rule", ["forbidden", "presence"])
def test_fill_relaxes_no_other_rule(rule: str) -> None:
    plan: dict[str, Callable[[], Plan]] = {
        "forbidden": lambda: extra("dot", "eva"),
        "presence": lambda: extra("bo", "gus"),
    }
    assert rule in [fault.rule for fault in check(replace(PROBLEM, fill=True), plan[rule]())]


def test_a_locked_meeting_that_is_elsewhere_is_a_fault() -> None:
    locked = replace(PROBLEM, locked_meetings=(LockedMeeting(1, 1, ("bo", "ana")),))
    assert check(locked, GOOD) == []
    assert [str(fault) for fault in check(locked, with_meeting(0, round=2)) if fault.rule == "locked"] == [
        "Round 1, table 1: ana and bo are locked here."
    ]


def test_a_pair_that_is_locked_may_meet_though_it_is_not_listed() -> None:
    locked = replace(PROBLEM, locked_meetings=(LockedMeeting(2, 1, ("bo", "flo")),))
    assert check(locked, extra("bo", "flo", score=0.0)) == []


def test_a_meeting_at_a_closed_table_is_a_fault() -> None:
    closed = replace(PROBLEM, rounds=(Round(3, frozenset({1})), Round(3)))
    assert [str(fault) for fault in check(closed, GOOD)] == [
        "Round 1, table 1: that table is closed in that round."
    ]


def test_a_pair_that_has_met_already_is_a_fault() -> None:
    faults = check(replace(PROBLEM, met=(("dot", "cy"),)), GOOD)
    assert [str(fault) for fault in faults] == ["Round 1, table 2: cy and dot have met already."]
