"""The checker passes a good plan and names every fault that is planted in it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, GaveWay, Group, Meeting, Plan, Unmet
from matchmaker.scheduling.problem.problem import HostTable, LockedMeeting, Person, Problem, Rest, Round

PROBLEM = Problem(
    people=(
        *(Person(one) for one in ("ana", "bo", "cy", "dot", "eva", "flo")),
        Person("gus", frozenset({1})),
        Person("hal", frozenset({2})),
    ),
    rounds=(Round(3), Round(3)),
    pairs=(
        ("ana", "bo", 0.5), ("cy", "dot", 0.25), ("eva", "flo", 0.75), ("eva", "gus", 0.125),
        ("flo", "gus", 0.0),
        ("ana", "cy", 0.5), ("bo", "dot", 0.5), ("eva", "hal", 1.0), ("ana", "eva", 0.5), ("flo", "hal", 0.5),
        ("bo", "gus", 0.5), ("cy", "flo", 0.5), ("dot", "hal", 0.0),
    ),
    forbidden=(("dot", "eva"),),
    wanted=(("gus", "hal"), ("ana", "bo"), ("dot", "eva"), ("bo", "hal"), ("cy", "gus")),
    fixed_table={"cy": 2},
    allowed_tables={"eva": frozenset({1, 3}), "hal": frozenset({1, 3})},
    trios=frozenset({"eva", "flo", "gus", "ana", "bo", "hal"}),
)  # fmt: skip
GOOD = Plan(
    (
        Meeting(1, 1, ("ana", "bo"), 0.5),
        Meeting(1, 2, ("cy", "dot"), 0.25),
        Meeting(1, 3, ("eva", "flo", "gus"), 0.875),
        Meeting(2, 2, ("ana", "cy"), 0.5),
        Meeting(2, 3, ("eva", "hal"), 1.0),
    ),
    Certificate(
        total=3.125,
        bound=4.0,
        fair_bound=3.125,
        ratio=1.0,
        fewest_meetings=1,
        double_sit_outs=0,
        unmet=(
            Unmet(("gus", "hal"), "gus and hal are never there together."),
            Unmet(("dot", "eva"), "dot and eva must never meet."),
            Unmet(("bo", "hal"), "No place found: bo and hal are there together in 1 rounds."),
            Unmet(("cy", "gus"), "No place found: cy and gus are there together in 1 rounds."),
        ),
    ),
)


def with_meeting(number: int, **changes: object) -> Plan:
    meetings = list(GOOD.meetings)
    meetings[number] = replace(meetings[number], **changes)  # type: ignore[arg-type]
    return replace(GOOD, meetings=tuple(meetings))


def with_claim(**changes: object) -> Plan:
    return replace(GOOD, certificate=replace(GOOD.certificate, **changes))  # type: ignore[arg-type]


def with_reason(number: int, because: str) -> Plan:
    unmet = list(GOOD.certificate.unmet)
    unmet[number] = replace(unmet[number], because=because)
    return with_claim(unmet=tuple(unmet))


def extra(*people: str, round_: int = 2, table: int = 1, score: float = 0.5) -> Plan:
    return replace(GOOD, meetings=(*GOOD.meetings, Meeting(round_, table, people, score)))


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


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (Rest(most=1), "ana has 2 meetings, and asks for at most 1."),
        (Rest(in_a_row=1), "ana has 2 meetings in a row, and asks for at most 1."),
    ],
)
def test_more_meetings_than_somebody_asked_for_are_a_fault(rest: Rest, words: str) -> None:
    problem = replace(PROBLEM, rests={"ana": rest})
    assert words in [str(fault) for fault in check(problem, GOOD) if fault.rule == "rests"]
    assert [fault for fault in check(replace(problem, rests={"ana": Rest(2, 2)}), GOOD)] == []


def test_a_break_ends_a_row_of_meetings() -> None:
    rounds = (Round(3), Round(3, after_break=True))
    assert check(replace(PROBLEM, rounds=rounds, rests={"ana": Rest(in_a_row=1)}), GOOD) == []


def test_a_helper_at_two_tables_in_one_round_is_a_fault() -> None:
    assert check(replace(PROBLEM, helpers={"Ira": ("ana", "bo")}), GOOD) == []
    assert [str(fault) for fault in check(replace(PROBLEM, helpers={"Ira": ("ana", "dot")}), GOOD)] == [
        "Round 1: people who need Ira are at 2 tables."
    ]


DOUBLE = replace(PROBLEM, double=(("bo", "ana"),))


def test_two_rounds_in_a_row_at_one_table_are_one_double_meeting() -> None:
    meetings = (*GOOD.meetings[:3], GOOD.meetings[4], Meeting(2, 1, ("ana", "bo"), 0.0))
    made = replace(GOOD, meetings=meetings)
    claimed = replace(made.certificate, total=2.625, fair_bound=2.625)
    assert check(DOUBLE, replace(made, certificate=claimed)) == []
    broken = replace(DOUBLE, rounds=(Round(3), Round(3, after_break=True)))
    words = ["ana and bo meet for two rounds in a row at one table, or not at all."]
    assert [str(fault) for fault in check(broken, replace(made, certificate=claimed))] == words
    assert [str(fault) for fault in check(DOUBLE, GOOD)] == words
    scored_twice = replace(made, meetings=(*meetings[:4], replace(meetings[4], score=0.5)))
    assert "Round 2, table 1: the score is 0, not 0.5." in map(str, check(DOUBLE, scored_twice))


HOSTED = replace(PROBLEM, host_tables=(HostTable(1, 2, "dot", 2, (), ("bo", "eva", "gus")),))


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((), "Round 2, table 1: there is no group at this host table."),
        ((Group(2, 2, "dot", ("dot",)),), "Round 2, table 2: this is no host table."),
        (
            (Group(2, 1, "dot", ("bo",)),),
            "Round 2, table 1: the host, or somebody who is named, is not in the group.",
        ),
        (
            (Group(2, 1, "dot", ("bo", "dot", "flo")),),
            "Round 2, table 1: 3 people are there, or one twice; 2 may be.",
        ),
        ((Group(2, 1, "dot", ("dot", "flo")),), "Round 2, table 1: flo is not among those interested."),
        ((Group(2, 1, "dot", ("dot", "eva")),), "Round 2, table 1: dot and eva must never meet."),
        ((Group(2, 1, "dot", ("dot", "gus")),), "Round 2, table 1: gus is not there in that round."),
        (
            (Group(2, 1, "dot", ("dot", "eva")),),
            "Round 2, table 1: eva is at another table in that round too.",
        ),
    ],
)
def test_what_is_wrong_with_a_group_is_named(groups: tuple[Group, ...], words: str) -> None:
    assert words in [str(fault) for fault in check(HOSTED, replace(GOOD, groups=groups))]


def test_a_group_with_its_host_and_a_guest_is_right() -> None:
    assert check(HOSTED, replace(GOOD, groups=(Group(2, 1, "dot", ("bo", "dot")),))) == []
