"""The list of datasets, searched as one types, browsed by publisher and subject; adding one that is missing."""

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField
from wtforms.validators import ValidationError

from matchmaker.documents.counts import plural
from matchmaker.recognition.rules import tidy
from matchmaker.services.credits import build_labels, kept_labels, own_datasets, state_contributions
from matchmaker.services.credits.own_datasets import OwnDataset
from matchmaker.services.credits.state_contributions import PUBLISHER_LONGEST, TITLE_LONGEST
from matchmaker.services.refused import Refused
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import dataset_search, datasets, publishers
from matchmaker.store.catalogue.dataset_search import DatasetFound, FoundPage, Wanted
from matchmaker.store.catalogue.datasets import LONGEST_SUBJECT
from matchmaker.store.credits import label_names
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.credits.label_names import Gap
from matchmaker.store.event import event_roles
from matchmaker.store.event.events import Event
from matchmaker.web.account import me
from matchmaker.web.fields import CheckboxField, Length, SubmitField, TextField, needed
from matchmaker.web.filters import sentence_list
from matchmaker.web.form import PageForm
from matchmaker.web.paging import page_asked, page_links, pages_of
from matchmaker.web.people import people
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

PAGE_SIZE = 20
QUERY_LONGEST = 200
MOST_ALIKE = 5
"""So many listed datasets are offered instead of one to add whose title has the same words."""
USES = {UseKind.USES: "You use it", UseKind.WANTS: "You want to use it", UseKind.STUCK: "You are stuck on it"}


class AddForm(PageForm):
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
            Length(
                max=PUBLISHER_LONGEST,
                message=f"The publisher must be {PUBLISHER_LONGEST} characters or fewer",
            ),
        ],
    )
    unknown = CheckboxField("I do not know who publishes it")
    asked = HiddenField()
    submit = SubmitField("Add this dataset")

    def validate_publisher(self, field: TextField) -> None:
        """Ask for the publisher, or for a word that it is not known."""
        if not field.data and not self.unknown.data:
            raise ValidationError("Enter who publishes the dataset, or say that you do not know")
        if field.data and self.unknown.data:
            raise ValidationError("Enter who publishes the dataset or say that you do not know, not both")


@people.get("/datasets", endpoint="datasets")
def show_datasets() -> str:
    """Show the reader's datasets, whom to thank and what is most wanted; or what fits the words, twenty a page."""
    wanted = _wanted()
    here, page = _page_of(wanted, page_asked())
    found, pages = here.found, _pages(here.count)
    publisher = publishers.by_id(session(), wanted.publisher_id) if wanted.publisher_id else None
    return render_template(
        "people/catalogue/datasets.html",
        wanted=wanted,
        narrowed=_narrowed(wanted),
        publisher=publisher.name if publisher else "",
        subject=datasets.subject_name(session(), wanted.subject) if wanted.subject else "",
        counted=_counted(here.count, here.series),
        count=here.count,
        whole=here.whole,
        page=page,
        pages=pages,
        found=found,
        import_for=None if found or _narrowed(wanted) else _organised(),
        first=_first_look() if found and not request.args else None,
        named=label_names.of(session(), [one.id for one in found]),
        page_links=page_links(
            "people.datasets",
            {"q": wanted.words or None, **_narrowed(wanted)},
            page,
            pages,
            "datasets",
        ),
    )


def _organised() -> Event | None:
    """Return the event for which the reader may bring in a catalogue, if there is one."""
    return next((one for one in event_roles.organised_by(session(), me().id) if not one.erased_at), None)


def _first_look() -> dict[str, Any]:
    """Return what the page opens on, in words."""
    look = own_datasets.first_look(session(), me())
    return {
        "mine": [(one.dataset, _stands(one)) for one in look.mine],
        "to_thank": [
            (one.dataset, one.credit, build_labels.did_in_words(one.credit, one.dataset.title))
            for one in look.to_thank
        ],
        "wanted": look.wanted,
    }


def _stands(own: OwnDataset) -> str:
    """Say what the reader has to do with a dataset of theirs."""
    roles = [build_labels.role_in_words(*one) for one in own.roles]
    return ". ".join([*roles, *([USES[own.use]] if own.use else [])])


