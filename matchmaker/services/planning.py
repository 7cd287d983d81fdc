"""Planning all meetings of an event: read what they depend on, keep what `solving` makes of it, publish it.

`load` and `save` speak to the database; `solving.solve` between them does not, so that minutes of work hold
no transaction.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.scheduling import files
from matchmaker.scheduling.plan import Plan as Solution
from matchmaker.scheduling.problem import Problem
from matchmaker.services.gathering import Hall, coming, gather
from matchmaker.store import events, people, plans, profiles
from matchmaker.store.base import JsonObject
from matchmaker.store.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Session


class PeopleGone(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody in the plan was erased while it was being made."""


class PublishedMeanwhile(Exception):  # noqa: N818 - it is an answer, not a fault
    """Another version was published since the page was opened."""


@dataclass(frozen=True)
class Inputs:
    """All that a plan is made from."""

    hall: Hall
    profiles: tuple[Profile, ...]
    catalogue: tuple[DatasetLink, ...]


@dataclass(frozen=True)
class Solved:
    """A plan that keeps every rule of its problem; `why` has the reasons of each meeting, in their order."""

    hall: Hall
    problem: Problem
    plan: Solution
    why: tuple[list[JsonObject], ...]


def load(session: Session, event_id: int) -> Inputs:
    """Read what a plan of this event is made from. A fixed number of queries."""
    rows = coming(session, event_id)
    hall = gather(session, event_id, rows)
    return Inputs(
        hall=hall,
        profiles=tuple(one for one in profiles.at_event(session, event_id) if int(one.id) in hall.there),
        catalogue=tuple(profiles.catalogue(session)),
    )


def missing(hall: Hall) -> str:
    """Return what the event lacks for a plan, as a sentence that says what to do, or ""."""
    present = sum(1 for rounds in hall.there.values() if rounds)
    if not hall.rounds:
        return "There are no rounds yet. Add the rounds on the set-up page, then make the plan."
    if not hall.tables:
        return "There are no tables yet. Add the tables on the set-up page, then make the plan."
    if not hall.there:
        return "Nobody is coming yet. Import or add people, then make the plan."
    if present < 2:
        return "A meeting needs two people, and fewer than two are here for a whole round. Add people first."
    return ""


def save(session: Session, event_id: int, solved: Solved, made_by_id: int | None) -> Plan:
    """Keep a solved plan as the event's next version, a draft.

    Raises PeopleGone if somebody in it was erased since it was read.
    """
    events.lock(session, event_id)
    planned = {int(one) for meeting in solved.plan.meetings for one in meeting.people}
    if len(people.by_ids(session, planned)) < len(planned):
        raise PeopleGone
    plan = Plan(
        event_id=event_id,
        version=plans.next_version(session, event_id),
        problem=json.loads(files.problem_to_json(solved.problem)),
        certificate=json.loads(files.plan_to_json(solved.plan))["certificate"],
        rounds=list(solved.hall.rounds),
        tables=list(solved.hall.tables),
        made_by_id=made_by_id,
    )
    session.add(plan)
    session.flush()
    for meeting, why in zip(solved.plan.meetings, solved.why, strict=True):
        row = Meeting(
            plan_id=plan.id,
            round_number=solved.hall.rounds[meeting.round - 1],
            table_number=solved.hall.tables[meeting.table - 1],
            score=meeting.score,
            why=why,
        )
        row.seats = [
            Seat(person_id=int(one), plan_id=plan.id, round_number=row.round_number)
            for one in sorted(meeting.people, key=int)
        ]
        session.add(row)
    session.flush()
    return plan


def publish(session: Session, plan: Plan, instead_of: str, at: datetime) -> Plan | None:
    """Publish a version in place of the one published so far, which is returned.

    `instead_of` is the public id of the published plan as the organiser's page showed it, "" for none. Raises
    PublishedMeanwhile if that is no longer so.
    """
    events.lock(session, plan.event_id)
    before = plans.published(session, plan.event_id)
    if (before.public_id if before else "") != instead_of or before is plan:
        raise PublishedMeanwhile
    if before is not None:
        before.state = PlanState.SUPERSEDED
        session.flush()
    plan.state = PlanState.PUBLISHED
    plan.published_at = at
    session.flush()
    return before
