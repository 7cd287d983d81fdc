"""Attendance: who is not here, late or leaving early, which the next plan needs to know."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from matchmaker.documents.counts import plural
from matchmaker.services.people import record_presence
from matchmaker.services.people.find_people import best_first
from matchmaker.services.plans.hall import rounds_there
from matchmaker.services.plans.missed_meetings import missed_meetings
from matchmaker.store.people import guest_list, shown_people
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.list_parts import ListParts, count_parts
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.people.shown_people import ShownPerson
from matchmaker.web.access import event, may_open
from matchmaker.web.event_time import time_of
from matchmaker.web.fields import RadioField, SelectChoice, SelectField, SubmitField
from matchmaker.web.filters import clock, sentence_list
from matchmaker.web.form import EditForm, done
from matchmaker.web.no_mail import no_mail
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session

Page = str | Response | tuple[str, int]


EVERYBODY = ListParts(
    {
        "page": guest_list.coming() & ~guest_list.all_day(),
        "others": guest_list.coming() & guest_list.all_day(),
    }
)
"""Parameter of the page's address → the part of the list it turns the pages of."""


@dataclass(frozen=True)
class AttendanceRow:
    """One row: somebody who is coming, and when they are there, in words."""

    public_id: str
    name: str
    organisation: str
    there: str


class AttendanceForm(EditForm):
    """Whether somebody is here today, and for which rounds."""

    presence = RadioField(
        "Is this person here today?",
        choices=[SelectChoice("yes", "Yes, or still expected"), SelectChoice("no", "No")],
        validators=[InputRequired("Say whether they are here")],
    )
    first = SelectField(
        "First round they are there for", coerce=int, choices=lambda: _rounds("starts_at", "")
    )
    last = SelectField(
        "Last round they are there for", coerce=int, choices=lambda: _rounds("ends_at", "until ")
    )
    submit = SubmitField("Save")


@organisers.get("/attendance")
def attendance() -> str:
    """List when everybody is there, fifty a page; a search finds by any part of a name."""
    query = request.args.get("q", "").strip()
    named = guest_list.named(query)
    parts = ListParts(EVERYBODY.rules, named) if named else EVERYBODY
    counts = count_parts(session(), event().id, parts)
    special, more = _part([parts.rules["page"], *named], query, "page", counts["page"])
    others, rest = _part([parts.rules["others"], *named], query, "others", counts["others"])
    return render_template(
        "organisers/people/attendance.html",
        event=event(),
        query=query,
        special=[one for one in special if one.there],
        others=sorted(
            [one for one in special if not one.there] + others, key=lambda one: best_first(query, one.name)
        ),
        special_links=more,
        other_links=rest,
    )


def _part(
    wanted: list[Condition], query: str, parameter: str, count: int
) -> tuple[list[AttendanceRow], dict[str, object]]:
    """Return one page of a part of the list, which has so many people, and the links to its other pages."""
    pages = pages_of(count)
    page = min(page_asked(parameter), pages)
    rows = (
        shown_people.search(session(), event().id, query, wanted, A_PAGE, (page - 1) * A_PAGE)
        if count
        else []
    )
    guests = [AttendanceRow(one.public_id, one.called, one.organisation, _there(one)) for one in rows]
    links = page_links("organisers.attendance", {"q": query or None}, page, pages, "people", parameter)
    return guests, links


@organisers.route("/people/<registration>/attendance", methods=["GET", "POST"])
def person_attendance(registration: str) -> Page:
    """Say for which rounds one person is there, or that they are not here today."""
    one = find(registration)
    form = AttendanceForm(lambda: _now(one), of=(one,))
    if not event().rounds:
        del form.first, form.last
    if time_of(event()).over:
        _ask_of_the_past(form)
    if form.validate_on_submit() and _save(one, form):
        done(form, f"{one.person.name}: {_there(one) or 'there for all rounds'}")
        say_missed(one)
        return redirect(url_for("organisers.attendance"))
    page = render_template("organisers/people/person_attendance.html", event=event(), form=form, one=one)
    return page, 422 if form.errors else 200


