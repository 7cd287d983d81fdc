"""The menu, the account corner and the footer of every page."""

from typing import Any

from flask import Flask, current_app, g, request, url_for

from matchmaker.store.event import event_roles, events
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event, TopicsFrom
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, PLANNED, Registration
from matchmaker.web.access import may_open, role
from matchmaker.web.account import signed_in
from matchmaker.web.event_time import directory_name
from matchmaker.web.in_hall import waits_for_website
from matchmaker.web.no_mail import no_mail
from matchmaker.web.transaction import once, session

ATTENDEE_MENU: tuple[tuple[str, str], ...] = (
    ("attendees.home", "Home"),
    ("attendees.suggestions", "Suggestions"),
    ("attendees.day", "My day"),
    ("attendees.directory", ""),
    ("people.datasets", "Datasets"),
    ("people.thanks", "Thanks"),
)
"""The directory has a name that depends on the time."""
TOPICS_ENTRY = ("attendees.topics", "Table topics")
"""The entry after the suggestions, at an event that has table topics."""
NOT_COMING_MENU = (
    ("attendees.home", "Home"),
    ("people.datasets", "Datasets"),
    ("people.thanks", "Thanks"),
)
ORGANISER_MENU = (
    ("organisers.home", "Overview"),
    ("organisers.people", "People"),
    ("organisers.setup", "Set-up"),
    ("organisers.plans", "Plan"),
    ("organisers.printing", "Print"),
    ("organisers.day", "The day"),
    ("organisers.desk", "Desk"),
    ("organisers.labels", "Labels"),
    ("people.datasets", "Datasets"),
)
HELPER_MENU = (("organisers.day", "The day"), ("organisers.desk", "Desk"))
READER_MENU = (
    ("organisers.home", "Overview"),
    ("organisers.programme", "Rounds and tables"),
    ("organisers.plans", "Plan"),
)
ROLE_MENU = {
    EventRole.ORGANISER: ORGANISER_MENU,
    EventRole.HELPER: HELPER_MENU,
    EventRole.READER: READER_MENU,
}
"""Role at an event → the menu of its pages for organisers."""
ANOTHER = "Another event"
"""The last entry for who has a role at several events: their list of them."""
SECTION = {
    "attendees.choices": "attendees.home",
    "attendees.day_changes": "attendees.day",
    "attendees.met": "attendees.day",
    "attendees.profile.about": "attendees.home",
    "attendees.profile.datasets": "attendees.home",
    "attendees.profile.help": "attendees.home",
    "attendees.profile.seen": "attendees.home",
    "attendees.solved": "attendees.day",
    "organisers.people.attendance": "organisers.plans",
    "organisers.catalogue.catalogue": "organisers.people",
    "organisers.catalogue.dataset": "people.datasets",
    "organisers.catalogue.datasets": "people.datasets",
    "organisers.plans.edit": "organisers.plans",
    "organisers.people.exclusions": "organisers.setup",
    "organisers.attendee_lists.imports": "organisers.people",
    "organisers.people.invitations": "organisers.people",
    "organisers.credits.figures": "organisers.labels",
    "organisers.credits.label_sheets": "organisers.labels",
    "organisers.credits.letters": "organisers.labels",
    "organisers.credits.lost_labels": "organisers.labels",
    "organisers.people.merge": "organisers.people",
    "organisers.credits.moderation": "organisers.home",
    "organisers.people.needs": "organisers.people",
    "organisers.people.organisations": "organisers.people",
    "organisers.people.paper": "organisers.people",
    "organisers.people.person": "organisers.people",
    "organisers.people.several": "organisers.people",
    "organisers.plans.plan": "organisers.plans",
    "organisers.plans.print_sheets": "organisers.printing",
    "organisers.plans.publish": "organisers.plans",
    "organisers.plans.topics": "organisers.setup",
    "organisers.event.poster": "organisers.day",
    "organisers.event.progress": "organisers.home",
    "organisers.event.report": "organisers.home",
    "organisers.event.places": "organisers.people",
    "organisers.event.rounds": "organisers.setup",
    "organisers.event.who_organises": "organisers.setup",
    "organisers.event.tables": "organisers.setup",
    "organisers.credits.unclaimed": "organisers.people",
    "organisers.credits.wall": "organisers.labels",
    "people.credits.contributions": "people.datasets",
    "people.catalogue.dataset": "people.datasets",
    "people.credits.missing_labels": "people.datasets",
    "people.credits.report": "people.datasets",
    "people.credits.strangers": "people.datasets",
    "people.credits.thank": "people.thanks",
    "people.credits.thank_several": "people.thanks",
}
"""File of a page that is in no menu → the menu's entry it belongs under; others belong under their own file's."""
FOOTER = (
    ("public.privacy", "Privacy"),
    ("public.accessibility", "Accessibility"),
    ("public.how_suggestions_are_made", "How suggestions are made"),
)


