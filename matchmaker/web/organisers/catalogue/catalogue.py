"""Importing datasets: upload a catalogue and say where it comes from; checking and yes are as for people."""

from flask import redirect, render_template, url_for
from flask_wtf.file import FileRequired
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from matchmaker.intake.header_and_rows import refuse_unreadable
from matchmaker.intake.problems import IntakeError
from matchmaker.services.attendee_lists import import_people
from matchmaker.services.credits.state_contributions import ADDED
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.base import normalised
from matchmaker.store.catalogue.series import MADE
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import FileField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.attendee_lists.imports import have_read, read
from matchmaker.web.transaction import session


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
        description="A CKAN answer (package_search), DCAT as JSON, data.json, another portal’s answer, CSV or "
        "Excel (.xlsx), up to 25 MB.",
        validators=[FileRequired("Choose a file")],
        render_kw={"accept": ".json,.jsonld,.jsonl,.csv,.xlsx,.ods,.ttl,.rdf,.nt,.xml,.zip"},
    )
    submit = SubmitField("Upload and check")

    def validate_source(self, field: TextField) -> None:
        """Refuse the names that stand for datasets of no catalogue, which an import must not touch."""
        if normalised(field.data or "") in {ADDED, MADE}:
            raise ValidationError(
                f"Enter another name: “{field.data}” is what datasets made on this site are kept under"
            )


@organisers.route("/imports/catalogue", methods=["GET", "POST"])
def import_catalogue() -> str | Response | tuple[str, int]:
    """Upload a catalogue; nothing of it is kept but the file."""
    form = CatalogueForm(source=next(iter(imports.sources(session())), ""))
    if form.validate_on_submit():
        name, data = read(form.file.data)
        try:
            refuse_unreadable(data)
        except IntakeError as unreadable:
            form.file.errors = [str(unreadable)]
        else:
            source = " ".join(form.source.data.split())
            row = import_people.keep(
                session(), event().id, ImportKind.CATALOGUE, name, data, me().id, source=source
            )
            have_read(row)
            return redirect(url_for("organisers.upload", upload=row.public_id))
    return render_template(
        "organisers/catalogue/import_catalogue.html", form=form
    ), 422 if form.errors else 200
