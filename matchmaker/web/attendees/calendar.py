"""My day as a calendar: a file to take in once, and a private address to subscribe to."""

from datetime import UTC, datetime

from flask import Response, current_app, flash, redirect, url_for
from werkzeug.wrappers import Response as Answer

from matchmaker.services.plans import calendar as calendars
from matchmaker.settings import Settings
from matchmaker.web.access import event, registration
from matchmaker.web.attendees import attendees
from matchmaker.web.file_names import named
from matchmaker.web.transaction import session


@attendees.get("/day.ics")
def calendar() -> Response:
    """Give the reader's meetings as a calendar file."""
    link = _settings().public_url + url_for("attendees.day")
    file = calendars.calendar(session(), event(), registration(), link, datetime.now(UTC))
    answer = Response(file, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{named(event(), "my-day.ics")}"'
    return answer


@attendees.post("/day/calendar")
def renew_calendar() -> Answer:
    """Give the reader's calendar another private address; the one before shows nothing any more."""
    calendars.renew(session(), registration())
    flash("Your calendar has a new address. Subscribe again with it: the old one no longer works", "success")
    return redirect(url_for("attendees.day", _anchor="calendar"))


def feed_address() -> str:
    """Return the private address of the reader's calendar."""
    one = registration()
    path = url_for(
        "public.calendar",
        event=event().public_id,
        registration=one.public_id,
        proof=calendars.proof(_settings().secret_key, one),
    )
    return _settings().public_url + path


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
