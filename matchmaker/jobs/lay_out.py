"""What jobs about a plan share: reading the plan they are for, and laying sheets out as a PDF."""

from collections.abc import Callable

from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event import events
from matchmaker.store.plans import plans
from matchmaker.store.session import Session


def plan_of(work: Work, session: Session) -> Review:
    """Return the plan that a job's details name. Raises JobRefused if it is gone or no longer passes its check."""
    assert work.event_id is not None
    event = events.by_id(session, work.event_id)
    plan = plans.by_public_id(session, work.event_id, work.details["plan"])
    if event is None or plan is None:
        raise JobRefused("This plan is no longer there. Choose another version.")
    seen = review(session, event, plan)
    if seen.faults:
        raise JobRefused("This plan no longer passes its check, so it cannot be used. Make the plan again.")
    return seen


def laid_out(work: Work, pdf: Callable[[], bytes], nothing: str) -> bytes:
    """Return the PDF. Raises JobRefused: `nothing` are the words if no sheet is in it."""
    work.progress(0, 1, "Laying out the sheets")
    try:
        return pdf()
    except ValueError:
        raise JobRefused(nothing) from None
