"""What all sheets of a plan share: rounds, breaks, day and place, the stamp, and how finished sheets are kept."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from matchmaker.documents import clock
from matchmaker.documents.pdf import Sheets, pages
from matchmaker.documents.plans.schedules import Break
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.when_and_where import RoundTime
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.store.session import Session

PLAN = "-plan-"
"""Comes between the kind and the version in the names of sheets of a plan."""
MEDIA = {
    "csv": "text/csv",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
KEPT_FOR = timedelta(days=2)
"""How long a finished file lies ready; who leaves in the meantime is on it, so not long."""
BREAK_FROM = timedelta(minutes=15)
"""How long rounds lie apart for it to be a break, not the time to change places."""


@dataclass(frozen=True)
class ToldSheet:
    """What there is to tell of the sheets of one kind before they are laid out.

    `fingerprint` changes whenever anything on the sheets but the time of printing does. `count` is how many slips,
    cards, lines or other pieces there are; `pages` of A4 they take, as near as can be told before they are laid out.
    """

    key: str
    fingerprint: str
    count: int
    pages: int


@dataclass(frozen=True)
class PlanSheet(ToldSheet):
    """What is to be printed of one kind, ready to be laid out as a PDF."""

    sheets: Callable[[], Sheets]

    def pdf(self) -> bytes:
        """Lay the sheets out. Raises ValueError if there is nothing on them."""
        return self.sheets().pdf()


def stamp(seen: Review, at: datetime, was: Review | None = None) -> Stamp:
    """Return what every sheet says of itself: event, plan version and time, and the version it replaces."""
    return Stamp(seen.event.name, seen.plan.version, at, seen.event.tz, was.plan.version if was else None)


def day_and_place(seen: Review) -> str:
    """Return the date and the place, in words."""
    return ", ".join(part for part in (clock.in_words(seen.event.held_on), seen.event.place) if part)


def rounds_of(seen: Review) -> dict[int, RoundTime]:
    """Return the rounds of the plan that are still in the programme, by number, with the times that it has."""
    return {number: one for number, one in seen.times.rounds.items() if number in seen.plan.rounds}


def breaks_of(seen: Review) -> tuple[Break, ...]:
    """Return the pauses between rounds that are long enough to be breaks, in order."""
    in_order = sorted(rounds_of(seen).values(), key=lambda one: one.starts_at)
    return tuple(
        Break(one.ends_at, after.starts_at)
        for one, after in pairwise(in_order)
        if after.starts_at - one.ends_at >= BREAK_FROM
    )


def keep(session: Session, event_id: int, name: str, content: bytes, at: datetime) -> File:
    """Keep finished sheets, or a table, for download, in place of earlier ones of their kind.

    The kind is what the name begins with, up to `-plan-` or, for sheets about no plan, up to the fingerprint.
    """
    begins = name.partition(PLAN)[0] + PLAN if PLAN in name else name.rpartition("-")[0] + "-"
    files.remove_named(session, event_id, begins)
    ending = name.rpartition(".")[2]
    file = File(
        event_id=event_id,
        name=name,
        media_type=MEDIA[ending],
        content=content,
        pages=pages(content) if ending == "pdf" else None,
        purge_at=at + KEPT_FOR,
    )
    session.add(file)
    session.flush()
    return file


def file_name(version: int, told: ToldSheet) -> str:
    """Return what finished sheets of a version of the plan are called: the same for the same content."""
    return f"{told.key}{PLAN}{version}-{told.fingerprint}.pdf"


def fingerprint(seen: Review, values: object) -> str:
    """Return eight letters that differ where the printed values do."""
    return hashlib.sha256(f"{seen.event.name}\n{seen.event.zone}\n{values!r}".encode()).hexdigest()[:8]
