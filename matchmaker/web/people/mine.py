"""What belongs to a person, whether or not they still come: events, a copy of all data, and deleting oneself."""

from collections.abc import Collection
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.people import own_data
from matchmaker.services.people import copy_own_data, erase_people
from matchmaker.services.people.erase_people import OnlyOrganiser
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.store.people import erasure, registrations
from matchmaker.web import account
from matchmaker.web.access import FIRST_PAGE
from matchmaker.web.account import me
from matchmaker.web.fields import RadioField, SelectChoice, SubmitField, needed
from matchmaker.web.filters import LONDON
from matchmaker.web.form import PageForm
from matchmaker.web.people import people
from matchmaker.web.transaction import session, start


class DeleteForm(PageForm):
    """What becomes of the thanks that somebody gave, before they are erased."""

    thanks = RadioField(
        "What should become of the thanks you gave?",
        choices=[
            SelectChoice("keep", "Keep them, without my name"),
            SelectChoice("remove", "Remove them"),
        ],
        validators=[needed("Choose what should become of the thanks you gave")],
    )
    submit = SubmitField("Delete me now")


@people.get("/mine", endpoint="mine")
def show_mine() -> str:
    """Lead to one's choices at every event, to a copy of all data, and to deleting oneself."""
    kept = registrations.with_events(session(), me().id)
    roles = [(event, role, FIRST_PAGE[role]) for event, role in event_roles.roles_of(session(), me().id)]
    return render_template("people/mine.html", person=me(), kept=kept, roles=roles)


@people.get("/mine/copy.zip")
def copy_mine() -> Response:
    """Give everything that is kept about oneself as one file: a page to read, JSON, and cards."""
    at = datetime.now(UTC)
    content = own_data.archive(copy_own_data.copy(session(), me(), at, ZoneInfo(LONDON), _day_of))
    return send_file(
        BytesIO(content),
        mimetype="application/zip",
        as_attachment=True,
        download_name="everything-about-me.zip",
    )


@people.route("/mine/delete", methods=["GET", "POST"])
def delete_me() -> str | Response | tuple[str, int]:
    """Show what deleting does, with its numbers, and do it at once if asked."""
    form, effects = DeleteForm(), erasure.effects(session(), me().id, datetime.now(UTC))
    if not effects["thanks_given"]:
        # Nothing to decide, so nothing to ask.
        del form.thanks
    if request.method == "POST" and form.validate():
        try:
            keep = "thanks" in form and form.thanks.data == "keep"
            attended = erase_people.erase_person(session(), me(), keep_thanks=keep)
        except OnlyOrganiser as alone:
            form.submit.errors = [_hand_over_first(str(alone))]
        else:
            return _leave(attended, keep=keep)
    page = render_template(
        "people/delete.html",
        form=form,
        effects=effects,
        alone=event_roles.organised_alone(session(), me().id),
        roles=len(event_roles.roles_of(session(), me().id)),
    )
    return page, 422 if form.errors else 200


def _leave(attended: Collection[int], *, keep: bool) -> Response:
    """Sign out who was just erased, and have the lists of the events they were at worked out without them."""
    for event_id in attended:
        start(refresh_lists.ask_for(session(), event_id, [], None))
    account.sign_out()
    thanks = ". The thanks you gave stay, without your name" if keep else ""
    where = "on this computer" if current_app.config["SETTINGS"].in_hall else "here"
    flash(f"You are deleted. Nothing about you is kept {where} any more{thanks}", "success")
    return redirect(url_for("public.home"))


def _day_of(event: Event) -> str:
    base: str = current_app.config["SETTINGS"].public_url
    return base + url_for("attendees.day", event=event.public_id)


def _hand_over_first(alone: str) -> str:
    return f"You are the only organiser of {alone}. Make somebody else an organiser first"
