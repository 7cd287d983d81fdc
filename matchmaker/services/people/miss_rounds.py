"""Missing some of the day: late, leaving, a round's rest, not today; first what it changes, then keeping it.

Whoever would have met them is told by the clock, in the same words whatever the cause (`plans.tell_partners`).
"""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.people import coming, record_presence
from matchmaker.services.plans import talks_on
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import hours
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans import plans, talks
from matchmaker.store.session import Session


class Way(enum.StrEnum):
    """What somebody says: there from a round on, gone from one on, not in one, not at all, or there after all."""

    LATE = "late"
    LEAVE = "leave"
    PAUSE = "pause"
    NOT_TODAY = "not-today"
    BACK = "back"


@dataclass(frozen=True)
class FallsAway:
    """A meeting that would not take place: its round, and whom it was with.

    Or a talk one would not be at, by its `topic`; without its host it is not held for anybody.
    """

    round: Round
    others: tuple[Person, ...]
    topic: str = ""
    hosts: bool = False


@dataclass(frozen=True)
class AwayChoice:
    """One thing somebody could say now, with what would fall away; `round` is None where it is of the whole day."""

    way: Way
    round: Round | None
    falls: tuple[FallsAway, ...]


def choices(session: Session, event: Event, registration: Registration, at: datetime) -> list[AwayChoice]:
    """Return what somebody can say of the rounds that have not begun. A fixed number of queries."""
    ahead = [one for one in event.rounds if one.starts_at > at]
    if not ahead or registration.presence is Presence.ABSENT:
        return []
    falls = _meetings_ahead(session, event, registration, ahead)

    def choice(way: Way, round_: Round | None, numbers: Collection[int]) -> AwayChoice:
        return AwayChoice(way, round_, tuple(one for one in falls if one.round.number in numbers))

    missed = hours.missed(event, registration)
    there = [one for one in ahead if one.number not in missed]
    found = [choice(Way.LATE, one, _missed(ahead, Way.LATE, one)) for one in there if one is not there[0]]
    found += [choice(Way.LEAVE, one, _missed(ahead, Way.LEAVE, one)) for one in there[1:]]
    found += [choice(Way.PAUSE, one, [one.number]) for one in there]
    if there and at.astimezone(event.tz).date() == event.held_on:
        found.append(choice(Way.NOT_TODAY, None, [one.number for one in ahead]))
    return found


def say(
    session: Session, event: Event, registration: Registration, way: Way, number: int | None, at: datetime
) -> frozenset[int]:
    """Keep what somebody says of the rounds that have not begun; return the numbers of those they miss now.

    Saying the same again changes nothing. Raises Refused for a round that has begun or is not there.
    """
    ahead = [one for one in event.rounds if one.starts_at > at]
    if way is Way.BACK:
        still = {one.number for one in ahead}
        registration.away_rounds -= still
        if still & hours.missed(event, registration):
            registration.arrives = registration.leaves = None
        if registration.presence is Presence.ABSENT:
            record_presence.mark(session, registration, Presence.EXPECTED, at)
    elif way is Way.NOT_TODAY and len(ahead) == len(event.rounds):
        record_presence.mark(session, registration, Presence.ABSENT, at)
    else:
        chosen = next((one for one in ahead if one.number == number), None)
        if not ahead or (chosen is None and way is not Way.NOT_TODAY):
            raise Refused("That round has begun. Choose again")
        registration.away_rounds |= _missed(ahead, way, chosen)
    session.flush()
    return registration.away_rounds


def _missed(ahead: list[Round], way: Way, chosen: Round | None) -> frozenset[int]:
    """Return the numbers of the rounds that are missed: all for no round chosen."""
    if chosen is None:
        return frozenset(one.number for one in ahead)
    if way is Way.LATE:
        return frozenset(one.number for one in ahead if one.starts_at < chosen.starts_at)
    if way is Way.LEAVE:
        return frozenset(one.number for one in ahead if one.starts_at >= chosen.starts_at)
    return frozenset({chosen.number})


def _meetings_ahead(
    session: Session, event: Event, registration: Registration, ahead: list[Round]
) -> list[FallsAway]:
    me, plan = registration.person_id, plans.published_id(session, event.id)
    if plan is None:
        return []
    rounds = {one.number: one for one in ahead}
    meetings = [
        FallsAway(rounds[one.round_number], tuple(seat.person for seat in one.seats if seat.person_id != me))
        for one in coming.published_meetings(session, event.id, me, plan)
        if one.round_number in rounds
    ]
    held = talks_on.as_things_stand(session, event.id, talks.of_person(session, plan, me))
    at_talks = [
        FallsAway(rounds[one.round_number], (), one.topic.title, one.topic.host_id == me)
        for one in held.open_to(me)
        if one.round_number in rounds
    ]
    return sorted([*meetings, *at_talks], key=lambda one: one.round.starts_at)
