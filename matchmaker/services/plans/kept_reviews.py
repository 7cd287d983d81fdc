"""Keep what is found of an event's plans beside them, and read it while it is true; else it is worked out as before.

The database marks every change on which findings depend, and whom it concerns (`store.plans.plan_watch`). Where only
some people have changed, what is counted of meetings and people is brought forward by these alone, and is as good
as new. What takes long to work out, of a plan for many, is shown as it stood when it was last worked out, with that
time, unless it is a draft that has been changed since; of a plan for few the page works it out. A job keeps all
anew once the clock finds a mark, or that a round has begun, for every event that is not over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from matchmaker.services import ask_for_work
from matchmaker.services.people import coming
from matchmaker.services.plans import changed_since as since
from matchmaker.services.plans import next_findings, plan_findings, plan_paper, tell_partners
from matchmaker.services.plans.changed_since import ChangedSincePlan
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.next_findings import NextFindings
from matchmaker.services.plans.plan_findings import PlanFindings
from matchmaker.services.plans.plan_paper import PlanPaper
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.plans import meetings_off, plan_reviews, plans
from matchmaker.store.plans.plan_reviews import Kept, Marks
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Session

KIND = "review-plans"
FORM = 9
"""Counts the forms and words of what is kept: a release that finds anything else, or says it otherwise, adds one."""
MOST_DRAFTS = 3
"""The published version is kept, and so many of the newest drafts; others are worked out when they are looked at."""
MOST_ASKED = 20
"""So many events are asked for at once, the soonest first, so that other work is not held up."""
KEPT_JOBS = timedelta(days=1)
EVERYTHING = Marks(everything=True)
FEW = 200
"""What is found of a plan for so many people is worked out by a page itself, in some tenths of a second."""

Found = TypeVar("Found")
OfVersion = tuple[JsonObject, JsonObject]
"""What there is to say of a version, and to tell of its sheets."""


@dataclass(frozen=True)
class AsItStood(Generic[Found]):
    """What is found, and as things stood when: None, as they stand now."""

    found: Found
    stood: datetime | None = None


def of_plan(session: Session, event: Event, plan: Plan, at: datetime) -> AsItStood[PlanFindings]:
    """Return what there is to say of a version: as it is kept, or worked out now."""
    marks = plan_reviews.marks(session, event.id)
    kept = plan_reviews.whole(session, plan, FORM)
    if kept is not None and _shown(event, plan, marks, kept, at):
        return AsItStood(plan_findings.from_json(kept.parts[0]), _stood(event, plan, marks, kept, at))
    return AsItStood(plan_findings.find(session, review(session, event, plan), at))


def for_changing(session: Session, event: Event, plan: Plan, at: datetime) -> AsItStood[PlanFindings]:
    """Return of what there is to say of a draft its faults, its talks and what is left out when it is changed.

    A change by hand looks at all meetings (`edit_by_hand.edit`). After it none is left out, until something else
    changes; of a plan for many, that is shown as it stood then until it is reviewed. Talks are as they stand.
    """
    marks = plan_reviews.marks(session, event.id)
    kept = plan_reviews.of_plan(session, plan, ["faults", "left_out"], FORM)
    sound = plan_reviews.sound(session, plan) if plan.id in marks.drafts else None
    if kept is not None and _shown(event, plan, marks, kept, at):
        faults, left_out = (tuple(one) for one in kept.parts)
        stood = _stood(event, plan, marks, kept, at)
    elif sound is not None and (not marks.of_all or plan.people > FEW):
        faults, left_out, stood = (), (), sound if marks.of_all else None
    else:
        return AsItStood(plan_findings.find_for_changing(session, review(session, event, plan), at))
    if faults:
        return AsItStood(PlanFindings(faults=faults), stood)
    talks = plan_findings.talks_now(session, event, plan)
    return AsItStood(PlanFindings(talks=talks, left_out=left_out), stood)


def for_publishing(
    session: Session, event: Event, plan: Plan, instead_of: Plan | None, at: datetime
) -> AsItStood[PlanFindings]:
    """Return what there is to say of a version to whoever is about to publish it in place of another, or of none.

    Of a draft that is as it is kept; a version that was published before is compared with the one published now.
    """
    if plan.state is PlanState.DRAFT:
        return of_plan(session, event, plan, at)
    return AsItStood(plan_findings.find(session, review(session, event, plan), at, instead_of))


def of_next(session: Session, event: Event, at: datetime) -> AsItStood[NextFindings]:
    """Return what there is to say of the next plan: as it is kept, or worked out now."""
    marks = plan_reviews.marks(session, event.id)
    newest = plans.latest(session, event.id)
    kept = plan_reviews.of_next(session, event.id, FORM)
    if kept is not None:
        found = next_findings.from_json(kept.parts[0])
        same = found.newest == next_findings.as_newest(newest)
        now = same and not marks.of_all and kept.begun == begun(event, at)
        if now or (same and found.people > FEW):
            return AsItStood(found, None if now else kept.at)
    return AsItStood(next_findings.find(session, event.id))


def gaps(session: Session, event: Event, plan: Plan, at: datetime) -> int:
    """Return how many meetings of a version, in rounds that have not begun, cannot take place as things stand."""
    marks = plan_reviews.marks(session, event.id)
    kept = plan_reviews.of_plan(session, plan, _COUNTED, FORM)
    return _meetings_and_gaps(session, event, plan, at, marks, kept)[1]


def counted(
    session: Session, event: Event, shown: Plan, newest: Plan, at: datetime
) -> tuple[int, int, ChangedSincePlan]:
    """Return how many meetings a shown version has, its `gaps`, and what has changed since the newest was made."""
    marks = plan_reviews.marks(session, event.id)
    kept = plan_reviews.of_plan(session, shown, (*_COUNTED, _SINCE), FORM)
    newer = kept if newest is shown else plan_reviews.of_plan(session, newest, (*_COUNTED, _SINCE), FORM)
    numbers = _meetings_and_gaps(session, event, shown, at, marks, kept)
    return *numbers, _changed_since(session, event, newest, at, marks, newer)


_COUNTED, _SINCE = ("certificate", "off", "gaps"), "since"
"""Parts of what is kept of a version."""


def _meetings_and_gaps(
    session: Session, event: Event, plan: Plan, at: datetime, marks: Marks, kept: Kept | None
) -> tuple[int, int]:
    if kept is None or not kept.parts[0] or marks.everything or plan.id in marks.drafts:
        return plans.meeting_count(session, plan.id), tell_partners.gaps(session, event, plan.id, at)
    if _stood(event, plan, marks, kept, at) is None:
        return int(kept.parts[0]["meetings"]), int(kept.parts[2])
    off = {*kept.parts[1]}
    if marks.people:
        theirs = meetings_off.with_any(session, plan.id, marks.people)
        on, _ = coming.can_meet(session, event.id, theirs)
        off = (off - theirs.keys()) | (theirs.keys() - on)
    return int(kept.parts[0]["meetings"]), tell_partners.gaps(session, event, plan.id, at, off)


def _changed_since(
    session: Session, event: Event, plan: Plan, at: datetime, marks: Marks, kept: Kept | None
) -> ChangedSincePlan:
    """Return what has changed since a version was made, as things stand."""
    known = kept is not None and kept.parts[-1] and kept.begun == begun(event, at)
    if kept is None or not known or marks.everything or plan.id in marks.drafts:
        return since.changed_since(session, event, plan, at)
    was = since.from_json(kept.parts[-1])
    if marks.people:
        was = since.bring_forward(session, event, plan, was, marks.people, at)
    return was.counted()


def paper(session: Session, event: Event, plan: Plan, at: datetime) -> AsItStood[PlanPaper]:
    """Return what there is to tell of the sheets of a version: as it is kept, or worked out now.

    Of a plan for many, a kind of which the first file is newer than what is kept is worked out now as well.
    """
    marks, kept = plan_reviews.marks(session, event.id), plan_reviews.paper(session, plan, FORM)
    holds = kept is not None and not kept.parts[1] and _shown(event, plan, marks, kept, at)
    return _paper(session, event, plan, at, marks, kept if holds else None)


def sound_paper(session: Session, event: Event, plan: Plan, at: datetime) -> AsItStood[PlanPaper] | None:
    """Return what `paper` does, or None for a version at fault; a plan of which nothing is kept is read once."""
    marks, kept = plan_reviews.marks(session, event.id), plan_reviews.paper(session, plan, FORM)
    if kept is not None and _shown(event, plan, marks, kept, at):
        return None if kept.parts[1] else _paper(session, event, plan, at, marks, kept)
    seen = review(session, event, plan)
    if seen.faults:
        return None
    return AsItStood(plan_paper.find(session, seen, at, plan_paper.wanted(session, event, plan)))


def _paper(
    session: Session, event: Event, plan: Plan, at: datetime, marks: Marks, kept: Kept | None
) -> AsItStood[PlanPaper]:
    """Return what is kept of the sheets of a version, if that tells of all that is wanted, or work it out."""
    wanted = plan_paper.wanted(session, event, plan)
    found = plan_paper.from_json(kept.parts[0]) if kept else None
    if kept is not None and found is not None and found.tells(wanted):
        return AsItStood(found, _stood(event, plan, marks, kept, at))
    return AsItStood(plan_paper.find(session, review(session, event, plan), at, wanted))


def _shown(event: Event, plan: Plan, marks: Marks, kept: Kept, at: datetime) -> bool:
    """Whether what is kept of a version is shown: it holds now, or stood lately and would take long to work out."""
    if plan.id in marks.drafts:
        return False
    return plan.people > FEW or _stood(event, plan, marks, kept, at) is None


def _stood(event: Event, plan: Plan, marks: Marks, kept: Kept, at: datetime) -> datetime | None:
    """Return as things stood when what is kept of a version holds: None, as they stand now."""
    now = not marks.of_all and plan.id not in marks.drafts and kept.begun == begun(event, at)
    return None if now else kept.at


def found_now(
    session: Session, event: Event, at: datetime, marks: Marks = EVERYTHING
) -> tuple[JsonObject, dict[int, OfVersion | None]]:
    """Work out what is to be kept of an event: of the next plan, and of each version and its sheets by its id.

    None for a version of which what is kept is true, as these marks are all there are: a change by hand to one draft
    concerns no other version, and not the next plan.
    """
    seen: Review | None = None
    found: dict[int, OfVersion | None] = {}
    for plan in _looked_at(session, event.id):
        if not marks.of_all and _holds(session, event, plan, marks, at):
            found[plan.id] = None
            continue
        seen = seen.beside(plan) if seen else review(session, event, plan)
        wanted = () if seen.faults else plan_paper.wanted(session, event, plan)
        found[plan.id] = (
            plan_findings.as_json(plan_findings.find(session, seen, at)),
            plan_paper.as_json(plan_paper.find(session, seen, at, wanted)),
        )
    return next_findings.as_json(_next_now(session, event, at, marks, seen)), found


def _holds(session: Session, event: Event, plan: Plan, marks: Marks, at: datetime) -> bool:
    """Whether what is kept of a version is true now."""
    kept = plan_reviews.of_plan(session, plan, ["faults"], FORM)
    return kept is not None and _stood(event, plan, marks, kept, at) is None


def _next_now(
    session: Session, event: Event, at: datetime, marks: Marks, seen: Review | None
) -> NextFindings:
    kept = None if marks.of_all else plan_reviews.of_next(session, event.id, FORM)
    if kept is not None and kept.begun == begun(event, at):
        found = next_findings.from_json(kept.parts[0])
        if found.newest == next_findings.as_newest(plans.latest(session, event.id)):
            return found
    return next_findings.find(session, event.id, seen)


def _looked_at(session: Session, event_id: int) -> list[Plan]:
    versions = plans.versions(session, event_id)
    drafts = [one for one in versions if one.state is PlanState.DRAFT][:MOST_DRAFTS]
    return drafts + [one for one in versions if one.state is PlanState.PUBLISHED]


def ask_where_stale(session: Session, at: datetime) -> list[int]:
    """Ask for the reviews of each event of which none are kept that are true; return the ids of the events.

    Marks of events that are over are taken away with what was kept of them, as nothing is kept of them any more.
    """
    jobs.forget(session, KIND, at - KEPT_JOBS)
    ahead = {event.id: event for event in plan_reviews.to_review(session, at.date())}
    for event_id in plan_reviews.marked(session):
        if event_id not in ahead:
            plan_reviews.forget_all(session, event_id)
    current = plan_reviews.current(session, FORM)
    asked = []
    for event in ahead.values():
        if current.get(event.id) != begun(event, at) and not jobs.any_open(session, event.id, [KIND]):
            ask_for_work.ask(session, KIND, event.id, None)
            asked.append(event.id)
        if len(asked) == MOST_ASKED:
            break
    return asked
