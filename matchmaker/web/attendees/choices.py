"""An attendee's choices: what is held and why, being suggested, blocks, and leaving."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.credits import build_labels
from matchmaker.services.event import organisers
from matchmaker.services.people import agreements, coming, fill_profile, list_in_directory, stop_letters
from matchmaker.services.people.coming import ASKING
from matchmaker.services.suggestions import give_answers, refresh_lists
from matchmaker.store.people import basis
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.registrations import COMING, RegistrationState
from matchmaker.store.plans import meetings_off
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web import account
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.day import published_plan
from matchmaker.web.gone import say_gone
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session, start

RECORDED = {
    BasisKind.NOTICE: "You were shown the privacy notice",
    BasisKind.OBJECTION: "You objected",
    BasisKind.CONSENT: "You agreed",
    BasisKind.WITHDRAWAL: "You took back what you had said",
    BasisKind.ORGANISER: "An organiser recorded whether you come",
}

SAID = {
    coming.OBJECTION: "You objected to being suggested",
    coming.AGREEMENT: "You agreed to be suggested again",
    list_in_directory.LISTED: "You agreed to be found in the directory",
    list_in_directory.NOT_LISTED: "You took back that you may be found in the directory",
    agreements.SCREEN: "You agreed to be shown on the screen in the hall",
    agreements.NO_SCREEN: "You took back that the screen in the hall may show you",
    agreements.PUBLIC: "You agreed to be named on public labels",
    agreements.NOT_PUBLIC: "You took back that public labels may name you",
}
"""What was said with which words, where they are still the words of today; other words have `RECORDED` alone."""


@attendees.get("/choices")
def choices() -> str:
    """Show what is held, and every choice with its state."""
    return render_template(
        "attendees/choices.html",
        event=event(),
        notice=coming.notice(event()),
        records=[
            (record, SAID.get(record.wording, RECORDED[record.kind]))
            for record in basis.records(session(), registration().id)
        ],
        coming=registration().state in COMING,
        asking=registration().state in ASKING,
        answered=registration().state is not RegistrationState.INVITED,
        suggestible=registration().suggestible,
        planned=published_plan() is not None,
        shows_name=me().show_name,
        few_letters=me().few_letters,
        needs_kept=fill_profile.tells_needs(registration()),
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
        **account.where_signed_in(),
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


@attendees.post("/choices/needs")
def take_out_needs() -> Response:
    """Take out what one needs at the venue and eats, also where one's profile is shut."""
    fill_profile.take_out_needs(session(), registration())
    flash("What you need and what you eat is taken out", "success")
    return redirect(url_for("attendees.choices"))


@attendees.post("/choices/letters")
def choose_letters() -> Response:
    """Get only letters that one cannot do without, or all of them again."""
    few = _yes_or_no("few")
    stop_letters.choose(session(), me(), few)
    flash(
        "You get only letters that you cannot do without" if few else "You get all letters again", "success"
    )
    return redirect(url_for("attendees.choices", _anchor="letters"))


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
        say_gone(
            "You do not block this person any more, or they have left",
            url_for("attendees.choices"),
            "Your choices",
        )
    give_answers.answer(session(), event().id, me().id, found[0].id, None, datetime.now(UTC))
    start(refresh_lists.ask_for(session(), event().id, [me().id, found[0].id], me().id))
    work_out_again()
    flash(f"You have taken back your block of {found[0].name}", "success")
    return redirect(url_for("attendees.choices", _anchor="blocked"))


@attendees.get("/choices/leave")
def leave() -> str:
    """Say what leaving does, and ask."""
    return render_template(
        "attendees/leave.html",
        event=event(),
        contact=organisers.contact(event()),
        meetings=meetings_off.count_ahead(session(), me().id, datetime.now(UTC), event().id),
        hosted=meetings_off.count_hosted_ahead(session(), me().id, datetime.now(UTC), event().id),
    )


@attendees.post("/choices/leave")
def leave_now() -> Response:
    """Leave the event."""
    coming.leave(session(), registration())
    start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    flash(
        f"You have left {event().name}. If you change your mind, write to {organisers.contact(event())}",
        "success",
    )
    return redirect(url_for("attendees.home"))
