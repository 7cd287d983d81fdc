"""Labels: the way to tags, the screen, public labels, letters and tables; and what leaves for the whole event."""

from datetime import UTC, datetime

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.documents.credits.label_files import labels_csv
from matchmaker.services.credits import public_labels, show_labels
from matchmaker.store.credits import audiences, label_names
from matchmaker.web.access import event
from matchmaker.web.filters import plural
from matchmaker.web.label_files import public_pages
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.credits.label_sheets import ready
from matchmaker.web.transaction import session


@organisers.get("/labels")
def labels() -> str:
    """Show how many datasets have a name, and everything that can be done with their labels."""
    found, _ = show_labels.of_event(session(), event().id)
    public = public_pages(found)
    total = label_names.in_all(session())
    return render_template(
        "organisers/credits/labels.html",
        event=event(),
        datasets=total.datasets,
        named=total.named,
        tags=len(found),
        tags_file=ready("tags") if found else None,
        hung=len(show_labels.on_screen(session(), event().id)),
        public=len(public),
        agreed=audiences.count_public(session(), event().id),
    )


@organisers.post("/labels/public")
def publish_labels() -> AnyResponse:
    """Make the labels of this event public, or take them back."""
    public = request.form.get("public") == "yes"
    public_labels.choose_public_labels(session(), event(), public)
    if public:
        count = len(show_labels.in_public(session(), audiences.datasets_in_public(session())))
        flash(f"{plural(count, 'label is', 'labels are')} public now", "success")
    else:
        flash("The labels of this event are not public any more", "success")
    return redirect(url_for("organisers.labels", _anchor="public"))


@organisers.get("/labels/labels.csv")
def labels_file() -> Response:
    """Give the labels of this event's datasets as one table, as signed-in readers see them."""
    found, shown = show_labels.of_event(session(), event().id)
    table = labels_csv(show_labels.labelled(found, shown, public_pages(found)))
    name = f"labels-{datetime.now(UTC):%Y-%m-%d}.csv"
    return Response(
        table, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"}
    )
