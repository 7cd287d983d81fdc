"""Saying who worked on a dataset, oneself or a colleague; and deciding about credits given to oneself."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.roles import OTHER, ROLES, Role
from matchmaker.recognition.rules import EARLIEST_YEAR, NOTE_LONGEST, ROLE_TEXT_LONGEST, Claim
from matchmaker.recognition.states import ContributionState
from matchmaker.services import sight
from matchmaker.services.credits import state_contributions
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.session import hold
from matchmaker.web.account import me
from matchmaker.web.fields import (
    Length,
    LongTextField,
    RadioField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    WholeNumberField,
    needed,
)
from matchmaker.web.form import EditForm, PageForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.lost_forms import sent
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.form_errors import show
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import deliver_mail, session

Page = str | Response | tuple[str, int]

MOST_WORDS = 4


def _everyday(role: Role) -> dict[str, str]:
    """Return the words people say instead of a role's label, as the hint below it."""
    words = [word for word in role.words if word != role.id][:MOST_WORDS]
    return {} if role.id == OTHER else {"hint": ", ".join(words).capitalize()}


ROLE_RADIOS = [SelectChoice(role.id, role.label, render_kw=_everyday(role)) for role in ROLES.values()]
NOT_A_YEAR = f"Enter a year as four digits, from {EARLIEST_YEAR} on"


class ClaimForm(EditForm):
    """What the reader did for a dataset."""

    role = RadioField("What did you do?", choices=ROLE_RADIOS, validators=[needed("Select what you did")])
    role_text = TextField(
        "Say what",
        description=f"At most {ROLE_TEXT_LONGEST} characters",
        validators=[
            Length(max=ROLE_TEXT_LONGEST, message=f"It must be {ROLE_TEXT_LONGEST} characters or fewer")
        ],
    )
    note = LongTextField(
        "What was it for? (optional)",
        description="One sentence, for people who want to ask you about it",
        validators=[
            Length(max=NOTE_LONGEST, message=f"Your note must be {NOTE_LONGEST} characters or fewer")
        ],
    )
    first_year = WholeNumberField("First year (optional)", not_valid=NOT_A_YEAR)
    last_year = WholeNumberField(
        "Last year (optional)", description="Leave it empty if you still do it", not_valid=NOT_A_YEAR
    )
    submit = SubmitField("Add my name")

    def said(self) -> Claim:
        """Return the claim as the rules want to see it."""
        return Claim(
            self.role.data or "",
            self.role_text.data or "",
            self.note.data or "",
            self.first_year.data,
            self.last_year.data,
        )


class NameForm(PageForm):
    """Who worked on a dataset, and what they did."""

    person = SelectField(
        "Who was it?",
        description="People on the list of an event that you come to, too",
        validators=[needed("Select a colleague")],
    )
    role = RadioField("What did they do?", choices=ROLE_RADIOS, validators=[needed("Select what they did")])
    role_text = TextField(
        "Say what",
        description=f"At most {ROLE_TEXT_LONGEST} characters",
        validators=[
            Length(max=ROLE_TEXT_LONGEST, message=f"It must be {ROLE_TEXT_LONGEST} characters or fewer")
        ],
    )
    submit = SubmitField("Ask them")


@people.route("/datasets/<dataset>/claim", methods=["GET", "POST"])
def claim(dataset: str) -> Page:
    """Say that one worked on this dataset."""
    found = find_dataset(dataset)
    form = ClaimForm(
        lambda: _said_before(found),
        of=(me(),),
        role=request.args.get("role", ""),
        role_text=request.args.get("what", ""),
    )
    if form.validate_on_submit():
        try:
            row = state_contributions.claim(session(), me(), found, form.said(), datetime.now(UTC))
        except Refused as refused:
            show(form, refused.problems)
        else:
            work_out_again()
            done(
                form,
                "You are named on the label"
                if row.state is ContributionState.ACCEPTED
                else "Saved. Signed-in people see it as your own words; the first thanks you accept puts you "
                "on the label",
            )
            return redirect(url_for("people.dataset", dataset=found.public_id))
    return _page("people/credits/claim.html", form, dataset=found)


