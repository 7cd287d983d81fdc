"""The calendar that a phone subscribes to: for whoever holds its private address, until it is renewed."""

from datetime import UTC, datetime

from flask import Response, abort, current_app, g, url_for

from matchmaker.services.plans import calendar as calendars
from matchmaker.settings import Settings
from matchmaker.store.event import events
from matchmaker.web.public import public
from matchmaker.web.transaction import session


@public.get("/calendar/<event>/<registration>/<proof>.ics")
def calendar(event: str, registration: str, proof: str) -> Response:
    """Give one person's meetings as a calendar file; an address that was renewed is as if it had never been."""
    settings: Settings = current_app.config["SETTINGS"]
    held = events.by_public_id(session(), event)
    one = calendars.at_address(session(), settings.secret_key, held, registration, proof) if held else None
    if held is None or one is None:
        abort(404)
    g.no_referrer = True
    link = settings.public_url + url_for("attendees.day", event=event)
    file = calendars.calendar(session(), held, one, link, datetime.now(UTC))
    return Response(file, mimetype="text/calendar")
