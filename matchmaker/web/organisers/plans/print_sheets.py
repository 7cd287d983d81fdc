"""Printing: every sheet of a plan as a PDF, one kind at a time or everything at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.fonts import MORE_SCRIPTS, more_scripts_installed
from matchmaker.services import ask_for_work
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import kept_reviews, print_everything, sheet_values
from matchmaker.services.plans import plan_sheets as sheets
from matchmaker.services.plans.plan_paper import CHANGED, is_small
from matchmaker.services.plans.print_everything import AllTold
from matchmaker.services.plans.sheet_values import ToldSheet
from matchmaker.store import files
from matchmaker.store.files import File
from matchmaker.store.people import namesakes
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.label_files import labels_at
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import version, version_of
from matchmaker.web.organisers.plans.sheet_kinds import IF_ANY, KINDS
from matchmaker.web.transaction import session, start


@dataclass(frozen=True)
class FinishedFile:
    """A finished file; `sure` if it shows the plan as it stands."""

    file: File
    sure: bool


@organisers.get("/print")
def printing() -> str:
    """Offer the sheets of the published plan, or of the version asked for."""
    plan, at = _chosen(), datetime.now(UTC)
    said = kept_reviews.sound_paper(session(), event(), plan, at) if plan else None
    paper = said.found if said else None
    broken = plan is not None and paper is None
    made = paper.sheets if paper else {}
    kept = {file.name: file for file in reversed(files.of_event(session(), event().id))}
    everything = _everything(plan, made, kept) if plan and paper and is_small(plan) else None
    return render_template(
        "organisers/plans/printing.html",
        event=event(),
        plan=version_of(plan) if plan else None,
        broken=broken,
        kinds=[kind for kind in KINDS if _offered(kind.key, made, again=bool(paper and paper.replaces))],
        made=made,
        everything=everything,
        paper=paper,
        stood=said.stood if said else None,
        ready=_ready(plan, made, everything, kept, now=said.stood is None) if plan and said else {},
        alike=[(some[0][1], len(some)) for some in namesakes.alike_at(session(), event().id)]
        if paper
        else [],
        more_scripts="" if more_scripts_installed() else MORE_SCRIPTS,
    )


@organisers.post("/plans/<plan>/print/<sheet>")
def print_pdf(plan: str, sheet: str) -> Response:
    """Ask for sheets as a PDF."""
    if sheet not in sheets.KEYS:
        abort(404)
    version(plan)
    return ask_for_pdf(plan, sheet)


@organisers.post("/plans/<plan>/print-everything")
def print_all(plan: str) -> Response:
    """Ask for all sheets of a version at once, as one PDF and as a zip."""
    version(plan)
    details = {"plan": plan, "labels_at": labels_at()}
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


def _chosen() -> Plan | None:
    """Return the version asked for, else the published one, else the newest."""
    if "plan" in request.args:
        return version(request.args["plan"].replace("\x00", ""))
    return plans.published(session(), event().id) or plans.latest(session(), event().id)


def _offered(key: str, made: Mapping[str, ToldSheet], *, again: bool) -> bool:
    """Whether to offer a kind: not what changed where nothing did, nor a list that nobody is on."""
    if key in CHANGED:
        return again and key in made and made[key].count > 0
    return key not in IF_ANY or key not in made or made[key].count > 0


def _everything(plan: Plan, made: Mapping[str, ToldSheet], kept: Mapping[str, File]) -> AllTold:
    """Return what there is to tell of all sheets; only where files of that are kept can they be compared with it."""
    begins = tuple(print_everything.begins(kind, plan.version) for kind in print_everything.KINDS)
    compared = any(name.startswith(begins) for name in kept)
    tags = label_sheets.told_tags(session(), event(), labels_at(), compared=compared)
    return print_everything.told(plan.version, made, tags)


def _ready(
    plan: Plan,
    made: Mapping[str, ToldSheet],
    everything: AllTold | None,
    kept: Mapping[str, File],
    *,
    now: bool,
) -> dict[str, FinishedFile]:
    """Return the finished files by kind: those that show the plan as it stands.

    Where it is not known how it stands, as what there is to tell of it is not of `now` or of a plan too large to tell
    of everything, the newest: it may be the one that was asked for a moment ago.
    """
    names = {key: sheet_values.file_name(plan.version, told) for key, told in made.items()}
    names |= {kind: everything.file_name(kind) for kind in print_everything.KINDS if everything}
    found = {}
    for key in (*sheets.KEYS, *print_everything.KINDS):
        begins = print_everything.begins(key, plan.version)
        newest = max(
            (file for name, file in kept.items() if name.startswith(begins)),
            key=attrgetter("id"),
            default=None,
        )
        if now and key in names:
            if names[key] in kept:
                found[key] = FinishedFile(kept[names[key]], sure=True)
        elif newest:
            found[key] = FinishedFile(newest, sure=False)
    return found
