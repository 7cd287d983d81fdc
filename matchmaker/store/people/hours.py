"""Which rounds somebody is not there for: by the hours that are known of them, and what they said they miss."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, time
from functools import cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Integer, Select, bindparam, or_, select

from matchmaker.store.among import among_those
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.session import Session, plainly


class Timed(Protocol):
    """A round with its times."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def starts_at(self) -> datetime: ...  # noqa: D102
    @property
    def ends_at(self) -> datetime: ...  # noqa: D102


class Hours(Protocol):
    """What is known of somebody's day: the fields are those of `Registration`."""

    @property
    def arrives(self) -> time | None: ...  # noqa: D102
    @property
    def leaves(self) -> time | None: ...  # noqa: D102
    @property
    def away_rounds(self) -> frozenset[int]: ...  # noqa: D102
    @property
    def presence(self) -> Presence: ...  # noqa: D102
    @property
    def presence_at(self) -> datetime | None: ...  # noqa: D102


def missed(event: Event, row: Hours, rounds: Iterable[Timed] | None = None) -> frozenset[int]:
    """Return the rounds that somebody is not there for from beginning to end, or said that they miss.

    They are those of the event, or of these `rounds`, as they stood another time. Who is checked in before they were
    expected is there from then on. Of an hour that the clocks show twice the first is meant; one that they skip
    is as long after midnight as it says.
    """
    arrives = datetime.combine(event.held_on, row.arrives, event.tz) if row.arrives else None
    leaves = datetime.combine(event.held_on, row.leaves, event.tz) if row.leaves else None
    if arrives and row.presence is Presence.HERE and row.presence_at:
        arrives = min(arrives, row.presence_at)
    return row.away_rounds | {
        one.number
        for one in (event.rounds if rounds is None else rounds)
        if (arrives and one.starts_at < arrives) or (leaves and one.ends_at > leaves)
    }


class _Row(NamedTuple):
    """The hours of somebody at an event."""

    person_id: int
    arrives: time | None
    leaves: time | None
    away_rounds: frozenset[int]
    presence: Presence
    presence_at: datetime | None


def missed_rounds(
    session: Session, event_id: int, person_ids: Collection[int], *, though_absent: bool = False
) -> dict[int, frozenset[int]]:
    """Return the rounds that these people miss, of those who come and are not marked absent: one query.

    With `though_absent` also of who is marked absent by now. Of whom hours are known, and not for a whole day, it
    looks at the event as well.
    """
    asked = {"event": event_id, "people": [*person_ids]}
    return _missed(session, event_id, plainly(session, _of_comers(though_absent=though_absent), asked).all())


def missing(session: Session, event_id: int) -> dict[int, list[int]]:
    """Return who misses each round of an event, of those who miss any: one query, O(people who do)."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = session.execute(_of_some(), {"event": event_id}).all()
    for person_id, rounds in _missed(session, event_id, rows).items():
        for number in rounds:
            found[number].append(person_id)
    return found


def _missed(session: Session, event_id: int, rows: Iterable[Any]) -> dict[int, frozenset[int]]:
    found = {}
    for row in map(_Row._make, rows):
        event = session.get(Event, event_id) if row.arrives or row.leaves else None
        found[row.person_id] = missed(event, row) if event else row.away_rounds
    return found


def _hours() -> Select[Any]:
    columns: list[Any] = [getattr(Registration, name) for name in _Row._fields]
    return select(*columns).where(Registration.event_id == bindparam("event", type_=Integer))


@cache
def _of_comers(*, though_absent: bool) -> Select[Any]:
    """Return the question of `missed_rounds`, which is put together once."""
    comers = _hours().where(among_those(Registration.person_id, "people"), Registration.state.in_(COMING))
    return comers if though_absent else comers.where(Registration.presence != Presence.ABSENT)


@cache
def _of_some() -> Select[Any]:
    """Return the question of `missing`, which is put together once."""
    one = Registration
    return _hours().where(
        or_(one.arrives.is_not(None), one.leaves.is_not(None), one.away_rounds != frozenset())
    )
