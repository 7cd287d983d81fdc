"""Labels: the way to tags, the screen, public labels, letters and tables; and files for the whole event."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.documents.counts import plural
from matchmaker.services import ask_for_work
from matchmaker.services.credits import kept_labels, public_labels
from matchmaker.store.credits import labelled_datasets
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.credits.label_sheets import tags_ready
from matchmaker.web.transaction import session, start

MOST_COMPARED = 1000
"""Of more tags than this the page does not look whether a file still shows them all; the job sees to it."""


@organisers.get("/labels")
def labels() -> str:
    """Show how many datasets have a name, and everything that can be done with their labels."""
    numbers = kept_labels.of_event(session(), event().id)
    tags = numbers["tags"]
    return render_template(
        "organisers/credits/labels.html",
        event=event(),
        here=kept_labels.here(session(), event().id),
        total=kept_labels.in_all(session()),
        tags=tags,
        tags_file=tags_ready() if 0 < tags <= MOST_COMPARED else None,
        hung=len(kept_labels.hung(session(), event().id)),
        public=numbers["public"],
        agreed=numbers["agreed"],
    )


@organisers.post("/labels/public")
def publish_labels() -> AnyResponse:
    """Make the labels of this event public, or take them back."""
    public = request.form.get("public") == "yes"
    public_labels.choose_public_labels(session(), event(), public)
    if public:
        count = len(labelled_datasets.with_public_label(session(), event_id=event().id))
        flash(f"{plural(count, 'label')} of this event {'is' if count == 1 else 'are'} public now", "success")
    else:
        flash("The labels of this event are not public any more", "success")
    return redirect(url_for("organisers.labels", _anchor="public"))


@organisers.post("/labels/table")
def labels_table() -> AnyResponse:
    """Ask for the labels of this event's datasets as one table, as signed-in readers see them."""
    job = ask_for_work.ask(session(), "label-table", event().id, me().id)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))
