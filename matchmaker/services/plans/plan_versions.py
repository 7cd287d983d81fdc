"""Make a version of the plan: read what it depends on, keep what `solve_plan` makes of it, publish it.

`load` and `save` talk to the database; `solve_plan.solve` between them does not, so that no transaction stays open
during minutes of work.
"""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.counts import plural
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.services.plans import begun_rounds, stand_ins
from matchmaker.services.plans.hall import Hall, coming, gather
from matchmaker.services.plans.keep_meetings import PlanningWay, ToKeep, keep, read
from matchmaker.services.plans.passed_check import note_passed
from matchmaker.services.plans.place_topics import as_kept
from matchmaker.services.plans.unmet_wishes import note_prices
from matchmaker.services.plans.when_and_where import as_it_stands
from matchmaker.services.suggestions import forget_work
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.people import people, presence, profiles
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans import new_meetings, planned_people, plans, talks
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Session


class PeopleGone(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody in the plan was erased while it was being made."""


class PublishedMeanwhile(Exception):  # noqa: N818 - it is an answer, not a fault
    """Another version was published since the page was opened."""


class PublishedAlready(Exception):  # noqa: N818 - it is an answer, not a fault
    """This very version is the published one: somebody pressed twice, or two organisers at once."""


class EditedMeanwhile(Exception):  # noqa: N818 - it is an answer, not a fault
    """The draft was changed by hand since the page was opened."""


class RoundsBegun(Exception):  # noqa: N818 - it is an answer, not a fault
    """In rounds that have begun the version has others together than sit there; the message says so."""


@dataclass(frozen=True)
class Inputs:
    """All that a plan is made from; `unanswered` tells whether it is also for those who have not said yes or no.

    `absent` are so many for whom it is not, as they are marked as not here. `read_at` is when all this was so.
    """

    read_at: datetime
    kept: ToKeep
    profiles: tuple[Profile, ...]
    catalogue: tuple[DatasetLink, ...]
    unanswered: bool = False
    absent: int = 0

    @property
    def hall(self) -> Hall:
        """Who is there when, and which rules hold."""
        return self.kept.hall


@dataclass(frozen=True)
class SolvedPlan:
    """A plan that keeps every rule of its problem; `why` has the reasons of each meeting, in their order."""

    inputs: Inputs
    problem: Problem
    plan: Solution
    why: tuple[list[JsonObject], ...]


def load(
    session: Session,
    event_id: int,
    at: datetime,
    way: PlanningWay = PlanningWay.AFRESH,
    *,
    unanswered: bool = False,
) -> Inputs:
    """Read what the next plan of this event is made from, at this moment. A fixed number of queries."""
    event = events.by_id(session, event_id)
    assert event is not None
    hall = gather(session, event_id, coming(session, event_id, unanswered=unanswered))
    kept = keep(hall, read(session, event, at), way)
    return Inputs(
        read_at=at,
        kept=kept,
        profiles=tuple(one for one in profiles.at_event(session, event_id) if int(one.id) in kept.hall.there),
        catalogue=tuple(profiles.catalogue(session)),
        unanswered=unanswered,
        absent=presence.count_by_presence(session, event_id)[Presence.ABSENT],
    )


@dataclass(frozen=True)
class Lack:
    """One thing without which no plan can be made: "rounds", "tables", "people" or "presence"; what to say of it."""

    of: str
    title: str
    words: str


def missing(hall: Hall, absent: int) -> tuple[Lack, ...]:
    """Return all that the event lacks for a plan, in the order in which it is best done.

    `absent` are so many who would be planned for, were they not marked as not here.
    """
    return tuple(one for one in (_rounds(hall), _tables(hall), _people(hall, absent)) if one)


def _rounds(hall: Hall) -> Lack | None:
    if hall.rounds:
        return None
    return Lack("rounds", "There are no rounds yet", "A round is a slot of time in which people meet.")


def _tables(hall: Hall) -> Lack | None:
    if hall.tables or (hall.places.topics and hall.places.tables):
        return None
    return Lack("tables", "There are no tables yet", "Two people meet at each table in each round.")


def _people(hall: Hall, absent: int) -> Lack | None:
    if len(hall.there) < 2 and absent:
        title = "Only one person is here" if hall.there else "Nobody is here"
        marked = plural(absent, "person is", "people are")
        return Lack(
            "presence", title, f"{marked} marked as not here. Check in at the desk whoever comes after all."
        )
    if not hall.there:
        words = (
            "A plan is for who said yes: import or add people, or mark as coming those of whom you know it."
        )
        return Lack("people", "Nobody is coming yet", words)
    if len(hall.there) < 2:
        return Lack("people", "Only one person is coming so far", "A meeting needs two people.")
    if hall.rounds and sum(1 for rounds in hall.there.values() if rounds) < 2:
        words = "A meeting needs two people. Say who is here and when, or change the rounds."
        return Lack("people", "Fewer than two people are here for a whole round", words)
    return None


def save(session: Session, event_id: int, solved: SolvedPlan, made_by_id: int | None) -> Plan:
    """Keep a solved plan as the event's next version, a draft.

    Raises PeopleGone if somebody in it was erased since it was read.
    """
    events.lock(session, event_id)
    planned = {int(one) for meeting in solved.plan.meetings for one in meeting.people}
    planned |= {int(one) for talk in solved.plan.talks for one in talk.people}
    there = people.by_ids(session, planned)
    if len(there) < len(planned):
        raise PeopleGone
    # Some may have hidden their name while the plan was worked out.
    unnamed = {one.id for one in there.values() if not one.show_name}
    hall, kept = solved.inputs.hall, solved.inputs.kept
    plan = Plan(
        event_id=event_id,
        version=plans.next_version(session, event_id),
        problem=json_text.problem_to_object(solved.problem),
        certificate=json_text.certificate_to_object(solved.plan.certificate),
        rounds=list(hall.rounds),
        tables=list(hall.tables),
        fixed_rounds=sorted(kept.fixed),
        unanswered=solved.inputs.unanswered,
        made_by_id=made_by_id,
        # A round that has begun since then was none that had to stay.
        made_at=solved.inputs.read_at,
    )
    session.add(plan)
    session.flush()
    planned_people.note(session, plan, hall.introduced)
    locked = {(one.round, frozenset(one.people)) for one in kept.locked}
    meetings = [
        NewMeeting(
            number := hall.rounds[meeting.round - 1],
            hall.tables[meeting.table - 1],
            people_ids := tuple(sorted(map(int, meeting.people))),
            meeting.score,
            forget_work.left_of(why, unnamed),
            (number, frozenset(people_ids)) in locked,
        )
        for meeting, why in zip(solved.plan.meetings, solved.why, strict=True)
    ]
    new_meetings.add_meetings(session, plan, meetings)
    held = as_kept(solved.plan.talks, hall.rounds)
    talks.keep(session, plan, held)
    note_prices(plan, solved.problem, solved.plan)
    note_passed(plan, meetings, held)
    return plan


def publish(session: Session, plan: Plan, instead_of: str, revision: str, at: datetime) -> Plan | None:
    """Publish a version in place of the one published so far, which is returned.

    `instead_of` is the public id of the published plan as the organiser's page showed it, "" for none, and
    `revision` the state of the version there. Raises PublishedMeanwhile or EditedMeanwhile if that is no longer so,
    PublishedAlready for the published version itself, and RoundsBegun for one that would send people elsewhere now.
    """
    events.lock(session, plan.event_id)
    session.refresh(plan, ["revision", "state"])
    before = plans.published(session, plan.event_id)
    if before is plan:
        raise PublishedAlready
    if (before.public_id if before else "") != instead_of:
        raise PublishedMeanwhile
    if str(plan.revision) != revision:
        raise EditedMeanwhile
    event = events.by_id(session, plan.event_id)
    assert event is not None
    if rounds := begun_rounds.rewritten(session, event, plan, before, at):
        raise RoundsBegun(begun_rounds.why_not(rounds))
    if before is not None:
        before.state = PlanState.SUPERSEDED
        session.flush()
    stand_ins.note(session, plan)
    plan.state = PlanState.PUBLISHED
    plan.published_at = at
    plan.when_and_where = as_it_stands(event).kept()
    session.flush()
    return before
