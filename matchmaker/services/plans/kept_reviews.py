"""Keep what is found of an event's plans beside them, and read it while it is true; else it is worked out as before.

A page never shows findings of how things were: the database marks every change on which they depend
(`store.plans.plan_watch`), and a page that finds a mark works them out for itself. A job keeps them anew once the
clock finds a mark, or that a round has begun, for every event that is not over.
"""

from datetime import datetime, timedelta

from matchmaker.services import ask_for_work
from matchmaker.services.plans import next_findings, plan_findings, plan_paper, tell_partners
from matchmaker.services.plans.changed_since import ChangedSincePlan
from matchmaker.services.plans.changed_since import changed_since as find_changed_since
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.next_findings import NextFindings
from matchmaker.services.plans.plan_findings import PlanFindings
from matchmaker.services.plans.plan_paper import PlanPaper
from matchmaker.services.plans.review_plan import Review, review, review_beside
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.plans import plan_reviews, plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Session

KIND = "review-plans"
FORM = 4
"""Counts the forms and words of what is kept: a release that finds anything else, or says it otherwise, adds one."""
MOST_DRAFTS = 3
"""The published version is kept, and so many of the newest drafts; others are worked out when they are looked at."""
MOST_ASKED = 20
"""So many events are asked for at once, the soonest first, so that other work is not held up."""
KEPT_JOBS = timedelta(days=1)


def of_plan(session: Session, event: Event, plan: Plan, at: datetime) -> PlanFindings:
    """Return what there is to say of a version as things stand: as it is kept, or worked out now."""
    kept = plan_reviews.of_plan(session, plan, FORM, begun(event, at))
    if kept is not None:
        return plan_findings.from_json(kept)
    return plan_findings.find(session, review(session, event, plan), at)


def for_changing(session: Session, event: Event, plan: Plan, at: datetime) -> PlanFindings:
    """Return of what there is to say of a draft its faults, its talks and what is left out when it is changed.

    Each change by hand leaves a mark, so that the page after it works them out.
    """
    kept = plan_reviews.of_plan(session, plan, FORM, begun(event, at))
    if kept is not None:
        return plan_findings.from_json(kept)
    return plan_findings.find_for_changing(session, review(session, event, plan), at)


def for_publishing(
    session: Session, event: Event, plan: Plan, instead_of: Plan | None, at: datetime
) -> PlanFindings:
    """Return what there is to say of a version to whoever is about to publish it in place of another, or of none.

    Of a draft that is as it is kept; a version that was published before is compared with the one published now.
    """
    if plan.state is PlanState.DRAFT:
        return of_plan(session, event, plan, at)
    return plan_findings.find(session, review(session, event, plan), at, instead_of)


def of_next(session: Session, event: Event, at: datetime) -> NextFindings:
    """Return what there is to say of the next plan as things stand: as it is kept, or worked out now."""
    kept = plan_reviews.of_next(session, event.id, FORM, begun(event, at))
    return next_findings.from_json(kept) if kept is not None else next_findings.find(session, event.id)


def gaps(session: Session, event: Event, plan: Plan, at: datetime) -> int:
    """Return how many meetings of a version, in rounds that have not begun, cannot take place as things stand."""
    kept = plan_reviews.parts(session, plan, ["gaps"], FORM, begun(event, at))
    return int(kept[0]) if kept else tell_partners.gaps(session, event, plan.id, at)


def meetings_and_gaps(session: Session, event: Event, plan: Plan, at: datetime) -> tuple[int, int]:
    """Return how many meetings a version has, and how many of these cannot take place, as `gaps` counts them."""
    kept = plan_reviews.parts(session, plan, ["certificate", "gaps"], FORM, begun(event, at))
    if kept and kept[0]:
        return int(kept[0]["meetings"]), int(kept[1])
    return plans.meeting_count(session, plan.id), tell_partners.gaps(session, event, plan.id, at)


def changed_since(session: Session, event: Event, plan: Plan, at: datetime) -> ChangedSincePlan:
    """Return what has changed since a version was made, as things stand: as it is kept, or worked out now."""
    kept = plan_reviews.parts(session, plan, ["since"], FORM, begun(event, at))
    if kept and kept[0]:
        return ChangedSincePlan(**kept[0])
    return find_changed_since(session, event, plan, at)


def paper(session: Session, event: Event, plan: Plan, at: datetime) -> PlanPaper:
    """Return what there is to tell of the sheets of a version as things stand: as it is kept, or worked out now.

    Of a plan for many, a kind of which the first file is newer than what is kept is worked out now as well.
    """
    wanted = plan_paper.wanted(session, event, plan)
    kept = plan_reviews.paper(session, plan, FORM, begun(event, at))
    found = plan_paper.from_json(kept) if kept is not None else None
    if found is None or not found.tells(wanted):
        found = plan_paper.find(session, review(session, event, plan), at, wanted)
    return found


def sound_paper(session: Session, event: Event, plan: Plan, at: datetime) -> PlanPaper | None:
    """Return what `paper` does, or None for a version at fault; a plan of which nothing is kept is read once."""
    kept = plan_reviews.parts(session, plan, ["faults"], FORM, begun(event, at))
    if kept is not None:
        return None if kept[0] else paper(session, event, plan, at)
    seen = review(session, event, plan)
    if seen.faults:
        return None
    return plan_paper.find(session, seen, at, plan_paper.wanted(session, event, plan))


def found_now(
    session: Session, event: Event, at: datetime
) -> tuple[JsonObject, dict[int, tuple[JsonObject, JsonObject]]]:
    """Work out what is to be kept of an event: of the next plan, and of each version and its sheets by its id."""
    seen: Review | None = None
    found = {}
    for plan in _looked_at(session, event.id):
        seen = review_beside(session, seen, plan) if seen else review(session, event, plan)
        wanted = () if seen.faults else plan_paper.wanted(session, event, plan)
        found[plan.id] = (
            plan_findings.as_json(plan_findings.find(session, seen, at)),
            plan_paper.as_json(plan_paper.find(session, seen, at, wanted)),
        )
    return next_findings.as_json(next_findings.find(session, event.id)), found


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
