"""Importing people: upload a list, say which column is what, see what would happen, then say yes or no."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileRequired
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from matchmaker.intake.attendees import FIELDS, Sheet
from matchmaker.intake.header_and_rows import refuse_unreadable
from matchmaker.intake.problems import IntakeError
from matchmaker.services import ask_for_work
from matchmaker.services.attendee_lists import import_people, keep_readings, list_people, uploads
from matchmaker.services.attendee_lists.judge_rows import RowOutcome, Verdict
from matchmaker.services.attendee_lists.uploads import FileGone, NotRead
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.people import join_organisations
from matchmaker.store import files
from matchmaker.store.attendee_lists import imports as rows
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.people import presence
from matchmaker.store.session import hold
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event, is_over, say_over
from matchmaker.web.fields import FileField, SelectChoice, SelectField, SubmitField
from matchmaker.web.form import EditForm, PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.attendee_lists.remarks import decidable, numbers, said_of_lines
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]

MOST_ROWS = 150
"""So many rows of a list are shown; the counts are of all."""


class AttendeesForm(PageForm):
    """An attendee list."""

    file = FileField(
        "Attendee list",
        description="CSV, Excel (.xlsx) or OpenDocument (.ods), up to 25 MB. "
        "Old Excel files (.xls) need to be saved as .xlsx first.",
        validators=[FileRequired("Choose a file")],
        render_kw={"accept": ".csv,.xlsx,.ods,.xls,.xml,.txt,.tsv,.zip"},
    )
    submit = SubmitField("Upload and check")


class YesForm(PageForm):
    """A button with a token."""


@dataclass(frozen=True)
class PreviewLine:
    """One row of the preview: a verdict with everything there is to say of its line."""

    verdict: Verdict
    notes: tuple[str, ...]


@organisers.get("/imports")
def imports() -> str:
    """List what was imported and what waits."""
    return render_template(
        "organisers/attendee_lists/imports.html",
        event=event(),
        waiting=rows.waiting(session(), event().id),
        done=rows.at_event(session(), event().id),
        table=files.newest(session(), event().id, list_people.TABLE),
    )


@organisers.post("/imports/table")
def attendees_table() -> Response:
    """Ask for everybody on the list as a file that can be imported again."""
    job = ask_for_work.ask(session(), "attendee-table", event().id, me().id)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


@organisers.route("/imports/attendees", methods=["GET", "POST"])
@ends_with_the_event
def import_attendees() -> Page:
    """Upload an attendee list; nothing of it is kept but the file."""
    form = AttendeesForm()
    if form.validate_on_submit():
        name, data = read(form.file.data)
        try:
            refuse_unreadable(data)
        except IntakeError as unreadable:
            form.file.errors = [str(unreadable)]
        else:
            row = uploads.keep(session(), event().id, ImportKind.ATTENDEES, name, data, me().id)
            have_read(row)
            return redirect(url_for("organisers.upload", upload=row.public_id))
    return render_template(
        "organisers/attendee_lists/import_attendees.html", event=event(), form=form
    ), 422 if form.errors else 200


@organisers.get("/imports/<upload>")
def upload(upload: str) -> Page:
    """Show what an upload would change, or what it changed."""
    row = find(upload)
    if row.state is ImportState.DROPPED and "problem" in row.summary:
        return unreadable(row, IntakeError(row.summary["problem"]))
    if row.state is ImportState.DROPPED:
        return render_template("organisers/attendee_lists/import_dropped.html", row=row)
    if row.kind is ImportKind.CATALOGUE:
        return _catalogue(row)
    try:
        sheet = uploads.reading(session(), row).sheet
        if row.state is ImportState.WAITING and sheet is not None and _asks(row, sheet):
            return redirect(url_for("organisers.import_columns", upload=upload))
        found = import_people.preview(session(), event(), row)
    except (IntakeError, FileGone) as reason:
        return unreadable(row, reason)
    except NotRead:
        return unread(row)
    values = {"row": row, "found": found, "lines": _lines(found), "outcomes": _outcomes(found)}
    values["remarks"] = decidable(found.remarks)
    template = "import_people"
    if row.state is not ImportState.WAITING:
        template = "import_people_done"
        values["doubles"] = len(join_organisations.doubles(session(), event()))
    return render_template(
        f"organisers/attendee_lists/{template}.html", event=event(), form=YesForm(), **values
    )


@organisers.route("/imports/<upload>/columns", methods=["GET", "POST"])
def import_columns(upload: str) -> Page:
    """Ask which column is what; the answers are remembered for the next file of this event."""
    row = find(upload, ImportState.WAITING)
    if row.kind is not ImportKind.ATTENDEES:
        abort(404)
    try:
        found = uploads.reading(session(), row)
    except FileGone as reason:
        return unreadable(row, reason)
    except NotRead:
        return unread(row)
    sheet = found.sheet
    if sheet is None:
        return unreadable(row, IntakeError(found.problem))
    form = _columns_form(row, sheet)
    if form.validate_on_submit():
        said = {name: form[_field(place)].data for place, name in enumerate(sheet.headers)}
        if {"name", "first_name", "last_name", "email"}.isdisjoint(said.values()):
            form[_field(0)].errors = ["Say which column holds the names or the email addresses"]
        else:
            uploads.say_columns(session(), row, said)
            have_read(row)
            return redirect(url_for("organisers.upload", upload=upload))
    asked = {question.header for question in sheet.questions} | set(sheet.unsure)
    columns = [
        (form[_field(place)], name in asked, bool(sheet.samples.get(name)))
        for place, name in enumerate(sheet.headers)
    ]
    page = render_template(
        "organisers/attendee_lists/import_columns.html", row=row, form=form, columns=columns
    )
    return page, 422 if form.errors else 200


@organisers.post("/imports/<upload>/read")
def read_again(upload: str) -> Response:
    """Have an upload read that was not read to the end."""
    row = find(upload)
    if row.file is None or row.lacks_source:
        return redirect(url_for("organisers.upload", upload=upload))
    have_read(row)
    return redirect(url_for("organisers.upload", upload=upload))


@organisers.post("/imports/<upload>/lines")
def decide_lines(upload: str) -> Response:
    """Keep what is said of single lines of a list, and show again what would happen."""
    row = find(upload, ImportState.WAITING)
    if row.kind is not ImportKind.ATTENDEES:
        abort(404)
    if "forget" in request.form:
        uploads.undecide(session(), row)
        flash("Every line is read again as the file has it.", "success")
    else:
        before = uploads.decisions(row)
        _decide(row)
        if "columns" in request.form:
            # The columns are shown from what was read, and that is read anew only if a decision is.
            if uploads.decisions(row) != before:
                have_read(row, "columns")
            return redirect(url_for("organisers.import_columns", upload=upload))
        flash("Your decisions are kept. Nothing is imported yet.", "success")
    have_read(row)
    return redirect(url_for("organisers.upload", upload=upload))


@organisers.post("/imports/<upload>/confirm")
def confirm_import(upload: str) -> Response:
    """Have the import carried out."""
    row = find(upload)
    hold(session(), row)
    doing = keep_readings.open_job(session(), row, f"import-{row.kind.value}")
    if doing is not None:
        # A second press, or a second organiser: one import is carried out once.
        return redirect(url_for("organisers.job", job=doing.public_id))
    row = find(upload, ImportState.WAITING)
    if keep_readings.find(session(), row) is None:
        return redirect(url_for("organisers.upload", upload=upload))
    details: dict[str, Any] = {"import": row.public_id}
    if row.kind is ImportKind.ATTENDEES:
        if is_over():
            # It was uploaded before; datasets are still of use, for their labels.
            say_over()
            return redirect(url_for("organisers.imports"))
        before = uploads.decisions(row)
        _decide(row)
        if uploads.decisions(row) != before:
            details["said"] = uploads.mapping(session(), row)
    if row.kind is ImportKind.CATALOGUE:
        details |= {name: request.form.getlist(name) for name in ("private", "over")}
        details["unsure"] = "unsure" in request.form
    job = ask_for_work.ask(session(), f"import-{row.kind.value}", event().id, me().id, details)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


@organisers.post("/imports/<upload>/drop")
def drop_import(upload: str) -> Response:
    """Forget an upload and its file."""
    row = find(upload, ImportState.WAITING)
    uploads.drop(session(), row)
    flash(f"{row.file_name} is removed. Nothing of it was kept.", "success")
    return redirect(url_for("organisers.imports"))


def find(upload: str, state: ImportState | None = None) -> Import:
    """Return the upload an address names, in this state if one is given, or show that there is none."""
    row = rows.by_public_id(session(), event().id, upload)
    if row is None:
        say_gone(
            "This upload is not kept any more",
            url_for("organisers.imports"),
            "See the uploads",
        )
    if state is not None and row.state is not state:
        say_gone(
            "This upload has been imported or removed since the page was opened",
            url_for("organisers.upload", upload=upload),
            "See what became of it",
        )
    return row


def read(file: FileStorage) -> tuple[str, bytes]:
    """Return name and bytes of an uploaded file."""
    return file.filename or "file", file.read()


def have_read(row: Import, then: str = "") -> None:
    """Have an upload read, behind the page, with what its columns are known to mean; `then` is where that leads."""
    start(keep_readings.ask_to_read(session(), row, uploads.mapping(session(), row), me().id, then))


def unread(row: Import) -> Page:
    """Lead to the job that is reading an upload, or offer to start again if it failed."""
    job = keep_readings.open_job(session(), row)
    if job is not None:
        return redirect(url_for("organisers.job", job=job.public_id))
    return render_template("organisers/attendee_lists/import_unread.html", row=row, form=YesForm())


def unreadable(row: Import, reason: Exception) -> str:
    """Return the page that says why there is nothing to show of an upload."""
    gone = isinstance(reason, FileGone)
    words = (
        "It goes after a week, or when somebody who may be in it deletes themself." if gone else str(reason)
    )
    return render_template(
        "organisers/attendee_lists/import_unreadable.html",
        event=event(),
        row=row,
        words=words,
        file_gone=gone,
        form=YesForm(),
    )


def _decide(row: Import) -> None:
    """Keep what the form of the preview says, whichever of its buttons was pressed."""
    said = request.form
    uploads.decide(
        session(), row, said_of_lines(said), come="come" in said, gone=numbers(said.getlist("gone"))
    )


def _asks(row: Import, sheet: Sheet) -> bool:
    """Whether there is a column that neither the file nor an organiser has explained."""
    if row.mapping:
        return False
    said = uploads.mapping(session(), row)
    open_ = {question.header for question in sheet.questions} | set(sheet.unsure)
    usable = sheet.usable or not {"name", "first_name", "last_name", "email"}.isdisjoint(said.values())
    return not usable or not open_ <= said.keys()


def _field(place: int) -> str:
    return f"column_{place}"


def _columns_form(row: Import, sheet: Sheet) -> EditForm:
    """Return a form with a choice for each column, set to what it seems to be or was said to be."""
    first = {"ignore": FIELDS["ignore"]}
    choices = [SelectChoice(field, words) for field, words in (first | FIELDS).items()]

    class ColumnsForm(EditForm):
        submit = SubmitField("Continue")

    for place, name in enumerate(sheet.headers):
        samples = sheet.samples.get(name, ())
        hint = f"For example: {'; '.join(samples)}" if samples else "This column is empty."
        setattr(ColumnsForm, _field(place), SelectField(f"“{name}”", choices=choices, description=hint))

    def now() -> dict[str, str]:
        said = uploads.mapping(session(), row)
        return {
            _field(place): said.get(name, sheet.mapping.get(name, "ignore"))
            for place, name in enumerate(sheet.headers)
        }

    return ColumnsForm(now, of=(row,))


def _lines(found: import_people.ListPreview) -> list[PreviewLine]:
    notes: dict[int, list[str]] = defaultdict(list)
    for note in found.file.notes:
        if note.line is not None and not note.left_out:
            notes[note.line].append(note.text)
    return [
        PreviewLine(verdict, (*notes[verdict.row.line], *verdict.notes))
        for verdict in found.verdicts[:MOST_ROWS]
    ]


def _outcomes(found: import_people.ListPreview) -> dict[str, int]:
    return {
        outcome.value: sum(verdict.outcome is outcome for verdict in found.verdicts) for outcome in RowOutcome
    }


def _catalogue(row: Import) -> Page:
    if row.state is ImportState.CONFIRMED:
        there = presence.count_here(session(), event().id)[1]
        page = "organisers/catalogue/import_catalogue_done.html"
        return render_template(page, event=event(), row=row, nobody_yet=not there)
    if row.lacks_source:
        return redirect(url_for("organisers.import_catalogue", upload=row.public_id))
    try:
        found = import_datasets.preview(session(), row, import_datasets.listed(session(), row))
    except (IntakeError, FileGone) as reason:
        return unreadable(row, reason)
    except NotRead:
        return unread(row)
    return render_template(
        "organisers/catalogue/import_catalogue_check.html",
        row=row,
        found=found,
        form=YesForm(),
        most=MOST_ROWS,
    )
