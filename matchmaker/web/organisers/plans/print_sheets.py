"""Printing: every sheet of a plan as a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.fonts import MORE_SCRIPTS, more_scripts_installed
from matchmaker.services import ask_for_work
from matchmaker.services.plans import plan_sheets as sheets
from matchmaker.services.plans.plan_sheets import PlanSheet
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.store.plans import plans
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import look, version_of
from matchmaker.web.transaction import session, start


@dataclass(frozen=True)
class SheetKind:
    """What an organiser reads of one kind of sheet."""

    key: str
    title: str
    words: str


KINDS = (
    SheetKind(
        "changed-slips", "Only the changed slips", "For those whose slip is another than in the plan before."
    ),
    SheetKind(
        "slips",
        "Personal slips",
        "A6, four to an A4 sheet: each person's day, with the reason to meet. Who asked for large print gets A4.",
    ),
    SheetKind(
        "large-slips",
        "Personal slips in large print for everybody",
        "A4, one or two sheets a person: print on both sides.",
    ),
    SheetKind(
        "changed-cards",
        "Only the changed table cards",
        "For tables at which somebody else sits, at another time, than on the card before.",
    ),
    SheetKind("cards", "Table cards", "A4, folded once: the number of the table, and who sits there when."),
    SheetKind(
        "changed-list",
        "Only the changed lines of the list from A to Z",
        "For the desk: whose line is another than on the list before. All of them, if the times changed.",
    ),
    SheetKind(
        "list",
        "List from A to Z",
        "For the desk: everybody, with the table of every round and a box to tick.",
    ),
)

CHANGED = ("changed-slips", "changed-cards", "changed-list")
"""Kinds that hold only what differs from the version before."""


@organisers.get("/print")
def printing() -> str:
    """Offer the sheets of the published plan, or of the version asked for."""
    seen = _chosen()
    was = sheets.replaced(session(), seen) if seen else None
    at = datetime.now(UTC)
    changed = sheets.changed(seen, was, at) if seen and was else []
    fine = seen if seen and not seen.faults else None
    kept = {kind.key: files.named(session(), event().id, f"{kind.key}-plan-") for kind in KINDS}
    # Laying out all sheets to see whether a file still shows them takes a while: only where there is a file.
    asked = [one.key for one in KINDS if fine and (kept[one.key] or (was and one.key in CHANGED))]
    made = {key: sheets.sheet(key, fine, was, at) for key in asked} if fine else {}
    return render_template(
        "organisers/plans/printing.html",
        event=event(),
        plan=version_of(seen.plan) if seen else None,
        broken=bool(seen and seen.faults),
        kinds=[
            kind for kind in KINDS if kind.key not in CHANGED or (kind.key in made and made[kind.key].count)
        ],
        replaces=was.plan.version if was else None,
        changed=[one.name for one in changed],
        ready=_ready(fine, made, kept) if fine else {},
        without_fonts=sheets.without_fonts(seen) if seen else [],
        more_scripts="" if more_scripts_installed() else MORE_SCRIPTS,
    )


@organisers.post("/plans/<plan>/print/<sheet>")
def print_pdf(plan: str, sheet: str) -> Response:
    """Ask for sheets as a PDF."""
    if sheet not in sheets.KEYS or plans.by_public_id(session(), event().id, plan) is None:
        abort(404)
    return ask_for_pdf(plan, sheet)


def ask_for_pdf(plan: str, sheet: str) -> Response:
    """Ask for sheets of this kind of a version as a PDF, and lead to the page that waits for it."""
    job = ask_for_work.ask(session(), "print", event().id, me().id, {"plan": plan, "sheet": sheet})
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def lead_to(plan: str) -> Response:
    """Lead to the sheets of this version."""
    return redirect(url_for("organisers.printing", plan=plan))


def _chosen() -> Review | None:
    """Return the version asked for, else the published one, else the newest."""
    if "plan" in request.args:
        return look(request.args["plan"].replace("\x00", ""))
    found = plans.published(session(), event().id) or plans.latest(session(), event().id)
    return review(session(), event(), found) if found else None


def _ready(
    seen: Review, sheets_now: Mapping[str, PlanSheet], kept: Mapping[str, list[File]]
) -> dict[str, File]:
    """Return those of the finished PDFs that still show the plan as it stands, by kind."""
    made = {file.name: file for some in kept.values() for file in some}
    names = {key: sheets.file_name(seen, sheet) for key, sheet in sheets_now.items()}
    return {key: made[name] for key, name in names.items() if name in made}
