"""Say what there is to tell of the sheets of a version before any is laid out: whom they are news to, and how long.

It is worked out from the whole plan and everybody at the event, and is small, so that it can be kept (`kept_reviews`)
and the page that offers the sheets reads no more than that.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from matchmaker.documents import fonts
from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.plan_findings import listed
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.sheet_values import PLAN, ToldSheet
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.plans import plans, printed
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session

CHANGED = ("changed-slips", "changed-cards", "changed-topic-cards", "changed-list", "changed-badges")
"""Kinds that hold only what differs from what was last printed."""
MOST_TOLD = 500
"""Of a plan for more people only those kinds are told of, of which there is a file or that differ from before."""


@dataclass(frozen=True)
class PlanPaper:
    """What there is to tell of the sheets of a version.

    `replaces` is the version of which slips were `printed` last, else the one before; `changed` are the names of
    those whose slip is another than there, and `without_fonts` names with the signs that no font of ours has, each
    as {"first": […], "count": n}.
    """

    replaces: int | None
    printed: bool
    changed: JsonObject
    without_fonts: JsonObject
    families: tuple[str, ...]
    sheets: Mapping[str, ToldSheet]

    def tells(self, kinds: Collection[str]) -> bool:
        """Whether these kinds are told of, and of the fonts that are here."""
        return self.families == fonts.installed().families and self.sheets.keys() >= {*kinds}


def is_small(plan: Plan) -> bool:
    """Whether every kind is told of."""
    return plan.people <= MOST_TOLD


def wanted(session: Session, event: Event, plan: Plan) -> tuple[str, ...]:
    """Return the kinds that are told of: laying out all takes seconds for many."""
    if is_small(plan):
        return plan_sheets.KEYS
    made = {one.partition(PLAN)[0] for one in files.names(session, event.id) if PLAN in one}
    again = plans.replaced_by(session, plan) is not None
    return tuple(key for key in plan_sheets.KEYS if key in made or (again and key in CHANGED))


def find(session: Session, seen: Review, at: datetime, kinds: Collection[str]) -> PlanPaper:
    """Work out what there is to tell of these kinds, as things stand. O(meetings)."""
    was = plan_sheets.replaced(session, seen, "slips")
    made = [
        plan_sheets.sheet(key, seen, plan_sheets.replaced(session, seen, key) if key in CHANGED else was, at)
        for key in kinds
    ]
    return PlanPaper(
        was.plan.version if was else None,
        printed.last(session, seen.plan, "slips") is not None,
        listed([one.name for one in plan_sheets.changed(seen, was, at)] if was else []),
        listed([list(one) for one in plan_sheets.without_fonts(seen)]),
        fonts.installed().families,
        {one.key: ToldSheet(one.key, one.fingerprint, one.count, one.pages) for one in made},
    )


def as_json(found: PlanPaper) -> JsonObject:
    """Return it as it is kept."""
    return asdict(found)


def from_json(kept: JsonObject) -> PlanPaper:
    """Return what was kept."""
    sheets = {key: ToldSheet(**one) for key, one in kept["sheets"].items()}
    return PlanPaper(**{**kept, "families": tuple(kept["families"]), "sheets": sheets})
