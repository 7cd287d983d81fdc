"""An invited person's first page: what the event holds about them and why; and their yes or no."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.event import organisers
from matchmaker.services.people import coming
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.transaction import session, start

BEFORE_THE_ANSWER = frozenset({"attendees.home", "attendees.answer_invitation"})
"""What an invited person can open before they have seen the notice and said yes or no."""


@attendees.before_request
def show_the_notice_first() -> Response | None:
    """Take somebody who has not answered the invitation to the page that tells them what is held."""
    if registration().state is RegistrationState.INVITED and request.endpoint not in BEFORE_THE_ANSWER:
        return redirect(url_for("attendees.home"))
    return None


@attendees.post("/coming")
def answer_invitation() -> Response:
    """Keep a yes or a no, with the notice that was shown."""
    said, now = request.form.get("coming"), datetime.now(UTC)
    if said == "yes":
        coming.say_yes(session(), event(), registration(), now)
        return redirect(url_for("attendees.home"))
    if said != "no" or registration().state is not RegistrationState.INVITED:
        abort(400)
    coming.say_no(session(), event(), registration(), now)
    start(refresh_lists.ask_for(session(), event().id, [me().id], me().id))
    flash(
        f"Thank you for telling us. If you change your mind, write to {organisers.contact(event())}",
        "success",
    )
    return redirect(url_for("public.home"))
