"""People to keep apart: pairs that no plan and no list may bring together. Attendees never see this page."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people import exclude_pairs
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import exclusions as pairs
from matchmaker.web import finding
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import Length, SelectField, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.choices import NOBODY, to_choose_from
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
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


@organisers.route("/exclusions", methods=["GET", "POST"])
def exclusions() -> Page:
    """List the pairs, and add one."""
    people, search = to_choose_from("one", "other")
    form = ExcludeForm()
    form.one.choices = form.other.choices = [NOBODY, *people]
    if not finding.only_finds() and form.validate_on_submit():
        one, other = find(form.one.data).person, find(form.other.data).person
        try:
            exclude_pairs.exclude(session(), event(), one, other, form.reason.data or "")
        except Refused as refused:
            form.other.errors = [str(refused)]
        else:
            start(ask_for(session(), event().id, [one.id, other.id], me().id))
            flash(f"{one.name} and {other.name} will not be paired", "success")
            return redirect(url_for("organisers.exclusions"))
    pages = pages_of(pairs.count(session(), event().id))
    shown = min(page_asked(), pages)
    page = render_template(
        "organisers/people/exclusions.html",
        form=form,
        pairs=pairs.listed(session(), event().id, A_PAGE, (shown - 1) * A_PAGE),
        page_links=page_links("organisers.exclusions", {}, shown, pages, "pairs"),
        people=len(people),
        search=search,
        query=finding.words(),
    )
    return page, 422 if form.errors else 200


@organisers.post("/exclusions/<exclusion>/remove")
def remove_exclusion(exclusion: str) -> Response:
    """Let two people be paired again."""
    found = pairs.by_public_id(session(), event().id, exclusion)
    pair = [found.a_id, found.b_id] if found else []
    if found is None or not exclude_pairs.allow(session(), found):
        say_gone(
            "These two are not kept apart any more: somebody has removed the line",
            url_for("organisers.exclusions"),
            "People to keep apart",
        )
    start(ask_for(session(), event().id, pair, me().id))
    flash("They may be paired again", "success")
    return redirect(url_for("organisers.exclusions"))
