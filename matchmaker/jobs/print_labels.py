"""The job "print-labels": lay out sheets about labels as a PDF and keep it for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import kept, laid_out
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session


def print_labels(work: Work) -> JsonObject:
    """Return the public id of the file; a file with the same sheets is used again.

    `details` are the kind of sheet and the address that public labels begin with.
    """
    at, labels_at = datetime.now(UTC), work.details["labels_at"]

    def ready(session: Session) -> tuple[PlanSheet, str]:
        event = events.by_id(session, work.event_id) if work.event_id else None
        if event is None:
            raise JobRefused("This event is no longer there.")
        sheet = label_sheets.SHEETS[work.details["sheet"]](session, event, labels_at, at)
        return sheet, label_sheets.file_name(sheet)

    def pdf(sheet: PlanSheet) -> bytes:
        return laid_out(work, sheet.pdf, "There is nothing to print yet.")

    return {"file": kept(work, ready, pdf, at).public_id}
