"""A pair who need two rounds have them in a row at one table, or do not meet."""

from dataclasses import replace
from itertools import combinations

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Changes
from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i}" for i in range(10)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(5), Round(5), Round(5, after_break=True), Round(5)),
    pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
    double=(("p0", "p1"), ("p2", "p3")),
    fixed_table={"p5": 1},
)


def places(problem: Problem, *pair: str) -> list[tuple[int, int]]:
    made = plan(problem)
    assert check(problem, made) == []
    return [(meeting.round, meeting.table) for meeting in made.meetings if meeting.people == pair]


def test_a_wished_double_meeting_takes_two_rounds_with_no_break_between() -> None:
    (first, table), (second, same) = places(replace(PROBLEM, wanted=(("p0", "p1"),)), "p0", "p1")
    assert (first, second) in {(1, 2), (3, 4)}
    assert table == same


def test_nobody_is_given_a_double_meeting_that_is_worth_less_than_two_others() -> None:
    assert places(PROBLEM, "p0", "p1") == []


def test_a_double_meeting_that_is_worth_two_others_is_held() -> None:
    pairs = tuple((a, b, 1.0 if (a, b) == ("p0", "p1") else 0.2) for a, b in combinations(IDS, 2))
    assert len(places(replace(PROBLEM, pairs=pairs), "p0", "p1")) == 2


def test_a_double_meeting_keeps_to_rests_and_tables_and_is_kept_as_one() -> None:
    problem = replace(
        PROBLEM, wanted=(("p0", "p1"), ("p2", "p3")), rests={"p0": Rest(in_a_row=1), "p2": Rest(most=2)}
    )
    made = plan(problem)
    assert check(problem, made) == []
    assert [unmet.people for unmet in made.certificate.unmet] == [("p0", "p1")]
    again = plan(problem, seed=4, keep=made)
    assert again.meetings == made.meetings
    assert again.certificate.changes == Changes(len(made.meetings), 0, 0, 0, 0)
    shut = min(meeting.table for meeting in made.meetings if meeting.people == ("p2", "p3"))
    rounds = tuple(replace(one, tables=6, closed=frozenset({shut})) for one in problem.rounds)
    moved = plan(replace(problem, rounds=rounds), keep=made)
    assert check(replace(problem, rounds=rounds), moved) == []
    assert moved.certificate.unmet == made.certificate.unmet
