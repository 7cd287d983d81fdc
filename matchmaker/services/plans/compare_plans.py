"""Compare a plan with the one it replaces: whose slips change, in which rounds, and what had to change.

Both are taken as they were planned, because that is what stands on paper; rounds that have begun are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.plan_warnings import spoilt, unbearable
from matchmaker.services.plans.review_plan import Review
from matchmaker.store.people.comers import NamedPerson
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans.sittings import Sat
from matchmaker.store.plans.talks import Talk


@dataclass(frozen=True)
class PlaceInRound:
    """One person's place in a round as planned: the table, and who else sits there and is still known.

    At a `topic`, by its title, who else is there does not matter.
    """

    table: int
    others: tuple[NamedPerson, ...]
    topic: str = ""


@dataclass(frozen=True)
class SlotChange:
    """A round in which somebody's slip changes; None is no meeting, `there` whether they are there in it now.

    `times` are when the round began before and begins now, where that is another.
    """

    person: NamedPerson
    round_number: int
    before: PlaceInRound | None
    after: PlaceInRound | None
    there: bool
    times: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class LostMeeting:
    """A meeting of the plan before that is not in the new one; `because` is empty where it could have stayed.

    `made_room` says for whom it ended if it could.
    """

    round_number: int
    names: tuple[str, ...]
    because: str
    locked: bool
    given_up: bool = False
    made_room: str = ""


@dataclass(frozen=True)
class Difference:
    """What changes from one plan to the next, for those who come; `slots` by round, then by name.

    `lost` are meetings that end; `least` is how many of them no plan could have kept as things stand, each with its
    reason, so the change is the least there can be if they are all; `given_up` end so that somebody can rest or have
    their helper.
    """

    before_version: int
    slots: tuple[SlotChange, ...]
    lost: tuple[LostMeeting, ...]
    kept: int
    people: int

    @property
    def changed(self) -> tuple[NamedPerson, ...]:
        """Everybody with a changed slip, by name."""
        found = {slot.person.id: slot.person for slot in self.slots}
        return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.id)))

    @property
    def least(self) -> int:
        """How many meetings could not stay, whatever the plan."""
        return sum(bool(one.because) and not one.given_up for one in self.lost)


def compare(now: Review, before: Review, at: datetime) -> Difference:
    """Return what changes for whom between two plans of one event. O(meetings), once for all who ask."""
    shut = begun(now.event, at)
    return now.once(("compare", before.plan.id, shut), lambda: _compare(now, before, shut))


def _compare(now: Review, before: Review, shut: frozenset[int]) -> Difference:
    are, were = _seats(now), _seats(before)
    earlier, later = before.times, now.times
    moved = earlier.moved_to(later, now.plan)
    everywhere = moved.place or moved.day
    told = list(_told(now, before))
    slots = [
        SlotChange(
            person,
            number,
            _place(before, person, were.get((person.id, number))),
            _place(now, person, are.get((person.id, number))),
            there=number in now.planned.get(person.id, ()),
            times=(earlier.rounds[number].starts_at, later.rounds[number].starts_at)
            if number in moved.rounds
            else None,
        )
        for number in sorted({*now.plan.rounds, *before.plan.rounds} - shut)
        for person in told
        if _differ(were.get((person.id, number)), are.get((person.id, number)), now)
        or ((everywhere or number in moved.rounds) and number in now.planned.get(person.id, ()))
    ]
    stays = {_key(meeting) for meeting in now.sat}
    ahead = [one for one in before.sat if one.round_number not in shut and one.people]
    lost = [one for one in ahead if _key(one) not in stays]
    return Difference(
        before_version=before.plan.version,
        slots=tuple(slots),
        lost=tuple(_lost(now, before, one) for one in lost),
        kept=len(ahead) - len(lost),
        people=len(told),
    )


def _told(now: Review, before: Review) -> Iterator[NamedPerson]:
    """Yield those who get a slip, by name: in one of the plans, and coming today."""
    people = {**before.people, **now.people}
    for person in sorted(people.values(), key=lambda one: (one.name.casefold(), one.id)):
        comer = now.comer(person.id)
        if comer is not None and comer.presence is not Presence.ABSENT:
            yield person


def _seats(seen: Review) -> dict[tuple[int, int], Sat | Talk]:
    """Return everybody's meetings and talks as planned, by (person, round)."""
    seats: dict[tuple[int, int], Sat | Talk] = {
        (person, one.round_number): one for one in seen.sat for person in one.people
    }
    for talk in seen.planned_talks:
        seats.update({(seat.person_id, talk.round_number): talk for seat in talk.seats})
    for person, number, table in seen.lost_at_talks:
        # Nothing is known any more of whom they would have sat with there.
        seats[person, number] = Sat(0, number, table, 0.0, False, (person,))
    return seats


