"""The profile's third step: who an attendee is, and what makes meetings work for them."""

from flask import request
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from matchmaker.services.event import organisers
from matchmaker.services.plans.rest_limits import limits
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.profile import steps
from matchmaker.web.attendees.profile.steps import ABOUT, at_most
from matchmaker.web.event_time import event_hours
from matchmaker.web.fields import CheckboxField, LongTextField, TextField, TimeField
from matchmaker.web.filters import clock
from matchmaker.web.form import EditForm

TEXT_LONGEST, NAME_LONGEST, PRONOUNS_LONGEST, NEEDS_LONGEST = 2000, 200, 40, 500


class AboutForm(EditForm):
    """The third step."""

    pronouns = TextField(
        "Pronouns (optional)",
        description="For example she/her, he/him or they/them. Shown beside your name.",
        validators=[at_most(PRONOUNS_LONGEST, "Your pronouns")],
    )
    job_title = TextField("Job title", validators=[at_most(NAME_LONGEST, "Your job title")])
    organisation = TextField("Organisation", validators=[at_most(NAME_LONGEST, "Your organisation")])
    team = TextField(
        "Team",
        description="You are not paired with people of your own team: you meet them anyway.",
        validators=[at_most(NAME_LONGEST, "Your team")],
    )
    bio = LongTextField(
        "What I work on",
        description="In your own words: what you make or look after, what puzzles you. Others read it.",
        validators=[at_most(TEXT_LONGEST, "What you work on")],
    )
    arrives = TimeField(
        "I arrive at",
        day=event_hours,
        description="For example 10.30am. Leave it empty if you are there from the start.",
        not_valid="Enter the time you arrive, for example 9.30am or 14:00",
    )
    leaves = TimeField(
        "I leave at",
        day=event_hours,
        description="For example 3pm. Leave it empty if you stay to the end.",
        not_valid="Enter the time you leave, for example 3pm or 15:30",
    )
    step_free = CheckboxField("I need a table that can be reached without steps")
    quiet = CheckboxField("I need a quiet table")
    large_print = CheckboxField("I want my printed schedule in large print")
    access_needs = LongTextField(
        "What else I need in the hall",
        description="For example a hearing loop, or an interpreter and for which language. You need not say why.",
        validators=[at_most(NEEDS_LONGEST, "What else you need")],
    )
    diet = LongTextField(
        "What I eat, and allergies",
        description="For example vegan, or no nuts. Leave it empty if you eat everything.",
        validators=[at_most(NEEDS_LONGEST, "What you eat")],
    )
    trio_ok = CheckboxField(
        "I am happy to meet two people at once",
        description="Where somebody would otherwise be left without a meeting.",
    )

    def validate_arrives(self, field: TimeField) -> None:
        """Refuse to come when all is over: whoever means it is not coming."""
        ends = max((one.ends_at for one in event().rounds), default=None)
        if field.data and ends and field.data >= ends.astimezone(event().tz).time():
            last = clock(ends, event().zone)
            raise ValidationError(f"The last round ends at {last}. Enter an earlier time, or leave it empty")

    def validate_leaves(self, field: TimeField) -> None:
        """Refuse a day that ends before it begins, and one that ends before the first round does."""
        if field.data and self.arrives.data and field.data <= self.arrives.data:
            raise ValidationError("The time you leave must be after the time you arrive")
        begins = event().begins
        if field.data and begins and field.data <= begins.astimezone(event().tz).time():
            first = clock(begins, event().zone)
            raise ValidationError(f"The first round begins at {first}. Enter a later time, or leave it empty")


@attendees.route("/profile/about", methods=["GET", "POST"])
def profile_about() -> str | Response | tuple[str, int]:
    """Show the profile's third step, who the reader is and what makes meetings work for them, or keep it."""
    form = AboutForm(lambda: steps.stored(ABOUT), of=(registration(), me()))
    if request.method == "POST" and form.validate():
        return steps.save(ABOUT, form)
    page = steps.show(ABOUT, form, contact=organisers.contact(event()), limits=limits(registration()))
    return (page, 422) if form.errors else page
