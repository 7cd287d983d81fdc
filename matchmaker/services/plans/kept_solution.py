"""A kept plan as the checker reads it: its problem, its meetings and talks, and what is left without the erased."""

import json
from collections.abc import Iterable, Set
from dataclasses import replace

from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Meeting as Sitting
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.plan import Talk as PlannedTalk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.plans.talks import Talk

CLAIMS = frozenset(
    {
        "score",
        "total",
        "bound",
        "fair_bound",
        "ratio",
        "fewest meetings",
        "double sit-outs",
        "unmet",
        "reason",
        "gave way",
        "stars",
    }
)
"""What the certificate says of the plan as it was made; it cannot be added up again without an erased person."""


def without(erased: Set[str], problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    """Return a problem and its solution without what cannot be as it was since these people are gone.

    That is meetings with nobody else, locked or not, and talks that one of them was to host. What the certificate
    says stays, and is true no more (`CLAIMS`).
    """
    hosted = {one.id for one in problem.topics if not erased.isdisjoint(one.hosts)}
    locked = tuple(one for one in problem.locked_meetings if erased.isdisjoint(one.people))
    return replace(problem, locked_meetings=locked), replace(
        solution,
        meetings=tuple(one for one in solution.meetings if len(one.people) > 1),
        talks=tuple(one for one in solution.talks if one.topic not in hosted),
    )


def kept_problem(plan: Plan) -> Problem:
    """Return the problem a kept plan was made from."""
    return json_text.problem_from_object(plan.problem)


def kept_solution(plan: Plan, sat: Iterable[Sat], talks: Iterable[Talk]) -> Solution:
    """Return a kept plan with its meetings and talks as the checker wants to see it, in the planner's numbers."""
    round_at = {number: place for place, number in enumerate(plan.rounds, start=1)}
    table_at = {number: place for place, number in enumerate(plan.tables, start=1)}
    written = json.dumps({"meetings": [], "certificate": plan.certificate})
    return Solution(
        meetings=tuple(
            Sitting(
                # A number the event does not have is no round or table of the planner's, and a fault.
                round=round_at.get(meeting.round_number, 0),
                table=table_at.get(meeting.table_number, 0),
                people=tuple(map(str, meeting.people)),
                score=meeting.score,
            )
            for meeting in sat
        ),
        certificate=json_text.plan_from_json(written).certificate,
        talks=tuple(
            PlannedTalk(
                round_at.get(talk.round_number, 0),
                str(talk.table_number),
                str(talk.topic_id),
                tuple(sorted(str(seat.person_id) for seat in talk.seats)),
            )
            for talk in talks
        ),
    )
