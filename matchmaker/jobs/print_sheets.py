"""The job "print": lay out sheets of a plan as a PDF and keep it for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import laid_out
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.services.plans.review_plan import review
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.plans import plans


def print_sheets(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same sheets is used again."""
    assert work.event_id is not None
    at = datetime.now(UTC)
    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        plan = plans.by_public_id(session, work.event_id, work.details["plan"])
        if event is None or plan is None:
            raise JobRefused("This plan is no longer there. Choose another version.")
        seen = review(session, event, plan)
        if seen.faults:
            raise JobRefused(
                "This plan no longer passes its check, so it is not printed. Make the plan again."
            )
        ready = plan_sheets.sheet(work.details["sheet"], seen, plan_sheets.replaced(session, seen), at)
        name = sheet_values.file_name(seen, ready)
        made = files.by_name(session, work.event_id, name)
    if made is None:
        content = laid_out(work, ready.pdf, "There is nothing to print: nobody is on these sheets.")
        with work.writing() as session:
            # Whoever was erased while the sheets were laid out must not be left in them.
            events.lock(session, event.id)
            again = plans.by_public_id(session, event.id, work.details["plan"])
            seen_now = review(session, event, again) if again else None
            if seen_now is None or name != sheet_values.file_name(
                seen_now,
                plan_sheets.sheet(
                    work.details["sheet"], seen_now, plan_sheets.replaced(session, seen_now), at
                ),
            ):
                raise JobRefused(CHANGED)
            made = sheet_values.keep(session, event.id, name, content, at)
    return {"plan": plan.public_id, "file": made.public_id}
