"""Who organises the event, helps at its desk or may look at it: add somebody, change what they do, remove them."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Email

from matchmaker.services.event import organisers as organising
from matchmaker.services.refused import Refused
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.people import people
from matchmaker.web.access import FIRST_PAGE, event
from matchmaker.web.account import me
from matchmaker.web.fields import (
    EmailField,
    Length,
    PersonNameField,
    RadioField,
    SelectChoice,
    SubmitField,
    needed,
)
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.people import say_if_name_stays
from matchmaker.web.transaction import session

ROLES: dict[EventRole, tuple[str, str]] = {
    EventRole.ORGANISER: (
        "Organiser",
        "Sees and changes everything of this event, access needs, diets and people to keep apart included.",
    ),
    EventRole.HELPER: (
        "Helper at the desk",
        "Checks people in, lets in walk-ins, says who is late, and gives personal codes. Sees who "
        "needs a step-free or quiet table or large print, and nothing else that is private.",
    ),
    EventRole.READER: (
        "Reader",
        "Looks at the overview, rounds and tables, the plans and the report. Changes nothing, and "
        "sees no list of people.",
    ),
}
"""Role → its name and what it may do, in plain words."""

SAID = {
    EventRole.ORGANISER: ("now organises the event", "organises it already"),
    EventRole.HELPER: ("is now a helper at the desk", "is a helper at the desk already"),
    EventRole.READER: ("is now a reader", "is a reader already"),
}
"""Role → what is said of whoever has it from now on, and of whoever had it before."""


class RoleForm(PageForm):
    """Somebody who is to have a part in the event."""

    name = PersonNameField("Name", validators=[needed("Enter their name"), Length(max=200)])
    email = EmailField(
        "Email address",
        description="They sign in with it. For somebody in the list above, choose again what they may do.",
        validators=[
            needed("Enter their email address"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    role = RadioField(
        "What may they do?",
        choices=[
            SelectChoice(role.value, name, render_kw={"hint": does}) for role, (name, does) in ROLES.items()
        ],
        validators=[needed("Choose what they may do")],
    )
    submit = SubmitField("Add them")


@organisers.route("/organisers", methods=["GET", "POST"])
def event_organisers() -> str | Response | tuple[str, int]:
    """List who organises the event, helps or may look, and add somebody or change what they may do."""
    form = RoleForm()
    if form.validate_on_submit():
        role = EventRole(form.role.data)
        try:
            person, news = organising.add_to(session(), event(), form.email.data, form.name.data, role)
        except Refused as refused:
            form.email.errors = [str(refused)]
        else:
            now, before = SAID[role]
            said = f"{now}. Tell them to sign in with this address" if news else before
            flash(f"{person.name} {said}", "success")
            say_if_name_stays(form.name.data, person)
            # Somebody may have made themselves a helper.
            return redirect(
                url_for("organisers.event_organisers" if person.id != me().id else FIRST_PAGE[role])
            )
    there = event_roles.with_roles(session(), event().id)
    known = people.with_addresses(session(), [one.id for one, _ in there])
    page = render_template(
        "organisers/event/organisers.html",
        event=event(),
        form=form,
        groups=[
            (role, words[0], [known[one.id] for one, has in there if has is role])
            for role, words in ROLES.items()
        ],
        me=me(),
    )
    return page, 422 if form.errors else 200


@organisers.post("/organisers/<person>/remove")
def remove_organiser(person: str) -> Response:
    """Take somebody's part in the event away; its last organiser stays."""
    there = event_roles.with_roles(session(), event().id)
    found = next((one for one, _ in there if one.public_id == person), None)
    if found is None:
        say_gone(
            "This person has no part in running the event any more",
            url_for("organisers.event_organisers"),
            "Who organises",
        )
    try:
        organising.dismiss(session(), event(), found)
    except Refused as refused:
        flash(str(refused), "important")
        return redirect(url_for("organisers.event_organisers"))
    flash(f"{found.name} no longer has a part in running the event", "success")
    return redirect(url_for("public.home" if found.id == me().id else "organisers.event_organisers"))
