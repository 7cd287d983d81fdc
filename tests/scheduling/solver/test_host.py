"""Host tables hold a small group for a round, and everything else is planned around it."""

from dataclasses import replace
from itertools import combinations

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Group
from matchmaker.scheduling.problem.problem import HostTable, Person, Problem, Rest, Round
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.stand_ins import reserves

IDS = [f"p{i}" for i in range(12)]
TABLE = HostTable(4, 2, "p0", 4, ("p1",), ("p2", "p3", "p4", "p5"))
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(6),) * 4,
    pairs=tuple((a, b, (7 * int(a[1:]) + 13 * int(b[1:])) % 101 / 101) for a, b in combinations(IDS, 2)),
    forbidden=(("p1", "p2"),),
    host_tables=(TABLE,),
)


def test_the_host_and_those_named_are_there_and_guests_fill_the_seats() -> None:
    made = plan(PROBLEM)
    assert check(PROBLEM, made) == []
    # p2 must never meet p1, who is named.
    assert made.groups == (Group(2, 4, "p0", ("p0", "p1", "p3", "p4")),)
    busy = {one for meeting in made.meetings if meeting.round == 2 for one in meeting.people}
    assert busy.isdisjoint(made.groups[0].people)
    assert made.certificate.fewest_meetings == 4


def test_sitting_in_a_group_is_not_having_met() -> None:
    made = plan(replace(PROBLEM, wanted=(("p0", "p1"),)))
    assert [meeting.round for meeting in made.meetings if meeting.people == ("p0", "p1")] != []


def test_those_who_were_guests_least_often_come_first() -> None:
    second = HostTable(5, 3, "p6", 3, (), ("p3", "p4", "p5", "p2"))
    made = plan(replace(PROBLEM, host_tables=(TABLE, second)))
    assert made.groups[1].people == ("p2", "p5", "p6")


def test_guests_keep_their_seats_when_the_plan_is_made_again() -> None:
    made = plan(PROBLEM)
    later = replace(PROBLEM, host_tables=(replace(TABLE, interested=("p7", "p5", "p4", "p3")),))
    again = plan(later, keep=made)
    assert check(later, again) == []
    assert again.groups == made.groups
    assert again.meetings == made.meetings


def test_nobody_in_a_group_is_a_reserve_in_that_round() -> None:
    problem = replace(PROBLEM, rounds=(Round(4),) * 4)
    made = plan(problem)
    named = {one for (round_, _), others in reserves(problem, made).items() if round_ == 2 for one in others}
    assert named
    assert named.isdisjoint(made.groups[0].people)


def test_a_seat_in_a_group_counts_towards_the_most_meetings_of_somebody_who_rests() -> None:
    problem = replace(PROBLEM, rests={"p1": Rest(most=2)})
    made = plan(problem)
    assert check(problem, made) == []
    assert sum("p1" in held.people for held in made.held) == 2
