"""Claiming a credit without an account: from the link in a mail, or with the code on a printed slip.

Opening a page changes nothing. Taking the name away needs no account; to have the credit one signs in.
"""

from datetime import UTC, datetime

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response
from wtforms.validators import Email

from matchmaker.recognition.states import UNCLAIMED_LIVE, ContributionState
from matchmaker.services import sign_in_by_code
from matchmaker.services.credits import build_labels, claim_credits, name_strangers
from matchmaker.services.credits.claim_credits import BY_MAIL, BY_SLIP
from matchmaker.services.event import organisers
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.store.credits import unclaimed
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.web.account import signed_in
from matchmaker.web.fields import EmailField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import no_mail, on_the_way
from matchmaker.web.public import public
from matchmaker.web.public.sign_in import desk, to_the_code
from matchmaker.web.transaction import deliver_mail, keep_even_if_refused, session

Page = str | Response | tuple[str, int]


class SlipForm(PageForm):
    """The code on a claim slip."""

    code = TextField("Code", validators=[needed("Enter the code from the slip")])
    submit = SubmitField("Continue")


class AddressForm(PageForm):
    """Where to send the link, for somebody with a slip and no account."""

    email = EmailField(
        "Your email address",
        validators=[
            needed("Enter your email address"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    submit = SubmitField("Send me the link")


@public.route("/claim", methods=["GET", "POST"])
def claim_slip() -> Page:
    """Type the code of a printed claim slip."""
    form = SlipForm()
    if form.validate_on_submit():
        keep_even_if_refused()
        here = desk()
        try:
            row = claim_credits.find_by_code(
                session(), here.secret_key, form.code.data, here.place, datetime.now(UTC)
            )
        except TooMany:
            raise TooManyRequests from None
        if row is not None:
            return redirect(_address(row, BY_SLIP))
        form.code.errors = ["That code is not right, or it has been answered. Check it against your slip"]
    return render_template("public/claim_slip.html", form=form), 422 if form.errors else 200


@public.get("/claim/<unclaimed>/<proof>")
def claim(unclaimed: str, proof: str) -> str | tuple[str, int]:
    """Show what somebody without an account is named for, who said so, and how to take it away."""
    row, event, way = _find(unclaimed, proof)
    return _page(row, event, way, AddressForm())


@public.post("/claim/<unclaimed>/<proof>")
def claim_now(unclaimed: str, proof: str) -> Page:
    """Take the credit as one's own when signed in; else go to sign in with the mailed address first."""
    row, event, way = _find(unclaimed, proof)
    if row.state not in UNCLAIMED_LIVE:
        return _page(row, event, way, AddressForm())
    person = signed_in()
    if person is None:
        return _sign_in_first(row, way)
    taken = claim_credits.claim(session(), row, person)
    if taken is None:
        return _page(row, event, way, AddressForm())
    if taken.state is ContributionState.CLAIMED:
        flash("It is yours now, as your own words. Your page is where you can hide it", "success")
        return redirect(url_for("people.person", person=person.public_id))
    flash("It is yours now. Decide here whether others see it", "success")
    return redirect(url_for("people.thanks"))


@public.post("/claim/<unclaimed>/<proof>/not-me")
def claim_not_me(unclaimed: str, proof: str) -> Response:
    """Take one's name away, without an account and for good."""
    row, _event, _way = _find(unclaimed, proof)
    if claim_credits.refuse(session(), row):
        flash("The name is gone. Nobody is told, and nobody writes to you about it again", "success")
    return redirect(url_for("public.claim", unclaimed=unclaimed, proof=proof))


@public.post("/claim/<unclaimed>/<proof>/mail")
def claim_by_mail(unclaimed: str, proof: str) -> Page:
    """Send the link to the address of somebody who has a slip and no account."""
    row, event, way = _find(unclaimed, proof)
    form = AddressForm()
    if way != BY_SLIP or row.state not in UNCLAIMED_LIVE or not form.validate():
        return _page(row, event, way, form)
    try:
        name_strangers.set_address(session(), row, form.email.data, desk().secret_key)
        invite(row, event)
    except Refused as stopped:
        form.email.errors = [str(stopped)]
        return _page(row, event, way, form)
    if no_mail():
        flash(
            f"Your address is kept, but {on_the_way(1, 'link', 'links', 'ask the organisers')}", "important"
        )
    else:
        flash("The link is on its way. Open it, and say that it is you", "success")
    return redirect(_address(row, BY_SLIP))


def invite(row: UnclaimedCredit, event: Event) -> None:
    """Write to the address of an unclaimed credit. Raises Refused."""
    public_url = current_app.config["SETTINGS"].public_url
    name_strangers.invite(
        session(),
        event,
        row,
        public_url + _address(row, BY_MAIL),
        public_url + url_for("public.event_privacy", event=event.public_id),
        datetime.now(UTC),
    )
    deliver_mail()


def _find(public_id: str, proof: str) -> tuple[UnclaimedCredit, Event, str]:
    """Return the credit of this link and how its reader came by it; a wrong proof is a page that is not there."""
    g.no_referrer = True
    row = unclaimed.by_public_id(session(), public_id)
    way = claim_credits.way_of(desk().secret_key, public_id, proof)
    event = events.by_id(session(), row.event_id) if row else None
    if row is None or event is None or way is None:
        abort(404)
    return row, event, way


def _sign_in_first(row: UnclaimedCredit, way: str) -> Response:
    """Send a code to the address the mail went to, or let somebody with a slip sign in as they do."""
    back = _address(row, way)
    if way == BY_SLIP or not row.email:
        return redirect(url_for("public.sign_in", next=back))
    keep_even_if_refused()
    claim_credits.account_for(session(), row)
    try:
        sign_in_by_code.mail_code(session(), desk(), row.email, datetime.now(UTC))
    except TooMany:
        raise TooManyRequests from None
    deliver_mail()
    return to_the_code(row.email, back)


def _address(row: UnclaimedCredit, way: str) -> str:
    proof = claim_credits.proof(desk().secret_key, row.public_id, way)
    return url_for("public.claim", unclaimed=row.public_id, proof=proof)


def _page(row: UnclaimedCredit, event: Event, way: str, form: AddressForm) -> str | tuple[str, int]:
    page = render_template(
        "public/claim.html",
        row=row,
        event=event,
        contact=organisers.contact(event),
        live=row.state in UNCLAIMED_LIVE,
        role=build_labels.role_in_words(row.role, row.role_text),
        by_slip=way == BY_SLIP,
        reader=signed_in(),
        form=form,
        proof=claim_credits.proof(desk().secret_key, row.public_id, way),
    )
    return (page, 422) if form.errors else page
