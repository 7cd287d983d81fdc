"""Nobody is given more meetings than they asked for, and a helper is at one table at a time."""

from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.rest import take_turns
from matchmaker.scheduling.solver.shared_limits import sharing
from matchmaker.scheduling.solver.timetable import Timetable, empty

pytestmark = pytest.mark.usefixtures("all_tried_a_little")

IDS = [f"p{i}" for i in range(12)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(6),) * 8,
    pairs=tuple((a, b, (7 * int(a[1:]) + 13 * int(b[1:])) % 101 / 101) for a, b in combinations(IDS, 2)),
)


def rounds_of(problem: Problem, person: str) -> list[int]:
    made = plan(problem)
    assert check(problem, made) == []
    return [meeting.round for meeting in made.meetings if person in meeting.people]


def counts(made: Plan) -> list[int]:
    return [sum(one in meeting.people for meeting in made.meetings) for one in IDS]


def test_somebody_who_asks_for_at_most_five_meetings_has_five() -> None:
    assert len(rounds_of(replace(PROBLEM, rests={"p3": Rest(most=5)}), "p3")) == 5


def test_the_others_have_no_fewer_meetings_because_one_person_rests() -> None:
    made = plan(replace(PROBLEM, rests={"p3": Rest(most=4), "p8": Rest(most=4)}))
    assert counts(made) == [8, 8, 8, 4, 8, 8, 8, 8, 4, 8, 8, 8]
    assert (made.certificate.fewest_meetings, made.certificate.double_sit_outs) == (8, 0)


def test_somebody_who_asks_for_no_meeting_has_none() -> None:
    assert rounds_of(replace(PROBLEM, rests={"p3": Rest(most=0)}, fill=True), "p3") == []


def test_a_row_of_meetings_ends_with_a_free_round() -> None:
    problem = replace(PROBLEM, rests={"p3": Rest(in_a_row=3), "p7": Rest(in_a_row=3)})
    assert len(rounds_of(problem, "p3")) == len(rounds_of(problem, "p7")) == 6


def test_a_row_of_meetings_ends_with_a_break() -> None:
    rounds = (Round(6), Round(6), Round(6), Round(6, after_break=True), Round(6), Round(6, after_break=True))
    assert rounds_of(replace(PROBLEM, rounds=rounds, rests={"p3": Rest(in_a_row=3)}), "p3") == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_two_who_need_one_helper_meet_once_and_take_turns_otherwise() -> None:
    problem = replace(PROBLEM, helpers={"Ira": ("p2", "p5")})
    first, second = rounds_of(problem, "p2"), rounds_of(problem, "p5")
    assert len(set(first) & set(second)) == 1
    assert sorted((len(first), len(second))) == [4, 5]


def test_a_helper_is_with_whom_a_kept_or_a_wished_meeting_needs_them() -> None:
    earlier = plan(PROBLEM)
    problem = replace(PROBLEM, helpers={"Ira": ("p2", "p5", "p9")}, wanted=(("p2", "p9"), ("p5", "p9")))
    assert check(problem, plan(problem, keep=earlier)) == []
    made = plan(problem)
    assert check(problem, made) == []
    assert made.certificate.unmet == ()


def after_two_talks() -> tuple[Problem, Timetable]:
    """A hall of six rounds whose p5 is at talks in the second and third; p2 comes with the same helper."""
    problem = replace(
        PROBLEM,
        rounds=(Round(6),) * 6,
        pairs=tuple(one for one in PROBLEM.pairs if one[:2] != ("p2", "p5")),
        helpers={"Ira": ("p2", "p5")},
    )
    table = empty(build(problem, 0))
    for round_, host in ((1, "p7"), (2, "p8")):
        table.attend(round_, tuple(map(table.model.ids.index, ("p5", host))))
    return problem, table


def test_who_has_been_at_talks_takes_fewer_turns_with_a_helper() -> None:
    _, table = after_two_talks()
    waiting = [(round_, table.model.ids[person]) for round_, person in sorted(take_turns(table))]
    assert waiting[:4] == [(0, "p5"), (1, "p2"), (2, "p2"), (3, "p5")]
    assert sorted(person for _, person in waiting[4:]) == ["p2", "p5"]


def test_a_helper_who_is_at_a_talk_has_no_place_at_a_table_in_that_round() -> None:
    problem, table = after_two_talks()
    [group] = sharing(table, problem)
    assert (group.places.tolist(), group.most) == ([1, 0, 0, 1, 1, 1], 4)
