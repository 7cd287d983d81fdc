"""Lost-label tables: three people for each of the most wanted datasets without a name, to announce or to print."""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.documents import paper
from matchmaker.recognition.roles import ROLES
from matchmaker.services import ask_for_work
from matchmaker.services.credits import lost_labels as proposing
from matchmaker.services.credits.lost_labels import LostTable
from matchmaker.store import jobs
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start


@organisers.get("/lost-labels")
def lost_labels() -> str:
    """Show three people for each of the datasets without a name that most people want, and say why."""
    made_at, tables = _proposed()
    return render_template(
        "organisers/credits/lost_labels.html", event=event(), tables=tables, made_at=made_at
    )


@organisers.post("/lost-labels")
def propose_tables() -> Response:
    """Ask for a proposal, which takes the place of the one before."""
    job = ask_for_work.ask(session(), proposing.KIND, event().id, me().id)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def _proposed() -> tuple[datetime | None, list[LostTable]]:
    """Return when the kept proposal was worked out, and what still holds of it."""
    job = jobs.latest_done(session(), event().id, proposing.KIND)
    return (job.ended_at, proposing.still(session(), event(), job.result)) if job else (None, [])


@organisers.get("/lost-labels/print")
def print_lost_labels() -> Response | str:
    """Show one sheet a table as a page that prints as it is."""
    _, tables = _proposed()
    if not tables:
        return redirect(url_for("organisers.lost_labels"))
    return paper.page(
        "lost_labels.html",
        cast(paper.Asset, current_app.jinja_env.globals["asset"]),
        event=event().name,
        tables=tables,
        roles=[role for role in ROLES.values() if not role.optional],
        base=current_app.config["SETTINGS"].public_url,
        addresses={
            one.dataset.id: url_for("people.name_colleague", dataset=one.dataset.public_id) for one in tables
        },
        made_at=datetime.now(UTC),
    )
