"""Set-up: what an event is, when and where, for whom, and until when its data is kept."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import ValidationError
from wtforms.validators import Email, Optional

from matchmaker.documents.clock import in_words
from matchmaker.documents.counts import plural
from matchmaker.services.event import places, set_up_event
from matchmaker.services.event.overview import missing
from matchmaker.services.event.pools import read_domains
from matchmaker.services.event.set_up_event import Details
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.suggest_people import ask_anew
from matchmaker.store.event import event_roles, hall
from matchmaker.store.event.events import SameOrganisation
from matchmaker.store.people import exclusions
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import (
    Between,
    CheckboxField,
    DateField,
    EmailField,
    Length,
    LinesField,
    LongTextField,
    RadioField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    WholeNumberField,
    needed,
)
from matchmaker.web.filters import LONDON
from matchmaker.web.form import EditForm, done
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.moved import asks_before_it_moves
from matchmaker.web.transaction import session, start

BESIDE = ("rounds", "tables", "topics", "exclusions", "places", "event_organisers", "sealed")
"""The pages of set-up beside this one: a button that leads to one saves what was changed here, and drops nothing."""
_DATE_HINT = "For example, 24 11 2027"


@cache
def zones() -> list[SelectChoice]:
    """Return every time zone that is named after a place, London's first."""
    named = sorted(
        one
        for one in available_timezones()
        if one == "UTC" or ("/" in one and not one.startswith(("Etc/", "posix/", "right/")))
    )
    return [SelectChoice(one, one.replace("_", " ")) for one in [LONDON, *(z for z in named if z != LONDON)]]


class SetupForm(EditForm):
    """Everything an organiser says of an event, besides rounds and tables."""

    name = TextField("Name of the event", validators=[needed("Enter the name of the event"), Length(max=200)])
    host = TextField(
        "Host",
        description="The department or network that holds it. It stands in invitations and in the privacy notice.",
        validators=[Length(max=200)],
    )
    about = LongTextField(
        "About the event",
        description="What attendees read on their first page.",
        validators=[Length(max=2000)],
    )
    held_on = DateField("Date", description=_DATE_HINT, validators=[needed("Enter the date of the event")])
    place = TextField("Place", validators=[Length(max=300)])
    zone = SelectField("Time zone", description="All times are shown in this zone.", choices=zones)
    contact_name = TextField("Contact: name", validators=[Length(max=200)])
    contact_email = EmailField(
        "Contact: email address",
        description="Where attendees write with questions, also about their data.",
        validators=[
            Optional(),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    purpose = LongTextField(
        "What the data is used for",
        description="In plain words, for the privacy notice.",
        validators=[Length(max=2000)],
    )
    erase_on = DateField(
        "Erase personal data after",
        description="The day after this date, everything about people is erased. " + _DATE_HINT,
        validators=[needed("Enter the date after which personal data is erased")],
    )
    inside_domains = LinesField(
        "Email domains inside the department",
        description="One a line, like defra.gov.uk. People with such an address count as inside, all others as "
        "outside. Sub-domains count too.",
    )
    same_organisation = RadioField(
        "May two people of one organisation be seated together?",
        choices=[
            SelectChoice(
                SameOrganisation.NEVER.value,
                "Only if both asked to meet",
                render_kw={"hint": "Then their wish goes first."},
            ),
            SelectChoice(
                SameOrganisation.RARELY.value,
                "Rather not",
                render_kw={
                    "hint": "Only where somebody would otherwise miss a wish or a meeting. The plan says for whom."
                },
            ),
            SelectChoice(
                SameOrganisation.ALLOWED.value,
                "Yes, if it is a good match",
                render_kw={"hint": "People of one team are never seated together."},
            ),
        ],
        validators=[needed("Choose whether people of one organisation may be seated together")],
    )
    mixing_least = WholeNumberField(
        "People from the other side that everybody should meet",
        description="From outside the department for those inside, and the other way round, as far as wishes and an "
        "equal share of meetings allow. Leave empty for no such aim.",
        validators=[Optional(), Between(1, 50)],
    )
    suggestions_each = WholeNumberField(
        "Suggestions for each person",
        validators=[
            needed("Enter how many suggestions each person gets"),
            Between(1, 50),
        ],
    )
    count_acquaintances = CheckboxField(
        "Count people and series in common",
        description="Two people who know, or were thanked by, the same person, or worked on the same series of "
        "datasets, are then suggested to each other a little sooner.",
    )
    thanks_each = WholeNumberField(
        "Thanks each person may give",
        validators=[
            needed("Enter how many thanks each person may give"),
            Between(1, 200),
        ],
    )
    submit = SubmitField("Save")

    def validate_erase_on(self, field: DateField) -> None:
        """Keep the data at least until the event is over."""
        if field.data and self.held_on.data and field.data < self.held_on.data:
            raise ValidationError("The erase date must not be before the event")

    def validate_inside_domains(self, field: LinesField) -> None:
        """Refuse a line that is no mail domain."""
        try:
            read_domains(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def details(self) -> Details:
        """Return what was typed."""
        values = {name: self[name].data for name in Details.__dataclass_fields__}
        values["inside_domains"] = read_domains(self.inside_domains.data or "")
        values["same_organisation"] = SameOrganisation(self.same_organisation.data)
        return Details(**values)


@organisers.route("/setup", methods=["GET", "POST"])
@asks_before_it_moves
def setup() -> str | Response | tuple[str, int]:
    """Show the way to rounds, tables and exclusions, and change everything else."""
    form = SetupForm(_now, of=(event(),))
    if request.method == "POST" and _place() and not form.is_changed:
        return redirect(_onward())
    if form.validate_on_submit():
        try:
            return _save(form)
        except Refused as refused:
            for problem in refused.problems:
                form[problem.field].errors = [problem.message]
    count = hall.count_tables(session(), event().id)
    page = render_template(
        "organisers/event/setup.html",
        event=event(),
        form=form,
        missing=[form[name] for name in missing(event())],
        places=places.count(session(), event()),
        roles=Counter(role.value for _, role in event_roles.with_roles(session(), event().id)),
        tables=count.number + count.for_topics,
        kept_apart=exclusions.count(session(), event().id),
    )
    return page, 422 if form.errors else 200


def _now() -> dict[str, Any]:
    values = {name: getattr(event(), name) for name in Details.__dataclass_fields__}
    return values | {
        "inside_domains": "\n".join(event().inside_domains),
        "same_organisation": event().same_organisation.value,
    }


def _save(form: SetupForm) -> Response:
    day, before = event().held_on, (event().suggestions_each, event().count_acquaintances)
    moved = set_up_event.describe(session(), event(), form.details(), datetime.now(event().tz).date())
    if (event().suggestions_each, event().count_acquaintances) != before:
        start(ask_anew(session(), event().id, me().id))
    done(form, "The set-up is saved")
    if event().held_on != day and event().day_is_past(datetime.now(UTC)):
        flash(
            f"{in_words(event().held_on)} is past, so the event counts as over: nobody is invited or told any more, "
            "and no plan is made. If the date is a mistake, change it",
            "important",
        )
    if moved:
        flash(
            f"{plural(moved, 'person', 'people')} changed sides between inside and outside. "
            "People whose side you set by hand stayed where they are.",
            "important",
        )
    return redirect(_onward())


def _place() -> str:
    """Return which of the pages beside the form its button leads to, "" for that of the form itself."""
    return request.form.get("go", "")


def _onward() -> str:
    if _place() == "another":
        return url_for("people.new_event", like=event().public_id)
    return url_for(f"organisers.{_place() if _place() in BESIDE else 'setup'}")
