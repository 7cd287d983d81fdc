"""A kept plan read back for the checker, whole and without who was erased."""

from typing import Any

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.parts import LockedMeeting, Person, Round, TableTopic
from matchmaker.scheduling.problem.plan import Certificate, Meeting, Plan, Talk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.plans.kept_solution import kept_problem, kept_solution, without
from matchmaker.store.plans.plans import Plan as KeptPlan
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Database

PROOF = Certificate(2.0, 2.0, 2.0, 1.0, 1, 0)


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    return new_day(make, sqlite, people=5, rounds=2, tables=2)


def test_a_kept_plan_is_read_back_as_it_was_made(day: Any) -> None:
    made = day.plan()
    with day.database.reading() as session:
        kept = session.get_one(KeptPlan, made.id)
        problem, solution = kept_problem(kept), kept_solution(kept, sittings(session, kept.id), ())
    assert check(problem, solution) == []
    assert {(one.round, one.table, frozenset(map(int, one.people))) for one in solution.meetings} == {
        (number, table, frozenset(people)) for number, table, people in day.seats(made)
    }


def test_a_meeting_in_a_round_that_the_plan_does_not_have_is_a_fault(day: Any) -> None:
    made = day.plan()
    with day.database.reading() as session:
        kept = session.get_one(KeptPlan, made.id)
        kept.rounds = [1]
        solution = kept_solution(kept, sittings(session, kept.id), ())
        assert {one.round for one in solution.meetings} == {0, 1}
        assert check(kept_problem(kept), solution) != []


def test_with_somebody_erased_go_what_was_locked_for_them_their_topics_and_meetings_with_nobody_else() -> (
    None
):
    problem = Problem(
        people=tuple(map(Person, "abcd")),
        rounds=(Round(3),),
        pairs=(("a", "b", 1.0), ("c", "d", 1.0)),
        locked_meetings=(LockedMeeting(1, 1, ("a", "b")), LockedMeeting(1, 2, ("c", "d"))),
        topics=(TableTopic("of a", ("a",), 4), TableTopic("of c", ("c",), 4)),
    )
    solution = Plan(
        (Meeting(1, 1, ("b",), 0.0), Meeting(1, 2, ("c", "d"), 1.0)),
        PROOF,
        talks=(Talk(1, "x", "of a", ("b",)), Talk(1, "y", "of c", ("c",))),
    )
    left, stays = without({"a"}, problem, solution)
    assert left.locked_meetings == (LockedMeeting(1, 2, ("c", "d")),)
    assert stays == Plan((solution.meetings[1],), PROOF, talks=(solution.talks[1],))
