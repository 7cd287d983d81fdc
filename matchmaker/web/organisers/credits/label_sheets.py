"""Sheets about labels as PDFs: gift tags and letters."""

from datetime import UTC, datetime

from flask import abort, current_app, redirect, url_for
from werkzeug.wrappers import Response

from matchmaker.services import ask_for_work
from matchmaker.services.credits import label_sheets
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.label_files import public_address
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start


@organisers.post("/labels/print/<paper>")
def print_label_pdf(paper: str) -> Response:
    """Ask for sheets about labels as a PDF."""
    if paper not in label_sheets.SHEETS:
        abort(404)
    base = current_app.config["SETTINGS"].public_url + url_for("public.labels") + "/"
    job = ask_for_work.ask(
        session(), "print-labels", event().id, me().id, {"sheet": paper, "labels_at": base}
    )
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def tags_ready() -> File | None:
    """Return the finished gift tags that still show everything as it stands."""
    tags = label_sheets.tags(session(), event(), public_address, datetime.now(UTC))
    return files.by_name(session(), event().id, label_sheets.file_name(tags))


def letters_ready() -> File | None:
    """Return the finished letters that still show everything as it stands."""
    name = label_sheets.name_of_letters(session(), event(), datetime.now(UTC))
    return files.by_name(session(), event().id, name)
