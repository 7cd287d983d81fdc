"""Meetings that are locked by hand are in every plan, and closed tables in none."""

from dataclasses import replace
from itertools import combinations

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Changes
from matchmaker.scheduling.problem.problem import LockedMeeting, Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i}" for i in range(12)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(6),) * 4,
    pairs=tuple(
        (a, b, (7 * int(a[1:]) + 13 * int(b[1:])) % 101 / 101)
        for a, b in combinations(IDS, 2)
        if (a, b) != ("p0", "p1")
    ),
    trios=True,
)


def test_a_locked_meeting_is_in_the_plan_as_it_was_given_and_everybody_else_is_planned_around_it() -> None:
    locked = (LockedMeeting(2, 5, ("p0", "p1")), LockedMeeting(3, 6, ("p2", "p3", "p4")))
    problem = replace(PROBLEM, locked_meetings=locked)
    made = plan(problem)
    assert check(problem, made) == []
    held = {(meeting.round, meeting.table, meeting.people): meeting.score for meeting in made.meetings}
    assert held[2, 5, ("p0", "p1")] == 0.0
    assert (3, 6, ("p2", "p3", "p4")) in held
    assert made.certificate.fewest_meetings == 3


def test_a_locked_round_holds_its_locked_meetings_alone() -> None:
    problem = replace(PROBLEM, locked=frozenset({1}), locked_meetings=(LockedMeeting(1, 2, ("p4", "p9")),))
    made = plan(problem)
    assert [meeting.people for meeting in made.meetings if meeting.round == 1] == [("p4", "p9")]
    assert check(problem, made) == []


def test_a_meeting_locked_in_another_place_than_before_moves_and_what_it_pushes_out_is_dropped() -> None:
    earlier = plan(PROBLEM)
    first = next(meeting for meeting in earlier.meetings if meeting.round == 1)
    table = first.table % 6 + 1
    problem = replace(PROBLEM, locked_meetings=(LockedMeeting(1, table, first.people),))
    again = plan(problem, keep=earlier)
    assert check(problem, again) == []
    changes = again.certificate.changes
    assert changes is not None
    assert (changes.kept, changes.moved, changes.dropped) == (22, 2, 0)
    assert changes.least == 2


def test_a_kept_meeting_that_is_locked_where_it_was_is_no_change() -> None:
    earlier = plan(PROBLEM)
    locked = tuple(LockedMeeting(one.round, one.table, one.people) for one in earlier.meetings[:5])
    again = plan(replace(PROBLEM, locked_meetings=locked), seed=3, keep=earlier)
    assert again.meetings == earlier.meetings
    assert again.certificate.changes == Changes(kept=24, moved=0, dropped=0, added=0, least=0)


def test_nobody_sits_at_a_closed_table() -> None:
    rounds = (Round(6, frozenset({1, 4})), Round(8, frozenset({2, 3})), Round(6), Round(1, frozenset({1})))
    problem = replace(PROBLEM, rounds=rounds, fixed_table={"p3": 4})
    made = plan(problem)
    assert check(problem, made) == []
    assert sorted({meeting.table for meeting in made.meetings if meeting.round == 1}) == [2, 3, 5, 6]
    assert {meeting.round for meeting in made.meetings if "p3" in meeting.people} == {2, 3}
