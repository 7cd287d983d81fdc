"""Lost-label tables: three people for each of the most wanted datasets without a name, to announce or to print."""

from datetime import UTC, datetime
from typing import cast

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.documents import paper
from matchmaker.recognition.roles import ROLES
from matchmaker.services.credits import lost_labels as proposing
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/lost-labels")
def lost_labels() -> str:
    """Propose three people for each of the datasets without a name that most people want, and say why."""
    return render_template(
        "organisers/credits/lost_labels.html", event=event(), tables=proposing.propose(session(), event())
    )


@organisers.get("/lost-labels/print")
def print_lost_labels() -> Response | str:
    """Show one sheet a table as a page that prints as it is."""
    tables = proposing.propose(session(), event())
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
