"""What a certificate claims is counted anew, and what it does not say is missed."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, GaveWay, Meeting, Plan, Unmet
from matchmaker.scheduling.problem.problem import Kin, Mixing, Person, Problem, Round
from tests.scheduling.checker.conftest import GOOD, PROBLEM, with_claim, with_reason

PLANTED: list[tuple[str, Plan, str]] = [
    ("total", with_claim(total=3.0), "The scores add up to 3.125, not 3."),
    ("bound", with_claim(bound=3.0), "The total, 3.125, is more than the bound on any plan, 3."),
    (
        "fair_bound",
        with_claim(fair_bound=3.0),
        "The total, 3.125, is more than the bound on any plan as fair, 3.",
    ),
    ("ratio", with_claim(ratio=0.9), "The total is 1 of the bound on any plan as fair, not 0.9."),
    ("fewest meetings", with_claim(fewest_meetings=2), "The fewest meetings anybody has is 1, not 2."),
    (
        "double sit-outs",
        with_claim(double_sit_outs=1),
        "The people who sit out twice or more number 0, not 1.",
    ),
    (
        "unmet",
        with_claim(unmet=GOOD.certificate.unmet[1:]),
        "gus and hal both asked and do not meet; the certificate is silent.",
    ),
    (
        "unmet",
        with_claim(unmet=(*GOOD.certificate.unmet, Unmet(("ana", "bo"), "No place found."))),
        "The certificate says that ana and bo do not meet, but they do.",
    ),
    (
        "unmet",
        with_claim(unmet=(*GOOD.certificate.unmet, Unmet(("ana", "cy"), "No place found."))),
        "The certificate lists ana and cy, who did not both ask, or lists them twice.",
    ),
    (
        "reason",
        with_reason(2, "bo and hal must never meet."),
        "The reason why bo and hal do not meet is not true: bo and hal must never meet.",
    ),
    (
        "reason",
        with_reason(2, "bo and hal are never there together."),
        "The reason why bo and hal do not meet is not true: bo and hal are never there together.",
    ),
    (
        "reason",
        with_reason(2, "There is no table at which both bo and hal may sit while they are there."),
        "The reason why bo and hal do not meet is not true: "
        "There is no table at which both bo and hal may sit while they are there.",
    ),
    (
        "reason",
        with_reason(
            2, "Every round in which bo and hal are both there is full of meetings both asked for of bo."
        ),
        "The reason why bo and hal do not meet is not true: "
        "Every round in which bo and hal are both there is full of meetings both asked for of bo.",
    ),
    (
        "reason",
        with_reason(2, "It was too late."),
        "The reason why bo and hal do not meet is not true: It was too late.",
    ),
]


@pytest.mark.parametrize(
    ("rule", "plan", "words"), PLANTED, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(PLANTED)]
)
def test_a_planted_fault_is_named(rule: str, plan: Plan, words: str) -> None:
    faults = check(PROBLEM, plan)
    assert words in [str(fault) for fault in faults if fault.rule == rule]


def test_having_met_already_is_a_reason_only_where_it_is_true() -> None:
    claim = with_reason(2, "bo and hal have met already.")
    assert check(replace(PROBLEM, met=(("hal", "bo"),)), claim) == []
    assert [fault.rule for fault in check(PROBLEM, claim)] == ["reason"]


def test_what_gave_way_is_listed_each_once_and_nothing_else() -> None:
    problem = replace(
        PROBLEM, apart=(("bo", "ana"), ("bo", "dot")), met_before=(("cy", "dot"), ("ana", "eva"))
    )
    first = GaveWay(("ana", "bo"), "ana and bo meet although they are to be kept apart.")
    second = GaveWay(("cy", "dot"), "cy and dot met at an earlier event and meet again.")
    false = GaveWay(("ana", "eva"), "ana and eva met at an earlier event and meet again.")
    assert check(problem, with_claim(gave_way=(first, second))) == []
    assert [str(fault) for fault in check(problem, with_claim(gave_way=(second,)))] == [
        "The certificate is silent on ana and bo: ana and bo meet although they are to be kept apart."
    ]
    assert [str(fault) for fault in check(problem, with_claim(gave_way=(first, second, false)))] == [
        "The certificate says of ana and eva what is not true, or says it twice: "
        "ana and eva met at an earlier event and meet again."
    ]
    assert [fault.rule for fault in check(problem, with_claim(gave_way=(first, second, first)))] == [
        "gave way"
    ]


def test_a_reason_of_a_full_day_holds_only_where_every_round_holds_a_wish_of_that_person() -> None:
    because = "Every round in which bo and hal are both there is full of meetings both asked for of hal."
    claim = with_reason(2, because)
    assert check(replace(PROBLEM, wanted=(*PROBLEM.wanted, ("eva", "hal"))), claim) == []
    assert [fault.rule for fault in check(PROBLEM, claim)] == ["reason"]


POOLS = {"ana": "inside", "bo": "inside", "cy": "outside"}
MIXED = Problem(
    people=tuple(Person(one, pool=POOLS.get(one)) for one in ("ana", "bo", "cy", "dot")),
    rounds=(Round(2), Round(2)),
    pairs=(("ana", "bo", 0.5), ("ana", "cy", 0.5), ("cy", "dot", 0.5)),
    mixing=Mixing(2),
)


def mixed_plan(*pairs: tuple[str, str], gave_way: tuple[GaveWay, ...] = ()) -> Plan:
    """One meeting in each round, with what is true of everything but the goals that gave way."""
    meetings = tuple(Meeting(number, 1, pair, 0.5) for number, pair in enumerate(pairs, 1))
    had = [sum(person.id in pair for pair in pairs) for person in MIXED.people]
    total = 0.5 * len(pairs)
    return Plan(meetings, Certificate(total, total, total, 1.0, min(had), had.count(0), gave_way=gave_way))


def test_who_meets_fewer_of_another_pool_than_they_could_is_told() -> None:
    words = {one: f"{one} meets 0 of 1 people of another pool." for one in ("ana", "cy")}
    told = tuple(GaveWay((one,), because) for one, because in words.items())
    assert check(MIXED, mixed_plan(("ana", "bo"), ("cy", "dot"), gave_way=told)) == []
    assert [str(fault) for fault in check(MIXED, mixed_plan(("ana", "bo"), ("cy", "dot")))] == [
        f"The certificate is silent on {one}: {because}" for one, because in words.items()
    ]


def test_nobody_is_asked_to_meet_more_of_another_pool_than_there_are() -> None:
    assert check(MIXED, mixed_plan(("ana", "cy"))) == []


def test_whom_somebody_met_today_counts_and_whom_they_must_never_meet_does_not() -> None:
    met = replace(MIXED, met=(("ana", "cy"),))
    assert check(met, mixed_plan(("ana", "bo"))) == []
    never = replace(MIXED, kin=(Kin(("ana", "cy")),))
    assert check(never, mixed_plan(("ana", "bo"))) == []


def test_whom_somebody_met_today_counts_once() -> None:
    ana, *others = MIXED.people
    dot = Person("dot", pool="outside")
    problem = replace(
        MIXED,
        people=(ana, *others[:2], dot),
        pairs=(*MIXED.pairs, ("ana", "dot", 0.5)),
        met=(("ana", "cy"),),
    )
    assert [str(fault) for fault in check(problem, mixed_plan(("ana", "bo")))] == [
        "The certificate is silent on ana: ana meets 1 of 2 people of another pool.",
        "The certificate is silent on dot: dot meets 0 of 1 people of another pool.",
    ]


def test_where_anybody_may_meet_everybody_of_another_pool_could_be_met() -> None:
    filled = replace(MIXED, fill=True)
    claims = [str(fault) for fault in check(filled, mixed_plan(("ana", "cy")))]
    assert claims == [
        "The certificate is silent on bo: bo meets 0 of 1 people of another pool.",
        "The certificate is silent on cy: cy meets 1 of 2 people of another pool.",
    ]
