"""Links to a person's page that know where they stand, so that the page leads back there.

The page is of a person and of no event, so the link says both from which page of which event its reader comes.
"""

from typing import Any

from flask import Flask, g, request, url_for

from matchmaker.store.event import events
from matchmaker.store.people import registrations
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import directory_name
from matchmaker.web.templating import row_address
from matchmaker.web.transaction import session

PLACES: dict[str, tuple[str, str]] = {
    "suggestions": ("attendees.suggestions", "Suggestions"),
    "directory": ("attendees.directory", ""),
    "day": ("attendees.day", "My day"),
    "met": ("attendees.met", "People I met"),
}
"""Name in an address → the page and what it is called; the directory has a name that depends on the time."""
SEARCHED = ("words", "organisation", "topic", "page")
"""What the address of a page of the directory holds, which an answer and the way back bring along."""


def init_app(app: Flask) -> None:
    """Give every template of `app` the links."""
    app.jinja_env.globals["to_person"] = to_person


def to_person(public_id: str, place: str, **narrowed: Any) -> str:
    """Return the address of a person's page, for a link on one of PLACES of the event that is shown.

    A page links to a dozen people from one place, which is written once an answer.
    """
    kept: dict[Any, str] = g.setdefault("links_from", {})
    here = place, *narrowed.items()
    if here not in kept:
        whole = url_for("people.person", person="somebody", back=place, at=event().public_id, **narrowed)
        kept[here] = whole.partition("?")[2]
    return f"{row_address('people.person', person=public_id)}?{kept[here]}"


def way_back(public_id: str) -> tuple[str, str] | None:
    """Return the address and the name of the page from which the reader came to somebody's page, if a link said so.

    It leads to nothing but pages of an event at which the reader is. At most two queries, none without such a link.
    """
    place, at = request.args.get("back", ""), request.args.get("at", "")
    there = events.by_public_id(session(), at) if place in PLACES else None
    if there is None or registrations.of_person(session(), there.id, me().id) is None:
        return None
    endpoint, name = PLACES[place]
    more: dict[str, Any] = {
        key: request.args[key] for key in SEARCHED if place == "directory" and request.args.get(key)
    }
    if place == "suggestions":
        more["person"] = public_id
    anchor = f"person-{public_id}" if place == "directory" else None
    return url_for(endpoint, event=there.public_id, _anchor=anchor, **more), name or directory_name(there)