def _page_of(wanted: Wanted, asked: int) -> tuple[FoundPage, int]:
    """Return a page of what is found, and which it is: at most the last."""
    found = dataset_search.search_page(session(), wanted, PAGE_SIZE, asked)
    page = min(asked, _pages(found.count))
    if page < asked:
        found = dataset_search.search_page(session(), wanted, PAGE_SIZE, page)
    return found, page


def _counted(count: int, series: int) -> str:
    """Return how much is found, in words; a series is no dataset, as on every other page that counts."""
    parts = [plural(count - series, "dataset")] if count > series or not series else []
    return sentence_list([*parts, *([plural(series, "series", "series")] if series else [])])


def _pages(count: int) -> int:
    return pages_of(count, PAGE_SIZE)


def _wanted() -> Wanted:
    """Return what the address asks for."""
    return Wanted(
        words=words_typed("q"),
        publisher_id=request.args.get("publisher", type=whole),
        subject=normalised(tidy(request.args.get("subject", "")))[:LONGEST_SUBJECT],
        unnamed=request.args.get("unnamed") == "yes",
    )


def words_typed(parameter: str) -> str:
    """Return the words searched for that an address holds, as far as anybody means them."""
    return tidy(request.args.get(parameter, ""))[:QUERY_LONGEST]


def _narrowed(wanted: Wanted) -> dict[str, Any]:
    """Return what of the search is not words, as parameters of an address."""
    narrow = {
        "publisher": wanted.publisher_id,
        "subject": wanted.subject,
        "unnamed": "yes" if wanted.unnamed else "",
    }
    return {name: value for name, value in narrow.items() if value}


@people.get("/datasets/publishers")
def dataset_publishers() -> str:
    """List the publishers, and how many of the datasets of each have a name."""
    return render_template(
        "people/catalogue/dataset_groups.html",
        heading="Datasets by publisher",
        groups=[
            _group(gap, gap.name or "Publisher not known", publisher=gap.id)
            for gap in kept_labels.gaps(session())
            if gap.id is not None
        ],
        none_yet="Of no dataset the publisher is known yet.",
        any_datasets=datasets.any_there(session()),
    )


@people.get("/datasets/subjects")
def dataset_subjects() -> str:
    """List the subjects that most datasets are about, and how many of the datasets of each have a name.

    A keyword without a letter, such as a year, or of one dataset alone is no subject to browse by; the search
    finds it all the same.
    """
    gaps = [gap for gap in kept_labels.subjects(session()) if re.search(r"[^\W\d_]", gap.name)]
    return render_template(
        "people/catalogue/dataset_groups.html",
        heading="Datasets by subject",
        groups=[_group(gap, gap.name, subject=gap.id) for gap in gaps],
        none_yet="No two datasets share a subject yet. The search finds each by its keywords.",
        any_datasets=datasets.any_there(session()),
    )


def _group(gap: Gap, name: str, **narrow: Any) -> dict[str, object]:
    return {"name": name, "gap": gap, "href": url_for("people.datasets", **narrow)}


@people.route("/datasets/add", methods=["GET", "POST"])
def add_dataset() -> str | Response | tuple[str, int]:
    """Add a dataset that no catalogue lists."""
    form = AddForm(title=request.args.get("title", ""))
    alike: list[DatasetFound] = []
    if form.validate_on_submit():
        title = form.title.data or ""
        alike = dataset_search.with_all_words(session(), Wanted(title), MOST_ALIKE)
        try:
            if alike and normalised(form.asked.data or "") != normalised(title):
                state_contributions.refuse_listed(session(), title, form.publisher.data or "")
                form.asked.data, form.submit.label.text = title, "None of these: add it"
            else:
                dataset = state_contributions.add_dataset(session(), me(), title, form.publisher.data or "")
                flash("The dataset is on the list. Say who worked on it", "success")
                return redirect(url_for("people.dataset", dataset=dataset.public_id))
        except Refused as refused:
            show(form, refused.problems)
    page = render_template("people/catalogue/add_dataset.html", form=form, alike=alike)
    return page, 422 if form.errors else 200
