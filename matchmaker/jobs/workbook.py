"""The job "workbook": write a plan as a workbook for a spreadsheet and keep it for download."""

from datetime import UTC, datetime

from matchmaker.documents.plans.spreadsheets import PlanTables, plan_xlsx
from matchmaker.jobs.lay_out import kept, plan_of
from matchmaker.jobs.work import Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.store.base import JsonObject
from matchmaker.store.session import Session


def write_workbook(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same plan is used again."""
    at = datetime.now(UTC)

    def ready(session: Session) -> tuple[PlanTables, str]:
        seen = plan_of(work, session)
        tables = plan_sheets.tables(seen, at)
        mark = sheet_values.fingerprint(seen, (tables.people, tables.meetings))
        return tables, f"workbook{sheet_values.PLAN}{seen.plan.version}-{mark}.xlsx"

    def written(tables: PlanTables) -> bytes:
        work.progress(0, 1, "Writing the workbook")
        return plan_xlsx(tables)

    return {"plan": work.details["plan"], "file": kept(work, ready, written, at).public_id}
