"""What became of it: whether what an attendee was stuck on at the event is solved, and who helped."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people import ask_if_solved, remember_meetings
from matchmaker.store.credits.outcomes import SolvedAnswer
from matchmaker.store.people import registrations
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.gone import say_gone
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session

SAID = {
    SolvedAnswer.YES: "It is solved. You are no longer listed as stuck on it",
    SolvedAnswer.NO: "You are still stuck on it. That is kept",
    SolvedAnswer.NOT_NOW: "We do not ask again",
}


@attendees.get("/solved")
def solved() -> str:
    """Ask of each dataset the reader was stuck on whether it is solved, and show what they said."""
    now = datetime.now(UTC)
    return render_template(
        "attendees/solved.html",
        event=event(),
        stuck=ask_if_solved.stuck(session(), event(), me()),
        met=[one.person for one in remember_meetings.met(session(), event(), me(), now)],
    )


@attendees.post("/solved/<dataset>")
def say_solved(dataset: str) -> Response:
    """Keep whether a dataset the reader was stuck on is solved, and by whom if they say so."""
    registrations.hold(session(), event().id, me().id)
    asked = {one.dataset.public_id: one.dataset for one in ask_if_solved.stuck(session(), event(), me())}
    if dataset not in asked:
        say_gone(
            "You are not asked about this dataset any more",
            url_for("attendees.solved"),
            "What you were stuck on",
        )
    said = next((one for one in SolvedAnswer if one.value == request.form.get("said")), None)
    if said is None:
        abort(400)
    helper = request.form.get("helper", "")
    ask_if_solved.answer(session(), event(), me(), asked[dataset], said, helper, datetime.now(UTC))
    work_out_again()
    flash(f"{asked[dataset].title}: {SAID[said][0].lower()}{SAID[said][1:]}", "success")
    return redirect(url_for("attendees.solved", _anchor=f"dataset-{dataset}"))