def _ask_of_the_past(form: AttendanceForm) -> None:
    """Let the questions be of an event that is over."""
    form.presence.label.text = "Was this person here?"
    form.presence.choices = [SelectChoice("yes", "Yes, or it is not known"), SelectChoice("no", "No")]
    if "first" in form:
        form.first.label.text = "First round they were there for"
        form.last.label.text = "Last round they were there for"


def say_missed(one: Registration) -> None:
    """Say what falls away as somebody is not there, topics that they host too, who hears of it, and what to do."""
    missed = missed_meetings(session(), event(), one, datetime.now(UTC))
    off = [plural(missed.meetings, "meeting of theirs", "meetings of theirs")] if missed.meetings else []
    if missed.topics:
        titles = sentence_list([f"“{title}”" for title in missed.topics])
        off.append(f"the table {'topic' if len(missed.topics) == 1 else 'topics'} {titles} that they host")
    if one.presence is Presence.ABSENT or not off:
        return
    whom = "who would have met them" if missed.meetings else "who would have come"
    told = f"tell those {whom}" if no_mail() else f"those {whom} are told"
    who = "Plan" if may_open("organisers.make_plan") else "Ask an organiser to plan"
    words = " and ".join(off)
    flash(
        f"{words[0].upper()}{words[1:]} will not take place: {told}. {who} again to find others", "important"
    )


def _now(one: Registration) -> dict[str, Any]:
    """Return what is known of somebody's day, the first and the last round if there are any."""
    presence, rounds = "no" if one.presence is Presence.ABSENT else "yes", event().rounds
    if not rounds:
        return {"presence": presence}
    whole = (rounds[0].number, rounds[-1].number)
    first, last = record_presence.span(rounds, rounds_there(event(), one)) or whole
    return {"presence": presence, "first": first, "last": last}


def _rounds(moment: str, words: str) -> list[tuple[int, str]]:
    """Return the rounds to choose from, each with the time at which it starts or ends."""
    return [
        (one.number, f"Round {one.number}, {words}{clock(getattr(one, moment), event().zone)}")
        for one in event().rounds
    ]


def _save(one: Registration, form: AttendanceForm) -> bool:
    """Keep what was said; False, with the error on the form, if it cannot be."""
    absent = form.presence.data == "no"
    if absent or one.presence is Presence.ABSENT:
        to = Presence.ABSENT if absent else Presence.EXPECTED
        record_presence.mark(session(), one, to, datetime.now(UTC))
    now = _now(one)
    if "first" not in form or (form.first.data, form.last.data) == (now["first"], now["last"]):
        # Hours within a round, such as somebody typed in their profile, are not rounded to it by a save.
        return True
    try:
        record_presence.attend(session(), event(), one, form.first.data, form.last.data)
    except record_presence.NoRound:
        form.last.errors = ["The last round must not be before the first"]
        return False
    return True


def _there(one: Registration | ShownPerson) -> str:
    """Return when somebody is there, "" for all rounds."""
    over = time_of(event()).over
    if one.presence is Presence.ABSENT:
        return "Did not come" if over else "Not here"
    if one.arrives is None and one.leaves is None and not one.away_rounds:
        return ""
    rounds = event().rounds
    there, event_rounds = rounds_there(event(), one), {round_.number for round_ in rounds}
    span = record_presence.span(rounds, there)
    if len(there) == len(rounds):
        return ""
    if span is None:
        return "Was there for no whole round" if over else "There for no whole round"
    missed = sorted(one for one in range(span[0], span[1]) if one in event_rounds and one not in there)
    but = f", not {sentence_list(missed, 'or')}" if missed else ""
    there_for = "Was there for" if over else "There for"
    if span[0] == span[1]:
        return f"{there_for} round {span[0]}"
    return f"{there_for} rounds {span[0]} to {span[1]}{but}"
