"""One person at the event: everything an organiser may change, and where their registration stands."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import ValidationError
from wtforms.validators import NumberRange, Optional

from matchmaker.services.event.organisers import beyond
from matchmaker.services.people import register_people, show_work
from matchmaker.services.people.register_people import RegistrationChanges
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.attendee_lists import waiting_titles
from matchmaker.store.event import event_roles
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import (
    REGISTRATION_MOVES,
    Pool,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import hold
from matchmaker.web.access import event, may_open
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event, event_hours, time_of
from matchmaker.web.fields import (
    Between,
    CheckboxField,
    Length,
    LinesField,
    LongTextField,
    PersonNameField,
    RadioField,
    SelectChoice,
    SubmitField,
    TextField,
    TimeField,
    WholeNumberField,
    needed,
)
from matchmaker.web.form import EditForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.people import presence_words, state_words
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]
_S = RegistrationState

MOVE_BUTTONS: dict[RegistrationState, str] = {
    _S.INVITED: "Put back on the list",
    _S.CONFIRMED: "Mark as coming",
    _S.WAITING: "Put on the waiting list",
    _S.DECLINED: "Mark as not coming",
    _S.CANCELLED: "Cancel their place",
}
"""State → the words of the button that leads there. Places are offered on their own page, in the order of asking."""


NEEDS_LONGEST = 2000
"""Signs: more than people may type themselves, as a list can bring it in several columns."""

SHARED = ("name", "organisation", "job_title", "emails")
"""What a person has in common with every event they are at."""


class PersonForm(EditForm):
    """A registration and its person."""

    name = PersonNameField("Name", validators=[needed("Enter the person’s name"), Length(max=200)])
    organisation = TextField("Organisation", validators=[Length(max=200)])
    job_title = TextField("Job title", validators=[Length(max=200)])
    emails = LinesField(
        "Email addresses",
        description="One a line. Email goes to the first. All of them open the sign-in page.",
    )
    team = TextField("Team", description="People of one team are never paired.", validators=[Length(max=200)])
    bio = LongTextField("About their work", validators=[Length(max=2000)])
    offers = LongTextField("Can help with", validators=[Length(max=500)])
    needs = LongTextField("Needs help with", validators=[Length(max=500)])
    arrives = TimeField(
        "Arrives at", day=event_hours, description="Leave empty if they are there from the start."
    )
    leaves = TimeField("Leaves at", day=event_hours, description="Leave empty if they stay to the end.")
    step_free = CheckboxField("Needs a step-free table")
    quiet = CheckboxField("Needs a quiet table")
    fixed_table = WholeNumberField(
        "Always sits at table",
        description="Others come to them. Leave empty for no fixed table.",
        validators=[Optional(), NumberRange(1, 9999, "Enter a table number of the hall")],
    )
    most_meetings = WholeNumberField(
        "At most so many meetings in the day",
        description="For somebody who cannot meet people all day. Leave empty for no limit.",
        validators=[Optional(), Between(1, 50)],
    )
    meetings_in_a_row = WholeNumberField(
        "At most so many meetings in a row",
        description="Then comes a free round, or a break of a quarter of an hour. Leave empty for no limit.",
        validators=[Optional(), Between(1, 50)],
    )
    helper = TextField(
        "Comes with a supporter",
        description="An interpreter or a support worker, for example: their name, the same for everybody who "
        "shares them. People with the same supporter are never at two tables at once.",
        validators=[Length(max=200)],
    )
    large_print = CheckboxField("Wants their printed schedule in large print")
    access_needs = LongTextField(
        "What else they need in the hall",
        description="In words, such as a hearing loop. The plan does not know it: arrange it with them.",
        validators=[Length(max=NEEDS_LONGEST)],
    )
    diet = LongTextField(
        "What they eat, and allergies",
        description="The caterer’s sheet counts diets. Allergies are on a list of their own, by name.",
        validators=[Length(max=NEEDS_LONGEST)],
    )
    trio_ok = CheckboxField("Is happy with a meeting of three where an odd number asks for it")
    pool = RadioField(
        "Inside or outside the department",
        choices=[
            SelectChoice("", "As their email domain says"),
            SelectChoice(Pool.INSIDE.value, "Inside"),
            SelectChoice(Pool.OUTSIDE.value, "Outside"),
        ],
    )
    pool_reason = TextField(
        "Reason, if you set it by hand",
        description="Such as: contractor with a department address.",
        validators=[Length(max=200)],
    )
    submit = SubmitField("Save")

    def validate_leaves(self, field: TimeField) -> None:
        """Somebody arrives before they leave."""
        if field.data and self.arrives.data and field.data <= self.arrives.data:
            raise ValidationError("They must leave later than they arrive")

    def validate_pool_reason(self, field: TextField) -> None:
        """A pool set by hand needs its reason, by which the next organiser understands it."""
        if self.pool.data and not field.data:
            raise ValidationError("Say why you set it by hand")

    def changes(self, one: Registration) -> RegistrationChanges:
        """Return what was typed; what the page did not offer stays as it is."""
        values = _now(one) | {
            name: self[name].data for name in RegistrationChanges.__dataclass_fields__ if name in self
        }
        typed = (self.emails.data or "") if "emails" in self else _emails(one)
        values["emails"] = tuple(typed.split())
        values["pool"] = Pool(self.pool.data) if self.pool.data else None
        return RegistrationChanges(**values)


@organisers.route("/people/<registration>", methods=["GET", "POST"])
def person(registration: str) -> Page:
    """Show and change one person."""
    one = find(registration)
    form = PersonForm(lambda: _now(one), of=(one, one.person))
    locked = bool(beyond(session(), [one.person_id], me()))
    if locked:
        for name in SHARED:
            del form[name]
    if form.validate_on_submit():
        try:
            anew = register_people.change(session(), event(), one, form.changes(one))
        except register_people.NoSuchTable as refused:
            form.fixed_table.errors = [str(refused)]
        except Refused as refused:
            form.emails.errors = [str(refused)]
        else:
            if anew:
                start(ask_for(session(), event().id, [one.person_id], me().id))
            done(form, f"{one.person.name} is saved")
            return redirect(url_for("organisers.person", registration=registration))
    page = render_template(
        "organisers/people/person.html",
        form=form,
        event=event(),
        one=one,
        present=presence_words(one),
        locked=locked,
        standing=state_words(one),
        moves=[
            (state, words)
            for state, words in MOVE_BUTTONS.items()
            if state in REGISTRATION_MOVES[one.state] and not time_of(event()).over
        ],
        organisers=event_roles.organisers(session(), event().id),
        work=show_work.of_registration(session(), one),
        waiting=[found.title for found in waiting_titles.of_registrations(session(), [one.id])],
    )
    return page, 422 if form.errors else 200


@organisers.post("/people/<registration>/state")
@ends_with_the_event
def move_person(registration: str) -> Response:
    """Take a registration to another state."""
    one = find(registration)
    hold(session(), one)
    try:
        state = RegistrationState(request.form.get("state", ""))
        if state not in MOVE_BUTTONS:
            abort(400)
        anew = register_people.move(session(), one, state)
    except ValueError:
        abort(400)
    except Refused as refused:
        flash(str(refused), "important")
    else:
        if anew:
            start(ask_for(session(), event().id, [one.person_id], me().id))
        flash(f"{one.person.name}: {state_words(one).lower()}", "success")
    return redirect(url_for("organisers.person", registration=registration))


def find(public_id: str) -> Registration:
    """Return a registration of this event, or show that there is none."""
    found = registrations.by_public_id(session(), event().id, public_id)
    if found is None:
        say_gone(
            "This person is not on the list any more: somebody has removed or merged the entry, or they have "
            "deleted it themselves",
            url_for("organisers.people", show="all")
            if may_open("organisers.people")
            else url_for("organisers.desk"),
            "See who is on the list",
        )
    return found


def _emails(one: Registration) -> str:
    return "\n".join(address.email for address in one.person.addresses)


def _now(one: Registration) -> dict[str, Any]:
    names = [name for name in RegistrationChanges.__dataclass_fields__ if name not in ("emails", "pool")]
    values = {name: getattr(one, name, None) for name in names}
    values |= {name: getattr(one.person, name) for name in ("name", "organisation", "job_title")}
    pool = one.pool.value if one.pool_reason else ""
    return values | {"emails": _emails(one), "pool": pool, "pool_reason": one.pool_reason}