@people.route("/datasets/<dataset>/name", methods=["GET", "POST"])
def name_colleague(dataset: str) -> Page:
    """Say which colleague worked on this dataset; they are asked before anybody sees it."""
    found = find_dataset(dataset)
    query, chosen = request.args.get("find", ""), request.form.get("person") or request.args.get("person", "")
    known = sight.colleagues(session(), me(), query, [chosen])
    form = NameForm(role=request.args.get("role", ""), person=request.args.get("person", ""))
    form.person.choices = [
        SelectChoice("", "Choose a colleague"),
        *(
            SelectChoice(one.public_id, f"{one.name}, {one.organisation}" if one.organisation else one.name)
            for one in known
        ),
    ]
    if form.validate_on_submit():
        person = next(one for one in known if one.public_id == form.person.data)
        said = Claim(form.role.data or "", form.role_text.data or "")
        link = current_app.config["SETTINGS"].public_url + url_for("people.thanks")
        try:
            state_contributions.name_colleague(session(), me(), person, found, said, link, datetime.now(UTC))
        except Refused as refused:
            show(form, refused.problems)
        else:
            deliver_mail()
            flash(
                f"Thank you. {person.name} decides whether to be named. You can thank them as well", "success"
            )
            return redirect(
                url_for("people.thank", dataset=found.public_id, person=person.public_id, role=said.role)
            )
    return _page(
        "people/credits/name_colleague.html",
        form,
        dataset=found,
        known=known,
        anybody=bool(known) or sight.has_colleagues(session(), me()),
        most=sight.MOST_FOUND,
        query=query,
    )


@people.post("/contributions/<contribution>/decide")
def decide_contribution(contribution: str) -> Response:
    """Accept, hide or decline a credit of one's own."""
    row = _mine(contribution)
    answers = {
        "accept": (ContributionState.ACCEPTED, "You are named on the label"),
        "hide": (ContributionState.HIDDEN, "It is hidden. Only you see it"),
        "decline": (ContributionState.DECLINED, "Declined. Nobody is told"),
    }
    if request.form.get("answer") not in answers:
        abort(400)
    state, words = answers[request.form["answer"]]
    if state_contributions.decide(session(), row, state):
        work_out_again()
        own = row.state is ContributionState.CLAIMED
        flash("It is shown again, as your own words" if own else words, "success")
    return redirect(_back())


@people.post("/contributions/<contribution>/take-back")
def take_back_contribution(contribution: str) -> Response:
    """Remove what one said of oneself."""
    row = _mine(contribution)
    if state_contributions.take_back(session(), row):
        work_out_again()
        flash("Removed", "success")
    else:
        flash("Others have had a part in it, so it cannot be removed. You can hide it", "important")
    return redirect(_back())


def _said_before(dataset: Dataset) -> dict[str, Any]:
    """Return the note and the years of what the reader has said of themselves in the role that is chosen."""
    chosen = sent() or request.args
    said = Claim(chosen.get("role", ""), chosen.get("role_text", "") or chosen.get("what", ""))
    row = contributions.one(session(), me().id, dataset.id, said.role, state_contributions.role_text(said))
    return {name: getattr(row, name, None) for name in ("note", "first_year", "last_year")}


def _mine(public_id: str) -> Contribution:
    """Return the reader's own contribution; one of somebody else is not there."""
    row = contributions.by_public_id(session(), public_id)
    if row is None or row.person_id != me().id or not hold(session(), me(), row):
        say_gone(
            "This credit is not here any more: it may have been taken back",
            url_for("people.thanks"),
            "What waits for your yes",
        )
    return row


def _back() -> str:
    """Return the page whose button was pressed: the reader's own page, or their thanks."""
    if request.form.get("from") == "me":
        return url_for("people.person", person=me().public_id)
    return url_for("people.thanks")


def _page(template: str, form: PageForm, **values: object) -> Page:
    return render_template(template, form=form, **values), 422 if form.errors else 200
