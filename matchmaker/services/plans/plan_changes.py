"""Say what one version of the plan changes of another, as pages say it: who gets a new slip, what ends or moves."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.clock import clock
from matchmaker.services.plans.compare_plans import Difference, LostMeeting, PlaceInRound, compare
from matchmaker.services.plans.review_plan import Review

MOST_ROWS = 200
"""So many changed places are listed; the slips that are printed have all of them."""
MOST_LOST = 100
"""So many ended meetings are listed with their reasons."""


@dataclass(frozen=True)
class ChangedRow:
    """One row of what changes: a person, a round, and their place before and after, in words."""

    name: str
    round_number: int
    before: str
    after: str


@dataclass(frozen=True)
class PlanChanges:
    """What a page says of the difference from the version before.

    Of very many changed `places`, `rows` has the first, and `lost` the first of the meetings that `ended`, with their
    reasons. `given_up` of these end so that somebody can rest or have their helper, `made_room` for whoever came
    later or two who have both asked to meet; `least` could not have stayed.
    """

    version: int
    rows: tuple[ChangedRow, ...]
    places: int
    people: int
    others: int
    kept: int
    lost: tuple[LostMeeting, ...]
    ended: int
    given_up: int
    made_room: int
    least: int


def changes(seen: Review, before: Review, at: datetime) -> PlanChanges:
    """Return what a version changes of another; a draft's rounds that have begun at this moment are left out."""
    found = compare(seen, before, seen.plan.published_at or at)
    return PlanChanges(
        version=before.plan.version,
        rows=tuple(_rows(seen, found)),
        places=len(found.slots),
        people=len(found.changed),
        others=found.people - len(found.changed),
        kept=found.kept,
        lost=found.lost[:MOST_LOST],
        ended=len(found.lost),
        given_up=sum(one.given_up for one in found.lost),
        made_room=sum(bool(one.made_room) for one in found.lost),
        least=found.least,
    )


def _rows(seen: Review, found: Difference) -> list[ChangedRow]:
    zone = seen.event.tz

    def at(moment: datetime | None) -> str:
        return f"{clock(moment, zone)}. " if moment else ""

    return [
        ChangedRow(
            slot.person.name,
            slot.round_number,
            at(slot.times and slot.times[0]) + _seated(slot.before),
            at(slot.times and slot.times[1]) + _seated(slot.after, there=slot.there),
        )
        for slot in found.slots[:MOST_ROWS]
    ]


def _seated(place: PlaceInRound | None, *, there: bool = True) -> str:
    if place is None:
        return "No meeting" if there else "Not here"
    others = " and ".join(one.name for one in place.others) or "nobody"
    return f"Table {place.table}: {place.topic or others}"
