"""The first page: what this is, and the way to one's own event."""

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.store import events, registrations
from matchmaker.store.registrations import COMING
from matchmaker.web.account import signed_in
from matchmaker.web.public import public
from matchmaker.web.transaction import session


@public.get("/")
def home() -> str | Response:
    """Show what this is; lead a signed-in person to what they are here for."""
    person = signed_in()
    if person is None:
        return render_template("public/home.html", demo=current_app.config["SETTINGS"].demo)
    attending = [
        event
        for registration in registrations.events_of(session(), person.id)
        if registration.state in COMING
        and (event := events.by_id(session(), registration.event_id)) is not None
    ]
    organised = events.organised_by(session(), person.id)
    if len(attending) + len(organised) == 1:
        endpoint = "attendees.home" if attending else "organisers.home"
        return redirect(url_for(endpoint, event=(attending + organised)[0].public_id))
    return render_template("public/my_events.html", attending=attending, organised=organised)
