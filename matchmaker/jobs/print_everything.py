"""The job "print-everything": lay out all sheets of a plan, and keep one PDF and one zip for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import note_printed, plan_of
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import plan_sheets, print_everything, sheet_values
from matchmaker.services.plans.print_everything import PDF, ZIP, Everything
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session


def print_all_sheets(work: Work) -> JsonObject:
    """Return the public id of the plan. `details` are the plan and the address that public labels begin with."""
    assert work.event_id is not None
    at = datetime.now(UTC)
    with work.reading() as session:
        what = _everything(work, session, at)
    try:
        bound, packed = print_everything.lay_out(what, work.progress)
    except ValueError:
        raise JobRefused("There is nothing to print: nobody is on these sheets.") from None
    with work.writing() as session:
        # Whoever was erased while the sheets were laid out must not be left in them.
        events.lock(session, work.event_id)
        if _everything(work, session, at).fingerprint != what.fingerprint:
            raise JobRefused(CHANGED)
        for kind, content in ((PDF, bound), (ZIP, packed)):
            sheet_values.keep(session, work.event_id, what.file_name(kind), content, at)
    note_printed(work, [one.key for one in what.bound], at)
    return {"plan": work.details["plan"]}


def _everything(work: Work, session: Session, at: datetime) -> Everything:
    seen = plan_of(work, session)
    tags = label_sheets.tags(session, seen.event, work.details["labels_at"], at)
    return print_everything.everything(seen, plan_sheets.replaced(session, seen, "slips"), tags, at)
