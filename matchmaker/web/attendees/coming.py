"""An invited person's first page: what the event holds about them and why; and their yes or no."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.event import organisers
from matchmaker.services.people import coming
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store.people.registrations import COMING, RegistrationState
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.transaction import session, start

IN_ANY_STATE = frozenset(
    {
        "attendees.home",
        "attendees.choices",
        "attendees.choose_name",
        "attendees.choose_public",
        "attendees.choose_screen",
        "attendees.choose_suggestions",
        "attendees.unblock",
    }
)
"""What anybody on the list can open, also who left or was never asked: what is held about them is theirs."""

WHILE_ASKING = IN_ANY_STATE | {"attendees.answer_invitation"}
"""What somebody who wants a place and has none yet can open: they can give up, or answer an offer."""

BEFORE_THE_ANSWER = IN_ANY_STATE | {"attendees.answer_invitation", "attendees.leave", "attendees.leave_now"}
"""What an invited person can open before they have seen the notice and said yes or no."""


@attendees.before_request
def open_what_is_theirs() -> Response | None:
    """Take somebody who has not answered to the notice, and somebody who is not coming to the page that says so."""
    state = registration().state
    if state is RegistrationState.INVITED:
        shut = request.endpoint not in BEFORE_THE_ANSWER
    elif state in coming.ASKING:
        shut = request.endpoint not in WHILE_ASKING
    else:
        shut = state not in COMING and request.endpoint not in IN_ANY_STATE
    return redirect(url_for("attendees.home")) if shut else None


@attendees.post("/coming")
def answer_invitation() -> Response:
    """Keep a yes, a no, or that another day would suit, with the notice that was shown; to an offer, too."""
    said, now, before = request.form.get("coming"), datetime.now(UTC), registration().state
    if said == "yes" and before not in (RegistrationState.PENDING, RegistrationState.WAITING):
        if event().is_over(now):
            flash("The event is over, so there is nothing to say yes to any more", "important")
            return redirect(url_for("attendees.home"))
        coming.say_yes(session(), event(), registration(), now)
        if (before in COMING) != (registration().state in COMING):
            start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
        return redirect(url_for("attendees.home"))
    if said not in ("no", "another-day") or before not in (RegistrationState.INVITED, *coming.ASKING):
        abort(400)
    another = said == "another-day"
    coming.say_no(session(), event(), registration(), now, ask_next_time=another)
    start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    told = "The organisers see that you would like to be asked the next time. " if another else ""
    flash(
        f"Thank you for telling us. {told}If you change your mind, write to {organisers.contact(event())}",
        "success",
    )
    return redirect(url_for("public.home"))