def init_app(app: Flask) -> None:
    """Give every template of `app` its menu, and the question which pages of the organisers its reader may open."""
    app.context_processor(_around_the_page)
    app.jinja_env.globals["may_open"] = may_open


@once
def _around_the_page() -> dict[str, Any]:
    """Return what the layout asks for. Each field of a form is a template of its own, and is given it, too."""
    person = signed_in()
    account = {
        "name": person.name if person else "",
        "sign_in": url_for("public.sign_in"),
        "sign_out": url_for("public.sign_out"),
        "mine": url_for("people.mine"),
    }
    footer = [{"text": text, "href": url_for(endpoint)} for endpoint, text in FOOTER]
    event, menu = _menu(person) if person else (None, ())
    return {
        "account": account,
        "demo_personas": _personas(),
        "event_name": event.name if event else "",
        "footer_links": footer,
        "home_url": url_for("public.home"),
        "runs_in_hall": current_app.config["SETTINGS"].in_hall,
        "waits_for_website": waits_for_website(),
        "no_mail": no_mail(),
        "no_phone": current_app.config["SETTINGS"].alone,
        "navigation": _entries(person, event, menu) if person and event else [],
    }


def _personas() -> list[dict[str, str]]:
    """Return the people one can look around as, in the demo; nobody anywhere else."""
    return current_app.config.get("DEMO_PERSONAS", []) if current_app.config["SETTINGS"].demo else []


def _entries(person: Person, event: Event, menu: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    """Return the menu's entries; who organises or helps with several events gets one more, which lists them."""
    entries = [_item(endpoint, text or directory_name(event), event.public_id) for endpoint, text in menu]
    if menu in ROLE_MENU.values() and _has_several_roles(person):
        here = request.endpoint == "public.home"
        entries.append({"text": ANOTHER, "href": url_for("public.home"), "current": here, "active": here})
    return entries


def _has_several_roles(person: Person) -> bool:
    """Say whether somebody has a role at several events, as whoever let them in to a page of one has learnt."""
    known: bool | None = g.get("several_roles")
    return event_roles.has_several_roles(session(), person.id) if known is None else known


def _item(endpoint: str, text: str, event_id: str) -> dict[str, Any]:
    inside_event = not endpoint.startswith("people.")
    address = url_for(endpoint, event=event_id) if inside_event else url_for(endpoint)
    here = request.endpoint or ""
    return {"text": text, "href": address, "current": here == endpoint, "active": _section(here) == endpoint}


def _section(endpoint: str) -> str:
    """Return the menu's entry that a page stands under: that of the file its route is in."""
    view = current_app.view_functions.get(endpoint)
    file = view.__module__.removeprefix("matchmaker.web.") if view else ""
    audience, _, place = file.partition(".")
    return SECTION.get(file, f"{audience}.{place.rpartition('.')[2]}")


def _menu(person: Person) -> tuple[Event | None, tuple[tuple[str, str], ...]]:
    """Return the event the person is at and the menu for what they are there.

    On pages of an event, that event; elsewhere the newest event they attend or have a role at.
    """
    here_as = role()
    if here_as is not None:
        return g.event, ROLE_MENU[here_as]
    if "event" in g:
        here = g.get("registration") or registrations.of_person(session(), g.event.id, person.id)
        if here is not None:
            return g.event, _attendee_menu(g.event, here)
    for registration in registrations.events_of(session(), person.id):
        if registration.state in COMING:
            event = events.by_id(session(), registration.event_id)
            return event, _attendee_menu(event, registration) if event else ATTENDEE_MENU
    newest = next(iter(event_roles.roles_of(session(), person.id)), None)
    return (newest[0], ROLE_MENU[newest[1]]) if newest else (None, ())


def _attendee_menu(event: Event, registration: Registration) -> tuple[tuple[str, str], ...]:
    """Return the menu of who comes; before they say so, without the pages that wait for that answer."""
    if registration.state not in PLANNED:
        return NOT_COMING_MENU
    if event.topics_from is TopicsFrom.NOBODY:
        return ATTENDEE_MENU
    return (*ATTENDEE_MENU[:2], TOPICS_ENTRY, *ATTENDEE_MENU[2:])
