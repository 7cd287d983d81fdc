"""The job "review-plans": work out what stands against an event's plans as things stand, and keep it beside them."""

from datetime import UTC, datetime

from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.plans import kept_reviews
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.plans import plan_reviews


def review_plans(work: Work) -> JsonObject:
    """Return how many versions there are; `kept` is false if another began later, or somebody was erased."""
    assert work.event_id is not None
    with work.writing() as session:
        turn = plan_reviews.begin(session, work.event_id)
    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        if event is None:
            raise JobRefused("This event is no longer there.")
        at = datetime.now(UTC)
        rounds = begun(event, at)
        marks = plan_reviews.marks(session, work.event_id)
        found, of_plans = kept_reviews.found_now(session, event, at, marks)
    with work.writing() as session:
        kept = plan_reviews.keep(session, work.event_id, turn, kept_reviews.FORM, at, rounds, found, of_plans)
        return work.finish(session, {"plans": len(of_plans), "kept": kept})
