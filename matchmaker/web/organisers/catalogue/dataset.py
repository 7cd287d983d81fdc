"""One dataset, for organisers to tidy: its other names, its series, and another entry that is the same dataset."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.catalogue import merge_datasets, tidy_catalogue
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import dataset_search, datasets
from matchmaker.store.catalogue.dataset_search import Wanted
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.web.access import event
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session

MOST_FOUND = 10


@organisers.get("/datasets/<dataset>", endpoint="dataset")
def show_dataset(dataset: str) -> str:
    """Show a dataset's other names and its series, and find another entry of it."""
    row = find(dataset)
    words = request.args.get("q", row.title).replace("\x00", "").strip()[:200]
    found = dataset_search.search(session(), Wanted(words), MOST_FOUND + 1) if words else []
    return render_template(
        "organisers/catalogue/dataset.html",
        event=event(),
        dataset=row,
        series=row.series,
        words=words,
        searched="q" in request.args,
        found=[one for one in found if one.id != row.id and one.is_series == row.is_series][:MOST_FOUND],
    )


@organisers.post("/datasets/<dataset>/names")
def name_dataset(dataset: str) -> Response:
    """Give a dataset another name, or take one away."""
    row = find(dataset)
    try:
        if "remove" in request.form:
            tidy_catalogue.remove_alias(session(), row, request.form["remove"])
        else:
            tidy_catalogue.add_alias(session(), row, request.form.get("name", ""))
    except Refused as refused:
        flash(str(refused), "important")
    else:
        flash("The names are saved", "success")
    return redirect(url_for("organisers.dataset", dataset=row.public_id))


@organisers.post("/datasets/<dataset>/leave-series")
def leave_series(dataset: str) -> Response:
    """Take a dataset out of its series."""
    row = find(dataset)
    tidy_catalogue.leave_series(session(), row)
    flash("It stands by itself now", "success")
    return redirect(url_for("organisers.dataset", dataset=row.public_id))


@organisers.route("/datasets/<dataset>/merge", methods=["GET", "POST"])
def merge_dataset(dataset: str) -> str | Response:
    """See what would move from one entry of a dataset to another; by POST, merge."""
    gone = find(dataset)
    into = request.values.get("into", "")
    if not into:
        return redirect(url_for("organisers.dataset", dataset=gone.public_id))
    keep = find(into)
    try:
        if request.method == "POST":
            merge_datasets.merge(session(), keep, gone)
            flash(f"The two are one now: {keep.title}", "success")
            return redirect(url_for("organisers.dataset", dataset=keep.public_id))
        moves = merge_datasets.preview(session(), keep, gone)
    except Refused as refused:
        flash(str(refused), "important")
        return redirect(url_for("organisers.dataset", dataset=gone.public_id))
    return render_template(
        "organisers/catalogue/merge_datasets.html", event=event(), keep=keep, gone=gone, moves=moves
    )


def find(public_id: str) -> Dataset:
    """Return the dataset an address names, or what it was merged into, or show that there is none."""
    row = datasets.by_public_id(session(), public_id.replace("\x00", ""))
    if row is None:
        say_gone(
            "This dataset is not in the catalogue any more",
            url_for("organisers.datasets"),
            "Tidy the datasets",
        )
    return datasets.after_merges(session(), row)
