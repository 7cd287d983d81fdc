"""The steps of the profile: which there are, what is done, and saving one without touching the others."""

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import why
from matchmaker.services.people import fill_profile
from matchmaker.services.people.fill_profile import (
    AboutAnswers,
    DatasetAnswers,
    HelpAnswers,
    ProfileAnswers,
)
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.store import jobs
from matchmaker.store.people import profiles
from matchmaker.store.suggestions import suggestions
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.fields import Length
from matchmaker.web.finding import LONGEST
from matchmaker.web.form import EditForm, done
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import session

SEEN = "attendees.profile_seen"
"""Where the last step leads, and each that is saved to finish."""


@dataclass(frozen=True)
class Step:
    """One step: where it is, its name in the row of steps, its heading and template, and what it asks.

    `key` names it in the button that leads to it from another step.
    """

    key: str
    endpoint: str
    name: str
    title: str
    template: str
    answers: type[ProfileAnswers]
    reasons: frozenset[str] = frozenset()
    """The kinds of reasons to meet somebody that come of what this step asks."""


HELP = Step(
    "help",
    "attendees.profile",
    "Help",
    "What I would like help with, and what I can help with",
    "attendees/profile/help.html",
    HelpAnswers,
    frozenset({"need", "topic"}),
)
DATASETS = Step(
    "datasets",
    "attendees.profile_datasets",
    "Datasets",
    "Datasets I make, look after, use or am stuck on",
    "attendees/profile/datasets.html",
    DatasetAnswers,
    frozenset({"dataset"}),
)
ABOUT = Step(
    "about",
    "attendees.profile_about",
    "About me",
    "Who I am, and what makes meetings work for me",
    "attendees/profile/about.html",
    AboutAnswers,
    frozenset({"words", "semantic"}),
)
STEPS = (HELP, DATASETS, ABOUT)
_BY_KEY = {step.key: step.endpoint for step in STEPS}
ANY_STEP: frozenset[str] = frozenset().union(*(step.reasons for step in STEPS))
NOBODY: dict[str, Any] = {"found_person": None, "looking": False}


@dataclass(frozen=True)
class FoundPerson:
    """Somebody whom the profile has found by now, and the first reason in words."""

    name: str
    href: str
    because: str


def at_most(longest: int, what: str) -> Length:
    """Return the validator of a text of at most so many characters, in the words of the profile."""
    return Length(max=longest, message=f"{what} must be {longest:,} characters or fewer")


def stored(step: Step) -> dict[str, Any]:
    """Return what is kept of a step, under the names of its form's fields."""
    return asdict(fill_profile.stored(session(), registration(), step.answers))


def show(step: Step, form: EditForm, **more: Any) -> str:
    """Show a step with its form."""
    before = STEPS[: STEPS.index(step)]
    # Who was found is said after a step, so not on the first, nor beside what is only being typed.
    said = before and not request.args and not form.is_submitted()
    return render_template(
        step.template,
        form=form,
        step=step,
        here=url_for(step.endpoint),
        is_last=step is STEPS[-1],
        steps=row(step),
        **(found(before[-1].reasons) if said else NOBODY),
        **more,
    )


def save(step: Step, form: EditForm, **lists: Any) -> Response:
    """Keep what a step's form says, `lists` in place of the fields of these names, and lead on.

    A button that only leads to another step saves what was changed, and nothing where nothing was.
    """
    action, _, place = request.form.get("do", "").partition(":")
    if action != "go" or form.is_changed:
        keep(step, form, **lists)
        done(form, "Your profile is saved. Suggestions are worked out again with what you said")
    following = STEPS[STEPS.index(step) + 1 :]
    onward = following and action != "finish"
    if action == "go":
        return redirect(url_for(_BY_KEY.get(place, SEEN)))
    return redirect(url_for(following[0].endpoint if onward else SEEN))


def again(step: Step, place: str, words: str = "") -> Response:
    """Lead back to a step, where the keyboard goes on at the field with the id `place`, and a search for `words`."""
    return redirect(url_for(step.endpoint, words=words[:LONGEST] or None, _anchor=place))


def keep(step: Step, form: EditForm, **lists: Any) -> None:
    """Keep what a step's form says, `lists` in place of the fields of these names."""
    said = {one.name: form[one.name].data for one in fields(step.answers) if one.name not in lists}
    fill_profile.save(session(), registration(), step.answers(**said, **lists), datetime.now(UTC))
    work_out_again()


def row(here: Step | None) -> list[dict[str, str | bool]]:
    """Return the steps in order, as the row on top of each page of the profile shows them."""
    return [
        {
            "text": step.name,
            "key": step.key,
            "href": url_for(step.endpoint),
            "done": fill_profile.is_begun(session(), registration(), step.answers),
            "now": step is here,
        }
        for step in STEPS
    ]


def found(kinds: frozenset[str]) -> dict[str, Any]:
    """Return whom the profile as it is kept now has found, for a reason of one of these kinds if there is one.

    Only what was worked out after the profile was saved counts, so that nobody is named for what was taken out of
    it. `looking` says whether that is still being worked out.
    """
    saved_at = registration().profile_saved_at
    if saved_at is None or not registration().suggestible:
        return NOBODY
    listed = suggestions.for_person(session(), event().id, me().id)
    listed = [one for one in listed if one.computed_at >= saved_at]
    for wanted in (kinds, ANY_STEP):
        for one in listed:
            reasons = [reason for reason in one.reasons if reason["kind"] in wanted]
            if because := why(reasons, first_name(one.other.name)):
                href = url_for("people.person", person=one.other.public_id)
                return {"found_person": FoundPerson(one.other.name, href, because[0]), "looking": False}
    working = jobs.any_open(session(), event().id, (suggest_people.KIND, refresh_lists.KIND))
    return {"found_person": None, "looking": working}


def is_sparse() -> bool:
    """Whether the profile says so little that nobody can be found by it."""
    return profiles.says_little(session(), registration())
