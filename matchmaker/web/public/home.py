"""The first page: what this is, and the way to your own event; in the demo, three people to look around as."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.services.credits import kept_labels
from matchmaker.services.event import make_event
from matchmaker.services.people.coming import ASKING
from matchmaker.store.credits import endorsements
from matchmaker.store.event import event_roles, events
from matchmaker.store.event.events import Event
from matchmaker.store.people import places, registrations
from matchmaker.store.people.registrations import COMING, Registration, RegistrationState
from matchmaker.web.access import FIRST_PAGE
from matchmaker.web.account import signed_in
from matchmaker.web.public import public
from matchmaker.web.public.demo import personas
from matchmaker.web.transaction import session

HEADINGS = {
    RegistrationState.CONFIRMED: "You are coming to",
    RegistrationState.INVITED: "You are invited to",
    **dict.fromkeys(ASKING, "You want a place at"),
    **dict.fromkeys((RegistrationState.DECLINED, RegistrationState.CANCELLED), "You are not coming to"),
}
"""State → what an event is to somebody before it is over."""


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
    mine = [event for registration, event in kept if registration.state in (*COMING, *ASKING)]
    roles = [(event, role, FIRST_PAGE[role]) for event, role in event_roles.roles_of(session(), person.id)]
    ways = [("attendees.home", event) for event in mine] + [(page, event) for event, _, page in roles]
    if len(ways) == 1:
        ((page, event),) = ways
        return redirect(url_for(page, event=event.public_id))
    return render_template(
        "public/my_events.html",
        groups=_by_state(kept),
        roles=roles,
        over=[event for _, event in kept if event.is_over(datetime.now(UTC))],
        may_make=make_event.may_make(session(), person),
    )


def _by_state(kept: list[tuple[Registration, Event]]) -> list[tuple[str, list[Event]]]:
    """Return a person's events that are not over, by what they are to them."""
    now = datetime.now(UTC)
    found: dict[str, list[Event]] = {heading: [] for heading in HEADINGS.values()}
    for registration, event in kept:
        if not event.is_over(now):
            found[HEADINGS[registration.state]].append(event)
    return [(heading, events) for heading, events in found.items() if events]


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
        "hidden": named.hidden,
        "thanks": endorsements.count_accepted(session(), newest.id),
    }
