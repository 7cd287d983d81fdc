"""What the next plan keeps of the versions before it, so that a day that has begun can go on.

Rounds that have begun stay as they were. Locked meetings stay where they are. If as little as possible is to change,
so does every published meeting that can still take place; and whoever comes back gets the meetings of an older
version back, where both are still free. People, rounds and tables are the event's own; values in, values out.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from typing import TypeVar

from matchmaker.scheduling.problem.problem import LockedMeeting
from matchmaker.services.plans import place_topics, rest_limits
from matchmaker.services.plans.hall import Hall, Pair, ordered
from matchmaker.services.plans.place_topics import HeldTalk
from matchmaker.store.event.events import Event
from matchmaker.store.plans import planned_people, plans
from matchmaker.store.plans.plans import PlanState
from matchmaker.store.session import Session

MOST_PLACES = 4
"""Places that may change for a wish, or for a meeting of somebody late, unless an organiser says otherwise: those of
two people, and of those they leave.
"""


class PlanningWay(enum.StrEnum):
    """How the next plan is made: with as few changes to the published one as possible, or from scratch."""

    LEAST = "least"
    AFRESH = "afresh"


@dataclass(frozen=True)
class Held:
    """A meeting of an earlier version."""

    round: int
    table: int
    people: tuple[int, ...]

    @property
    def pairs(self) -> frozenset[Pair]:
        """The pairs who meet in it."""
        return frozenset(ordered(a, b) for a, b in combinations(self.people, 2))


AnyHeld = TypeVar("AnyHeld", bound=Held)


@dataclass(frozen=True)
class Before:
    """What went before the next plan.

    `past` rounds have begun, `fixed` ones were marked as settled by an organiser. `published` and `planned` are the
    meetings of the published plan and, for each person it was made for, the rounds they were there for. `locked`
    are the locked meetings of the newest version, `older` the meetings of replaced versions, newest version first.
    `talks` are those of the published plan.
    """

    past: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()
    published: tuple[Held, ...] = ()
    planned: Mapping[int, frozenset[int]] = field(default_factory=dict)
    locked: tuple[Held, ...] = ()
    older: tuple[Held, ...] = ()
    talks: tuple[HeldTalk, ...] = ()


@dataclass(frozen=True)
class ToKeep:
    """What the next plan must keep: `locked` meetings at their tables, then all of `meetings` where tables allow.

    In `frozen` rounds nothing is planned beyond these. `settled` are past meetings of people who rest or share a
    helper: they stay like locked ones, as a later meeting is given up first. `talks` stay where they can be held.
    """

    hall: Hall
    meetings: tuple[Held, ...] = ()
    locked: tuple[Held, ...] = ()
    settled: tuple[Held, ...] = ()
    frozen: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()
    talks: tuple[HeldTalk, ...] = ()


def read(session: Session, event: Event, at: datetime) -> Before:
    """Read what went before. Three queries; five more at most if a plan is published."""
    versions = plans.versions(session, event.id)
    if not versions:
        return Before()
    published = next((one for one in versions if one.state is PlanState.PUBLISHED), None)
    replaced = [one for one in versions if one.state is PlanState.SUPERSEDED]
    newest = versions[0]
    held, locked = _meetings(session, [one.id for one in {newest, *replaced, published} if one is not None])
    return Before(
        past=begun(event, at) if published else frozenset(),
        fixed=frozenset(newest.fixed_rounds),
        published=tuple(held[published.id]) if published else (),
        planned=planned_people.rounds_planned(session, published) if published else {},
        locked=tuple(locked[newest.id]),
        older=tuple(one for plan in replaced for one in held[plan.id]),
        talks=place_topics.held(session, published.id) if published else (),
    )


def read_past(session: Session, event: Event, at: datetime) -> Before:
    """Read of what went before only what has begun. One query, and five more once anything has."""
    published = plans.published(session, event.id)
    past = begun(event, at)
    if published is None or not past:
        return Before()
    held, _ = _meetings(session, [published.id])
    return Before(
        past=past,
        published=tuple(held[published.id]),
        planned=planned_people.rounds_planned(session, published),
        talks=tuple(one for one in place_topics.held(session, published.id) if one.round in past),
    )


def begun(event: Event, at: datetime) -> frozenset[int]:
    """Return the rounds that have begun: whoever sits there now is not sent elsewhere."""
    return frozenset(one.number for one in event.rounds if one.starts_at <= at)


def _meetings(session: Session, plan_ids: list[int]) -> tuple[dict[int, list[Held]], dict[int, list[Held]]]:
    """Return the meetings of each of these plans, and the locked ones among them."""
    seats: dict[tuple[int, int, int, int, bool], list[int]] = defaultdict(list)
    for *meeting, person in plans.held(session, plan_ids):
        plan_id, meeting_id, round_number, table, is_locked = meeting
        seats[plan_id, meeting_id, round_number, table, bool(is_locked)].append(person)
    held: dict[int, list[Held]] = defaultdict(list)
    locked: dict[int, list[Held]] = defaultdict(list)
    for (plan_id, _, round_number, table, is_locked), people in seats.items():
        one = Held(round_number, table, tuple(people))
        held[plan_id].append(one)
        if is_locked:
            locked[plan_id].append(one)
    return held, locked


def keep(hall: Hall, before: Before, way: PlanningWay) -> ToKeep:
    """Return what stays of the day so far. O(earlier meetings)."""
    history, heard = _history(hall, before), _heard(hall, before)
    hall = as_it_was(hall, before)
    ahead = [
        one for one in before.published if one.round not in before.past and holds(hall, one, anywhere=True)
    ]
    day, limited = Day(hall), rest_limits.limited(hall)
    happened = day.add_within_limits(one for one in history if holds(hall, one, anywhere=True))
    settled = [one for one in happened if not limited.isdisjoint(one.people) and holds(hall, one)]
    stays = [one for one in happened if one not in settled]
    locked = day.add_within_limits(
        one for one in before.locked if one.round not in before.past and holds(hall, one)
    )
    if way is PlanningWay.LEAST:
        stays += day.add(ahead)
        stays += _beside(hall, [*stays, *settled, *locked], day.add(_returning(hall, before)))
    else:
        stays += day.add(one for one in ahead if one.round in before.fixed)
    rounds = frozenset(hall.rounds)
    # Afresh, what was to come is planned anew but for rounds that are settled.
    stay = rounds if way is PlanningWay.LEAST else before.past | before.fixed
    return ToKeep(
        hall,
        tuple(stays),
        tuple(locked),
        tuple(settled),
        frozen=(before.past | before.fixed) & rounds,
        fixed=before.fixed & rounds,
        talks=(
            *_still_held(hall, heard),
            *(one for one in before.talks if one.round in stay & rounds - before.past),
        ),
    )


def holds(hall: Hall, one: Held, *, anywhere: bool = False) -> bool:
    """Whether a meeting by itself keeps every rule as things stand; `anywhere` at another table counts too."""
    if len(one.people) not in (2, 3) or one.round not in hall.rounds:
        return False
    if any(one.round not in hall.there.get(person, ()) for person in one.people):
        return False
    if one.pairs & hall.forbidden or (len(one.people) == 3 and not hall.trios.issuperset(one.people)):
        return False
    tables = hall.tables if anywhere else (one.table,) if one.table in hall.tables else ()
    return any(all(hall.may_sit(person, table) for person in one.people) for table in tables)


class Day:
    """Meetings that can all take place: nobody twice at once, no pair twice, one trio a round."""

    def __init__(self, hall: Hall) -> None:
        """Begin with no meeting, under the limits of this hall."""
        self._hall, self._limited = hall, rest_limits.limited(hall)
        self._seats: dict[int, dict[int, int]] = defaultdict(dict)
        self._busy: set[tuple[int, int]] = set()
        self._met: set[Pair] = set()
        self._trios: set[int] = set()

    def add_within_limits(self, meetings: Iterable[AnyHeld]) -> list[AnyHeld]:
        """Add those that still fit and leave everybody their rests and helpers, in order; return them."""
        if not self._limited:
            return self.add(meetings)
        return [kept for one in meetings if self._bearable(one) for kept in self.add([one])]

    def _bearable(self, one: Held) -> bool:
        concerned = self._limited & set(one.people)
        if not concerned:
            return True
        then = {**self._seats, **{x: {**self._seats[x], one.round: one.table} for x in one.people}}
        nameless = dict.fromkeys(self._limited, "")
        return not any(rest_limits.broken(self._hall, then, nameless, concerned))

    def add(self, meetings: Iterable[AnyHeld]) -> list[AnyHeld]:
        """Add those that still fit, in order; return them."""
        added = []
        for one in meetings:
            places = {(one.round, person) for person in one.people}
            trio = len(one.people) == 3
            if places & self._busy or one.pairs & self._met or (trio and one.round in self._trios):
                continue
            self._busy |= places
            self._met |= one.pairs
            self._trios |= {one.round} if trio else set()
            for person in one.people:
                self._seats[person][one.round] = one.table
            added.append(one)
        return added


def _missed(hall: Hall, one: Held) -> bool:
    """Whether somebody in a past meeting is known to have arrived after it or left before it."""
    return any(one.round not in hall.there.get(person, (one.round,)) for person in one.people)


def _history(hall: Hall, before: Before) -> list[Held]:
    """Return the meetings that have taken place, or are taking place."""
    begun = (one for one in before.published if one.round in before.past and not _missed(hall, one))
    return [one for one in begun if len(one.people) > 1]


def _heard(hall: Hall, before: Before) -> list[HeldTalk]:
    """Return the talks that have taken place, or are taking place, with who was there."""
    return place_topics.heard((one for one in before.talks if one.round in before.past), hall.there)


def _still_held(hall: Hall, talks: Iterable[HeldTalk]) -> tuple[HeldTalk, ...]:
    """Return of these talks what the rules of the hall allow as things stand."""
    apart = hall.excluded | hall.declined
    return place_topics.still_held(talks, hall.places, hall.there, hall.suits_topics, apart)


def as_it_was(hall: Hall, before: Before) -> Hall:
    """Return the hall in which the past is as it was: who sat in a round was there, and was allowed to.

    Where somebody sat at a table that does not suit them any more, or two with one helper at two tables, the pairs
    are kept from meeting again instead. Whoever has had more meetings than they can bear can bear as many. A talk
    that somebody heard and cannot be shown at any more is not one that they would like to hear.
    """
    past, history = before.past, _history(hall, before)
    there = {
        person: (rounds - past) | (rounds & before.planned.get(person, frozenset()) & past)
        for person, rounds in hall.there.items()
    }
    for one in history:
        for person in one.people:
            there[person] = there.get(person, frozenset()) | {one.round}
    heard = _heard(hall, before)
    for talk in heard:
        for person in talk.people:
            there[person] = there.get(person, frozenset()) | {talk.round}
    was = replace(hall, there=there, places=hall.places.having_held(heard))
    met = frozenset(pair for one in history for pair in one.pairs)
    was = replace(
        was, excluded=hall.excluded - met, declined=hall.declined - met, kin=hall.kin - met, exempt=met
    )
    was = replace(was, rests=rest_limits.raised(was, rest_limits.seats([*history, *heard])))
    was = replace(was, places=was.places.without(heard, _still_held(was, heard)))
    kept = set(Day(was).add_within_limits(one for one in history if holds(was, one, anywhere=True)))
    lost = frozenset(pair for one in history if one not in kept for pair in one.pairs)
    return replace(was, excluded=was.excluded | lost)


def _returning(hall: Hall, before: Before) -> list[Held]:
    """Return the meetings of replaced versions, newest first, of those who are there again."""
    return [
        one
        for one in before.older
        if one.round not in before.fixed
        and any(one.round not in before.planned.get(person, ()) for person in one.people)
        and holds(hall, one)
    ]


def _beside(hall: Hall, stays: Iterable[Held], back: Iterable[Held]) -> list[Held]:
    """Return meetings that come back at tables that those which stay leave free: nobody makes room for them."""
    taken = {(one.round, one.table) for one in stays}
    placed = []
    for one in back:
        free = (
            table
            for table in (one.table, *hall.tables)
            if (one.round, table) not in taken and all(hall.may_sit(person, table) for person in one.people)
        )
        at = replace(one, table=next(free, one.table))
        taken.add((at.round, at.table))
        placed.append(at)
    return placed


def locked_meetings(hall: Hall, meetings: Iterable[Held]) -> tuple[LockedMeeting, ...]:
    """Return meetings as the planner is told that they must be, in its own numbers."""
    round_at = {number: place for place, number in enumerate(hall.rounds, start=1)}
    table_at = {number: place for place, number in enumerate(hall.tables, start=1)}
    return tuple(
        LockedMeeting(round_at[one.round], table_at[one.table], tuple(map(str, one.people)))
        for one in meetings
    )
