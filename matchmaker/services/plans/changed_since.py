"""Say what has changed at an event since a version of its plan was made, in a few numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.plans.hall import Pair, planned_for
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.store.base import JsonObject
from matchmaker.store.event import hall
from matchmaker.store.event.events import Event
from matchmaker.store.people import profiles, registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.store.plans import planned_people
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


@dataclass(frozen=True)
class ChangedSincePlan:
    """What has changed since a plan was made."""

    left: int = 0
    joined: int = 0
    introductions: int = 0
    hall: bool = False
    """Whether its rounds or tables are not those of the event any more."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.left or self.joined or self.introductions or self.hall)


@dataclass(frozen=True)
class WhoChanged:
    """Who has left and who has joined since a plan was made, who agreed to meet, and whether the hall changed."""

    left: frozenset[int]
    joined: frozenset[int]
    introduced: frozenset[Pair]
    hall: bool

    def counted(self) -> ChangedSincePlan:
        """Return how many there are."""
        return ChangedSincePlan(len(self.left), len(self.joined), len(self.introduced), self.hall)

    def without(self, people: Collection[int]) -> "WhoChanged":
        """Return the same, but for these people."""
        introduced = frozenset(pair for pair in self.introduced if not {*pair} & {*people})
        return WhoChanged(self.left - {*people}, self.joined - {*people}, introduced, self.hall)


def as_json(found: WhoChanged) -> JsonObject:
    """Return it as it is kept."""
    lists = {"left": found.left, "joined": found.joined, "introduced": found.introduced}
    return {**{name: sorted(ones) for name, ones in lists.items()}, "hall": found.hall}


def from_json(kept: JsonObject) -> WhoChanged:
    """Return what was kept."""
    introduced = frozenset((a, b) for a, b in kept["introduced"])
    return WhoChanged(frozenset(kept["left"]), frozenset(kept["joined"]), introduced, kept["hall"])


def changed_since(session: Session, event: Event, plan: Plan, at: datetime) -> ChangedSincePlan:
    """Return what has changed since a plan was made, as things stand. O(people and answers)."""
    return who_changed(session, event, plan, at).counted()


def who_changed(session: Session, event: Event, plan: Plan, at: datetime) -> WhoChanged:
    """Return who and what has changed since a plan was made, as things stand. O(people and answers)."""
    left, joined = planned_people.changes(session, plan, begun(event, at))
    return WhoChanged(
        frozenset(left),
        frozenset(joined),
        _new_introductions(session, event, plan),
        plan.rounds != [one.number for one in event.rounds]
        or plan.tables != hall.table_numbers(session, event.id),
    )


def bring_forward(
    session: Session, event: Event, plan: Plan, was: WhoChanged, people: Collection[int], at: datetime
) -> WhoChanged:
    """Return what `who_changed` does, from what it was before only these people changed. O(their answers)."""
    left, joined = planned_people.changes(session, plan, begun(event, at), people)
    same = was.without(people)
    return WhoChanged(
        same.left | left,
        same.joined | joined,
        same.introduced | _new_introductions(session, event, plan, people),
        same.hall,
    )


def _new_introductions(
    session: Session, event: Event, plan: Plan, people: Collection[int] | None = None
) -> frozenset[Pair]:
    """Return the pairs who agreed to meet since the plan was made and can be paired, whoever changed their mind.

    With `people` only pairs with one of these.
    """
    agreed = answers.introductions(session, event.id, people)
    new = set(agreed) - {(a, b) for a, b in plan.introduced} if agreed else set()
    if not new:
        return frozenset()
    both = {one for pair in new for one in pair}
    rows = registrations.of_people(session, event.id, both)
    coming = [row for row in rows if row.state in COMING]
    there = {row.person_id for row in planned_for(coming, unanswered=plan.unanswered)}
    apart = profiles.apart(session, event.id, both)
    return frozenset(pair for pair in new if there.issuperset(pair)) - apart
