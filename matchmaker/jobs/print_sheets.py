"""The job "print": lay out sheets of a plan as a PDF and keep it for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import laid_out, plan_of
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session


def print_sheets(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same sheets is used again."""
    assert work.event_id is not None
    at = datetime.now(UTC)
    with work.reading() as session:
        ready, name = _ready(work, session, at)
        made = files.by_name(session, work.event_id, name)
    if made is None:
        content = laid_out(work, ready.pdf, "There is nothing to print: nobody is on these sheets.")
        with work.writing() as session:
            # Whoever was erased while the sheets were laid out must not be left in them.
            events.lock(session, work.event_id)
            if _ready(work, session, at)[1] != name:
                raise JobRefused(CHANGED)
            made = sheet_values.keep(session, work.event_id, name, content, at)
    return {"plan": work.details["plan"], "file": made.public_id}


def _ready(work: Work, session: Session, at: datetime) -> tuple[PlanSheet, str]:
    """Return the sheets, and what their file is called: the same for the same content."""
    seen = plan_of(work, session)
    ready = plan_sheets.sheet(work.details["sheet"], seen, plan_sheets.replaced(session, seen), at)
    return ready, sheet_values.file_name(seen, ready)
