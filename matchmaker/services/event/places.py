"""Places: how many there are and who gets the free ones, in the order of asking.

There may be a limit in total and one for each side, people from inside the department and from outside. An offer
holds its place until it is answered or runs out; unless it is taken, it then goes to the next who has not had one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from matchmaker.documents.counts import plural
from matchmaker.documents.mail import Sender
from matchmaker.documents.people.place_mail import PlaceOffer, no_place, place_offered
from matchmaker.services.outbox import post
from matchmaker.services.people import register_people
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import places
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Session

_S = RegistrationState
DAY_HAS_COME = (
    "It is the day of the event, so no more places are offered here. Ask at the desk whether there is room."
)
FROM = {Pool.INSIDE: "for people from inside the department", Pool.OUTSIDE: "for people from outside"}


@dataclass(frozen=True)
class SidePlaces:
    """Places of one side, or of both: how many there are, None for no limit, and who has, is offered or waits."""

    places: int | None
    taken: int
    offered: int
    waiting: int
    asking: int

    @property
    def free(self) -> int | None:
        """How many are neither taken nor offered, None for no limit."""
        return None if self.places is None else max(0, self.places - self.taken - self.offered)

    @property
    def over(self) -> int:
        """How many more have or are offered a place than there are."""
        return 0 if self.places is None else max(0, self.taken + self.offered - self.places)


@dataclass(frozen=True)
class Places:
    """The places of an event: of each side, and in total."""

    inside: SidePlaces
    outside: SidePlaces
    total: SidePlaces

    def of(self, pool: Pool) -> SidePlaces:
        """Return those of one side."""
        return self.inside if pool is Pool.INSIDE else self.outside

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return any(one.places is not None for one in (self.inside, self.outside, self.total))


def count(session: Session, event: Event) -> Places:
    """Return the places of an event in numbers: one query."""
    found = places.count(session, event.id)

    def numbers(limit: int | None, *pools: Pool) -> SidePlaces:
        states = (_S.CONFIRMED, _S.OFFERED, _S.WAITING, _S.PENDING)
        return SidePlaces(limit, *(sum(found[pool, state] for pool in pools) for state in states))

    return Places(
        numbers(event.places_inside, Pool.INSIDE),
        numbers(event.places_outside, Pool.OUTSIDE),
        numbers(event.places, *Pool),
    )


def _gets(there: Places, queue: Sequence[Pool]) -> list[bool]:
    """Return for each in a queue whether there is a free place for them once those before have theirs."""
    left = {None: there.total.free, Pool.INSIDE: there.inside.free, Pool.OUTSIDE: there.outside.free}
    found = []
    for pool in queue:
        free = all(left[key] is None or left[key] for key in (None, pool))
        found.append(free)
        for key in (None, pool) if free else ():
            if (still := left[key]) is not None:
                left[key] = still - 1
    return found


def has_room(session: Session, event: Event, pool: Pool) -> bool:
    """Return whether there is a place for one more of this side, after all who wait. Ask under the event's lock."""
    waiting = [one for _, one in places.queue(session, event.id)]
    return _gets(count(session, event), [*waiting, pool])[-1]


def count_next(session: Session, event: Event, at: datetime, there: Places | None = None) -> int:
    """Return how many on the waiting list there are places to offer to, none from the day on: two queries.

    One where it is known what places are `there`.
    """
    return 0 if event.day_has_come(at) else len(_next_ids(session, event, there))


def next_ones(session: Session, event: Event, at: datetime) -> list[Registration]:
    """Return who on the waiting list gets the free places, in order; nobody from the day of the event on."""
    return [] if event.day_has_come(at) else places.of_ids(session, _next_ids(session, event))


def _next_ids(session: Session, event: Event, there: Places | None = None) -> list[int]:
    waiting = places.queue(session, event.id)
    gets = _gets(there or count(session, event), [pool for _, pool in waiting]) if waiting else []
    return [row_id for (row_id, _), free in zip(waiting, gets, strict=True) if free]


def answer_by(event: Event, at: datetime) -> date:
    """Return the last day to answer an offer made at `at`: some days on, and before the day of the event."""
    today = at.astimezone(event.tz).date()
    return min(today + timedelta(days=event.offer_days), event.held_on - timedelta(days=1))


def last_day(event: Event, registration: Registration) -> date | None:
    """Return the last day on which somebody may answer the newest offer of a place, None without one."""
    until = registration.offered_until
    return (until - timedelta(seconds=1)).astimezone(event.tz).date() if until else None


def over(there: Places) -> str:
    """Say of which places more are given away than there are, "" if of none."""
    said = [
        f"{one.over} more than there are places{which}"
        for one, which in (
            (there.inside, f" {FROM[Pool.INSIDE]}"),
            (there.outside, f" {FROM[Pool.OUTSIDE]}"),
            (there.total, " in total"),
        )
        if one.over
    ]
    return " and ".join(said)


