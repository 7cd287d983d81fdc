"""The report on the event: one page of numbers, the same as a PDF and as a file for spreadsheets."""

from datetime import UTC, datetime
from io import BytesIO

from flask import render_template, send_file
from werkzeug.wrappers import Response

from matchmaker.documents.plans.report import FEWEST, TOOK_PLACE, report_csv, report_sheets
from matchmaker.services.event import report_event
from matchmaker.store.event.event_roles import EventRole
from matchmaker.web.access import also_for, event
from matchmaker.web.file_names import named
from matchmaker.web.organisers import organisers
from matchmaker.web.paper import pdf_answer
from matchmaker.web.transaction import session


@organisers.get("/report")
@also_for(EventRole.READER)
def report() -> str:
    """Show what was planned, what took place and what came of it, and between which organisations people met."""
    found = report_event.report(session(), event(), datetime.now(UTC))
    return render_template(
        "organisers/event/report.html",
        event=event(),
        report=found,
        fewest=FEWEST,
        took_place=TOOK_PLACE,
        matrix=found.matrix.shown(),
    )


@organisers.get("/report.pdf")
@also_for(EventRole.READER)
def report_pdf() -> Response:
    """Give the report as a PDF."""
    return pdf_answer(
        report_sheets(report_event.report(session(), event(), datetime.now(UTC))).pdf(),
        named(event(), "report.pdf"),
    )


@organisers.get("/report.csv")
@also_for(EventRole.READER)
def report_table() -> Response:
    """Give the report as a file for spreadsheets."""
    content = report_csv(report_event.report(session(), event(), datetime.now(UTC)))
    name = named(event(), "report.csv")
    return send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=name)
