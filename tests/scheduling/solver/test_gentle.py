"""Where it is asked for and costs nothing, easy conversations come first and bridges later."""

from dataclasses import replace
from itertools import combinations
from math import fsum

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import HostTable, LockedMeeting, Person, Problem, Rest, Round
from matchmaker.scheduling.solver.planner import plan

pytestmark = pytest.mark.usefixtures("all_tried_a_little")

IDS = [f"p{i}" for i in range(10)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(5),) * 5,
    pairs=tuple((a, b, (int(a[1]) * 7 + int(b[1]) * 13) % 101 / 101) for a, b in combinations(IDS, 2)),
    gentle=True,
)


def means(made: Plan) -> list[float]:
    """The mean score of a meeting in each round."""
    found = []
    for number in range(1, 6):
        scores = [meeting.score for meeting in made.meetings if meeting.round == number]
        found.append(round(fsum(scores) / len(scores), 9))
    return found


def rounds_of(made: Plan) -> list[set[tuple[str, ...]]]:
    return [{one.people for one in made.meetings if one.round == number} for number in range(1, 6)]


def planned(problem: Problem) -> Plan:
    made = plan(problem)
    assert check(problem, made) == []
    return made


def test_rounds_that_are_alike_go_from_easy_to_unlike_and_nothing_else_changes() -> None:
    usual, gentle = planned(replace(PROBLEM, gentle=False)), planned(PROBLEM)
    assert means(usual) != sorted(means(usual), reverse=True)
    assert means(gentle) == sorted(means(usual), reverse=True)
    assert sorted(map(sorted, rounds_of(gentle))) == sorted(map(sorted, rounds_of(usual)))
    assert gentle.certificate == usual.certificate


def test_a_round_with_other_people_or_tables_stays_where_it_is() -> None:
    for rounds, people in (
        ((Round(5), Round(5), Round(6), Round(5), Round(5)), PROBLEM.people),
        (PROBLEM.rounds, (Person("p0", frozenset({1, 2, 4, 5})), *PROBLEM.people[1:])),
    ):
        problem = replace(PROBLEM, rounds=rounds, people=people)
        usual, gentle = planned(replace(problem, gentle=False)), planned(problem)
        assert rounds_of(gentle)[2] == rounds_of(usual)[2]
        alike = [mean for number, mean in enumerate(means(gentle)) if number != 2]
        assert alike == sorted(alike, reverse=True)
        assert sorted(alike) == sorted(mean for number, mean in enumerate(means(usual)) if number != 2)


def test_what_is_given_stays_and_rests_and_earlier_plans_keep_every_round() -> None:
    given = replace(
        PROBLEM,
        locked_meetings=(LockedMeeting(2, 3, ("p0", "p1")),),
        host_tables=(HostTable(1, 4, "p5", 3, (), ("p6", "p7")),),
        double=(("p2", "p3"),),
        wanted=(("p2", "p3"),),
    )
    usual, gentle = planned(replace(given, gentle=False)), planned(given)
    double = {one.round for one in gentle.meetings if one.people == ("p2", "p3")}
    for number in {2, 4} | double:
        assert rounds_of(gentle)[number - 1] == rounds_of(usual)[number - 1]
    rested = replace(PROBLEM, rests={"p4": Rest(in_a_row=3)})
    assert planned(rested) == planned(replace(rested, gentle=False))
    earlier = planned(replace(PROBLEM, gentle=False))
    assert plan(PROBLEM, keep=earlier).meetings == earlier.meetings