def offer(session: Session, event: Event, expected: int, link: str, at: datetime) -> int:
    """Offer the free places to the next on the waiting list, by mail if they have an address; return to how many.

    Raises Refused on the day of the event or after it, or if it is not `expected` people any more.
    """
    events.lock(session, event.id)
    if event.day_has_come(at):
        raise Refused(
            "The day of the event has come, so nobody could answer in time. Let people in at the desk"
        )
    chosen = next_ones(session, event, at)
    if len(chosen) != expected:
        raise Refused(
            "The waiting list has changed since you opened the page. Nothing has been done. Look again"
        )
    return _offer(session, event, chosen, link, at)


def _offer(session: Session, event: Event, chosen: Sequence[Registration], link: str, at: datetime) -> int:
    until = answer_by(event, at)
    for one in chosen:
        register_people.move(session, one, _S.OFFERED)
        one.offered_until = datetime.combine(until + timedelta(days=1), time(), event.tz)
        mail = PlaceOffer(
            one.person.name,
            event.name,
            event.held_on,
            event.begins,
            event.tz,
            event.place,
            until,
            link,
            _sender(event),
        )
        post(
            session, place_offered(mail), one.person, "place", event_id=event.id, reply_to=event.contact_email
        )
    session.flush()
    return len(chosen)


def pass_on(session: Session, event_id: int, link: Callable[[Event], str], at: datetime) -> int:
    """Put whoever let an offer run out back on the list, behind those who never had one, who get their places.

    Return how many offers were made: none to anybody twice, and none on the day of the event or after it.
    """
    events.lock(session, event_id)
    event = events.by_id(session, event_id)
    lapsed = places.lapsed(session, event_id, at)
    if event is None or not lapsed:
        return 0
    for one in lapsed:
        register_people.move(session, one, _S.WAITING)
    return _offer_on(session, event, len(lapsed), link(event), at)


def give_back(session: Session, event: Event, link: str, at: datetime) -> int:
    """Offer the place that somebody has just declined to the next, as if the offer had run out; return to how many.

    Nobody is offered one here while the event runs in the hall. Ask under the event's lock.
    """
    return 0 if event.in_hall_since else _offer_on(session, event, 1, link, at)


def _offer_on(session: Session, event: Event, count: int, link: str, at: datetime) -> int:
    """Offer so many places that others had been offered to the next who never had one."""
    session.flush()
    chosen = [one for one in next_ones(session, event, at) if one.offered_until is None]
    return _offer(session, event, chosen[:count], link, at)


def decide(session: Session, event: Event, registration: Registration, *, yes: bool) -> None:
    """Put somebody who asks for a place on the waiting list, or tell them that there is none for them.

    Raises Refused if that was decided meanwhile.
    """
    if registration.state is not _S.PENDING:
        raise Refused(f"Somebody has decided about {registration.person.name} already")
    register_people.move(session, registration, _S.WAITING if yes else _S.CANCELLED)
    if not yes:
        letter = no_place(registration.person.name, event.name, _sender(event))
        post(session, letter, registration.person, "place", event_id=event.id, reply_to=event.contact_email)


def why_none_yet(session: Session, event: Event, registration: Registration, at: datetime) -> str:
    """Say to somebody on the waiting list why they have no offer yet, in numbers that name nobody.

    Only who stands before them on their own side is counted, as they get its places first. From the day of the event
    on nobody is offered any.
    """
    if event.day_has_come(at):
        return "" if event.is_over(at) else DAY_HAS_COME
    there = count(session, event)
    queue = places.queue(session, event.id)
    place = [row_id for row_id, _ in queue].index(registration.id)
    before = sum(pool is registration.pool for _, pool in queue[:place])
    side = there.of(registration.pool)
    full = next(
        (
            _all(one, which)
            for one, which in ((side, f" {FROM[registration.pool]}"), (there.total, ""))
            if one.free == 0
        ),
        "Free places are offered in the order of asking, and the organisers have not offered the next ones yet",
    )
    people = plural(before, "person", "people") if before else "nobody"
    return f"{full}; {people} asked before you."


def _all(one: SidePlaces, which: str) -> str:
    """Say that none of these places is free."""
    if not one.places:
        return f"There are no places{which}"
    start = f"The 1 place{which} is" if one.places == 1 else f"All {one.places} places{which} are"
    return f"{start} taken{' or offered to somebody' if one.offered else ''}"


def _sender(event: Event) -> Sender:
    organisers = f"the organisers of {event.name}"
    return Sender(organisers, event.contact_email or event.contact_name or organisers)
