"""Tell people that a meeting or talk of the published plan is off, or that it takes place after all.

It is worked out from how things stand, by the clock, and not where somebody leaves, is erased or says no: so the
words and the time are the same whatever the cause, and no cause can be forgotten.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaker.documents.mail import Letter, Sender
from matchmaker.documents.plans import meeting_mail as letters
from matchmaker.documents.plans.meeting_mail import MeetingNews
from matchmaker.services.outbox import post
from matchmaker.services.people import coming
from matchmaker.services.plans import talks_on
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import people
from matchmaker.store.plans import meetings_off, plans, talks
from matchmaker.store.plans.meetings_off import Placed
from matchmaker.store.session import Session

DELAY = timedelta(minutes=10)
"""So long a meeting is off before its people are told: what is undone by then is told to nobody."""


@dataclass(frozen=True)
class News:
    """What is to be kept and told of one published plan: seats whose meetings are off, or on again, since now.

    `off` and `on_again` have the seats of people to write to.
    """

    went_off: tuple[Placed, ...] = ()
    came_back: tuple[Placed, ...] = ()
    off: tuple[Placed, ...] = ()
    on_again: tuple[Placed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.went_off or self.came_back or self.off or self.on_again)


def news(session: Session, event: Event, plan_id: int, at: datetime) -> News:
    """Return what changed for the seats of rounds that have not begun. Six queries, and those of talks; O(seats)."""
    ahead = {one.number for one in event.rounds if one.starts_at > at}
    seats = meetings_off.placed(session, plan_id, ahead) if ahead else []
    on, there = _as_things_stand(session, event.id, plan_id, seats)
    off = [one for one in seats if one not in on]
    back = [one for one in seats if one in on]
    return News(
        went_off=tuple(one for one in off if one.off_since is None),
        came_back=tuple(one for one in back if one.off_since is not None),
        off=tuple(one for one in off if one in there and _is_due(one, at)),
        on_again=tuple(one for one in back if one.told_off_at is not None),
    )


def _as_things_stand(
    session: Session, event_id: int, plan_id: int, seats: Collection[Placed]
) -> tuple[set[Placed], set[Placed]]:
    """Return the seats whose meeting or talk can take place for their people, and those whose people come."""
    # At a talk everybody is looked at alone; a number below 0 is no meeting's.
    keys = {one: ~place if one.at_talk else one.id for place, one in enumerate(seats)}
    groups: dict[int, tuple[int, set[int]]] = {}
    for one, key in keys.items():
        groups.setdefault(key, (one.round_number, set()))[1].add(one.person_id)
    meet, come = coming.can_meet(session, event_id, groups)
    held = talks_on.held_talks(session, event_id, plan_id) if any(one.at_talk for one in seats) else None
    at_talks = {(talk.id, one) for talk, able in held.on() for one in able} if held else set()
    on = {one for one in seats if ((one.id, one.person_id) in at_talks if one.at_talk else one.id in meet)}
    return on, {one for one, key in keys.items() if (key, one.person_id) in come}


def _is_due(one: Placed, at: datetime) -> bool:
    return one.told_off_at is None and one.off_since is not None and one.off_since <= at - DELAY


def gaps(
    session: Session, event: Event, plan_id: int, at: datetime, off: Collection[int] | None = None
) -> int:
    """Return how many meetings and talks of a plan, in rounds that have not begun or are gone, cannot take place.

    `off` are the ids of all meetings of it that cannot, where they are known. Once no round is ahead none is counted.
    """
    rounds = {one.number for one in event.rounds}
    ahead = {one.number for one in event.rounds if one.starts_at > at}
    if not ahead and (rounds or event.is_over(at)):
        return 0
    held = talks_on.held_talks(session, event.id, plan_id)
    on = {talk.id for talk, _ in held.on()}
    talks_off = [one for one in held.talks if one.round_number in ahead and one.id not in on]
    gone = len(talks_off) + talks.count_lost(session, plan_id, ahead)
    gone += meetings_off.count_in_other_rounds(session, plan_id, rounds)
    if off is None:
        return meetings_off.count_off(session, event.id, plan_id, ahead) + gone
    return meetings_off.count_seated(session, off, ahead) + gone


def waiting(session: Session, at: datetime) -> list[int]:
    """Return the ids of the events with anything to keep or to tell."""
    found = []
    for plan in meetings_off.published_ahead(session, at.date()):
        event = events.by_id(session, plan.event_id)
        if event is not None and news(session, event, plan.id, at):
            found.append(event.id)
    return found


def tell(session: Session, event_id: int, link: Callable[[Event], str], at: datetime) -> int:
    """Keep what changed since it was last looked at, and write to whoever is to be told; return how many letters.

    Each is told once: of two workers who do this at a time, one alone writes.
    """
    events.lock(session, event_id)
    event = events.by_id(session, event_id)
    plan = plans.published(session, event_id)
    if event is None or plan is None:
        return 0
    seen = news(session, event, plan.id, at)
    meetings_off.keep_off_since(session, seen.went_off, at)
    meetings_off.keep_off_since(session, seen.came_back, None)
    off = [one for one in seen.off if meetings_off.keep_told_off(session, one, at)]
    on_again = [one for one in seen.on_again if meetings_off.keep_told_off(session, one, None)]
    written = _write(session, event, off, letters.meetings_off, link(event))
    return written + _write(session, event, on_again, letters.meetings_on_again, link(event))


def _write(
    session: Session,
    event: Event,
    seats: Collection[Placed],
    words: Callable[[MeetingNews], Letter],
    link: str,
) -> int:
    starts = {one.number: one.starts_at for one in event.rounds}
    known = people.by_ids(session, {one.person_id for one in seats})
    sender = Sender(f"the organisers of {event.name}", event.contact_email)
    written = 0
    for person_id, mine in _by_person(seats):
        person = known[person_id]
        places = tuple((starts[one.round_number], one.table_number, one.at_talk) for one in mine)
        letter = words(MeetingNews(person.name, event.name, event.tz, places, link, sender))
        sent = post(session, letter, person, "meeting off", event_id=event.id, reply_to=event.contact_email)
        written += sent is not None
    return written


def _by_person(seats: Iterable[Placed]) -> list[tuple[int, list[Placed]]]:
    found: dict[int, list[Placed]] = defaultdict(list)
    for one in seats:
        found[one.person_id].append(one)
    return sorted(found.items())
