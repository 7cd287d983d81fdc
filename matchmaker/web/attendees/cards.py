"""The cards of an attendee: whom they could meet, whom they meet in the published plan, of whom they have answered.

A card shows what the reader said and, of the others, only a "meet" that is mutual.
"""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from flask import url_for

from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import NO_REASON, why
from matchmaker.services.people import coming
from matchmaker.services.people.coming import Appointment
from matchmaker.store.people.people import Person
from matchmaker.store.suggestions import answers, suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.attendees.day import appointments, introduced, met_by_now, own_meetings
from matchmaker.web.attendees.person_links import to_person
from matchmaker.web.event_time import time_of
from matchmaker.web.transaction import once, session

NEW, DAY, ANSWERED = "new", "day", "answered"


class Leads(enum.StrEnum):
    """Where the name on a card leads; nowhere once answered, as who can still be seen tells what they said."""

    NOWHERE = ""
    PERSON = "person"
    INTRODUCTION = "introduction"


@dataclass(frozen=True)
class Card:
    """One person as the page shows them; `answer` is the reader's own, "" for none yet.

    Of a list one card is shown, so addresses and sentences are made when they are asked for.
    """

    id: str
    name: str
    first_name: str
    pronouns: str
    role: str
    organisation: str
    leads: Leads
    evidence: Sequence[dict[str, object]]
    opening: str
    bridge: bool
    answer: str
    mutual: bool
    meeting: Appointment | None
    """When and where the two meet, if the published plan says so."""
    met: bool
    """Whether that has begun, and the reader has not said that it did not take place."""
    over: bool
    """Whether the event is, so that nobody is paired any more."""

    @property
    def href(self) -> str:
        """Where the name leads, "" for nowhere."""
        if self.leads is Leads.INTRODUCTION:
            return url_for("attendees.introduction", person=self.id)
        return to_person(self.id, "suggestions") if self.leads else ""

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why the two could meet, in sentences."""
        return tuple(why(self.evidence, self.first_name))

    @property
    def without_reasons(self) -> str:
        """What is said of a meeting to come or going on without a reason, as on My day; "" of anybody else."""
        there = self.meeting is not None and not self.meeting.over
        return NO_REASON if there and not self.reasons else ""


@dataclass(frozen=True)
class Groups:
    """Everybody the reader has a card of, each in one group: new, met in the published plan, or answered.

    Those they blocked are in none of the three.
    """

    new: list[Card]
    day: list[Card]
    answered: list[Card]
    blocked: list[Card]

    def of(self, name: str) -> list[Card]:
        """Return the cards of one group by its name in addresses."""
        return {NEW: self.new, DAY: self.day, ANSWERED: self.answered}[name]

    def where(self, public_id: str) -> str:
        """Return the group in which somebody's card is, "" for nobody's."""
        return next((name for name in (NEW, DAY, ANSWERED) if find(self.of(name), public_id)), "")


def find(cards: list[Card], public_id: str) -> Card | None:
    """Return the card of somebody."""
    return next((card for card in cards if card.id == public_id), None)


def groups() -> Groups:
    """Return the reader's cards: the new ones best first, the day's by time, the answered ones by name.

    Nobody's answered card changes when they leave the list, so that it tells nothing of them; and whom the reader
    meets is told from the plan alone, as My day does.
    """
    here, reader = event().id, me().id
    mutual = {one.id for one in introduced()}
    said = {person.id: (kind.value, person) for kind, person in answers.given(session(), here, reader)}
    listed = {one.other_id: one for one in suggestions.for_person(session(), here, reader)}
    day, now, met = dict[int, Card](), datetime.now(UTC), met_by_now()
    for meeting in own_meetings():
        told = coming.appointment(event(), meeting, now)
        for person in (seat.person for seat in meeting.seats if told and seat.person_id != reader):
            kind = said[person.id][0] if person.id in said else ""
            listed_now = None if kind else listed.get(person.id)
            one = _card(person, met, kind, told, mutual=person.id in mutual, suggestion=listed_now)
            day[person.id] = _with_reasons(one, meeting.reasons(reader, person.id))
    waiting = [
        _card(one.other, met, suggestion=one)
        for one in listed.values()
        if one.other_id not in said.keys() | day
    ]
    answered = [
        _card(person, met, kind, mutual=person.id in mutual)
        for kind, person in said.values()
        if person.id not in day
    ]
    return Groups(
        _without_repeats(waiting),
        list(day.values()),
        [card for card in answered if card.answer != AnswerKind.BLOCK],
        [card for card in answered if card.answer == AnswerKind.BLOCK],
    )


def count_new() -> int:
    """Return how many new cards there are: people on the reader's list who are neither answered nor in their day."""
    listed = suggestions.unanswered(session(), event().id, me().id)
    rounds = {one.number for one in event().rounds}
    meetings = [one for one in own_meetings() if one.round_number in rounds]
    return len(listed - {seat.person_id for one in meetings for seat in one.seats})


def one_card(person: Person, said: str) -> Card:
    """Return the card of somebody about whom the reader has answered with `said`, or "" for not yet.

    Of whom they meet it says why as `groups` does, and My day.
    """
    meeting, met = appointments().get(person.id), met_by_now()
    if said:
        mutual = person.id in {one.id for one in introduced()}
        card = _card(person, met, said, meeting, mutual=mutual)
    else:
        suggestion = suggestions.visible(session(), event().id, me().id, person.id)
        card = _card(person, met, meeting=meeting, suggestion=suggestion)
    if meeting is None:
        return card
    held = next(one for one in own_meetings() if person.id in {seat.person_id for seat in one.seats})
    return _with_reasons(card, held.reasons(me().id, person.id))


def _with_reasons(card: Card, reasons: list[dict[str, object]]) -> Card:
    """Give a card the reasons of a meeting; somebody who can be seen in the plan has a page that can be opened."""
    return replace(card, evidence=reasons, leads=card.leads or Leads.PERSON)


def _without_repeats(cards: list[Card]) -> list[Card]:
    """Leave a question that another card of the list asks already off the later one: two refreshes may choose one."""
    first = {card.opening: card.id for card in reversed(cards)}
    return [card if first[card.opening] == card.id else replace(card, opening="") for card in cards]


@once
def _over() -> bool:
    return time_of(event()).over


def _card(
    person: Person,
    met: Collection[int],
    said: str = "",
    meeting: Appointment | None = None,
    *,
    mutual: bool = False,
    suggestion: Suggestion | None = None,
) -> Card:
    return Card(
        id=person.public_id,
        name=person.name,
        first_name=first_name(person.name),
        pronouns=person.pronouns,
        role=person.job_title,
        organisation=person.organisation,
        leads=Leads.INTRODUCTION if mutual else Leads.PERSON if suggestion else Leads.NOWHERE,
        evidence=suggestion.reasons if suggestion else (),
        opening=suggestion.opening if suggestion else "",
        bridge=suggestion.bridge if suggestion else False,
        answer=said,
        mutual=mutual,
        meeting=meeting,
        met=person.id in met,
        over=_over(),
    )
