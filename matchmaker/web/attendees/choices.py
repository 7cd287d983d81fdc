"""An attendee's choices: what is held and why, being suggested, blocks, leaving, and deleting oneself."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.services.credits import build_labels
from matchmaker.services.event import organisers
from matchmaker.services.people import agreements, coming, erase_people, fill_profile, list_in_directory
from matchmaker.services.people.erase_people import OnlyOrganiser
from matchmaker.services.suggestions import give_answers, refresh_lists
from matchmaker.store.people import basis
from matchmaker.store.people import erasure as erasing_rows
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web import account
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.fields import RadioField, SelectChoice, SubmitField, needed
from matchmaker.web.people.lists import work_out_again
from matchmaker.web.transaction import session, start

RECORDED = {
    BasisKind.NOTICE: "You were shown the privacy notice",
    BasisKind.OBJECTION: "You objected",
    BasisKind.CONSENT: "You agreed",
    BasisKind.WITHDRAWAL: "You took back what you had said",
}


class DeleteForm(FlaskForm):
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


@attendees.get("/choices")
def choices() -> str:
    """Show what is held, and every choice with its state."""
    return render_template(
        "attendees/choices.html",
        event=event(),
        notice=coming.notice(event()),
        recorded=RECORDED,
        records=basis.records(session(), registration().id),
        suggestible=registration().suggestible,
        shows_name=me().show_name,
        on_screen=registration().on_screen,
        in_directory=registration().in_directory,
        directory_words=list_in_directory.LISTED,
        public=me().public_since is not None,
        public_words=agreements.PUBLIC,
        instead=replace(build_labels.named(me()), shows_name=False).shown,
        blocked=[
            person
            for kind, person in answers.given(session(), event().id, me().id)
            if kind is AnswerKind.BLOCK
        ],
        contact=organisers.contact(event()),
    )


@attendees.post("/choices/suggestions")
def choose_suggestions() -> Response:
    """Object to being suggested, or take that back."""
    now = datetime.now(UTC)
    if request.form.get("suggestible") == "yes":
        coming.agree_to_suggestions(session(), registration(), now)
        flash("You are suggested to others again, and get suggestions", "success")
    elif request.form.get("suggestible") == "no":
        coming.object_to_suggestions(session(), registration(), now)
        flash("You are on nobody's list any more", "success")
    else:
        abort(400)
    start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    return redirect(url_for("attendees.choices"))


@attendees.post("/choices/name")
def choose_name() -> Response:
    """Show one's name on labels, or hide it."""
    shown = request.form.get("shown")
    if shown not in ("yes", "no"):
        abort(400)
    fill_profile.show_name(session(), me(), shown == "yes")
    flash("Labels show your name" if shown == "yes" else "Labels do not show your name any more", "success")
    work_out_again()
    return redirect(url_for("attendees.choices", _anchor="name"))


@attendees.post("/choices/screen")
def choose_screen() -> Response:
    """Agree to be on the screen in the hall, or take that back."""
    agrees = _yes_or_no("agrees")
    agreements.choose_screen(session(), registration(), agrees, datetime.now(UTC))
    flash(
        "Thanks may show you on the screen" if agrees else "The screen does not show you any more", "success"
    )
    return redirect(url_for("attendees.choices", _anchor="further"))


@attendees.post("/choices/public")
def choose_public() -> Response:
    """Agree to be named on public labels, or take that back."""
    agrees = _yes_or_no("agrees")
    agreements.choose_public(session(), registration(), agrees, datetime.now(UTC))
    flash("Public labels may name you" if agrees else "Public labels do not name you any more", "success")
    return redirect(url_for("attendees.choices", _anchor="further"))


def _yes_or_no(field: str) -> bool:
    said = request.form.get(field)
    if said not in ("yes", "no"):
        abort(400)
    return said == "yes"


@attendees.post("/choices/unblock/<person>")
def unblock(person: str) -> Response:
    """Take a block back."""
    found = [
        one
        for kind, one in answers.given(session(), event().id, me().id)
        if kind is AnswerKind.BLOCK and one.public_id == person
    ]
    if not found:
        abort(404)
    give_answers.answer(session(), event().id, me().id, found[0].id, None, datetime.now(UTC))
    start(refresh_lists.ask_for(session(), event().id, [me().id, found[0].id], me().id))
    work_out_again()
    flash(f"You have taken back your block of {found[0].name}", "success")
    return redirect(url_for("attendees.choices", _anchor="blocked"))


@attendees.get("/choices/leave")
def leave() -> str:
    """Say what leaving does, and ask."""
    return render_template("attendees/leave.html", event=event(), contact=organisers.contact(event()))


@attendees.post("/choices/leave")
def leave_now() -> Response:
    """Leave the event."""
    coming.leave(session(), registration())
    start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    flash(
        f"You have left {event().name}. If you change your mind, write to {organisers.contact(event())}",
        "success",
    )
    return redirect(url_for("public.home"))


@attendees.route("/choices/delete", methods=["GET", "POST"])
def delete_me() -> str | Response | tuple[str, int]:
    """Show what deleting does, with its numbers, and do it at once if asked."""
    form, effects = DeleteForm(), erasing_rows.effects(session(), me().id)
    if not effects["thanks_given"]:
        # Nothing to decide, so nothing to ask.
        del form.thanks
    if request.method == "POST" and form.validate():
        try:
            keep = "thanks" in form and form.thanks.data == "keep"
            attended = erase_people.erase_person(session(), me(), keep_thanks=keep)
        except OnlyOrganiser as alone:
            return _ask_to_hand_over(form, effects, str(alone)), 422
        for event_id in attended:
            start(refresh_lists.ask_for(session(), event_id, [], None))
        account.sign_out()
        flash("You are deleted. Nothing about you is kept here any more", "success")
        return redirect(url_for("public.home"))
    return (
        render_template("attendees/delete.html", event=event(), form=form, effects=effects),
        422 if form.errors else 200,
    )


def _ask_to_hand_over(form: DeleteForm, effects: dict[str, int], alone: str) -> str:
    form.submit.errors = [f"You are the only organiser of {alone}. Make somebody else an organiser first"]
    return render_template("attendees/delete.html", event=event(), form=form, effects=effects)
