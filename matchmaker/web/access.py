"""Who may open what: one gate a blueprint. Everything that a gate refuses looks as if it did not exist.

* people: anyone signed in
* attendees: someone with a registration at the event in the address, whatever became of it
* organisers: an organiser of the event in the address
"""

from typing import Any

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Registration
from matchmaker.web import in_hall
from matchmaker.web.account import me, signed_in
from matchmaker.web.lost_forms import ask_to_sign_in
from matchmaker.web.transaction import session

__all__ = ["at", "event", "for_attendees", "for_organisers", "for_people", "registration"]


def for_people(blueprint: Blueprint) -> None:
    """Let only signed-in people into the pages of this blueprint."""
    blueprint.before_request(_need_sign_in)
    blueprint.before_request(_need_no_event)


def for_attendees(blueprint: Blueprint) -> None:
    """Let only people registered at the event in the address into the pages of this blueprint."""
    blueprint.url_value_preprocessor(_take_event)
    blueprint.url_defaults(_give_event)
    blueprint.before_request(_need_sign_in)
    blueprint.before_request(_need_registration)


def for_organisers(blueprint: Blueprint) -> None:
    """Let only organisers of the event in the address into the pages of this blueprint."""
    blueprint.url_value_preprocessor(_take_event)
    blueprint.url_defaults(_give_event)
    blueprint.before_request(_need_sign_in)
    blueprint.before_request(_need_organiser)


def at(common: Event) -> None:
    """Let a page of anyone signed in speak of one event, as that event's own pages do."""
    g.event, g.event_id = common, common.public_id


def event() -> Event:
    """Return the event of this page's address."""
    found: Event = g.event
    return found


def registration() -> Registration:
    """Return the signed-in attendee's registration at this page's event."""
    found: Registration = g.registration
    return found


def _take_event(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.event_id = (values or {}).pop("event", None)


def _give_event(endpoint: str, values: dict[str, Any]) -> None:
    """Let pages of one event link to each other without naming it."""
    if "event" not in values and "event_id" in g:
        values["event"] = g.event_id


def _need_sign_in() -> AnyResponse | None:
    return ask_to_sign_in() if signed_in() is None else None


def _need_no_event() -> AnyResponse | None:
    return in_hall.refused(None)


def _need_registration() -> AnyResponse | None:
    _find_event()
    found = registrations.of_person(session(), g.event.id, me().id)
    if found is None:
        abort(404)
    g.registration = found
    return in_hall.refused(event())


def _need_organiser() -> AnyResponse | None:
    _find_event()
    if not events.organises(session(), me().id, g.event.id):
        abort(404)
    return in_hall.refused(event())


def _find_event() -> None:
    found = events.by_public_id(session(), g.event_id or "")
    if found is None:
        abort(404)
    g.event = found
