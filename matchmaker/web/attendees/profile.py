"""The profile page: what an attendee tells of themselves, in one form that loses nothing.

Buttons that add to a list, take from it or search send the whole form and get it back; only "Save" keeps it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form
from wtforms.fields import FieldList, FormField, HiddenField
from wtforms.validators import ValidationError

from matchmaker.services.event import organisers
from matchmaker.services.people import fill_profile, show_work
from matchmaker.services.people.fill_profile import (
    MOST_LINKS,
    MOST_TOPICS,
    STANDINGS,
    USES,
    DatasetLink,
    ProfileAnswers,
)
from matchmaker.services.plans.rest_limits import limits
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import dataset_search, datasets, topics
from matchmaker.store.catalogue.dataset_search import Found, Wanted
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.people import profiles
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.mentions import named_in_words
from matchmaker.web.fields import (
    CheckboxField,
    Length,
    LongTextField,
    SelectChoice,
    SelectField,
    TextField,
    TimeField,
)
from matchmaker.web.form import EditForm, done
from matchmaker.web.people.catalogue.datasets import words_typed
from matchmaker.web.people.lists import work_out_again
from matchmaker.web.transaction import session

TEXT_LONGEST, LINE_LONGEST, NAME_LONGEST, TITLE_LONGEST, PRONOUNS_LONGEST = 2000, 500, 200, 1000, 40
RESULTS = 10


def _at_most(longest: int, what: str) -> Length:
    return Length(max=longest, message=f"{what} must be {longest:,} characters or fewer")


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


class ProfileForm(EditForm):
    """The whole profile; `topics` and `links` are the lists as they stand on the page."""

    pronouns = TextField(
        "Pronouns (optional)",
        description="For example she/her, he/him or they/them. Shown beside your name",
        validators=[_at_most(PRONOUNS_LONGEST, "Your pronouns")],
    )
    job_title = TextField("Job title", validators=[_at_most(NAME_LONGEST, "Your job title")])
    organisation = TextField("Organisation", validators=[_at_most(NAME_LONGEST, "Your organisation")])
    team = TextField(
        "Team",
        description="You are not paired with people of your own team: you meet them anyway.",
        validators=[_at_most(NAME_LONGEST, "Your team")],
    )
    bio = LongTextField(
        "What you work on",
        description="In your own words: what you make or look after, what puzzles you. Others read it.",
        validators=[_at_most(TEXT_LONGEST, "What you work on")],
    )
    offers = LongTextField("I can help with", validators=[_at_most(LINE_LONGEST, "What you can help with")])
    needs = LongTextField("I need help with", validators=[_at_most(LINE_LONGEST, "What you need help with")])
    topics = FieldList(HiddenField())
    new_topic = TextField(
        "Add a topic",
        description="For example flooding, soil or data standards. Pick one from the list or type your own.",
        validators=[_at_most(100, "A topic")],
    )
    links = FieldList(FormField(LinkForm))
    words = TextField(
        "Find a dataset", description="Type a part of its name, its publisher or what it is about."
    )
    arrives = TimeField(
        "I arrive at",
        description="Leave it empty if you are there from the start.",
        not_valid="Enter the time you arrive, for example 9.30am or 14:00",
    )
    leaves = TimeField(
        "I leave at",
        description="Leave it empty if you stay to the end.",
        not_valid="Enter the time you leave, for example 3pm or 15:30",
    )
    step_free = CheckboxField("I need a table that can be reached without steps")
    quiet = CheckboxField("I need a quiet table")
    large_print = CheckboxField("I want my printed schedule in large print")
    trio_ok = CheckboxField(
        "I am happy to meet two people at once",
        description="Where somebody would otherwise be left without a meeting.",
    )

    def validate_leaves(self, field: TimeField) -> None:
        """Refuse a day that ends before it begins."""
        if field.data and self.arrives.data and field.data <= self.arrives.data:
            raise ValidationError("The time you leave must be after the time you arrive")

    def validate_new_topic(self, field: TextField) -> None:
        """Refuse more topics than help anybody."""
        if len(self.topics.entries) > MOST_TOPICS:
            raise ValidationError(f"Keep at most {MOST_TOPICS} topics: the ones you would like to talk about")

    def validate_words(self, field: TextField) -> None:
        """Refuse lists nobody reads, and two different uses of one dataset."""
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


@attendees.route("/profile", methods=["GET", "POST"])
def profile() -> str | Response | tuple[str, int]:
    """Show the form, change its lists, or keep it; by GET with words, show also the datasets that hold them."""
    form = ProfileForm(_stored, of=(registration(), me()))
    if request.method == "GET":
        form.words.data = words_typed("words") or form.words.data
        return _page(form, _search(form, "") if form.words.data else None)
    action, _, what = request.form.get("do", "save").partition(":")
    if action == "enter":
        # The key was pressed in one of the small fields: do what the button beside it does.
        action = "search" if form.words.data else "add-topic" if form.new_topic.data else "save"
    if action in _CHANGES:
        return _page(form, _CHANGES[action](form, what), new=action == "ask-new")
    _take_topic(form)
    if not form.validate():
        return _page(form), 422
    fill_profile.save(session(), registration(), _told(form), datetime.now(UTC))
    work_out_again()
    done(form, "Your profile is saved. Suggestions are worked out again with what you said")
    return redirect(url_for("attendees.profile"))


def _page(form: ProfileForm, found: Iterable[Found] | None = None, *, new: bool = False) -> str:
    """Show the form, with what was found; `new` asks whether the words searched for are a dataset's name."""
    return render_template(
        "attendees/profile.html",
        form=form,
        event=event(),
        found=found,
        new=new,
        known_topics=topics.names(session()),
        sparse=profiles.of_registration(session(), registration()).is_sparse,
        seen=_seen(),
        mentions=named_in_words(),
        contact=organisers.contact(event()),
        limits=limits(registration()),
    )


