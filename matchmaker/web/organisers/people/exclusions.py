"""People to keep apart: pairs that no plan and no list may bring together. Attendees never see this page."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people import exclude_pairs
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import exclusions as pairs
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Registration
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import Length, SelectChoice, SelectField, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]


class ExcludeForm(PageForm):
    """Two people of the list, and why."""

    one = SelectField("First person", validators=[needed("Choose the first person")])
    other = SelectField("Second person", validators=[needed("Choose the second person")])
    reason = TextField(
        "Reason",
        description="For organisers only, such as: line manager. Leave it empty if it is private.",
        validators=[Length(max=200)],
    )
    submit = SubmitField("Keep them apart")


def everybody(rows: list[Registration]) -> list[SelectChoice]:
    """Return people to choose from, with organisations that tell namesakes apart."""
    return [SelectChoice("", "Choose a person")] + [
        SelectChoice(one.public_id, ", ".join(filter(None, (one.person.name, one.person.organisation))))
        for one in rows
    ]


@organisers.route("/exclusions", methods=["GET", "POST"])
def exclusions() -> Page:
    """List the pairs, and add one."""
    rows = registrations.at_event(session(), event().id)
    form = ExcludeForm()
    form.one.choices = form.other.choices = everybody(rows)
    if form.validate_on_submit():
        known = {one.public_id: one.person for one in rows}
        one, other = known[form.one.data], known[form.other.data]
        try:
            exclude_pairs.exclude(session(), event(), one, other, form.reason.data or "")
        except Refused as refused:
            form.other.errors = [str(refused)]
        else:
            start(ask_for(session(), event().id, [one.id, other.id], me().id))
            flash(f"{one.name} and {other.name} will not be paired", "success")
            return redirect(url_for("organisers.exclusions"))
    page = render_template(
        "organisers/people/exclusions.html",
        form=form,
        pairs=pairs.at_event(session(), event().id),
        people=len(rows),
    )
    return page, 422 if form.errors else 200


@organisers.post("/exclusions/<exclusion>/remove")
def remove_exclusion(exclusion: str) -> Response:
    """Let two people be paired again."""
    found = pairs.by_public_id(session(), event().id, exclusion)
    if found is None:
        abort(404)
    pair = [found.a_id, found.b_id]
    exclude_pairs.allow(session(), found)
    start(ask_for(session(), event().id, pair, me().id))
    flash("They may be paired again", "success")
    return redirect(url_for("organisers.exclusions"))
