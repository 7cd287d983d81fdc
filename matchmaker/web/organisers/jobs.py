"""Work behind a page: wait a moment for it, then show how far it is, then lead to what it made."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.store import jobs
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.session import Database
from matchmaker.web.access import event
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session

PATIENCE = 2.0
"""Seconds a page waits for a short job before it shows a progress bar."""
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class About:
    """What an organiser reads of one kind of job: heading, how long it may take, and the words when it is done.

    `result` and `back` give the addresses of what it made and of the page it was asked for on.
    """

    heading: str
    lasts: str
    done: str
    link: str
    result: Callable[[Job], str]
    back: Callable[[Job], str]
    speaks_for_itself: bool = False
    """Whether the page it leads to needs no words that it is done."""


def _plan(job: Job) -> str:
    page = "organisers.confirm_publishing" if job.details.get("then") == "publish" else "organisers.plan"
    return url_for(page, plan=job.result["plan"])


def _asked_of(job: Job) -> str:
    return url_for("organisers.plan", plan=job.details["plan"], _anchor="what-if")


def _plans(_job: Job) -> str:
    return url_for("organisers.plans")


def _printing(job: Job) -> str:
    return url_for("organisers.printing", plan=job.details["plan"])


def _import(job: Job) -> str:
    return url_for("organisers.upload", upload=job.details["import"])


def _read(job: Job) -> str:
    page = "organisers.import_columns" if job.details.get("then") == "columns" else "organisers.upload"
    return url_for(page, upload=job.details["import"])


def _labels(job: Job) -> str:
    letters = job.details["sheet"] == "letters"
    return url_for("organisers.letters") if letters else url_for("organisers.labels", _anchor="print")


def _all_labels(_job: Job) -> str:
    return url_for("organisers.labels")


def _listed(_job: Job) -> str:
    return url_for("organisers.imports")


def _unclaimed(_job: Job) -> str:
    return url_for("organisers.unclaimed")


def _file(job: Job) -> str:
    return url_for("organisers.file", file=job.result["file"])


def _version(job: Job) -> str:
    return url_for("organisers.plan", plan=job.details["plan"])


def _lost_labels(_job: Job) -> str:
    return url_for("organisers.lost_labels")


def _home(_job: Job) -> str:
    return url_for("organisers.home")


KINDS: dict[str, About] = {
    "read-upload": About(
        "Reading the file",
        "This takes a second for a hundred rows, and up to a minute for the largest files.",
        "The file is read.",
        "See what the file holds",
        _read,
        _import,
        speaks_for_itself=True,
    ),
    "plan": About(
        "Making the plan",
        "This takes seconds for a hundred people, and a few minutes for a thousand.",
        "The plan is ready.",
        "Open the plan",
        _plan,
        _plans,
    ),
    "what-if": About(
        "Working out what would help",
        "This takes about twice as long as making the plan.",
        "It is worked out.",
        "See what would help",
        _asked_of,
        _asked_of,
    ),
    "print": About(
        "Laying out the sheets",
        "This takes a few seconds for a hundred people.",
        "The PDF is ready. Download it below.",
        "Go to the download",
        _printing,
        _printing,
    ),
    "print-everything": About(
        "Laying out everything",
        "This takes about half a minute for two hundred people. You can leave this page.",
        "Everything is ready. Download it below.",
        "Go to the download",
        _printing,
        _printing,
    ),
    "plan-table": About(
        "Writing the table",
        "This takes a few seconds for a thousand people.",
        "The table is ready.",
        "Download the table",
        _file,
        _version,
        speaks_for_itself=True,
    ),
    "label-table": About(
        "Writing the table",
        "This takes a few seconds for ten thousand datasets.",
        "The table is ready.",
        "Download the table",
        _file,
        _all_labels,
        speaks_for_itself=True,
    ),
    "attendee-table": About(
        "Writing the table",
        "This takes a second or two for a thousand people.",
        "The table is ready.",
        "Download the table",
        _file,
        _listed,
        speaks_for_itself=True,
    ),
    "claim-slips": About(
        "Laying out the slips",
        "This takes a second or two for a hundred slips.",
        "The PDF is ready.",
        "Download the PDF",
        _file,
        _unclaimed,
        speaks_for_itself=True,
    ),
    "print-labels": About(
        "Laying out the sheets",
        "This takes a second or two for a hundred datasets.",
        "The PDF is ready. Download it below.",
        "Go to the download",
        _labels,
        _labels,
    ),
    "lost-labels": About(
        "Looking for people who may know",
        "This takes a second or two for five hundred people.",
        "The tables are proposed.",
        "See the tables",
        _lost_labels,
        _lost_labels,
    ),
    "import-attendees": About(
        "Importing people",
        "This takes seconds for a hundred people.",
        "The list is imported.",
        "See what was imported",
        _import,
        _import,
    ),
    "import-catalogue": About(
        "Importing datasets",
        "This takes a few seconds for a thousand datasets.",
        "The catalogue is imported.",
        "See what was imported",
        _import,
        _import,
    ),
}

ANY = About(
    "Working", "This usually takes less than a minute.", "It is done.", "Go to the overview", _home, _home
)


@organisers.get("/jobs/<job>")
def job(job: str) -> Response | str:
    """Show how far a job is; lead on to its result once it is there."""
    if jobs.by_public_id(session(), event().id, job) is None:
        say_gone(
            "What was worked on here is too long ago to be looked at",
            url_for("organisers.home"),
            "Overview",
        )
    fragment = request.headers.get("HX-Request") == "true"
    row = _look(event().id, job, 0.0 if fragment else PATIENCE)
    about = KINDS.get(row.kind, ANY)
    if row.state is JobState.DONE and not fragment:
        if not about.speaks_for_itself:
            flash(about.done, "success")
        return redirect(about.result(row))
    template = "organisers/job_progress.html" if fragment else "organisers/job.html"
    # As without scripts, whoever waits here is led on; but a file would leave them on this page, which has its link.
    onward = "" if about.result is _file else url_for("organisers.job", job=job)
    return render_template(template, row=row, about=about, shown=_shown(row, about), onward=onward)


def _look(event_id: int, public_id: str, patience: float) -> Job:
    """Return the job as it is, looking again, each time afresh, for a while if it is not over yet."""
    database: Database = current_app.extensions["matchmaker.database"]
    end = time.monotonic() + patience
    while True:
        with database.reading() as fresh:
            row = jobs.by_public_id(fresh, event_id, public_id)
        if row is None:
            abort(404)
        if row.state in (JobState.DONE, JobState.FAILED) or time.monotonic() >= end:
            return row
        time.sleep(LOOK_EVERY)


def _shown(row: Job, about: About) -> dict[str, Any]:
    """Return what the progress bar shows; a job that nobody has begun has no bar yet."""
    begun = row.state is JobState.RUNNING
    return {
        "id": row.public_id,
        "what": row.saying or about.heading,
        "done": row.done,
        "total": row.total if begun and row.heartbeat_at else 0,
        "left": "",
    }
