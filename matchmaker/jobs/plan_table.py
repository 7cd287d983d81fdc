"""The job "plan-table": write a plan as a workbook or as CSV for a spreadsheet, and keep it for download."""

from datetime import UTC, datetime

from matchmaker.documents.plans.spreadsheets import PlanTables, plan_csv, plan_xlsx
from matchmaker.jobs.lay_out import kept, plan_of
from matchmaker.jobs.work import Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.store.base import JsonObject
from matchmaker.store.session import Session

WRITERS = {"csv": plan_csv, "xlsx": plan_xlsx}
"""How the name of a table ends → what writes it."""


def write_plan_table(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same plan is used again.

    `details` are the plan and what the file's name ends with.
    """
    at, ending = datetime.now(UTC), work.details["ending"]

    def ready(session: Session) -> tuple[PlanTables, str]:
        seen = plan_of(work, session)
        tables = plan_sheets.tables(seen, at)
        mark = sheet_values.fingerprint(seen, (tables.people, tables.meetings))
        return tables, f"{ending}{sheet_values.PLAN}{seen.plan.version}-{mark}.{ending}"

    def written(tables: PlanTables) -> bytes:
        work.progress(0, 1, "Writing the table")
        return WRITERS[ending](tables)

    return {"plan": work.details["plan"], "file": kept(work, ready, written, at).public_id}
