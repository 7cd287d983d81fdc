"""Suggestions: whom an attendee could meet and why, and what they answer.

A page shows what the reader said and, of the others, only a "meet" that is mutual.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import why
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
from matchmaker.store.suggestions import answers, suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.day import meetings_in_words
from matchmaker.web.attendees.introductions import address_of
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import deliver_mail, session, start


@dataclass(frozen=True)
class Card:
    """One person as the page shows them; `answer` is the reader's own, "" for none yet."""

    id: str
    name: str
    first_name: str
    pronouns: str
    role: str
    organisation: str
    href: str
    reasons: tuple[str, ...]
    opening: str
    bridge: bool
    answer: str
    mutual: bool
    meeting: str
    """When and where the two meet, if the published plan says so."""


@attendees.get("/suggestions", endpoint="suggestions")
def show() -> str:
    """Show a card for each person who could be met, then those the reader would like to meet, then other answers."""
    waiting, answered = _cards()
    return render_template(
        "attendees/suggestions.html",
        event=event(),
        cards=waiting,
        wanted=[card for card in answered if card.answer == AnswerKind.MEET],
        others=[card for card in answered if card.answer != AnswerKind.MEET],
        suggestible=registration().suggestible,
        sparse=profiles.of_registration(session(), registration()).is_sparse,
        advice=_advice(waiting, answered),
        working=jobs.any_open(session(), event().id, (suggest_people.KIND, refresh_lists.KIND)),
    )


def _advice(waiting: list[Card], answered: list[Card]) -> str:
    """Return what to tell where there are fewer cards than there could be, "" where there are enough."""
    if len(waiting) + len(answered) >= event().suggestions_each or not registration().suggestible:
        return ""
    return tell_more.advice(session(), registration())


@attendees.post("/suggestions/<person>")
def answer(person: str) -> str | Response:
    """Keep the answer, or take it back, and go on: to the introduction if both want to meet, else the next card.

    htmx gets this card alone, or is led to the introduction, too.
    """
    about = give_answers.find(session(), event().id, me().id, person)
    if about is None:
        abort(404)
    said = request.form.get("answer", "")
    if said and said not in {kind.value for kind in AnswerKind}:
        abort(400)
    following = _next_card(about.public_id)
    kind = AnswerKind(said) if said else None
    introduce_people.hold(session(), event().id, me().id, about.id)
    if give_answers.answer(session(), event().id, me().id, about.id, kind, datetime.now(UTC)):
        start(refresh_lists.ask_for(session(), event().id, [me().id, about.id], me().id))
    if kind is AnswerKind.BLOCK:
        work_out_again()
    links = address_of(about), address_of(me())
    if kind is AnswerKind.MEET and introduce_people.tell_both(session(), event(), me(), about, links):
        deliver_mail()
        return _lead_to(url_for("attendees.introduction", person=about.public_id))
    if request.headers.get("HX-Request"):
        return render_template("attendees/card.html", card=one_card(about, said))
    if request.form.get("back") == "directory":
        return redirect(url_for("attendees.directory", _anchor=f"person-{about.public_id}"))
    return redirect(url_for("attendees.suggestions", _anchor=following))


def _lead_to(where: str) -> Response:
    """Open another page, also where htmx asked for a piece of this one."""
    if request.headers.get("HX-Request"):
        return Response(headers={"HX-Redirect": where})
    return redirect(where)


def _cards() -> tuple[list[Card], list[Card]]:
    """Return the cards that wait for an answer, in order, and those of everybody the reader has answered about.

    Nobody's answered card changes when they leave the list, so that it tells nothing of them.
    """
    mutual = {one.id for one in answers.introduced_to(session(), event().id, me().id)}
    said = {person.id: (kind.value, person) for kind, person in answers.given(session(), event().id, me().id)}
    listed = suggestions.for_person(session(), event().id, me().id)
    meetings = meetings_in_words()
    waiting = [_card(one.other, meetings, suggestion=one) for one in listed if one.other_id not in said]
    return (
        _without_repeats(waiting),
        [
            _card(person, meetings, kind, mutual=person.id in mutual)
            for kind, person in said.values()
            if kind != AnswerKind.BLOCK
        ],
    )


def _without_repeats(cards: list[Card]) -> list[Card]:
    """Leave a question that another card of the list asks already off the later one: two refreshes may choose one."""
    first = {card.opening: card.id for card in reversed(cards)}
    return [card if first[card.opening] == card.id else replace(card, opening="") for card in cards]


def one_card(person: Person, said: str) -> Card:
    """Return the card of somebody about whom the reader has answered with `said`, or "" for not yet."""
    if not said:
        suggestion = suggestions.visible(session(), event().id, me().id, person.id)
        return _card(person, meetings_in_words(), suggestion=suggestion)
    mutual = person.id in {one.id for one in answers.introduced_to(session(), event().id, me().id)}
    return _card(person, meetings_in_words(), said, mutual=mutual)


def _card(
    person: Person,
    meetings: dict[int, str],
    said: str = "",
    *,
    mutual: bool = False,
    suggestion: Suggestion | None = None,
) -> Card:
    called = first_name(person.name)
    return Card(
        id=person.public_id,
        name=person.name,
        first_name=called,
        pronouns=person.pronouns,
        role=person.job_title,
        organisation=person.organisation,
        href=_leads_to(person, seen=suggestion is not None, mutual=mutual),
        reasons=tuple(why(suggestion.reasons, called)) if suggestion else (),
        opening=suggestion.opening if suggestion else "",
        bridge=suggestion.bridge if suggestion else False,
        answer=said,
        mutual=mutual,
        meeting=meetings.get(person.id, ""),
    )


def _leads_to(person: Person, *, seen: bool, mutual: bool) -> str:
    """Return where a card's name leads; nowhere once answered, as who can still be seen tells what they said."""
    if mutual:
        return url_for("attendees.introduction", person=person.public_id)
    return url_for("people.person", person=person.public_id) if seen else ""


def _next_card(public_id: str) -> str | None:
    """Return the anchor of the first card that waits for an answer after this one, or else before it."""
    ids = [card.id for card in _cards()[0]]
    place = ids.index(public_id) if public_id in ids else 0
    waiting = [one for one in ids[place:] + ids[:place] if one != public_id]
    return f"card-{waiting[0]}" if waiting else None
