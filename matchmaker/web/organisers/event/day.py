"""The day: which round is on, who is here, and what an organiser does while the event runs, each a press away."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.counts import plural
from matchmaker.documents.plans.programme import Slot, standing
from matchmaker.services import ask_for_work
from matchmaker.services.event import shift_rounds
from matchmaker.services.people import let_in, mark_missing, record_presence, register_people, sound_alike
from matchmaker.services.people.let_in import WalkIn
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.event import events
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.jobs import Job
from matchmaker.store.people import guest_list, presence, shown_people
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.people.shown_people import ShownPerson
from matchmaker.store.plans import plans
from matchmaker.web.access import also_for, event, may_open
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event, time_of
from matchmaker.web.fields import (
    CheckboxField,
    EmailField,
    Length,
    LongTextField,
    PersonNameField,
    SubmitField,
    TextField,
    needed,
    read_time,
)
from matchmaker.web.filters import clock
from matchmaker.web.finding import LONGEST
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.moved import asks_before_it_moves
from matchmaker.web.organisers.people.attendance import say_missed
from matchmaker.web.organisers.people.people import STATES, say_if_name_stays
from matchmaker.web.organisers.people.person import find
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]
MOST_FOUND = 10
MOVED = (
    "Somebody has moved the rounds since you opened the page, and nothing more is moved. "
    "Look at the times, then shift the rest again if it is still needed"
)


@dataclass(frozen=True)
class PersonFound:
    """Somebody whom a search found, with what the desk knows of them, and when they come if late.

    `presence` is "" for whoever does not come.
    """

    public_id: str
    name: str
    organisation: str
    presence: str
    state: str
    late: str


@dataclass(frozen=True)
class WrongTime:
    """A time that could not be read: whose it was, what was typed and what to do."""

    public_id: str
    typed: str
    words: str


class WalkInForm(PageForm):
    """Somebody at the door who is on no list."""

    name = PersonNameField("Name", validators=[needed("Enter the person’s name"), Length(max=200)])
    organisation = TextField("Organisation", validators=[Length(max=200)])
    email = EmailField(
        "Email address",
        description="Leave it empty if they do not want to give one. They then need a slip on paper.",
        validators=[Length(max=254)],
    )
    works_on = LongTextField(
        "What do they work on?",
        description="A sentence or two, in their words, with the datasets they use. It finds people to meet.",
        validators=[Length(max=2000)],
    )
    step_free = CheckboxField("Needs a step-free table")
    quiet = CheckboxField("Needs a quiet table")
    large_print = CheckboxField("Wants their slip in large print")
    access_needs = LongTextField(
        "What else they need in the hall",
        description="In their words. The plan does not know it: arrange it with them.",
        validators=[Length(max=500)],
    )
    somebody_else = CheckboxField("This is somebody else of the same name")
    submit = SubmitField("Check in and give them meetings")


@organisers.get("/day")
@also_for(EventRole.HELPER)
def day() -> str:
    """Show the clock and the round, who is here, and the buttons of the day."""
    return _day(request.args.get("q", "").strip())


def _day(query: str, wrong: WrongTime | None = None, shift_typed: str = "10", shift_words: str = "") -> str:
    now = datetime.now(UTC)
    published, newest = plans.published(session(), event().id), plans.latest(session(), event().id)
    counts = presence.count_by_presence(session(), event().id, over=time_of(event()).over)
    found = _found(query) if query else []
    programme = [Slot(one.number, one.starts_at, one.ends_at) for one in event().rounds]
    return render_template(
        "organisers/event/day.html",
        event=event(),
        now=now,
        standing=standing(programme, now),
        rounds=len(programme),
        here=counts[Presence.HERE],
        expected=counts[Presence.EXPECTED],
        absent=counts[Presence.ABSENT],
        missed_at=event().missed_at,
        published=_named(published),
        draft=_named(newest) if newest and newest.published_at is None else None,
        query=query,
        found=found,
        most=MOST_FOUND,
        alike=sound_alike.alike(session(), event().id, query) if query and not found else [],
        wrong=wrong,
        shift_typed=shift_typed,
        shift_words=shift_words,
        last_begins=_last_begins(),
    )


@organisers.post("/day/shift")
@asks_before_it_moves
def shift() -> Page:
    """Move all rounds that have not begun by so many minutes."""
    typed = request.form.get("minutes", "").strip()
    read = re.fullmatch(r"[+-]?\d{1,3}", typed.replace("−", "-"))
    minutes = int(read.group()) if read else 0
    if not minutes:
        return _day("", shift_typed=typed, shift_words="Enter a number of minutes, for example 10"), 422
    events.lock(session(), event().id)
    session().expire(event(), ["rounds"])
    # Where a plan is published, the page that asks before the rounds move looks at its version instead.
    seen = _last_begins() if "replaces" in request.form else request.form.get("last_begins", _last_begins())
    if seen != _last_begins():
        return _day("", shift_typed=typed, shift_words=MOVED), 422
    try:
        moved = shift_rounds.shift(session(), event(), minutes, datetime.now(UTC))
    except Refused as refused:
        return _day("", shift_typed=typed, shift_words=str(refused)), 422
    way = "later" if minutes > 0 else "earlier"
    flash(
        f"{plural(moved, 'round begins', 'rounds begin')} {plural(abs(minutes), 'minute')} {way}", "success"
    )
    return redirect(url_for("organisers.day"))


def _last_begins() -> str:
    """Return when the last round begins, by which two who shift the rest learn of each other."""
    return max((one.starts_at for one in event().rounds), default=datetime.min).isoformat()


def _named(plan: Any) -> dict[str, Any] | None:
    return {"version": plan.version, "public_id": plan.public_id} if plan else None


def _found(query: str) -> list[PersonFound]:
    rows = shown_people.search(session(), event().id, query, guest_list.named(query), MOST_FOUND)
    return [_shown(one) for one in rows]


def _shown(one: ShownPerson) -> PersonFound:
    late = one.arrives.strftime("%H:%M") if one.arrives else ""
    presence = one.presence.value if one.state in COMING else ""
    return PersonFound(one.public_id, one.called, one.organisation, presence, STATES[one.state], late)


@organisers.route("/day/missing", methods=["GET", "POST"])
def mark_everybody_missing() -> Page:
    """Ask first; then record that whoever is not checked in is not here."""
    form, now = PageForm(), datetime.now(UTC)
    if form.validate_on_submit():
        marked = mark_missing.mark(session(), event(), now)
        words = f"{plural(marked, 'person is', 'people are')} marked as not here"
        flash(words if marked else "There was nobody to mark: it may have been done a moment ago", "success")
        return redirect(url_for("organisers.day"))
    return render_template(
        "organisers/event/day_missing.html",
        event=event(),
        form=form,
        missing=mark_missing.missing(session(), event(), now),
        published=plans.published(session(), event().id) is not None,
    )


@organisers.post("/day/missing/undo")
def undo_missing() -> Response:
    """Expect again whoever the last marking changed."""
    undone = mark_missing.undo(session(), event())
    words = f"{plural(undone, 'person is', 'people are')} expected again"
    flash(words if undone else "There was nothing to undo: it may have been done a moment ago", "success")
    return redirect(url_for("organisers.day"))


@organisers.route("/day/walk-in", methods=["GET", "POST"])
@also_for(EventRole.HELPER)
@ends_with_the_event
def walk_in() -> Page:
    """Put somebody on the list, check them in and plan for them, with one form."""
    form, there = WalkInForm(), None
    if not may_open("organisers.plan_again"):
        form.submit.label.text = "Check in"
    if form.validate_on_submit():
        who = WalkIn(**{name: form[name].data for name in WalkIn.__dataclass_fields__ if form[name].data})
        try:
            added = let_in.let_in(
                session(), event(), who, datetime.now(UTC), namesake_is_fine=form.somebody_else.data
            )
        except register_people.AlreadyThere as met:
            there = met.registration
            (form.email if who.email else form.name).errors = [str(met)]
        except Refused as refused:
            form.email.errors = [str(refused)]
        else:
            say_if_name_stays(who.name, added.person)
            return _plan_for(added)
    page = render_template(
        "organisers/event/walk_in.html",
        event=event(),
        form=form,
        there=there,
        published=plans.published(session(), event().id) is not None,
    )
    return page, 422 if form.errors else 200


def _plan_for(added: Registration) -> Response:
    planning = may_open("organisers.plan_again")
    ask = "" if planning else ". Ask an organiser to plan again, so that they get meetings"
    flash(f"{added.person.name} is on the list and checked in{ask}", "success")
    job = _ask_for_plan() if planning else None
    start(ask_for(session(), event().id, [added.person_id], me().id))
    if job is None:
        return redirect(url_for("organisers.day"))
    return redirect(url_for("organisers.job", job=job.public_id))


@organisers.post("/day/plan")
@ends_with_the_event
def plan_again() -> Response:
    """Ask for the next version with as few changes as can be; it leads to the page that publishes it."""
    job = _ask_for_plan()
    if job is None:
        flash("No plan is published yet. Make one first, and publish it", "important")
        return redirect(url_for("organisers.plans"))
    return redirect(url_for("organisers.job", job=job.public_id))


def _ask_for_plan() -> Job | None:
    """Ask for a plan that changes as little as possible; None while no plan is published."""
    published = plans.published(session(), event().id)
    if published is None:
        return None
    details = {"way": PlanningWay.LEAST.value, "unanswered": published.unanswered, "then": "publish"}
    job = ask_for_work.ask(session(), "plan", event().id, me().id, details)
    start(job)
    return job


@organisers.post("/day/<registration>/late")
@also_for(EventRole.HELPER)
def come_late(registration: str) -> Page:
    """Record until when somebody is late."""
    one, query, typed = find(registration), request.form.get("q", ""), request.form.get("until", "").strip()
    until = read_time(typed, event().hours)
    words = "Enter a time, for example 10.45am or 14:00"
    if until is not None:
        try:
            record_presence.come_late(session(), event(), one, until, datetime.now(UTC))
        except record_presence.NoTime:
            words = f"{one.person.name} leaves before that. Enter an earlier time"
        except Refused as refused:
            words = str(refused)
        else:
            at = datetime.combine(event().held_on, until, event().tz)
            flash(f"{one.person.name} is expected from {clock(at, event().zone)}", "success")
            say_missed(one)
            return redirect(url_for("organisers.day", q=query[:LONGEST] or None))
    return _day(query or one.person.name, WrongTime(registration, typed, words)), 422


@organisers.post("/day/<registration>/here")
@also_for(EventRole.HELPER)
def check_in_on_the_day(registration: str) -> Response:
    """Record that somebody whom the search found is here."""
    one = find(registration)
    try:
        record_presence.mark(session(), one, Presence.HERE, datetime.now(UTC))
    except Refused as refused:
        flash(str(refused), "important")
    else:
        flash(f"{one.person.name} is here", "success")
    return redirect(url_for("organisers.day"))
