"""What an event that runs in the hall may be changed by here, and how everything else is refused, with nothing lost.

On the website: an event whose copy is out is read, and only what is everybody's own at any time is kept. On the
computer in the hall: what belongs to the whole website waits until the event is back there, and once the copy is
closed nothing is changed at all. What is refused is kept for its sender for an hour, as after a lost session.
"""

from flask import Flask, current_app, flash, make_response, render_template, request
from werkzeug.wrappers import Response

from matchmaker.store.event import events, in_hall
from matchmaker.store.event.events import Event
from matchmaker.store.event.in_hall import RunsInHall
from matchmaker.web.lost_forms import keep_unsent
from matchmaker.web.second_try import READING
from matchmaker.web.transaction import keep_even_if_refused, session, undo

OWN_CHOICES = frozenset({
    "attendees.choose_directory", "attendees.choose_letters", "attendees.choose_name",
    "attendees.choose_public", "attendees.choose_screen", "attendees.choose_suggestions", "attendees.leave_now",
    "attendees.renew_calendar", "attendees.take_out_needs", "attendees.unblock", "people.choose_thanks",
})  # fmt: skip
"""Forms about oneself that are taken wherever the event runs, and win when it is brought back."""
PRINTED = frozenset({
    "organisers.attendees_table", "organisers.claim_slips", "organisers.labels_table", "organisers.plan_table",
    "organisers.print_all", "organisers.print_label_pdf", "organisers.print_pdf", "organisers.propose_tables",
})  # fmt: skip
"""Forms that make paper and change nothing."""
OF_WEBSITE = frozenset({
    "organisers.import_catalogue", "organisers.join_publishers", "organisers.leave_series", "organisers.letter",
    "organisers.merge_dataset", "organisers.merge_person", "organisers.name_dataset", "organisers.series",
    "people.new_event",
})  # fmt: skip
"""Forms that concern more than one event, or send letters: not in the hall."""
OF_WEBSITE_IF = {
    "organisers.act_on_several": ("act", "remove"),
    "organisers.confirm_several": ("act", "remove"),
}
"""Forms of which only one choice does: only the website knows whether somebody is at another event, or is erased."""
TITLES = {
    "out": "This is changed in the hall now",
    "closed": "This copy is closed",
    "of_website": "This waits for the website",
}
"""Why a form is refused → the heading of the page that says so."""


def init_app(app: Flask) -> None:
    """Let `app` answer what the last guard refuses."""
    app.register_error_handler(RunsInHall, _answer)


def waits_for_website() -> bool:
    """Whether the form of this page is refused because it is opened on a computer in the hall."""
    if not current_app.config["SETTINGS"].in_hall:
        return False
    name, choice = OF_WEBSITE_IF.get(request.endpoint or "", ("", ""))
    return request.endpoint in OF_WEBSITE or (bool(name) and request.values.get(name) == choice)


def refused(event: Event | None) -> Response | None:
    """Return the page that refuses this form, or None where it may be looked at. `event` is that of its address."""
    if request.method in READING:
        return None
    here = current_app.config["SETTINGS"].in_hall
    if here:
        closed = any(one.in_hall_since for one in events.all_events(session()))
        return _page("closed") if closed else _page("of_website") if waits_for_website() else None
    no = request.endpoint == "attendees.answer_invitation" and request.form.get("coming") != "yes"
    if no or request.endpoint in OWN_CHOICES:
        # Also where its address names no event: a choice of all events may change rows of one that is out.
        in_hall.allow(session())
        return None
    if event is None or event.in_hall_since is None or request.endpoint in PRINTED:
        return None
    return _page("out")


def _answer(_refused: RunsInHall) -> Response:
    undo()
    return _page("out")


def _page(why: str) -> Response:
    """Return the page that says why, with what was sent kept for its sender."""
    in_hall.allow(session())
    kept = keep_unsent()
    keep_even_if_refused()
    if request.headers.get("HX-Request") == "true":
        # htmx puts no error into a page; the page comes again as it is, and says why.
        flash(f"{TITLES[why]}, so that was not saved", "important")
        return make_response("", 204, {"HX-Refresh": "true"})
    return make_response(render_template("errors/in_hall.html", why=why, title=TITLES[why], kept=kept), 409)
