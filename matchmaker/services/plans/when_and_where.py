"""When and where the meetings of a plan are: part of what is printed, and kept with each version as it was published.

The published plan takes place as the event stands now; a version that was replaced is remembered as it was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan, PlanState


@dataclass(frozen=True)
class RoundTime:
    """When a round begins (UTC) and how many minutes it lasts."""

    number: int
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over, in UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Moved:
    """What changed in when and where a plan is held: rounds and tables by number, the place, the day or its zone."""

    rounds: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()
    place: bool = False
    day: bool = False

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.rounds or self.tables or self.place or self.day)


@dataclass(frozen=True)
class WhenAndWhere:
    """The place, the day, each round's times, and what each table's card says of the table."""

    place: str
    held_on: date
    zone: str
    rounds: Mapping[int, RoundTime]
    notes: Mapping[int, str]

    def kept(self) -> JsonObject:
        """Return it as it is kept beside a plan."""
        return {
            "place": self.place,
            "held_on": self.held_on.isoformat(),
            "zone": self.zone,
            "rounds": [[one.number, one.starts_at.isoformat(), one.minutes] for one in self.rounds.values()],
            "notes": [[number, note] for number, note in self.notes.items()],
        }

    def moved_to(self, other: "WhenAndWhere", plan: Plan) -> Moved:
        """Return what differs there, among the rounds and tables that a plan uses and both have."""
        return Moved(
            rounds=frozenset(_differ(self.rounds, other.rounds, plan.rounds)),
            tables=frozenset(_differ(self.notes, other.notes, plan.tables)),
            place=self.place != other.place,
            day=(self.held_on, self.zone) != (other.held_on, other.zone),
        )


def _differ(were: Mapping[int, object], are: Mapping[int, object], used: Collection[int]) -> list[int]:
    return [number for number in used if number in were and number in are and were[number] != are[number]]


def as_it_stands(event: Event) -> WhenAndWhere:
    """Return when and where an event is now."""
    return WhenAndWhere(
        place=event.place,
        held_on=event.held_on,
        zone=event.zone,
        rounds={one.number: RoundTime(one.number, one.starts_at, one.minutes) for one in event.rounds},
        notes={
            one.number: ", ".join(
                word for word, so in (("step-free", one.step_free), ("quiet", one.quiet)) if so
            )
            for one in event.tables
        },
    )


def of_plan(event: Event, plan: Plan) -> WhenAndWhere:
    """Return when and where the meetings of a version are; of a replaced one, were while it was published."""
    kept = plan.when_and_where
    if plan.state is not PlanState.SUPERSEDED or not kept:
        return as_it_stands(event)
    return WhenAndWhere(
        place=kept["place"],
        held_on=date.fromisoformat(kept["held_on"]),
        zone=kept["zone"],
        rounds={
            number: RoundTime(number, datetime.fromisoformat(starts_at), minutes)
            for number, starts_at, minutes in kept["rounds"]
        },
        notes={number: note for number, note in kept["notes"]},
    )
