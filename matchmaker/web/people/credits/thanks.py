"""One's own thanks: what waits for a yes, what was received, what was given."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.rules import RELATIONS
from matchmaker.recognition.states import EndorsementState, as_the_giver_sees_it
from matchmaker.services.credits import accept_credits, build_labels, endorse_colleagues
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.session import hold
from matchmaker.web.account import me
from matchmaker.web.gone import say_gone
from matchmaker.web.people import people
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session

ANSWERS = {
    "accept": (EndorsementState.ACCEPTED, "Accepted. It is on the dataset’s label now"),
    "hide": (EndorsementState.HIDDEN, "It is hidden. Only you see it, and nobody is told"),
    "decline": (EndorsementState.DECLINED, "Declined. Nobody is told"),
}


CHANGED = "The words have been changed since you read them. Read them again, then decide"
ANSWERED = "You have answered this since you opened the page, or its words have been changed. Look again, then decide"
SEALED = "Accepted. Others see it once the organisers open the sealed thanks"


@dataclass(frozen=True)
class GivenThanks:
    """A thanks as its giver may see it: hidden and declined ones wait like any other."""

    row: Endorsement
    role: str
    accepted: bool


@people.get("/thanks")
def thanks() -> str:
    """Show what waits for the reader's yes, and the thanks they received and gave."""
    waiting = accept_credits.waiting_for(session(), me())
    received = [
        row
        for row in endorsements.received_by(session(), me().id)
        if row.state not in (EndorsementState.AWAITING, EndorsementState.WITHDRAWN)
    ]
    given = [
        _as_given(row)
        for row in endorsements.given_by(session(), me().id)
        if row.state is not EndorsementState.WITHDRAWN
    ]
    return render_template(
        "people/credits/thanks.html",
        waiting=waiting,
        received=[row for row in received if row.state is not EndorsementState.DECLINED],
        declined=[row for row in received if row.state is EndorsementState.DECLINED],
        given=given,
        says=any(row.declared_by_id == me().id for row in contributions.of_person(session(), me().id)),
        open_to_thanks=me().open_to_thanks,
        own_page=url_for("people.person", person=me().public_id),
        role_in_words=build_labels.role_in_words,
        relations=RELATIONS,
    )


@people.post("/thanks/<endorsement>/decide")
def decide_thanks(endorsement: str) -> Response:
    """Accept, hide or decline a thanks that one received."""
    row = endorsements.by_public_id(session(), endorsement)
    if row is None or row.receiver_id != me().id:
        say_gone(
            "This thanks is not here any more",
            url_for("people.thanks"),
            "Thanks",
        )
    if request.form.get("answer") not in ANSWERS:
        abort(400)
    state, words = ANSWERS[request.form["answer"]]
    # A profile that is being saved meanwhile lists the reader's credits.
    hold(session(), me())
    try:
        done = accept_credits.decide(session(), row, state, datetime.now(UTC), _read_at())
    except accept_credits.StandsOtherwise:
        flash(CHANGED if row.state is EndorsementState.AWAITING else ANSWERED, "important")
    else:
        if done:
            work_out_again()
            accepted_sealed = row.sealed and state is EndorsementState.ACCEPTED
            flash(SEALED if accepted_sealed else words, "success")
    return redirect(url_for("people.thanks"))


@people.post("/thanks/choice")
def choose_thanks() -> Response:
    """Take thanks and namings from colleagues, or none at all; they are not told."""
    answer = request.form.get("open")
    if answer not in ("yes", "no"):
        abort(400)
    accept_credits.choose(session(), me(), open_to_thanks=answer == "yes")
    work_out_again()
    flash(
        "Colleagues can thank and name you again"
        if answer == "yes"
        else "Nothing reaches you any more. Nobody is told, and what you accepted stays until you hide it",
        "success",
    )
    return redirect(url_for("people.thanks"))


@people.post("/thanks/<endorsement>/withdraw")
def withdraw_thanks(endorsement: str) -> Response:
    """Take back a thanks that one gave."""
    row = endorsements.by_public_id(session(), endorsement)
    if row is None or row.giver_id != me().id:
        say_gone(
            "This thanks is not here any more",
            url_for("people.thanks"),
            "Thanks",
        )
    if endorse_colleagues.withdraw(session(), row, datetime.now(UTC)):
        work_out_again(row.receiver_id)
        flash("Your thanks is withdrawn and its words are gone", "success")
    return redirect(url_for("people.thanks"))


def _as_given(row: Endorsement) -> GivenThanks:
    return GivenThanks(
        row,
        build_labels.role_in_words(row.role, row.contribution.role_text),
        as_the_giver_sees_it(row.state) is EndorsementState.ACCEPTED,
    )


def _read_at() -> datetime | None:
    """Return which words the page showed, if the form says so."""
    try:
        return datetime.fromisoformat(request.form["read"])
    except (KeyError, ValueError):
        return None
