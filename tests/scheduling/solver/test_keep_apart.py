"""Pairs to be kept apart meet only where wishes or fairness ask for it; pairs that have met never meet again."""

from dataclasses import replace
from itertools import combinations

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import GaveWay
from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i}" for i in range(8)]
PROBLEM = Problem(
    people=tuple(Person(one) for one in IDS),
    rounds=(Round(4),) * 3,
    # The best partners are those of one organisation: p0 to p3, and p4 to p7.
    pairs=tuple((a, b, 0.9 if (a < "p4") == (b < "p4") else 0.1) for a, b in combinations(IDS, 2)),
)
SAME = tuple((a, b) for a, b in combinations(IDS, 2) if (a < "p4") == (b < "p4"))


def met(problem: Problem) -> set[tuple[str, ...]]:
    made = plan(problem)
    assert check(problem, made) == []
    return {meeting.people for meeting in made.meetings}


def test_scores_alone_bring_one_organisation_together() -> None:
    assert met(PROBLEM) == set(SAME)


def test_those_to_be_kept_apart_do_not_meet_where_others_are_there() -> None:
    assert met(replace(PROBLEM, apart=SAME)).isdisjoint(SAME)
    assert met(replace(PROBLEM, met_before=SAME)).isdisjoint(SAME)


def test_nobody_sits_out_to_keep_two_people_apart() -> None:
    problem = replace(PROBLEM, rounds=(Round(4),) * 5, apart=SAME)
    made = plan(problem)
    assert check(problem, made) == []
    assert made.certificate.fewest_meetings == 5
    together = [meeting.people for meeting in made.meetings if meeting.people in SAME]
    assert len(together) == 4
    assert made.certificate.gave_way == tuple(
        GaveWay((a, b), f"{a} and {b} meet although they are to be kept apart.") for a, b in sorted(together)
    )


def test_a_wish_of_two_goes_before_keeping_them_apart() -> None:
    problem = replace(PROBLEM, met_before=SAME, wanted=(("p5", "p4"),))
    together = met(problem) & set(SAME)
    # With two of one side in a meeting, two of the other side are left over in that round.
    assert ("p4", "p5") in together
    assert len(together) == 2


def test_a_pair_that_has_met_today_never_meets_again_even_if_both_ask() -> None:
    problem = replace(PROBLEM, met=SAME, wanted=(("p5", "p4"),), fill=True)
    made = plan(problem)
    assert {meeting.people for meeting in made.meetings}.isdisjoint(SAME)
    assert [one.because for one in made.certificate.unmet] == ["p4 and p5 have met already."]
    assert check(problem, made) == []
