"""An invited person's first page: what the event holds about them and why; and their yes or no."""

from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from matchmaker.services.people import coming
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store.people.registrations import COMING, RegistrationState
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.filters import clock, weekday
from matchmaker.web.transaction import deliver_mail, session, start

SAID_NO = "said_no"
"""In a browser's session: the registration that said no to its invitation there."""

IN_ANY_STATE = frozenset(
    {
        "attendees.home",
        "attendees.answer_invitation",
        "attendees.choices",
        "attendees.choose_letters",
        "attendees.choose_name",
        "attendees.choose_public",
        "attendees.choose_screen",
        "attendees.choose_suggestions",
        "attendees.take_out_needs",
        "attendees.unblock",
    }
)
"""What anybody on the list can open, also who left or was never asked: what is held about them is theirs."""

BEFORE_THE_ANSWER = IN_ANY_STATE | {"attendees.leave", "attendees.leave_now"}
"""What an invited person can open before they have seen the notice and said yes or no."""


@attendees.before_request
def open_what_is_theirs() -> Response | None:
    """Take somebody who has not answered to the notice, and somebody who is not coming to the page that says so."""
    state = registration().state
    if state is RegistrationState.INVITED:
        shut = request.endpoint not in BEFORE_THE_ANSWER
    else:
        shut = state not in COMING and request.endpoint not in IN_ANY_STATE
    return redirect(url_for("attendees.home")) if shut else None


@attendees.post("/coming")
def answer_invitation() -> Response:
    """Keep a yes, a no, or that another day would suit, with the notice that was shown; to an offer, too.

    A no to an invitation can be taken back by who pressed it, in the browser where they did.
    """
    said, now, before = request.form.get("coming"), datetime.now(UTC), registration().state
    if before not in (*COMING, *coming.ASKING):
        if said == "not-no" and can_take_back():
            coming.take_back_no(session(), registration())
    elif said == "yes" and before not in (RegistrationState.PENDING, RegistrationState.WAITING):
        over = event().is_over(now)
        if over and before is not RegistrationState.CONFIRMED:
            flash("The event is over, so there is nothing to say yes to any more", "important")
            return redirect(url_for("attendees.home"))
        coming.say_yes(session(), event(), registration(), now)
        if registration().state is RegistrationState.CONFIRMED and not over:
            flash(f"You are coming to {event().name} on {weekday(event().held_on)}{_from()}", "success")
    elif said in ("no", "another-day") and before is not RegistrationState.CONFIRMED:
        _say_no(now, another_day=said == "another-day")
    else:
        abort(400)
    if (before in COMING) != (registration().state in COMING):
        start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    return redirect(url_for("attendees.home"))


def can_take_back() -> bool:
    """Say whether the reader said no to an invitation in this browser, and it still stands so, with the day ahead."""
    said_here = cookie.get(SAID_NO) == registration().public_id
    ahead = not event().is_over(datetime.now(UTC))
    return said_here and ahead and registration().state is RegistrationState.DECLINED


def _say_no(now: datetime, *, another_day: bool) -> None:
    if registration().state is RegistrationState.INVITED:
        cookie[SAID_NO] = registration().public_id
    link = current_app.config["SETTINGS"].public_url + url_for("attendees.home")
    coming.say_no(session(), event(), registration(), now, link=link, ask_next_time=another_day)
    deliver_mail()
    flash("Thank you for telling us", "success")


def _from() -> str:
    """Say when the first round begins, as the end of a sentence, once there are rounds."""
    begins = event().begins
    return f", from {clock(begins, event().zone)}" if begins else ""
