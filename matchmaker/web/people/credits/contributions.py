"""Saying who worked on a dataset, oneself or a colleague; and deciding about credits given to oneself."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.recognition.roles import OTHER, ROLES, Role
from matchmaker.recognition.rules import EARLIEST_YEAR, NOTE_LONGEST, ROLE_TEXT_LONGEST, Claim
from matchmaker.recognition.states import ContributionState
from matchmaker.services import sight
from matchmaker.services.credits import state_contributions
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import SHOWN, Contribution
from matchmaker.store.session import hold
from matchmaker.web import finding
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
from matchmaker.web.no_mail import told_by_mail
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.form_errors import show
from matchmaker.web.people.refresh_lists import work_out_again
from matchmaker.web.transaction import deliver_mail, session

Page = str | Response | tuple[str, int]


def _hint(role: Role) -> dict[str, str]:
    """Return what a role means, as the hint below it."""
    return {} if role.id == OTHER else {"hint": role.meaning[0].upper() + role.meaning[1:]}


ROLE_RADIOS = [SelectChoice(role.id, role.label, render_kw=_hint(role)) for role in ROLES.values()]
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
    about = HiddenField()
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
        description="People on the list of an event that you are on, too",
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
    """Say that one worked on this dataset, or change what one has said of it."""
    found = find_dataset(dataset)
    shown = _shown(found)
    form = ClaimForm(
        lambda: {name: getattr(shown, name, None) for name in ("note", "first_year", "last_year")},
        of=(me(),),
        about=shown.public_id if shown else "",
        role=shown.role if shown else request.args.get("role", ""),
        role_text=shown.role_text if shown else "",
    )
    if form.validate_on_submit():
        said = _with_what_stands(found, form.said(), shown)
        try:
            row = state_contributions.claim(session(), me(), found, said, datetime.now(UTC))
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
    query, chosen = finding.words(), request.form.get("person") or request.args.get("person", "")
    known = sight.colleagues(session(), me(), query, [chosen])
    form = NameForm(role=request.args.get("role", ""), person=request.args.get("person", ""))
    form.person.choices = [
        SelectChoice("", "Choose a colleague"),
        *(
            SelectChoice(one.public_id, f"{one.name}, {one.organisation}" if one.organisation else one.name)
            for one in known
        ),
    ]
    if not finding.only_finds() and form.validate_on_submit():
        person = next(one for one in known if one.public_id == form.person.data)
        said = Claim(form.role.data or "", form.role_text.data or "")
        link = current_app.config["SETTINGS"].public_url + url_for("people.thanks")
        try:
            state_contributions.name_colleague(session(), me(), person, found, said, link, datetime.now(UTC))
        except Refused as refused:
            show(form, refused.problems)
        else:
            deliver_mail()
            words = f"Thank you. {person.name} decides whether to be named. You can thank them as well"
            flash(told_by_mail(words, "tell them that it is here"), "success")
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


def _shown(dataset: Dataset) -> Contribution | None:
    """Return what the form shows of what the reader has said: in the role that is asked for, or else the first."""
    mine = [row for row in contributions.of_datasets(session(), [dataset.id]) if row.person_id == me().id]
    if (form := sent()) is not None and form.get("about"):
        return next((row for row in mine if row.public_id == form["about"]), None)
    if form is not None:
        # Nothing was said when the page was opened: what is there now comes from another tab.
        said = Claim(form.get("role", ""), form.get("role_text", ""))
        chosen = said.role, state_contributions.role_text(said)
        return next((row for row in mine if (row.role, row.role_text) == chosen), None)
    if role := request.args.get("role", ""):
        return next((row for row in mine if (row.role, row.role_text) == (role, "")), None)
    return next((row for row in mine if row.state in SHOWN), None)


def _with_what_stands(dataset: Dataset, said: Claim, shown: Contribution | None) -> Claim:
    """Add what the reader has said before in this role, where they wrote nothing and could not see it."""
    row = contributions.one(session(), me().id, dataset.id, said.role, state_contributions.role_text(said))
    if row is None or row is shown:
        return said
    return replace(
        said,
        note=said.note or row.note,
        first_year=said.first_year or row.first_year,
        last_year=said.last_year or row.last_year,
    )


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
