"""The privacy notice: what this software does with data, and the notice of one event with its own contact."""

from flask import abort, render_template

from matchmaker.services.event import organisers
from matchmaker.store.event import event_roles, events
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.web.account import signed_in
from matchmaker.web.public import public
from matchmaker.web.transaction import session


@public.get("/privacy")
def privacy() -> str:
    """Say what is kept in general, and lead a signed-in person to the notices of their own events."""
    return render_template("public/privacy.html", own_events=_own_events())


@public.get("/events/<event>/privacy")
def event_privacy(event: str) -> str:
    """Say what one event keeps, for whom, why and until when; open to anybody who was given the address."""
    found = events.by_public_id(session(), event)
    if found is None:
        abort(404)
    return render_template("public/event_privacy.html", event=found, contact=organisers.contact(found))


def _own_events() -> list[Event]:
    person = signed_in()
    if person is None:
        return []
    found = {event.id: event for _, event in registrations.with_events(session(), person.id)}
    found |= {one.id: one for one, _ in event_roles.roles_of(session(), person.id)}
    return sorted(found.values(), key=lambda one: (one.held_on, one.id), reverse=True)
