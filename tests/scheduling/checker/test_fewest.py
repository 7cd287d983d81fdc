"""What a certificate says of the fewest meetings is counted anew."""

from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, FewestLimit, Plan
from matchmaker.scheduling.problem.problem import Corner, HostTable, Person, Problem, Rest, Round, TableTopic

IDS = ("p0", "p1", "p2", "p3", "p4")
PROBLEM = Problem(
    people=(*(Person(one) for one in IDS[:4]), Person("p4", frozenset({1}))),
    rounds=(Round(3), Round(3), Round(3)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    allowed_tables={"p0": frozenset({1}), "p1": frozenset({1}), "p2": frozenset({1})},
    helpers={"h": ("p0", "p1")},
)
THREE = ("p0", "p1", "p2")


def faults(problem: Problem, bound: int | None, people: tuple[str, ...], because: str) -> list[str]:
    """What is wrong with a plan without meetings that claims this bound for this reason."""
    sit_outs = sum(3 - (person.id == "p4") * 2 >= 2 for person in problem.people)
    claimed = Certificate(
        0.0, 9.0, 9.0, 0.0, 0, 0, fewest_bound=bound, fewest_limit=FewestLimit(people, because)
    )
    found = check(problem, Plan((), claimed))
    assert sit_outs
    return [fault.rule for fault in found if fault.rule in {"fewest bound", "fewest limit"}]


@pytest.mark.parametrize(
    ("bound", "people", "because"),
    [
        (1, ("p4",), "p4 can be at a table in 1 rounds."),
        (4, ("p4",), "p4 may have 4 meetings with others."),
        (2, THREE, "3 people can sit at 1 tables only, with 6 places for them."),
        (2, ("p0", "p1"), "2 people can sit at 1 tables only, with 4 places for them."),
        (2, ("p0", "p1"), "2 people come with h, who can give them 4 places."),
        (2, ("p0", "p1"), "2 people need helper h, who can give them 4 places."),
        (2, (), "Every other arrangement was tried."),
    ],
)
def test_a_limit_that_holds_is_no_fault(bound: int, people: tuple[str, ...], because: str) -> None:
    assert faults(PROBLEM, bound, people, because) == []


@pytest.mark.parametrize(
    ("bound", "people", "because"),
    [
        (0, ("p4",), "p4 can be at a table in 1 rounds."),
        (0, ("p4",), "p4 can be at a table in 0 rounds."),
        (1, THREE, "3 people can sit at 1 tables only, with 6 places for them."),
        (1, THREE, "3 people can sit at 1 tables only, with 5 places for them."),
        (1, ("p0", "p0", "p1"), "3 people can sit at 1 tables only, with 4 places for them."),
        (2, ("p0", "p2"), "2 people come with h, who can give them 4 places."),
        (1, ("nobody",), "nobody can be at a table in 1 rounds."),
        (1, (), "0 people can sit at 0 tables only, with 0 places for them."),
        (None, ("p4",), "p4 can be at a table in 1 rounds."),
        (1, ("p4",), "It is so."),
    ],
)
def test_a_limit_that_does_not_hold_is_a_fault(
    bound: int | None, people: tuple[str, ...], because: str
) -> None:
    assert faults(PROBLEM, bound, people, because) == ["fewest limit"]


TALKED = replace(
    PROBLEM,
    rounds=(Round(0), Round(3), Round(3)),
    corners=(Corner("A", 4, frozenset({1})),),
    topics=(TableTopic("rivers", ("p0",), 4, ("p1", "p4"), times=2),),
)


@pytest.mark.parametrize(
    ("bound", "people", "because"),
    [
        (1, ("p4",), "p4 can be at a table or a topic in 1 rounds."),
        (1, ("p4",), "p4 can have 0 meetings at tables and be at 1 topics."),
        (2, ("p3",), "p3 can have 2 meetings at tables and be at 0 topics."),
        (2, THREE, "3 people can sit at 1 tables only, with 4 places for them, and 2 at topics."),
        (2, ("p0", "p1"), "2 people need helper h, who can give them 3 places, and 2 at topics."),
        (2, ("p0", "p3"), "2 people have 5 places, each in one a round, at tables and topics."),
    ],
)
def test_seats_at_topics_are_counted_beside_tables(bound: int, people: tuple[str, ...], because: str) -> None:
    assert faults(TALKED, bound, people, because) == []
    assert faults(TALKED, bound - 1, people, because) == ["fewest limit"]


def test_whoever_asks_for_rests_limits_nobody() -> None:
    problem = replace(PROBLEM, rests={"p4": Rest(most=1)})
    assert faults(problem, 1, ("p4",), "p4 can be at a table in 1 rounds.") == ["fewest limit"]


def test_a_host_table_is_a_seat_beside_the_tables_of_a_kind() -> None:
    problem = replace(PROBLEM, host_tables=(HostTable(2, 3, "p3", 3),))
    words = "3 people can sit at 1 tables only, with {} places for them."
    assert faults(problem, 2, THREE, words.format(6)) == ["fewest limit"]
    assert faults(problem, 2, THREE, words.format(7)) == []


def test_of_an_odd_number_who_meet_among_themselves_one_is_left_over() -> None:
    words = "5 people can sit at 3 tables only, with {} places for them."
    problem = replace(PROBLEM, people=tuple(map(Person, IDS)), allowed_tables={}, helpers={})
    assert faults(problem, 2, IDS, words.format(12)) == []
    assert faults(problem, 2, IDS, words.format(15)) == ["fewest limit"]
    with_trios = replace(problem, trios=True)
    assert faults(with_trios, 3, IDS, words.format(15)) == []


def test_a_plan_better_than_its_bound_is_a_fault() -> None:
    claimed = Certificate(0.0, 0.0, 0.0, 1.0, 0, 0, fewest_bound=-1)
    assert "fewest bound" in {fault.rule for fault in check(Problem((), ()), Plan((), claimed))}
