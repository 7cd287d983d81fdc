"""Each rule of talks is looked at: one planted fault for each."""

from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.parts import Kin
from matchmaker.scheduling.problem.plan import Certificate, Group, Meeting, Plan, Talk
from matchmaker.scheduling.problem.problem import Corner, HostTable, Person, Problem, Rest, Round, TableTopic

IDS = ("ana", "bo", "cy", "di", "eve", "flo")
PROBLEM = Problem(
    people=(*(Person(one) for one in IDS[:5]), Person("flo", frozenset({2}))),
    rounds=(Round(2), Round(2)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    corners=(Corner("A", 3, beside=("B",)), Corner("B", 4), Corner("C", 4, frozenset({2}))),
    topics=(
        TableTopic("rivers", ("ana",), 3, ("bo", "cy", "di", "flo"), loud=True),
        TableTopic("soil", ("di",), 4, ("bo", "eve"), times=2, loud=True),
    ),
)
RIVERS = Talk(1, "A", "rivers", ("ana", "bo", "cy"))
SOIL = Talk(2, "C", "soil", ("bo", "di", "eve"))
MEETING = Meeting(1, 1, ("di", "eve"), 0.5)


def plan_of(*talks: Talk, meetings: tuple[Meeting, ...] = (), **claims: int) -> Plan:
    total = sum(meeting.score for meeting in meetings)
    return Plan(meetings, Certificate(total, total, total, 1.0, 0, 0, **claims), (), talks)  # type: ignore[arg-type]


def faults(plan: Plan, problem: Problem = PROBLEM) -> set[str]:
    claims = {"fewest meetings", "double sit-outs"}
    return {fault.rule for fault in check(problem, plan)} - claims


def test_talks_that_keep_every_rule_are_fine() -> None:
    assert faults(plan_of(RIVERS, SOIL, stars=4, stars_bound=5)) == set()


@pytest.mark.parametrize(
    ("talks", "rule"),
    [
        ([replace(RIVERS, topic="birds")], "topic"),
        ([replace(RIVERS, corner="Z")], "topic"),
        ([replace(RIVERS, round=3)], "topic"),
        ([replace(SOIL, round=1)], "corner"),
        ([replace(RIVERS, people=("ana", "bo", "cy", "di"))], "corner"),
        ([replace(RIVERS, people=("ana", "bo", "bo"))], "topic"),
        ([replace(RIVERS, people=("bo", "cy"))], "topic host"),
        ([replace(RIVERS, people=("ana", "flo"))], "presence"),
        ([replace(RIVERS, people=("ana", "eve"))], "topic guest"),
        ([RIVERS, replace(RIVERS, round=2)], "topic"),
        ([RIVERS, replace(SOIL, round=1, corner="A")], "corner"),
        ([RIVERS, replace(SOIL, round=1, corner="B", people=("bo", "di"))], "one place at a time"),
        ([RIVERS, replace(SOIL, round=1, corner="B", people=("di", "eve"))], "loud"),
        ([replace(SOIL, round=1, corner="B"), SOIL], "topic guest"),
    ],
)
def test_a_talk_against_a_rule_is_a_fault(talks: list[Talk], rule: str) -> None:
    assert rule in faults(plan_of(*talks))


def test_somebody_at_a_talk_meets_nobody_in_that_round() -> None:
    assert "one place at a time" in faults(plan_of(RIVERS, meetings=(Meeting(1, 1, ("bo", "eve"), 0.5),)))


def test_two_who_must_never_meet_are_at_no_talk_together() -> None:
    assert "forbidden" in faults(plan_of(RIVERS), replace(PROBLEM, forbidden=(("bo", "cy"),)))
    assert "forbidden" not in faults(plan_of(RIVERS), replace(PROBLEM, kin=(Kin(("bo", "cy")),)))


def test_a_corner_that_does_not_suit_somebody_is_a_fault() -> None:
    corners = (replace(PROBLEM.corners[0], not_for=("cy",)), *PROBLEM.corners[1:])
    assert "corner" in faults(plan_of(RIVERS), replace(PROBLEM, corners=corners))
    assert "corner" not in faults(plan_of(SOIL), replace(PROBLEM, corners=corners))


def test_a_pair_who_sit_at_a_topic_meet_only_if_they_asked() -> None:
    plan = plan_of(RIVERS, meetings=(Meeting(2, 1, ("bo", "cy"), 0.5),))
    assert "topic pair" in faults(plan)
    assert "topic pair" not in faults(plan, replace(PROBLEM, wanted=(("bo", "cy"),)))


def test_talks_count_for_rests_and_helpers() -> None:
    busy = replace(PROBLEM, rests={"bo": Rest(most=1)})
    assert "rests" in faults(plan_of(RIVERS, SOIL), busy)
    helped = replace(PROBLEM, helpers={"h": ("cy", "eve")})
    assert "helpers" in faults(plan_of(RIVERS, meetings=(MEETING,)), helped)


def test_stars_are_counted_anew() -> None:
    assert "stars" in faults(plan_of(RIVERS, SOIL, stars=3))
    assert "stars" in faults(plan_of(RIVERS, SOIL, stars=4, stars_bound=3))


def test_a_group_at_a_host_table_is_a_place_too() -> None:
    hosted = replace(PROBLEM, host_tables=(HostTable(1, 1, "bo", 3),))
    group = Group(1, 1, "bo", ("bo",))
    plan = Plan((), Certificate(0, 0, 0, 1, 0, 0), (group,), (RIVERS,))
    assert "one place at a time" in faults(plan, hosted)
