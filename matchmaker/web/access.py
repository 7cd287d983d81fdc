"""Who may open what: one gate a blueprint. Everything that a gate refuses looks as if it did not exist.

* people: anyone signed in
* attendees: someone with a registration at the event in the address, whatever became of it
* organisers: an organiser of the event in the address; a helper or a reader where the page says so with `also_for`
"""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Blueprint, abort, current_app, g, request
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.store.event import event_roles, events
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Registration
from matchmaker.web import in_hall
from matchmaker.web.account import me, signed_in
from matchmaker.web.lost_forms import ask_to_sign_in
from matchmaker.web.transaction import session

__all__ = [
    "FIRST_PAGE", "also_for", "also_open", "at", "event", "for_attendees", "for_organisers", "for_people",
    "may_open", "registration", "role",
]  # fmt: skip

View = TypeVar("View", bound=Callable[..., Any])

_ALSO_FOR: dict[Callable[..., Any], frozenset[EventRole]] = {}
"""Page of the organisers → the other roles that may open it; no page stands here twice."""

FIRST_PAGE = {
    EventRole.ORGANISER: "organisers.home",
    EventRole.HELPER: "organisers.day",
    EventRole.READER: "organisers.home",
}
"""Role at an event → the page it begins at."""


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
    blueprint.before_request(_need_role)


def also_for(*roles: EventRole) -> Callable[[View], View]:
    """Let people with one of these roles at the event open this page of the organisers, too."""

    def mark(view: View) -> View:
        _ALSO_FOR[view] = frozenset(roles)
        return view

    return mark


def also_open(view: Callable[..., Any]) -> frozenset[EventRole]:
    """Return the roles besides the organiser's that may open a page of the organisers."""
    return _ALSO_FOR.get(view, frozenset())


def may_open(endpoint: str) -> bool:
    """Return whether the role of whoever asks, at this page's event, opens this page of the organisers."""
    view = current_app.view_functions[endpoint]
    return role() is EventRole.ORGANISER or role() in also_open(view)


def at(common: Event) -> None:
    """Let a page of anyone signed in speak of one event, as that event's own pages do."""
    g.event, g.event_id = common, common.public_id


def event() -> Event:
    """Return the event of this page's address."""
    found: Event = g.event
    return found


def role() -> EventRole | None:
    """Return the role that whoever opens a page of the organisers has at its event."""
    found: EventRole | None = g.get("event_role")
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
    found, g.registration = registrations.event_with_registration(session(), g.event_id or "", me().id)
    if found is None:
        _refuse()
    g.event = found
    return in_hall.refused(event())


def _need_role() -> AnyResponse | None:
    found, g.event_role, g.several_roles = event_roles.event_with_role(session(), g.event_id or "", me().id)
    if found is None:
        _refuse()
    g.event = found
    if not may_open(request.endpoint or ""):
        abort(404)
    return in_hall.refused(event())


def _refuse() -> NoReturn:
    """Refuse somebody who has no part in this, on a page of the event if there is one."""
    there = events.by_public_id(session(), g.event_id or "")
    if there is not None:
        g.event = there
    abort(404)
