"""Meetings arranged by hand get the certificate that the planner would give them."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from matchmaker.scheduling.appraise import appraise
from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.problem import HostTable, LockedMeeting, Mixing, Person, Problem, Round
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i}" for i in range(10)]


def problem(seed: int) -> Problem:
    chance = random.Random(seed)
    return Problem(
        people=tuple(Person(one, None, chance.choice(["in", "out"])) for one in IDS),
        rounds=(Round(5),) * 4,
        pairs=tuple((a, b, round(chance.random(), 6)) for a, b in combinations(IDS, 2)),
        wanted=(("p0", "p1"),),
        double=(("p0", "p1"), ("p2", "p5"), ("p3", "p6")),
        host_tables=(HostTable(5, 2, "p7", 4, ("p8",), ("p9", "p2")),),
        locked_meetings=(LockedMeeting(1, 4, ("p4", "p9")),),
        mixing=Mixing(1),
    )


def by_hand(asked: Problem, seed: int) -> tuple[float, float]:
    """The bounds that a plan has as the planner made it, having seen that it keeps them when it is arranged."""
    made = plan(asked, seed=seed)
    shuffled = [replace(one, people=one.people[::-1], score=9.0) for one in reversed(made.meetings)]
    again = appraise(asked, shuffled, made.groups, seed=seed)
    assert check(asked, again) == []
    assert (again.meetings, again.groups) == (made.meetings, made.groups)
    assert again.certificate.gave_way == made.certificate.gave_way
    assert again.certificate.unmet == made.certificate.unmet
    return again.certificate.fair_bound, made.certificate.fair_bound


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_with_double_meetings_and_groups_is_appraised_as_when_it_was_made(seed: int) -> None:
    appraised, made = by_hand(problem(seed), seed)
    # The planner may know more, having solved a small event to the end.
    assert appraised >= made - 1e-6
    assert appraised <= made + 1.0


def test_two_rounds_of_one_pair_score_once_and_a_group_counts_as_a_meeting_of_each() -> None:
    asked = problem(3)
    made = plan(asked)
    doubles = [one for one in made.meetings if one.people == ("p0", "p1")]
    again = appraise(asked, made.meetings, made.groups)
    score = next(score for a, b, score in asked.pairs if (a, b) == ("p0", "p1"))
    assert [one.score for one in again.meetings if one.people == ("p0", "p1")] == [score, 0.0]
    assert len(doubles) == 2
    assert again.certificate.fewest_meetings == made.certificate.fewest_meetings
    without = appraise(asked, [one for one in made.meetings if one.people != ("p0", "p1")], made.groups)
    assert [unmet.people for unmet in without.certificate.unmet] == [("p0", "p1")]


def test_half_of_a_double_meeting_or_a_host_table_left_out_is_found_out() -> None:
    asked = problem(3)
    made = plan(asked)
    half = [one for one in made.meetings if one.people != ("p0", "p1") or one.score]
    assert [fault.rule for fault in check(asked, appraise(asked, half, made.groups))] == ["double"]
    assert [fault.rule for fault in check(asked, appraise(asked, made.meetings))] == ["host table"]
