"""Open registration: anybody enters a name and an address, confirms it by a mailed code, and asks for a place."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask import session as cookie
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response
from wtforms.validators import Email

from matchmaker.services.people import ask_for_place, coming
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.sign_in_by_code import is_code_for
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.web import account
from matchmaker.web.fields import EmailField, Length, PersonNameField, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.public import public
from matchmaker.web.public.sign_in import CODE_REFUSED, desk
from matchmaker.web.transaction import deliver_mail, keep_even_if_refused, session

Page = str | Response | tuple[str, int]
_ASKING = "asking_for_place"
"""What of this browser's session holds who asks, at which event, and the seal of the code that was mailed."""


class AskForPlaceForm(PageForm):
    """Who wants to come."""

    name = PersonNameField("Your name", validators=[needed("Enter your name"), Length(max=200)])
    organisation = TextField("Your organisation", validators=[Length(max=200)])
    email = EmailField(
        "Your email address",
        description="You confirm it with a code.",
        validators=[
            needed("Enter your email address"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    submit = SubmitField("Get a code")


class ConfirmAddressForm(PageForm):
    """The code from the mail."""

    code = TextField("Six-digit code", validators=[needed("Enter the six-digit code")])
    submit = SubmitField("Ask for a place")


@public.route("/events/<event>/ask", methods=["GET", "POST"])
def ask_for_a_place(event: str) -> Page:
    """Enter who wants to come; there is no such page while an event's registration is not open."""
    found, form = _open(event), AskForPlaceForm()
    if form.validate_on_submit():
        keep_even_if_refused()
        email = (form.email.data or "").strip()
        try:
            seal = ask_for_place.mail_code(session(), desk(), found, email, datetime.now(UTC))
        except TooMany:
            raise TooManyRequests from None
        deliver_mail()
        cookie[_ASKING] = [event, form.name.data, form.organisation.data or "", email, seal]
        return redirect(url_for("public.confirm_address", event=event))
    page = render_template("public/ask_for_place.html", event=found, form=form)
    return page, 422 if form.errors else 200


@public.route("/events/<event>/ask/code", methods=["GET", "POST"])
def confirm_address(event: str) -> Page:
    """Read the notice and type the mailed code, which signs in and asks for a place."""
    found, form = _open(event), ConfirmAddressForm()
    asking = cookie.get(_ASKING)
    if not asking or asking[0] != event:
        return redirect(url_for("public.ask_for_a_place", event=event))
    _, name, organisation, email, seal = asking
    if form.validate_on_submit():
        keep_even_if_refused()
        now = datetime.now(UTC)
        try:
            right = is_code_for(session(), desk(), email, form.code.data or "", seal, now)
        except TooMany:
            raise TooManyRequests from None
        if right:
            row = ask_for_place.ask(session(), found, Newcomer(name, email, organisation), now)
            account.sign_in(row.person)
            return redirect(url_for("attendees.home", event=event))
        form.code.errors = [CODE_REFUSED]
    page = render_template(
        "public/confirm_address.html", event=found, form=form, email=email, notice=coming.notice(found)
    )
    return page, 422 if form.errors else 200


def _open(public_id: str) -> Event:
    found = events.by_public_id(session(), public_id)
    if found is None or not ask_for_place.is_open(found, datetime.now(UTC)):
        abort(404)
    return found
