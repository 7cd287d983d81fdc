"""Printing: every sheet of a plan as a PDF, one kind at a time or everything at once."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.fonts import MORE_SCRIPTS, more_scripts_installed
from matchmaker.services import ask_for_work
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import plan_sheets as sheets
from matchmaker.services.plans import print_everything, sheet_values
from matchmaker.services.plans.print_everything import Everything
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.store.plans import plans
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.label_files import public_address
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import look, version_of
from matchmaker.web.organisers.plans.sheet_kinds import CHANGED, IF_ANY, KINDS
from matchmaker.web.transaction import session, start

MOST_TOLD = 500
"""Of a plan for more people the page does not tell how many pages there will be: laying all out takes seconds."""


@organisers.get("/print")
def printing() -> str:
    """Offer the sheets of the published plan, or of the version asked for."""
    seen = _chosen()
    was = sheets.replaced(session(), seen) if seen else None
    at = datetime.now(UTC)
    changed = sheets.changed(seen, was, at) if seen and was else []
    fine = seen if seen and not seen.faults else None
    kept = {kind.key: files.named(session(), event().id, f"{kind.key}-plan-") for kind in KINDS}
    made = {key: sheets.sheet(key, fine, was, at) for key in _wanted(fine, was, kept)} if fine else {}
    everything = _everything(fine, was, at) if fine and _is_small(fine) else None
    return render_template(
        "organisers/plans/printing.html",
        event=event(),
        plan=version_of(seen.plan) if seen else None,
        broken=bool(seen and seen.faults),
        kinds=[kind for kind in KINDS if _offered(kind.key, made, again=was is not None)],
        made=made,
        everything=everything,
        all_ready=_all_ready(everything) if everything else {},
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


@organisers.post("/plans/<plan>/print-everything")
def print_all(plan: str) -> Response:
    """Ask for all sheets of a version at once, as one PDF and as a zip."""
    if plans.by_public_id(session(), event().id, plan) is None:
        abort(404)
    labels_at = current_app.config["SETTINGS"].public_url + url_for("public.labels") + "/"
    details = {"plan": plan, "labels_at": labels_at}
    job = ask_for_work.ask(session(), "print-everything", event().id, me().id, details)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


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


def _offered(key: str, made: Mapping[str, PlanSheet], *, again: bool) -> bool:
    """Whether to offer a kind: not what changed where nothing did, nor a list that nobody is on."""
    if key in CHANGED:
        return again and key in made and made[key].count > 0
    return key not in IF_ANY or key not in made or made[key].count > 0


def _everything(seen: Review, was: Review | None, at: datetime) -> Everything:
    tags = label_sheets.tags(session(), event(), public_address, at)
    return print_everything.everything(seen, was, tags, at)


def _all_ready(what: Everything) -> dict[str, File]:
    """Return the finished files of all sheets that still show the plan as it stands, by kind."""
    kinds = (print_everything.PDF, print_everything.ZIP)
    found = {kind: files.by_name(session(), event().id, what.file_name(kind)) for kind in kinds}
    return {kind: file for kind, file in found.items() if file is not None}


def _is_small(seen: Review) -> bool:
    return len(seen.people) <= MOST_TOLD


def _wanted(seen: Review, was: Review | None, kept: Mapping[str, list[File]]) -> list[str]:
    """Return the kinds to lay out for what the page tells: of a large plan those of which there is a file."""
    return [
        one.key
        for one in KINDS
        if _is_small(seen) or kept[one.key] or (was is not None and one.key in CHANGED)
    ]


def _ready(
    seen: Review, sheets_now: Mapping[str, PlanSheet], kept: Mapping[str, list[File]]
) -> dict[str, File]:
    """Return those of the finished PDFs that still show the plan as it stands, by kind."""
    made = {file.name: file for some in kept.values() for file in some}
    names = {key: sheet_values.file_name(seen, sheet) for key, sheet in sheets_now.items()}
    return {key: made[name] for key, name in names.items() if name in made}
