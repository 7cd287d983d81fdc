"""The job "print": lay out sheets of a plan as a PDF and keep it for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import kept, laid_out, note_printed, plan_of
from matchmaker.jobs.work import Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store.base import JsonObject
from matchmaker.store.session import Session


def print_sheets(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same sheets is used again."""
    at, key = datetime.now(UTC), work.details["sheet"]

    def ready(session: Session) -> tuple[PlanSheet, str]:
        seen = plan_of(work, session)
        sheet = plan_sheets.sheet(key, seen, plan_sheets.replaced(session, seen, key), at)
        return sheet, sheet_values.file_name(seen.plan.version, sheet)

    def pdf(sheet: PlanSheet) -> bytes:
        return laid_out(work, sheet.pdf, "There is nothing to print: nobody is on these sheets.")

    file = kept(work, ready, pdf, at)
    note_printed(work, [key], at)
    return {"plan": work.details["plan"], "file": file.public_id}
