"""Tidying the catalogue: proposed series, spellings of publishers, datasets that people added."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.catalogue import tidy_catalogue
from matchmaker.services.catalogue.tidy_catalogue import Proposal
from matchmaker.services.credits.state_contributions import ADDED
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import publishers, series
from matchmaker.store.catalogue.publishers import ListedPublisher, Publisher
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

MOST = 50


@organisers.get("/datasets", endpoint="datasets")
def tidy_datasets() -> str:
    """Show what of the catalogue waits for an organiser: series, spellings, datasets that people added."""
    proposals = tidy_catalogue.proposals(session())
    listed = publishers.listed(session())
    names = {row.id: row.name for row in listed}
    spellings = tidy_catalogue.spellings(listed)
    added = series.added_by_people(session(), ADDED)
    return render_template(
        "organisers/catalogue/datasets.html",
        event=event(),
        proposals=[
            {
                "href": url_for("organisers.series", dataset=one.public_id),
                "title": one.title,
                "publisher": names.get(one.publisher_id or 0, "Publisher not known"),
                "count": len(one.members),
                "joins": one.series_id is not None,
            }
            for one in proposals[:MOST]
        ],
        more=max(0, len(proposals) - MOST),
        spellings=spellings[:MOST],
        more_spellings=max(0, len(spellings) - MOST),
        publishers=sorted(listed, key=_by_name),
        added=[
            {
                "href": url_for("organisers.dataset", dataset=one.public_id),
                "title": one.title,
                "publisher": one.publisher.name if one.publisher else "Publisher not known",
            }
            for one in added[:MOST]
        ],
    )


@organisers.route("/datasets/<dataset>/series", methods=["GET", "POST"], endpoint="series")
def proposed_series(dataset: str) -> str | Response | tuple[str, int]:
    """Look at a proposed series; by POST, make it of the ticked datasets, or keep that it is none."""
    proposal = next((one for one in tidy_catalogue.proposals(session()) if one.public_id == dataset), None)
    if proposal is None:
        # It was decided about, or the address is that of another dataset.
        if request.method == "POST":
            flash("Somebody has decided about this proposal already, so nothing was changed", "important")
        return redirect(url_for("organisers.datasets"))
    if request.method != "POST":
        return _proposal(proposal, proposal.title, "")
    if request.form.get("answer") == "none":
        tidy_catalogue.dismiss(session(), proposal)
        flash("Kept as they are. You are not asked again", "success")
        return redirect(url_for("organisers.datasets"))
    title = request.form.get("title", "")
    try:
        made = tidy_catalogue.make_series(session(), proposal, title, set(request.form.getlist("members")))
    except Refused as refused:
        return _proposal(proposal, title, str(refused)), 422
    flash(f"{made.title} is a series now. Who is named for it is named on each of its datasets", "success")
    return redirect(url_for("organisers.datasets"))


@organisers.post("/datasets/publishers")
def join_publishers() -> Response:
    """Make two spellings of a publisher one, keep that they are two, or give a publisher another name."""
    if "apart" in request.form:
        tidy_catalogue.keep_apart(session(), _publisher("apart"))
        flash("Kept as two. You are not asked again", "success")
    elif "name" in request.form:
        try:
            tidy_catalogue.name_publisher(session(), _publisher("keep"), request.form["name"])
        except Refused as refused:
            flash(str(refused), "important")
        else:
            flash("The name is kept, and searched like the publisher's own", "success")
    else:
        tidy_catalogue.same_publisher(session(), _publisher("keep"), _publisher("gone"))
        flash("The two are one now. The other spelling is recognised in files too", "success")
    return redirect(url_for("organisers.datasets"))


def _publisher(field: str) -> Publisher:
    number = request.form.get(field, type=whole)
    found = publishers.by_id(session(), number) if number is not None else None
    if found is None:
        abort(400)
    return found


def _proposal(proposal: Proposal, title: str, problem: str) -> str:
    return render_template(
        "organisers/catalogue/series.html", event=event(), proposal=proposal, title=title, problem=problem
    )


def _by_name(one: ListedPublisher) -> str:
    return one.name.casefold()
