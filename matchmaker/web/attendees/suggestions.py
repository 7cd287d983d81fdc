"""Suggestions: whom an attendee could meet and why, one card at a time, and what they answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people.coming import Appointment
from matchmaker.services.suggestions import (
    give_answers,
    introduce_people,
    refresh_lists,
    suggest_people,
    tell_more,
)
from matchmaker.store import jobs
from matchmaker.store.people import profiles
from matchmaker.store.people.people import Person
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.cards import ANSWERED, DAY, NEW, Card, Groups, find, groups, one_card
from matchmaker.web.attendees.day import appointments, published_plan
from matchmaker.web.attendees.introductions import address_of
from matchmaker.web.attendees.person_links import SEARCHED
from matchmaker.web.event_time import time_of
from matchmaker.web.gone import say_gone
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import deliver_mail, session, start

TITLES = {NEW: "New for you", DAY: "Already in your day", ANSWERED: "Answered"}
LOOK_AGAIN = 20
"""Seconds after which a page that waits for the first list looks again."""
LATE = timedelta(minutes=10)
"""So long after it was asked for, work that is not done has something in its way."""
IN_YOUR_DAY = "In your day"
"""What the second group is called once the event is over."""


@dataclass(frozen=True)
class Ahead:
    """One card of a group, with the neighbours to which one can go on; `place` counts from 1."""

    card: Card
    place: int
    before: Card | None
    after: Card | None


@attendees.get("/suggestions", endpoint="suggestions")
def show() -> str | tuple[str, int]:
    """Show one card of a group of people with links to the others, or everybody the reader has answered about.

    A page that waits for the first list looks again by itself; it is told only once there is something new.
    """
    found = groups()
    wanted = request.args.get("person", "")
    named = request.args.get("show", "")
    group = named if named in TITLES else found.where(wanted) or NEW
    cards = found.of(group)
    here = _here(cards, wanted) if group != ANSWERED else None
    working = _working() if not here and group == NEW else ""
    if working and request.headers.get("HX-Request"):
        return "", 204
    titles = TITLES | ({DAY: IN_YOUR_DAY} if time_of(event()).over else {})
    said = find([*found.day, *found.answered, *found.blocked], request.args.get("said", ""))
    return render_template(
        "attendees/suggestions.html",
        event=event(),
        group=group,
        titles=[(name, title, len(found.of(name))) for name, title in titles.items()],
        cards=cards,
        here=here,
        said=said if said and said.answer and not (here and here.card.id == said.id) else None,
        wanted=[card for card in found.answered if card.answer == AnswerKind.MEET],
        others=[card for card in found.answered if card.answer != AnswerKind.MEET],
        planned=published_plan() is not None,
        suggestible=registration().suggestible,
        sparse=profiles.says_little(session(), registration()),
        advice=_advice(found),
        working=working,
        look_again=LOOK_AGAIN,
    )


def _working() -> str:
    """Return "soon" while the reader's list is worked out, "late" once that takes long, and "" otherwise."""
    since = jobs.open_since(session(), event().id, (suggest_people.KIND, refresh_lists.KIND))
    if since is None:
        return ""
    return "late" if datetime.now(UTC) - since > LATE else "soon"


def _here(cards: list[Card], public_id: str) -> Ahead | None:
    """Return the card that was asked for, or else the first that waits for an answer, or the first of all."""
    if not cards:
        return None
    card = find(cards, public_id) or next((one for one in cards if not (one.answer or one.met)), cards[0])
    place = cards.index(card)
    following = cards[place + 1 : place + 2]
    return Ahead(card, place + 1, cards[place - 1] if place else None, following[0] if following else None)


def _advice(found: Groups) -> str:
    """Return what to tell where there are fewer cards than there could be, "" where there are enough."""
    number = len(found.new) + len(found.day) + len(found.answered)
    if number >= event().suggestions_each or not registration().suggestible:
        return ""
    return tell_more.advice(session(), registration())


@attendees.post("/suggestions/<person>")
def answer(person: str) -> str | Response:
    """Keep the answer, or take it back, and go on: to the introduction if both want to meet, else the next card.

    htmx gets this card alone, or is led to the introduction, too.
    """
    about = give_answers.find(session(), event().id, me().id, person)
    if about is None:
        say_gone(
            "This person is not suggested here any more. People leave, and change what they said",
            url_for("attendees.suggestions"),
            "Your suggestions",
        )
    said = request.form.get("answer", "")
    kind = AnswerKind(said) if said in {kind.value for kind in AnswerKind} else None
    if said and kind is None:
        abort(400)
    following = _next_card(about.public_id) if kind else url_for("attendees.suggestions", person=person)
    introduce_people.hold(session(), event().id, me().id, about.id)
    met = appointments().get(about.id)
    if give_answers.answer(session(), event().id, me().id, about.id, kind, datetime.now(UTC)):
        start(refresh_lists.ask_for(session(), event().id, [me().id, about.id], me().id))
    if kind is AnswerKind.BLOCK:
        work_out_again()
    links = address_of(about), address_of(me())
    if kind is AnswerKind.MEET and introduce_people.tell_both(
        session(), event(), me(), about, links, datetime.now(UTC)
    ):
        deliver_mail()
        return _lead_to(url_for("attendees.introduction", person=about.public_id))
    _say_what_ends(about, met)
    if request.headers.get("HX-Request"):
        return render_template("attendees/card.html", card=one_card(about, said))
    if kind is None:
        flash(f"Your answer about {about.name} is taken back", "success")
    return redirect(_back_to_the_directory(about.public_id) or following)


def _say_what_ends(about: Person, met: Appointment | None) -> None:
    """Say that the meeting one had with somebody is off, if that is what an answer has done."""
    if met and met.ahead and about.id not in appointments():
        flash(f"Your meeting with {about.name} will not take place", "success")


def _back_to_the_directory(public_id: str) -> str:
    """Return where in the directory an answer was given, search and page included; "" for one given elsewhere."""
    if request.form.get("back") != "directory":
        return ""
    searched: dict[str, Any] = {name: request.form[name] for name in SEARCHED if request.form.get(name)}
    return url_for("attendees.directory", **searched, _anchor=f"person-{public_id}")


def _lead_to(where: str) -> Response:
    """Open another page, also where htmx asked for a piece of this one."""
    if request.headers.get("HX-Request"):
        return Response(headers={"HX-Redirect": where})
    return redirect(where)


def _next_card(public_id: str) -> str:
    """Return the address of the card after this one in its group that waits for an answer, or else before it."""
    found = groups()
    group = found.where(public_id) or NEW
    ids = [card.id for card in found.of(group)]
    place = ids.index(public_id) if public_id in ids else 0
    waiting = {card.id for card in found.of(group) if not card.answer and card.id != public_id}
    following = next((one for one in ids[place:] + ids[:place] if one in waiting), None)
    return url_for("attendees.suggestions", show=group, person=following, said=public_id, _anchor="answered")
