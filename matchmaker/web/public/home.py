"""The first page: what this is, and the way to your own event; in the demo, three people to look around as."""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.services.credits import kept_labels
from matchmaker.services.event import make_event
from matchmaker.services.people.coming import ASKING
from matchmaker.store.credits import endorsements
from matchmaker.store.event import events
from matchmaker.store.people import places, registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.web.access import FIRST_PAGE
from matchmaker.web.account import signed_in
from matchmaker.web.public import public
from matchmaker.web.public.demo import personas
from matchmaker.web.transaction import session


@public.get("/")
def home() -> str | Response:
    """Show what this is; lead a signed-in person to what they are here for."""
    person = signed_in()
    if person is None:
        demo = current_app.config["SETTINGS"].demo
        return render_template(
            "public/home.html", personas=personas() if demo else [], today=_today() if demo else None
        )
    kept = registrations.with_events(session(), person.id)
    attending = [event for registration, event in kept if registration.state in COMING]
    asking = [event for registration, event in kept if registration.state in ASKING]
    not_coming = [event for registration, event in kept if registration.state not in (*COMING, *ASKING)]
    roles = [(event, role, FIRST_PAGE[role]) for event, role in events.roles_of(session(), person.id)]
    ways = [("attendees.home", event) for event in attending + asking] + [
        (page, event) for event, _, page in roles
    ]
    if len(ways) == 1:
        ((page, event),) = ways
        return redirect(url_for(page, event=event.public_id))
    return render_template(
        "public/my_events.html",
        attending=attending,
        roles=roles,
        asking=asking,
        not_coming=not_coming,
        may_make=make_event.may_make(session(), person),
    )


def _today() -> dict[str, Any] | None:
    """Return the demo's event in a few numbers; a real installation shows its events to nobody but its people."""
    newest = next(iter(events.all_events(session())), None)
    if newest is None:
        return None
    named = kept_labels.in_all(session())
    return {
        "event": newest,
        "people": places.count_confirmed(session(), newest.id),
        "datasets": named.datasets,
        "named": named.named,
        "thanks": endorsements.count_accepted(session(), newest.id),
    }
