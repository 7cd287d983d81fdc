"""People: everybody on the list, found by any part of a name; and adding one."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.event.overview import GuestStanding, guests
from matchmaker.services.people import register_people
from matchmaker.services.people.find_people import best_first, matches
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people.registrations import Pool, Presence, RegistrationState
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import CheckboxField, EmailField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]
_S = RegistrationState

STATES: dict[RegistrationState, str] = {
    _S.INVITED: "On the list",
    _S.PENDING: "Asks for a place",
    _S.OFFERED: "Offered a place",
    _S.CONFIRMED: "Coming",
    _S.WAITING: "Waiting",
    _S.DECLINED: "Said no",
    _S.CANCELLED: "Cancelled",
}
"""State → what an organiser reads. Who was invited or not is told by `state_words`."""

SHOWS: dict[str, tuple[str, Callable[[GuestStanding], bool]]] = {
    "coming": ("Everybody who has not said no", lambda one: one.coming),
    "confirmed": ("Said yes", lambda one: one.registration.state is _S.CONFIRMED),
    "no-answer": (
        "Invited, no answer yet",
        lambda one: _invited(one) and one.registration.invited_at is not None,
    ),
    "not-invited": ("Not invited yet", lambda one: _invited(one) and one.registration.invited_at is None),
    "nearly-empty": ("Profile nearly empty", lambda one: one.coming and one.nearly_empty),
    "no-address": ("No email address", lambda one: one.coming and not one.registration.person.email),
    "inside": ("Inside the department", lambda one: one.coming and one.registration.pool is Pool.INSIDE),
    "outside": ("Outside the department", lambda one: one.coming and one.registration.pool is Pool.OUTSIDE),
    "absent": ("Marked as not here", lambda one: one.registration.presence is Presence.ABSENT),
    "out": ("Said no, cancelled or waiting", lambda one: not one.coming),
    "all": ("Everybody", lambda one: True),
}
"""Name in the address → words and rule of each part of the list."""

CHASED = ("no-answer", "nearly-empty")
"""Parts of the list that an organiser writes to: their addresses can be copied."""

MOST_SHOWN = 500


def _invited(one: GuestStanding) -> bool:
    return one.registration.state is _S.INVITED


def state_words(one: GuestStanding) -> str:
    """Return where somebody stands, in the words of the list."""
    if _invited(one):
        return "Invited" if one.registration.invited_at else "Not invited yet"
    return STATES[one.registration.state]


class AddPersonForm(PageForm):
    """A person to put on the list."""

    name = TextField("Name", validators=[needed("Enter the person’s name"), Length(max=200)])
    email = EmailField(
        "Email address",
        description="Leave it empty if you do not have one. They can sign in with a personal code.",
        validators=[Length(max=254)],
    )
    organisation = TextField("Organisation", validators=[Length(max=200)])
    job_title = TextField("Job title", validators=[Length(max=200)])
    team = TextField("Team", description="People of one team are never paired.", validators=[Length(max=200)])
    somebody_else = CheckboxField("This is somebody else of the same name")
    submit = SubmitField("Add to the list")


@organisers.get("/people")
def people() -> str:
    """List people, all or a part of them."""
    everybody = guests(session(), event())
    show = request.args.get("show", "coming")
    if show not in SHOWS:
        show = "coming"
    query = request.args.get("q", "").strip()
    part = [one for one in everybody if SHOWS[show][1](one)]
    found = [
        one
        for one in part
        if matches(query, one.registration.person.name, one.registration.person.organisation)
    ]
    found.sort(key=lambda one: best_first(query, one.registration.person.name))
    return render_template(
        "organisers/people/people.html",
        found=found[:MOST_SHOWN],
        more=max(0, len(found) - MOST_SHOWN),
        addresses=[address for one in found if (address := one.registration.person.email)]
        if show in CHASED
        else [],
        part=len(part),
        total=len(everybody),
        shows=[(name, words, sum(map(rule, everybody))) for name, (words, rule) in SHOWS.items()],
        show=show,
        query=query,
        state_words=state_words,
    )


@organisers.route("/people/add", methods=["GET", "POST"])
def add_person() -> Page:
    """Put somebody on the list."""
    form, there = AddPersonForm(), None
    if form.validate_on_submit():
        new = Newcomer(**{name: form[name].data or "" for name in Newcomer.__dataclass_fields__})
        try:
            added = register_people.add(session(), event(), new, namesake_is_fine=form.somebody_else.data)
        except register_people.AlreadyThere as met:
            there = met.registration
            (form.email if new.email else form.name).errors = [str(met)]
        except Refused as refused:
            form.email.errors = [str(refused)]
        else:
            start(ask_for(session(), event().id, [added.person_id], me().id))
            flash(f"{added.person.name} is on the list", "success")
            return redirect(url_for("organisers.people", show="not-invited"))
    page = render_template("organisers/people/add_person.html", form=form, there=there)
    return page, 422 if form.errors else 200