def _stored() -> dict[str, Any]:
    """Return the profile as it is kept, under the names of the form's fields."""
    row, person = registration(), me()
    names = (
        "team",
        "bio",
        "offers",
        "needs",
        "arrives",
        "leaves",
        "step_free",
        "quiet",
        "large_print",
        "trio_ok",
    )
    return {
        "pronouns": person.pronouns,
        "job_title": person.job_title,
        "organisation": person.organisation,
        **{name: getattr(row, name) for name in names},
        "topics": [topic.name for topic in row.topics],
        "links": [
            {"dataset": link.dataset, "title": link.title, "standing": link.standing}
            for link in fill_profile.links(session(), person.id)
        ],
    }


def _seen() -> dict[str, Any]:
    """Return what others see, from what is kept and not from what is being typed."""
    person = me()
    return {
        "id": person.public_id,
        "name": person.name,
        "pronouns": person.pronouns,
        "place": ", ".join(filter(None, (person.job_title, person.organisation))),
        "work": show_work.of_registration(session(), registration()),
    }


def _told(form: ProfileForm) -> ProfileAnswers:
    return ProfileAnswers(
        pronouns=form.pronouns.data or "",
        job_title=form.job_title.data or "",
        organisation=form.organisation.data or "",
        team=form.team.data or "",
        bio=form.bio.data or "",
        offers=form.offers.data or "",
        needs=form.needs.data or "",
        topics=tuple(form.topics.data),
        links=_links(form),
        arrives=form.arrives.data,
        leaves=form.leaves.data,
        step_free=form.step_free.data,
        quiet=form.quiet.data,
        large_print=form.large_print.data,
        trio_ok=form.trio_ok.data,
    )


def _links(form: ProfileForm) -> tuple[DatasetLink, ...]:
    """Return the lines of the list; where nothing is said of a dataset, it is used, unless another line says more."""
    lines = [entry.form for entry in form.links.entries]
    told = {_key(one) for one in lines if one.standing.data}
    named = {_key(one): one for one in lines if not one.standing.data and _key(one) not in told}
    return tuple(
        DatasetLink(one.dataset.data or "", one.title.data, one.standing.data or UseKind.USES.value)
        for one in lines
        if one.standing.data or named.get(_key(one)) is one
    )


def _key(link: LinkForm) -> str:
    return link.dataset.data or normalised(link.title.data or "")


def _take_topic(form: ProfileForm) -> None:
    """Move what is typed in the small field into the list, so that nothing typed is lost."""
    name = " ".join((form.new_topic.data or "").split())
    if not name or len(name) > 100:
        return
    if normalised(name) not in {normalised(one) for one in form.topics.data}:
        form.topics.append_entry(name)
    form.new_topic.data = form.new_topic.raw_data = None


def _add_topic(form: ProfileForm, _what: str) -> None:
    _take_topic(form)


def _remove_topic(form: ProfileForm, what: str) -> None:
    _fill(form.topics, [name for name in form.topics.data if name != what])


def _search(form: ProfileForm, _what: str) -> list[Found]:
    return dataset_search.search(session(), Wanted(form.words.data), RESULTS) if form.words.data else []


def _add_dataset(form: ProfileForm, what: str) -> None:
    found = datasets.by_public_id(session(), what)
    if found is not None:
        form.links.append_entry({"dataset": found.public_id, "title": found.title, "standing": ""})
    form.words.data = form.words.raw_data = None


def _add_new(form: ProfileForm, _what: str) -> None:
    title = " ".join((form.words.data or "").split())[:300]
    if title:
        form.links.append_entry({"dataset": "", "title": title, "standing": ""})
    form.words.data = form.words.raw_data = None


def _remove_dataset(form: ProfileForm, what: str) -> None:
    _fill(form.links, [link for place, link in enumerate(form.links.data) if str(place) != what])


def _fill(field: FieldList, values: list[Any]) -> None:
    """Make a list field hold exactly these, numbered from 0."""
    while field.entries:
        field.pop_entry()
    for value in values:
        field.append_entry(value)


_CHANGES: dict[str, Callable[[ProfileForm, str], list[Found] | None]] = {
    "add-topic": _add_topic,
    "remove-topic": _remove_topic,
    "search": _search,
    "add-dataset": _add_dataset,
    "ask-new": _search,
    "add-new": _add_new,
    "remove-dataset": _remove_dataset,
}
