"""A problem in which two people are one: the rules that stay, and those that go."""

import pytest

from matchmaker.scheduling.problem.one_person import as_one
from matchmaker.scheduling.problem.parts import (
    Corner,
    HostTable,
    Kin,
    LockedMeeting,
    Meet,
    Person,
    ProblemError,
    Rest,
    Round,
    TableTopic,
)
from matchmaker.scheduling.problem.plan import Certificate, Meeting, Plan
from matchmaker.scheduling.problem.problem import Problem

NOTHING = Certificate(0.0, 0.0, 0.0, 1.0, 0, 0)
ROUNDS = (Round(3), Round(3), Round(3))
PROBLEM = Problem(
    people=(Person("gone", frozenset({1, 2})), Person("keep", frozenset({3})), Person("x"), Person("y")),
    rounds=ROUNDS,
    pairs=(("gone", "x", 0.5), ("keep", "y", 0.25), ("gone", "y", 0.75), ("x", "y", 0.1)),
    forbidden=(("gone", "keep"),),
    wanted=(("gone", "x"), ("keep", "gone"), ("y", "gone"), ("keep", "y")),
    fixed_table={"gone": 2, "x": 2},
    allowed_tables={"gone": frozenset({2, 3}), "keep": frozenset({1, 2})},
    trios=frozenset({"gone", "y"}),
    locked_meetings=(LockedMeeting(1, 2, ("gone", "x")), LockedMeeting(2, 2, ("gone", "y"))),
    met_before=(("gone", "y"),),
    rests={"gone": Rest(most=2), "keep": Rest(most=3, in_a_row=1)},
    helpers={"Sam": ("gone", "x")},
    kin=(Kin(("gone", "x", "y"), Meet.RATHER_NOT),),
    corners=(Corner("c", 6, not_for=("gone", "y")),),
    topics=(TableTopic("t", ("gone",), 6, ("keep", "x")), TableTopic("u", ("x",), 6, ("gone", "keep"))),
)


def plan(*meetings: Meeting) -> Plan:
    return Plan(meetings, NOTHING)


def test_the_rules_of_whoever_stays_hold_and_they_may_have_what_they_take() -> None:
    one = as_one(PROBLEM, "gone", "keep", plan(Meeting(1, 2, ("keep", "x"), 0.5)))
    assert one == Problem(
        people=(Person("keep", frozenset({1, 3})), Person("x"), Person("y")),
        rounds=ROUNDS,
        pairs=(("keep", "y", 0.25), ("x", "y", 0.1), ("keep", "x", 0.5)),
        wanted=(("keep", "x"), ("y", "keep")),
        fixed_table={"x": 2},
        allowed_tables={"keep": frozenset({1, 2})},
        trios=frozenset({"y"}),
        locked_meetings=(LockedMeeting(1, 2, ("keep", "x")),),
        met_before=(("keep", "y"),),
        rests={"keep": Rest(most=2, in_a_row=1)},
        helpers={"Sam": ("x",)},
        kin=(Kin(("x", "y"), Meet.RATHER_NOT),),
        corners=(Corner("c", 6, not_for=("y",)),),
        topics=(TableTopic("t", ("keep",), 6, ("keep", "x")), TableTopic("u", ("x",), 6, ("keep",))),
    )


def test_two_rounds_in_a_row_pass_where_both_are_taken_and_not_where_one_is() -> None:
    two = Problem(
        (Person("gone"), Person("keep"), Person("x")), ROUNDS, (("gone", "x", 0.5),), double=(("gone", "x"),)
    )
    first, second = (Meeting(number, 1, ("keep", "x"), 0.5) for number in (1, 2))
    assert as_one(two, "gone", "keep", plan(first, second)).double == (("keep", "x"),)
    assert as_one(two, "gone", "keep", plan(first)).double == ()


def test_somebody_new_takes_the_place_of_the_other_under_the_same_rules() -> None:
    alone = Problem(
        people=(Person("gone", frozenset({1, 2})), Person("x"), Person("y")),
        rounds=ROUNDS,
        pairs=(("gone", "x", 0.5),),
        forbidden=(("gone", "y"),),
        allowed_tables={"gone": frozenset({1})},
        trios=frozenset({"gone", "y"}),
        locked_meetings=(LockedMeeting(1, 1, ("gone", "x")),),
        rests={"gone": Rest(most=2)},
        helpers={"Sam": ("gone", "x")},
        kin=(Kin(("gone", "y")),),
        corners=(Corner("c", 6, not_for=("gone",)),),
        topics=(TableTopic("t", ("gone",), 6, ("x",)),),
    )
    assert as_one(alone, "gone", "new", plan()) == Problem(
        people=(Person("new", frozenset({1, 2})), Person("x"), Person("y")),
        rounds=ROUNDS,
        pairs=(("new", "x", 0.5),),
        forbidden=(("new", "y"),),
        allowed_tables={"new": frozenset({1})},
        trios=frozenset({"new", "y"}),
        locked_meetings=(LockedMeeting(1, 1, ("new", "x")),),
        rests={"new": Rest(most=2)},
        helpers={"Sam": ("new", "x")},
        kin=(Kin(("new", "y")),),
        corners=(Corner("c", 6, not_for=("new",)),),
        topics=(TableTopic("t", ("new",), 6, ("x",)),),
    )


def test_at_a_host_table_nobody_can_be_another() -> None:
    hosting = Problem(
        (Person("gone"), Person("keep"), Person("x")), ROUNDS, host_tables=(HostTable(1, 1, "gone", 4),)
    )
    with pytest.raises(ProblemError, match="nobody is called 'gone'"):
        as_one(hosting, "gone", "keep", plan())
