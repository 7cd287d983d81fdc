"""A published plan and the next draft, for benchmarks: dealt out and appraised, so that it passes the checker."""

import json
import random
from datetime import timedelta

from benchmarks.made import BEGINS, Made, put
from matchmaker.scheduling.appraise import appraise
from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Meeting as Planned
from matchmaker.services.plans.hall import coming, gather
from matchmaker.services.plans.passed_check import note_passed
from matchmaker.services.plans.unmet_wishes import note_prices
from matchmaker.store.plans import planned_people
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Session

ROUNDS = 12


def publish_plan(session: Session, made: Made, chance: random.Random) -> None:
    """Publish a plan in which as good as everybody who said yes meets somebody in every round, and draft the next."""
    hall = gather(session, made.event_id, coming(session, made.event_id))
    there = sorted(hall.there)
    meetings = _dealt(there, hall.forbidden)
    pairs = {pair: round(chance.random(), 4) for _, _, pair in meetings}
    for one in there:
        for other in chance.sample(there, min(20, len(there))):
            pair = (min(one, other), max(one, other))
            if one != other and pair not in hall.forbidden:
                pairs.setdefault(pair, round(chance.random(), 4))
    problem = hall.problem((str(a), str(b), score) for (a, b), score in sorted(pairs.items()))
    planned = [Planned(number, table, (str(a), str(b)), 0.0) for number, table, (a, b) in meetings]
    solution = appraise(problem, planned)
    kept = {
        "event_id": made.event_id,
        "problem": json.loads(json_text.problem_to_json(problem)),
        "certificate": json.loads(json_text.plan_to_json(solution))["certificate"],
        "rounds": list(hall.rounds),
        "tables": list(hall.tables),
    }
    for version, state in enumerate((PlanState.PUBLISHED, PlanState.DRAFT), start=1):
        plan = Plan(
            version=version,
            state=state,
            published_at=BEGINS - timedelta(days=10) if state is PlanState.PUBLISHED else None,
            **kept,
        )
        session.add(plan)
        session.flush()
        planned_people.note(session, plan, hall.introduced)
        note_prices(plan, problem, solution)
        note_passed(
            plan,
            (
                NewMeeting(one.round, one.table, tuple(map(int, one.people)), one.score, [], locked=False)
                for one in solution.meetings
            ),
        )
        sat = [
            {
                "plan_id": plan.id,
                "round_number": one.round,
                "table_number": one.table,
                "score": one.score,
                "why": [],
            }
            for one in solution.meetings
        ]
        ids = put(session, Meeting, sat)
        put(
            session,
            Seat,
            (
                {
                    "meeting_id": id_,
                    "person_id": int(one),
                    "plan_id": plan.id,
                    "round_number": meeting.round,
                    "stands_in": [],
                }
                for id_, meeting in zip(ids, solution.meetings, strict=True)
                for one in meeting.people
            ),
        )


def _dealt(there: list[int], forbidden: frozenset[tuple[int, int]]) -> list[tuple[int, int, tuple[int, int]]]:
    """Return (round, table, pair) of meetings in which as good as everybody meets somebody new in every round."""
    meetings: list[tuple[int, int, tuple[int, int]]] = []
    met: set[tuple[int, int]] = set(forbidden)
    for number in range(ROUNDS):
        free, table = set(there), 0
        for place, one in enumerate(there):
            others = (there[(place + 1 + step * (number + 3)) % len(there)] for step in range(1, 60))
            fits = (x for x in others if x in free and x != one and (min(one, x), max(one, x)) not in met)
            other = next(fits, None) if one in free else None
            if other is None:
                continue
            pair, table = (min(one, other), max(one, other)), table + 1
            free -= {one, other}
            met.add(pair)
            meetings.append((number + 1, table, pair))
    return meetings
