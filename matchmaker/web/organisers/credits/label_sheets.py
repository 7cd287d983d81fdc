"""Sheets about labels as PDFs: gift tags and letters."""

from datetime import UTC, datetime

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from matchmaker.services import ask_for_work
from matchmaker.services.credits import label_sheets
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.label_files import labels_at
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start


@organisers.post("/labels/print/<paper>")
def print_label_pdf(paper: str) -> Response:
    """Ask for sheets about labels as a PDF."""
    if paper not in label_sheets.SHEETS:
        abort(404)
    details = {"sheet": paper, "labels_at": labels_at()}
    job = ask_for_work.ask(session(), "print-labels", event().id, me().id, details)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def tags_ready() -> File | None:
    """Return the finished gift tags that still show everything as it stands."""
    if not _any_ready(label_sheets.TAGS):
        return None
    return files.by_name(session(), event().id, label_sheets.name_of_tags(session(), event(), labels_at()))


def letters_ready() -> File | None:
    """Return the finished letters that still show everything as it stands."""
    if not _any_ready(label_sheets.LETTERS):
        return None
    name = label_sheets.name_of_letters(session(), event(), datetime.now(UTC))
    return files.by_name(session(), event().id, name)


def _any_ready(paper: str) -> bool:
    """Whether sheets of this kind lie ready at all, before what they are made from is read to compare them."""
    return files.any_named(session(), event().id, label_sheets.begins(paper))
