"""The desk: who is here, by badge or any part of a name, one tap each; and a personal code for who needs one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from matchmaker.services import sign_in_by_code
from matchmaker.services.event.organisers import beyond
from matchmaker.services.people import record_presence, sound_alike
from matchmaker.services.plans.next_tables import next_tables
from matchmaker.services.refused import Refused
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.people import guest_list, merged_registrations, presence, registrations, shown_people
from matchmaker.store.people.badge_codes import badge_code_in
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.people.shown_people import ShownPerson
from matchmaker.store.plans import plans
from matchmaker.store.session import hold
from matchmaker.web.access import also_for, event, may_open
from matchmaker.web.account import me
from matchmaker.web.event_time import time_of
from matchmaker.web.filters import clock
from matchmaker.web.finding import LONGEST
from matchmaker.web.no_mail import no_mail
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.people import state_words
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.public.sign_in import desk as sign_in_desk
from matchmaker.web.transaction import session

_NEW_CODE = "new_code"


@dataclass(frozen=True)
class Visitor:
    """One row of the desk: who, when they come if late, where and when they sit next, whether they are to come.

    `state` is in words, "" of who is to come.
    """

    one: ShownPerson
    comes: datetime | None
    table: int | None
    starts: str
    expected: bool
    state: str


@organisers.get("/desk")
@also_for(EventRole.HELPER)
def desk() -> str:
    """List everybody, fifty a page, whom the desk waits for first; a search also finds those who had said no."""
    g.scans_badges = True
    query = request.args.get("q", "").strip()
    over = time_of(event()).over
    here, coming = presence.count_here(session(), event().id, over=over)
    wanted = guest_list.named(query) if query else [guest_list.on_the_list(over=over)]
    count = guest_list.count(session(), event().id, wanted) if query else coming
    page = min(page_asked(), pages_of(count))
    since = _shown_since()
    found = shown_people.search(
        session(),
        event().id,
        query,
        wanted,
        A_PAGE,
        (page - 1) * A_PAGE,
        waited_for_at=None if query else since,
    )
    asked = request.args.get("scanned", "")
    named = registrations.by_public_id(session(), event().id, asked) if asked else None
    scanned = shown_people.of(session(), named) if named else None
    return render_template(
        "organisers/people/desk.html",
        desk=_in_all_rows(),
        scanned=_visitors([scanned])[0] if scanned else None,
        event=event(),
        query=query,
        visitors=_visitors([one for one in found if one != scanned]),
        alike=[] if found or not query else sound_alike.alike(session(), event().id, query),
        count=(here, coming),
        page_links=page_links("organisers.desk", _later_pages(query, since), page, pages_of(count), "people"),
    )


def _shown_since() -> datetime:
    """Return when the first page of the list was shown: whoever was noted after that keeps their place on the others.

    Without it everybody would move up by as many as were checked in, and the next page would leave them out.
    """
    try:
        since = datetime.fromisoformat(request.args.get("since", ""))
        return since.astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


def _later_pages(query: str, since: datetime) -> dict[str, str]:
    return {"q": query} if query else {"since": since.isoformat()}


@organisers.post("/desk")
@also_for(EventRole.HELPER)
def find_at_desk() -> Response:
    """Check in whose badge was scanned into the field, however often; lead to whom anything else may name."""
    typed = request.form.get("q", "").strip()
    code = badge_code_in(typed)
    if code is None:
        return redirect(url_for("organisers.desk", q=typed[:LONGEST] or None))
    one = merged_registrations.by_badge_code(session(), event().id, code)
    if one is None:
        flash(f"No badge of this event has the code {code}. Look for the name instead", "important")
        return redirect(url_for("organisers.desk"))
    try:
        if record_presence.mark(session(), one, Presence.HERE, datetime.now(UTC)):
            flash(f"{one.person.name} is checked in", "success")
        else:
            flash(f"{one.person.name} was checked in already", "success")
    except Refused as refused:
        flash(str(refused), "important")
    return redirect(url_for("organisers.desk", scanned=one.public_id))


@organisers.post("/desk/<registration>")
@also_for(EventRole.HELPER)
def check_in(registration: str) -> Response | str:
    """Record that somebody is here, is not, or undo that; answer with the row for htmx, else the page."""
    one = find(registration)
    query, told = request.form.get("q", ""), ""
    try:
        wanted, shown = (
            Presence(request.form.get("presence", "")),
            request.form.get("was", one.presence.value),
        )
        hold(session(), one)
        if shown == one.presence.value or wanted is one.presence:
            record_presence.mark(session(), one, wanted, datetime.now(UTC))
        else:
            told = _noted_meanwhile(one)
    except ValueError:
        abort(400)
    except Refused as refused:
        told = str(refused)
    if told and request.headers.get("HX-Request") != "true":
        flash(told, "important")
    if request.headers.get("HX-Request") == "true":
        (visitor,) = _visitors([shown_people.of(session(), one)])
        return render_template(
            "organisers/people/desk_row.html",
            desk=_in_all_rows(),
            visitor=visitor,
            query=query,
            told=told,
            count=presence.count_here(session(), event().id, over=time_of(event()).over),
        )
    if query:
        return redirect(url_for("organisers.desk", q=query[:LONGEST], _anchor=f"row-{registration}"))
    # They go to the end of the list, so the page shows them apart.
    return redirect(url_for("organisers.desk", scanned=registration))


def _noted_meanwhile(one: Registration) -> str:
    """Say what another desk has noted since this one was shown."""
    if one.presence_at is None:
        return (
            f"Another desk has undone this for {one.person.name}. Nothing is changed: press again if it is so"
        )
    noted = "here" if one.presence is Presence.HERE else "not here"
    since = clock(one.presence_at, event().zone)
    return f"Another desk noted at {since} that {one.person.name} is {noted}. Nothing is changed: press again if not"


@organisers.post("/desk/<registration>/code")
@also_for(EventRole.HELPER)
def make_code(registration: str) -> Response:
    """Make a personal code and lead to where it is shown once; where that ends an earlier one, ask first."""
    one = find(registration)
    back = redirect(url_for("organisers.desk", scanned=registration))
    if one.state not in COMING:
        flash(
            f"{one.person.name} is not coming, so a code would open nothing. Mark them as here first",
            "important",
        )
        return back
    if beyond(session(), [one.person_id], me()):
        flash(
            f"A code for {one.person.name} would open more than you may see. "
            "They sign in with a code "
            f"from {'the window of the computer that runs this site' if no_mail() else 'their email'}",
            "important",
        )
        return back
    registrations.hold(session(), event().id, one.person_id)
    standing = sign_in_by_code.standing_code(session(), one, datetime.now(UTC))
    if standing is not None and request.form.get("ends") != standing.isoformat():
        return redirect(url_for("organisers.show_code", registration=registration))
    # It is kept nowhere but in this browser, until its page is shown: the database has a hash of it.
    code = sign_in_by_code.make_personal_code(session(), sign_in_desk(), event(), one, datetime.now(UTC))
    cookie[_NEW_CODE] = [registration, code]
    return redirect(url_for("organisers.show_code", registration=registration))


@organisers.get("/desk/<registration>/code")
@also_for(EventRole.HELPER)
def show_code(registration: str) -> str | Response:
    """Show the personal code that was made just now, this once; later say that there is one, and offer another."""
    one = find(registration)
    made_for, code = cookie.pop(_NEW_CODE, ("", ""))
    standing = sign_in_by_code.standing_code(session(), one, datetime.now(UTC))
    if standing is None:
        return redirect(url_for("organisers.desk", scanned=registration))
    return render_template(
        "organisers/people/desk_code.html",
        event=event(),
        one=one,
        code=code if made_for == registration else "",
        standing=standing,
        until=sign_in_by_code.personal_code_ends(event(), datetime.now(UTC)),
        address=current_app.config["SETTINGS"].public_url + url_for("public.sign_in_personal"),
    )


def _in_all_rows() -> dict[str, Any]:
    """Return what the rows have in common, which takes longer to ask than to draw one.

    `times`: the row leads to where all times of somebody are changed.
    """
    return {
        "over": time_of(event()).over,
        "zone": event().zone,
        "times": may_open("organisers.person_attendance"),
    }


def _visitors(rows: list[ShownPerson]) -> list[Visitor]:
    """Return rows of the desk, with the next table in the published plan of each who is expected."""
    now = datetime.now(UTC)
    plan_id = plans.published_id(session(), event().id)
    ahead = {one.number: clock(one.starts_at, event().zone) for one in event().rounds if one.ends_at > now}
    ids = [one.person_id for one in rows if one.state in COMING]
    next_place = next_tables(session(), event().id, plan_id, ids, ahead) if plan_id else {}
    visitors = []
    for one in rows:
        place = next_place.get(one.person_id)
        expected = one.state in COMING
        state = "" if expected else state_words(one)
        waited_for = one.arrives if one.presence is Presence.EXPECTED else None
        comes = datetime.combine(event().held_on, waited_for, event().tz) if waited_for else None
        if place is None:
            visitors.append(Visitor(one, comes, None, "", expected, state))
        else:
            visitors.append(Visitor(one, comes, place.table, ahead[place.round_number], expected, state))
    return visitors