def _place(seen: Review, person: NamedPerson, one: Sat | Talk | None) -> PlaceInRound | None:
    """Return somebody's place in a meeting or at a talk."""
    if one is None:
        return None
    if isinstance(one, Talk):
        return PlaceInRound(one.table_number, (), one.topic.title)
    return PlaceInRound(one.table_number, tuple(x for x in _known(seen, one) if x.id != person.id))


def _known(seen: Review, meeting: Sat) -> list[NamedPerson]:
    return [one for x in meeting.people if (one := seen.known(x)) is not None]


def _differ(one: Sat | Talk | None, other: Sat | Talk | None, now: Review) -> bool:
    if one is None or other is None:
        return one is not other
    if one.table_number != other.table_number:
        return True
    if isinstance(one, Talk) or isinstance(other, Talk):
        return _title(one) != _title(other)
    # Of somebody who was erased between the two, nothing stands on either slip any more.
    return one.people != other.people and _known(now, one) != _known(now, other)


def _title(one: Sat | Talk) -> str:
    """Return the topic that is talked about, or "" for a meeting."""
    return one.topic.title if isinstance(one, Talk) else ""


def _key(meeting: Sat) -> tuple[int, int, frozenset[int]]:
    return meeting.round_number, meeting.table_number, frozenset(meeting.people)


def _lost(now: Review, before: Review, meeting: Sat) -> LostMeeting:
    known = _known(before, meeting)
    because = spoilt(before, meeting) or _left_out(now, before, known)
    limit = "" if because else unbearable(before, [one.id for one in known])
    return LostMeeting(
        meeting.round_number,
        tuple(one.name for one in known),
        because or limit,
        meeting.locked,
        given_up=bool(limit),
        made_room="" if because or limit else _made_room(now, before, meeting),
    )


def _made_room(now: Review, before: Review, meeting: Sat) -> str:
    """Return for whom a meeting ended that could have stayed: somebody new, or two who both asked; else ""."""
    new = set(now.planned) - {one for held in before.sat for one in held.people}
    both_asked = {frozenset(pair) for pair in now.plan.introduced} - {
        frozenset(pair) for held in before.sat for pair in combinations(held.people, 2)
    }
    for one in now.sat:
        if one.round_number != meeting.round_number or set(meeting.people).isdisjoint(one.people):
            continue
        late = [person.name for person in _known(now, one) if person.id in new]
        if late:
            return f"made room for {' and '.join(late)}, who came after version {before.plan.version}."
        if both_asked & {frozenset(pair) for pair in combinations(one.people, 2)}:
            names = " and ".join(person.name for person in _known(now, one))
            return f"made room for {names}, who have both asked to meet."
    return ""


def _left_out(now: Review, before: Review, people: list[NamedPerson]) -> str:
    """Return who of a meeting is not planned for any more, as they have not answered, or ""."""
    if now.plan.unanswered or not before.plan.unanswered:
        return ""
    names = [one.name for one in people if one.id in before.planned and one.id not in now.planned]
    if not names:
        return ""
    have = "has" if len(names) == 1 else "have"
    return f"{' and '.join(names)} {have} not answered, and this plan is made without them."
