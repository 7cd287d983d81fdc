"""The job "workbook": write a plan as a workbook for a spreadsheet and keep it for download."""

from datetime import UTC, datetime

from matchmaker.documents.plans.spreadsheets import PlanTables, plan_xlsx
from matchmaker.jobs.lay_out import plan_of
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.plans import plan_sheets, sheet_values
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.session import Session


def write_workbook(work: Work) -> JsonObject:
    """Return the public ids of the plan and the file; a file with the same plan is used again."""
    assert work.event_id is not None
    at = datetime.now(UTC)
    with work.reading() as session:
        tables, name = _ready(work, session, at)
        made = files.by_name(session, work.event_id, name)
    if made is None:
        work.progress(0, 1, "Writing the workbook")
        content = plan_xlsx(tables)
        with work.writing() as session:
            # Whoever was erased while it was written must not be left in it.
            events.lock(session, work.event_id)
            if _ready(work, session, at)[1] != name:
                raise JobRefused(CHANGED)
            made = sheet_values.keep(session, work.event_id, name, content, at)
    return {"plan": work.details["plan"], "file": made.public_id}


def _ready(work: Work, session: Session, at: datetime) -> tuple[PlanTables, str]:
    """Return the plan as tables, and what their file is called: the same for the same content."""
    seen = plan_of(work, session)
    tables = plan_sheets.tables(seen, at)
    mark = sheet_values.fingerprint(seen, (tables.people, tables.meetings))
    return tables, f"workbook{sheet_values.PLAN}{seen.plan.version}-{mark}.xlsx"
