"""Labels: the way to tags, the screen, public labels, letters and tables; and files for the whole event."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.documents.credits.label_files import labels_csv
from matchmaker.services.credits import kept_labels, public_labels, show_labels
from matchmaker.store.credits import labelled_datasets
from matchmaker.web.access import event
from matchmaker.web.filters import plural
from matchmaker.web.label_files import public_address
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.credits.label_sheets import tags_ready
from matchmaker.web.transaction import session

MOST_COMPARED = 120
"""Of more tags than this the page does not work out whether a file still shows them all; the job sees to it."""


@organisers.get("/labels")
def labels() -> str:
    """Show how many datasets have a name, and everything that can be done with their labels."""
    numbers, total = kept_labels.of_event(session(), event().id), kept_labels.in_all(session())
    tags = numbers["tags"]
    return render_template(
        "organisers/credits/labels.html",
        event=event(),
        datasets=total.datasets,
        named=total.named,
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
        count = labelled_datasets.count(session(), labelled_datasets.in_public())
        flash(f"{plural(count, 'label is', 'labels are')} public now", "success")
    else:
        flash("The labels of this event are not public any more", "success")
    return redirect(url_for("organisers.labels", _anchor="public"))


@organisers.get("/labels/labels.csv")
def labels_file() -> Response:
    """Give the labels of this event's datasets as one table, as signed-in readers see them."""
    name = f"labels-{datetime.now(UTC):%Y-%m-%d}.csv"
    return Response(
        stream_with_context(_table(event().id)),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _table(event_id: int) -> Iterator[bytes]:
    """Yield the table in parts: its heading comes with the first."""
    yield labels_csv([])
    head = len(labels_csv([]))
    for found, shown, public in show_labels.of_event_in_parts(session(), event_id):
        pages = {one.id: public_address(one) for one in found if one.id in public}
        yield labels_csv(show_labels.labelled(found, shown, pages))[head:]
