"""Importing datasets: upload a catalogue and say where it comes from; checking and yes are as for people."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from matchmaker.intake.header_and_rows import refuse_unreadable
from matchmaker.intake.problems import IntakeError
from matchmaker.services.attendee_lists import uploads
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.credits.state_contributions import ADDED
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.base import normalised
from matchmaker.store.catalogue.series import MADE
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import FileField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.attendee_lists.imports import find, have_read, read
from matchmaker.web.transaction import session

MOST_SHOWN = 200
"""So many signs of a name that is too long are carried in an address."""


class CatalogueForm(PageForm):
    """A catalogue of datasets and its origin."""

    source = TextField(
        "Where is this catalogue from?",
        description="A short name, for example data.gov.uk. Use the same name each time: datasets are "
        "recognised by it and by their id there.",
        validators=[
            needed("Enter where the catalogue is from"),
            Length(max=100, message="The name must be 100 characters or fewer"),
        ],
    )
    file = FileField(
        "Catalogue",
        description="A CKAN answer (package_search), DCAT as JSON, data.json, another portal’s answer, "
        "CSV, Excel (.xlsx) or OpenDocument (.ods), up to 25 MB.",
        render_kw={"accept": ".json,.jsonld,.jsonl,.csv,.xlsx,.ods,.ttl,.rdf,.nt,.xml,.zip"},
    )
    submit = SubmitField("Upload and check")

    def __init__(self, kept: Import | None, **begun: Any) -> None:
        """Take the upload that is kept already, which another file may replace but none has to."""
        super().__init__(**begun)
        self.kept = kept

    def validate_file(self, field: FileField) -> None:
        """Refuse to go on without any file."""
        if not field.data and self.kept is None:
            raise ValidationError("Choose a file")

    def validate_source(self, field: TextField) -> None:
        """Refuse the names that stand for datasets of no catalogue, which an import must not touch."""
        if normalised(field.data or "") in {ADDED, MADE}:
            raise ValidationError(
                f"Enter another name: “{field.data}” is what datasets made on this site are kept under"
            )


@organisers.route("/imports/catalogue", methods=["GET", "POST"])
def import_catalogue() -> str | Response | tuple[str, int]:
    """Upload a catalogue; nothing of it is kept but the file. `upload` is one that waits to hear where it is from."""
    kept = _kept()
    form = CatalogueForm(kept, source=next(iter(imports.sources(session())), ""))
    if form.is_submitted():
        form.validate()
        # What is wrong with the name is no reason to choose the file anew.
        if form.errors.keys() <= {"source"} and (answer := _take(form)):
            return answer
    elif kept is not None:
        _say_what_is_wrong(form)
    page = render_template("organisers/catalogue/import_catalogue.html", form=form, kept=kept)
    return page, 422 if form.is_submitted() else 200


def _kept() -> Import | None:
    """Return the upload that the address names, None if it names none."""
    if "upload" not in request.args:
        return None
    row = find(request.args["upload"], ImportState.WAITING)
    if not row.lacks_source:
        abort(404)
    return row


def _take(form: CatalogueForm) -> Response | None:
    """Keep the file that was sent, and lead on; None if it cannot be read, which the form then says."""
    row = form.kept
    typed = " ".join((form.source.data or "").split())
    if form.file.data:
        name, data = read(form.file.data)
        try:
            refuse_unreadable(data)
        except IntakeError as unreadable:
            form.file.errors = [str(unreadable)]
            return None
        if row is not None:
            uploads.drop(session(), row)
        source = "" if form.source.errors else typed
        row = uploads.keep(session(), event().id, ImportKind.CATALOGUE, name, data, me().id, source)
    assert row is not None
    if form.source.errors:
        return redirect(
            url_for("organisers.import_catalogue", upload=row.public_id, source=typed[:MOST_SHOWN] or None)
        )
    import_datasets.say_source(session(), row, typed)
    have_read(row)
    return redirect(url_for("organisers.upload", upload=row.public_id))


def _say_what_is_wrong(form: CatalogueForm) -> None:
    """Show the name that was refused with the reason, as the page would have shown it that kept no file."""
    form.source.data = request.args.get("source", "")
    form.source.raw_data = [form.source.data]
    form.source.validate(form, [CatalogueForm.validate_source])
