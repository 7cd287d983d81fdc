"""Everything that is printed for the day at once: one PDF of all sheets, and a zip that opens without the website."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents import pdf
from matchmaker.documents.plans.spreadsheets import PlanTables, plan_xlsx
from matchmaker.services.plans import plan_sheets
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.sheet_values import PLAN, PlanSheet, ToldSheet

BOUND = (
    "slips",
    "cards",
    "topic-cards",
    "list",
    "badges",
    "roll-call",
    "run-sheet",
    "caterer",
    "blank-slips",
)
"""What is in the one PDF, in this order, before the gift tags. What people need, or must not eat, is for few."""
BESIDE = ("badge-labels",)
"""What is in the zip alone, because it wants paper of its own."""
ZIP, PDF = "everything-zip", "everything"
KINDS = (PDF, ZIP)


def begins(kind: str, version: int) -> str:
    """Return how the names of files of this kind, of a version, begin."""
    return f"{kind}{PLAN}{version}-"


@dataclass(frozen=True)
class AllTold:
    """What there is to tell of all sheets of a plan: `bound` in the one PDF, `beside` in the zip alone."""

    version: int
    bound: tuple[ToldSheet, ...]
    beside: tuple[ToldSheet, ...]

    @property
    def pages(self) -> int:
        """How many pages of A4 the one PDF has, as near as can be told before it is made."""
        return sum(one.pages for one in self.bound)

    @property
    def fingerprint(self) -> str:
        """Eight letters that differ where anything on the sheets does."""
        marks = " ".join(one.fingerprint for one in (*self.bound, *self.beside))
        return hashlib.sha256(marks.encode()).hexdigest()[:8]

    def file_name(self, kind: str) -> str:
        """Return what the file of this kind, ZIP or PDF, is called: the same for the same content."""
        return f"{begins(kind, self.version)}{self.fingerprint}.{'zip' if kind == ZIP else 'pdf'}"


@dataclass(frozen=True)
class Everything(AllTold):
    """All sheets of a plan, and the plan as a table, which is in the zip alone."""

    bound: tuple[PlanSheet, ...]
    beside: tuple[PlanSheet, ...]
    plan_as_table: PlanTables
    title: str


def told(version: int, made: Mapping[str, ToldSheet], tags: ToldSheet) -> AllTold:
    """Return what there is to tell of all sheets of a version, with its gift tags; empty kinds are left out."""
    return AllTold(
        version,
        tuple(one for one in (*(made[key] for key in BOUND), tags) if one.count),
        tuple(made[key] for key in BESIDE if made[key].count),
    )


def everything(seen: Review, was: Review | None, tags: PlanSheet, at: datetime) -> Everything:
    """Return all sheets of a plan that replaces `was`, with the event's gift tags; empty kinds are left out."""
    made = {key: plan_sheets.sheet(key, seen, was, at) for key in (*BOUND, *BESIDE)}
    table = plan_sheets.tables(seen, at)
    return Everything(
        version=seen.plan.version,
        bound=tuple(one for one in (*(made[key] for key in BOUND), tags) if one.count),
        beside=tuple(made[key] for key in BESIDE if made[key].count),
        plan_as_table=table,
        title=f"Everything to print for {seen.event.name}",
    )


def lay_out(what: Everything, say: Callable[[int, int, str], None]) -> tuple[bytes, bytes]:
    """Return the PDF of all sheets and the zip of one file each; `say` hears how many steps of how many are done.

    Raises ValueError if there is nothing to print.
    """
    if not what.bound:
        raise ValueError("There is nothing to print.")
    kinds = (*what.bound, *what.beside)
    steps = len(kinds) + 2
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for done, one in enumerate(kinds):
            say(done, steps, f"Laying out {one.key.replace('-', ' ')}")
            files.writestr(f"{done + 1:02}-{one.key}.pdf", one.pdf())
        say(len(kinds), steps, "Laying out all sheets as one")
        bound = pdf.pack([one.sheets() for one in what.bound], what.title)
        files.writestr("00-everything.pdf", bound)
        say(len(kinds) + 1, steps, "Packing")
        files.writestr("plan.xlsx", plan_xlsx(what.plan_as_table))
    return bound, packed.getvalue()
