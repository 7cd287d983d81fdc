"""A problem with most rules in it, a plan that keeps them, and ways to spoil that plan."""

from dataclasses import replace

from matchmaker.scheduling.problem.plan import Certificate, Meeting, Plan, Unmet
from matchmaker.scheduling.problem.problem import Person, Problem, Round

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
