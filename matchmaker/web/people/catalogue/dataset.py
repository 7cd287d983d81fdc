"""One dataset: its label, what people say they did, and what a reader can say of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.intake.languages import best, tag
from matchmaker.recognition.rules import is_web_address
from matchmaker.recognition.withheld import Unread, without_names
from matchmaker.services import sight
from matchmaker.services.credits import build_labels, state_contributions
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import SHOWN, Contribution, UseKind
from matchmaker.store.event import event_roles
from matchmaker.store.people.people import Person
from matchmaker.web.account import me
from matchmaker.web.fields import RadioField, SelectChoice, SubmitField
from matchmaker.web.form import EditForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.label_files import KINDS
from matchmaker.web.people import people
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session

MOST_MEMBERS = 300
NO_USE = "none"
USES = {
    UseKind.USES: "I use it",
    UseKind.WANTS: "I want to use it",
    UseKind.STUCK: "I am stuck on it",
}


@dataclass(frozen=True)
class Member:
    """A dataset of a series, as its page lists it."""

    public_id: str
    title: str


class UseForm(EditForm):
    """What the reader has to do with the dataset."""

    kind = RadioField(
        "Do you use this dataset?",
        choices=[
            *(SelectChoice(kind.value, words) for kind, words in USES.items()),
            SelectChoice(NO_USE, "None of these"),
        ],
    )
    submit = SubmitField("Save")


def find_dataset(public_id: str) -> Dataset:
    """Return the dataset of this page's address, or what it was merged into; none is a page that is not there."""
    dataset = datasets.by_public_id(session(), public_id)
    if dataset is None:
        say_gone(
            "This dataset is not in the catalogue any more",
            url_for("people.datasets"),
            "Datasets",
        )
    return datasets.after_merges(session(), dataset)


@people.get("/datasets/<dataset>", endpoint="dataset")
def show_dataset(dataset: str) -> str | Response:
    """Show a dataset's label; one that was merged leads to the one it became part of."""
    found = find_dataset(dataset)
    if found.public_id != dataset:
        return redirect(url_for("people.dataset", dataset=found.public_id))
    return _page(found, _use_form(found))


def _page(found: Dataset, use_form: UseForm) -> str:
    credits = build_labels.of_dataset(session(), found.id)
    shown = [row for row in credits.rows if row.state_for_others in SHOWN and row.person.show_name]
    seen = sight.in_sight(session(), me(), {row.person_id for row in shown})
    return render_template(
        "people/catalogue/dataset.html",
        dataset=found,
        wording=_wording(found),
        credits=credits,
        person_hrefs={
            row.person_id: url_for("people.person", person=row.person.public_id)
            for row in shown
            if row.person_id in seen
        },
        members=_members(found),
        series=found.series,
        to_thank=_to_thank(shown, seen, me(), found, credits.withheld),
        said=_said(shown, credits.withheld),
        host=_host(found),
        files=KINDS.values() if credits.label.lines else (),
        tidy_href=_tidy_href(found),
        form=use_form,
    )


def _wording(dataset: Dataset) -> dict[str, Any]:
    """Return what the catalogue says of a dataset in the language that the reader's browser asks for.

    Where it says nothing in that language, what we show everybody stands; `language` is then "".
    """
    said = {wording["language"]: wording for wording in dataset.wordings}
    shown = {"language": "", "title": dataset.title, "description": dataset.description, "tags": dataset.tags}
    wanted = request.accept_languages.best
    found = best(said, [wanted]) if wanted else None
    if found is not None and tag(wanted).partition("-")[0] == found["language"].partition("-")[0]:
        shown |= {name: value for name, value in found.items() if value}
    return shown | {
        "others": [
            wording for wording in dataset.wordings if wording["title"] and wording["title"] != shown["title"]
        ]
    }


@people.post("/datasets/<dataset>/use")
def use_dataset(dataset: str) -> Response | tuple[str, int]:
    """Keep that the reader uses the dataset, wants it or is stuck on it, or none of these."""
    found = find_dataset(dataset)
    form = _use_form(found)
    if not form.validate():
        return (_page(found, form), 422) if form.clashes else abort(400)
    kind = None if form.kind.data == NO_USE else UseKind(form.kind.data)
    state_contributions.mark_use(session(), me(), found, kind)
    work_out_again()
    done(form, "Saved. It helps to find the people you should meet" if kind else "Saved. You do not use it")
    return redirect(url_for("people.dataset", dataset=found.public_id))


def _use_form(dataset: Dataset) -> UseForm:
    def now() -> dict[str, str]:
        use = contributions.use_of(session(), me().id, dataset.id)
        return {"kind": use.kind.value if use else NO_USE}

    return UseForm(now, of=(me(),))


def _tidy_href(dataset: Dataset) -> str:
    """Return where an organiser keeps the dataset in order, "" for anybody else."""
    organised = event_roles.organised_by(session(), me().id)
    if not organised:
        return ""
    return url_for("organisers.dataset", event=organised[0].public_id, dataset=dataset.public_id)


def _members(series: Dataset) -> tuple[list[Member], int]:
    """Return the first datasets of a series, and how many there are."""
    if not series.is_series:
        return [], 0
    found = [Member(one.public_id, one.title) for one in datasets.members(session(), series.id)]
    return found[:MOST_MEMBERS], len(found)


def _to_thank(
    shown: list[Contribution],
    seen: set[int],
    reader: Person,
    dataset: Dataset,
    withheld: Collection[Unread],
) -> list[dict[str, Any]]:
    """Return the credits that the reader may give thanks for, by name; some are for the dataset's series."""
    rows = [row for row in shown if row.person_id in seen and row.person_id != reader.id]
    return [
        {
            "person": row.person,
            "did": without_names(build_labels.role_in_words(row.role, row.role_text), withheld),
            "row": row,
            "dataset": (dataset if row.dataset_id == dataset.id else dataset.series or dataset).public_id,
        }
        for row in sorted(rows, key=lambda row: (row.person.name.casefold(), row.id))
    ]


@dataclass(frozen=True)
class OwnWords:
    """What somebody says of their own part, beside the role; years are calendar years or None."""

    note: str
    first_year: int | None
    last_year: int | None


def _said(shown: list[Contribution], withheld: Collection[Unread]) -> dict[tuple[int, str, str], OwnWords]:
    """Return what is said with each credit by person, role and text, so that a line of claims finds it."""
    return {
        (row.person_id, row.role, without_names(row.role_text, withheld)): OwnWords(
            without_names(row.note, withheld, [row.person.name]), row.first_year, row.last_year
        )
        for row in shown
    }


def _host(dataset: Dataset) -> str:
    """Return the site that the dataset's own page is on, or "" where its address is not fit to be a link."""
    return (urlsplit(dataset.url).hostname or "") if is_web_address(dataset.url) else ""
