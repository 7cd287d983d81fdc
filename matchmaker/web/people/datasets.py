"""The list of datasets, searched as one types, and adding one that is missing."""

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from matchmaker.services import contributing
from matchmaker.services.contributing import PUBLISHER_LONGEST, TITLE_LONGEST, Refused
from matchmaker.store import contributions, datasets
from matchmaker.web.account import me
from matchmaker.web.fields import Length, SubmitField, TextField, needed
from matchmaker.web.people import people
from matchmaker.web.people.problems import show
from matchmaker.web.transaction import session

PAGE_SIZE = 20
QUERY_LONGEST = 200


class AddForm(FlaskForm):
    """A dataset that no catalogue lists."""

    title = TextField(
        "Title",
        description="As its publisher writes it",
        validators=[
            needed("Enter the title of the dataset"),
            Length(max=TITLE_LONGEST, message=f"The title must be {TITLE_LONGEST} characters or fewer"),
        ],
    )
    publisher = TextField(
        "Publisher",
        description="For example Environment Agency",
        validators=[
            needed("Enter who publishes the dataset"),
            Length(
                max=PUBLISHER_LONGEST,
                message=f"The publisher must be {PUBLISHER_LONGEST} characters or fewer",
            ),
        ],
    )
    submit = SubmitField("Add this dataset")


@people.get("/datasets", endpoint="datasets")
def show_datasets() -> str:
    """Show the datasets that hold every word typed, twenty a page, each with how many people are named."""
    words = request.args.get("q", "").strip()[:QUERY_LONGEST]
    count = datasets.count_found(session(), words)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    found = datasets.search(session(), words, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "people/datasets.html",
        words=words,
        count=count,
        page=page,
        pages=pages,
        found=found,
        named=contributions.people_named(session(), [dataset.id for dataset in found]),
        page_links=page_links(words, page, pages),
    )


def page_links(words: str, page: int, pages: int) -> dict[str, object]:
    """Return the parameters of the GOV.UK pagination: first, last and the pages around this one."""

    def address(number: int) -> str:
        return url_for("people.datasets", q=words or None, page=number if number > 1 else None)

    items: list[dict[str, object]] = []
    shown = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
    links: dict[str, object] = {"items": items, "landmarkLabel": "Pages of datasets"}
    if page > 1:
        links["previous"] = {"href": address(page - 1)}
    if page < pages:
        links["next"] = {"href": address(page + 1)}
    return links


@people.route("/datasets/add", methods=["GET", "POST"])
def add_dataset() -> str | Response | tuple[str, int]:
    """Add a dataset that no catalogue lists."""
    form = AddForm(title=request.args.get("title", ""))
    if form.validate_on_submit():
        try:
            dataset = contributing.add_dataset(session(), me(), form.title.data, form.publisher.data)
        except Refused as refused:
            show(form, refused.problems)
        else:
            flash("The dataset is on the list. Say who worked on it", "success")
            return redirect(url_for("people.dataset", dataset=dataset.public_id))
    return render_template("people/add_dataset.html", form=form), 422 if form.errors else 200
