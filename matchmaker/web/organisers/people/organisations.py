"""Organisations that people write in several ways: look at them, and make each one with a press."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.counts import plural
from matchmaker.services.people import join_organisations
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import apart_organisations
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start

_KEPT_APART = "These stay as they are written, and are not offered as one again"


@organisers.get("/people/organisations")
def organisations() -> str:
    """List the spellings that may be one organisation, each with the button that makes them one."""
    return render_template(
        "organisers/people/organisations.html",
        groups=join_organisations.doubles(session(), event()),
        apart=apart_organisations.at_event(session(), event().id),
        form=PageForm(),
    )


@organisers.post("/people/organisations")
def join_spellings() -> Response:
    """Make several spellings one, or remember for good that they are of several organisations."""
    spellings, keep = request.form.getlist("spelling"), request.form.get("keep", "")
    if "apart" in request.form:
        new = join_organisations.keep_apart(session(), event(), spellings)
        flash(
            _KEPT_APART if new else "Nothing was changed: the list is another one by now",
            "success" if new else "important",
        )
        return redirect(url_for("organisers.organisations"))
    changed, left = join_organisations.join(session(), event(), spellings, keep, me())
    if changed:
        start(ask_for(session(), event().id, changed, me().id))
        flash(f"{plural(len(changed), 'person is', 'people are')} of {keep} now", "success")
    if left:
        stay = plural(left, "person is", "people are")
        flash(f"{stay} at an event that you do not organise, and kept as written", "important")
    if not changed and not left:
        flash("Nobody was changed: the list is another one by now", "important")
    return redirect(url_for("organisers.organisations"))


@organisers.post("/people/organisations/<pair>/undo")
def compare_again(pair: str) -> Response:
    """Take back that two organisations are apart: they may be offered as one again."""
    found = join_organisations.may_be_one_again(session(), event(), pair)
    if found is None:
        flash("That was taken back already: these two may be one organisation again", "important")
    else:
        flash(f"{found.a_written} and {found.b_written} may be one organisation again", "success")
    return redirect(url_for("organisers.organisations"))
