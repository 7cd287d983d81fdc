"""The profile's second step: datasets, each with what an attendee has to do with it.

Buttons that add to the list or take from it keep the whole step, as saving does, and lead back to it; those that
search send the whole form and get it back.
"""

from collections.abc import Callable, Iterable

from flask import request
from werkzeug.wrappers import Response
from wtforms import Form
from wtforms.fields import FieldList, FormField, HiddenField
from wtforms.validators import ValidationError

from matchmaker.services.people.fill_profile import MOST_LINKS, STANDINGS, USES, DatasetLine
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import dataset_search, datasets
from matchmaker.store.catalogue.dataset_search import DatasetFound, Wanted
from matchmaker.store.credits.contributions import UseKind
from matchmaker.web.access import registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.profile import steps
from matchmaker.web.attendees.profile.help import fill
from matchmaker.web.attendees.profile.steps import DATASETS
from matchmaker.web.fields import SelectChoice, SelectField, TextField
from matchmaker.web.form import EditForm
from matchmaker.web.people.catalogue.datasets import words_typed
from matchmaker.web.transaction import session

TITLE_LONGEST = 1000
RESULTS = 10


class LinkForm(Form):
    """One dataset in the list: `dataset` is its public id, or empty for one that is added by its title."""

    dataset = HiddenField()
    title = HiddenField()
    standing = SelectField(
        "What you have to do with it",
        choices=[
            SelectChoice("", "Not said: counts as “I use it”"),
            *(SelectChoice(value, words) for value, words in STANDINGS.items()),
        ],
        validate_choice=False,
    )

    def validate_standing(self, field: SelectField) -> None:
        """Refuse what the list does not have; saying nothing is fine, as everything is optional."""
        if not 0 < len(self.title.data or "") <= TITLE_LONGEST:
            raise ValidationError("Remove this line and add the dataset again")
        if field.data and field.data not in STANDINGS:
            raise ValidationError(f"Choose what you have to do with {self.title.data}")


class DatasetsForm(EditForm):
    """The second step; `links` is the list as it stands on the page."""

    links = FieldList(FormField(LinkForm))
    words = TextField(
        "Find a dataset", description="Type a part of its name, its publisher or what it is about."
    )

    def validate_words(self, field: TextField) -> None:
        """Refuse lists nobody reads, two different uses of one dataset, and words that would be lost unread."""
        if field.data and request.form.get("do", "").partition(":")[0] in {"save", "finish", "go"}:
            raise ValidationError(
                f"“{field.data}” is not in your list yet. Add what fits of those found, add it as a new one, or"
                " empty this field"
            )
        if len(self.links.entries) > MOST_LINKS:
            raise ValidationError(f"Keep at most {MOST_LINKS} datasets: the ones you know best")
        seen: dict[str, str] = {}
        for link in (entry.form for entry in self.links.entries):
            if (
                link.standing.data in USES
                and seen.setdefault(_key(link), link.standing.data) != link.standing.data
            ):
                raise ValidationError(
                    f"Choose one: you use {link.title.data}, want to use it, or are stuck on it"
                )


@attendees.route("/profile/datasets", methods=["GET", "POST"])
def profile_datasets() -> str | Response | tuple[str, int]:
    """Show the profile's second step, datasets; change its list, or keep it and go on; by GET with words, search."""
    form = DatasetsForm(lambda: steps.stored(DATASETS), of=(registration(), me()))
    if request.method != "POST":
        form.words.data = words_typed("words") or form.words.data
        return _page(form, _search(form))
    action, _, what = request.form.get("do", "save").partition(":")
    if action == "enter" and form.words.data:
        # The key was pressed in the small field: do what the button beside it does.
        action = "search"
    if action in _SEARCHES:
        return _page(form, _search(form), new=action == "ask-new")
    change = _CHANGES.get(action)
    added = change(form, what) if change else ""
    if not form.validate():
        return _page(form, _search(form)), 422
    if change:
        steps.keep(DATASETS, form, links=_links(form))
        return steps.again(DATASETS, _place(added), form.words.data or "")
    return steps.save(DATASETS, form, links=_links(form))


def _page(form: DatasetsForm, found: Iterable[DatasetFound] | None = None, *, new: bool = False) -> str:
    """Show the form, with what was found; `new` asks whether the words searched for are a dataset's name."""
    return steps.show(DATASETS, form, found=found, new=new)


def _links(form: DatasetsForm) -> tuple[DatasetLine, ...]:
    """Return the lines of the list; where nothing is said of a dataset, it is used, unless another line says more."""
    lines = [entry.form for entry in form.links.entries]
    told = {_key(one) for one in lines if one.standing.data}
    named = {_key(one): one for one in lines if not one.standing.data and _key(one) not in told}
    return tuple(
        DatasetLine(one.dataset.data or "", one.title.data, one.standing.data or UseKind.USES.value)
        for one in lines
        if one.standing.data or named.get(_key(one)) is one
    )


def _place(added: str) -> str:
    """Return the id of the field that says more of the dataset which was added, by its key; else of the search."""
    listed = steps.stored(DATASETS)["links"]
    at = [n for n, one in enumerate(listed) if added in (one["dataset"], normalised(one["title"]))]
    return f"links-{at[0]}-standing" if added and at else "words"


def _key(link: LinkForm) -> str:
    return link.dataset.data or normalised(link.title.data or "")


def _search(form: DatasetsForm) -> list[DatasetFound] | None:
    """Return what is found by the words; nothing was searched for without any."""
    return dataset_search.search(session(), Wanted(form.words.data), RESULTS) if form.words.data else None


def _add_dataset(form: DatasetsForm, what: str) -> str:
    found = datasets.by_public_id(session(), what)
    if found is not None:
        form.links.append_entry({"dataset": found.public_id, "title": found.title, "standing": ""})
    form.words.data = form.words.raw_data = None
    return what


def _add_new(form: DatasetsForm, _what: str) -> str:
    title = " ".join((form.words.data or "").split())[:300]
    if title:
        form.links.append_entry({"dataset": "", "title": title, "standing": ""})
    form.words.data = form.words.raw_data = None
    return normalised(title)


def _remove_dataset(form: DatasetsForm, what: str) -> str:
    fill(form.links, [link for place, link in enumerate(form.links.data) if str(place) != what])
    return ""


_SEARCHES = {"search", "ask-new"}
_CHANGES: dict[str, Callable[[DatasetsForm, str], str]] = {
    "add-dataset": _add_dataset,
    "add-new": _add_new,
    "remove-dataset": _remove_dataset,
}
"""Button → what it does to the list, and the key of the dataset that is new in it, or ""."""
