"""Signing in: ask for a code, type it, or type the personal code from the desk; and signing out.

No GET changes anything: the link in the mail opens the page with the code filled in, and only the button signs in.
"""

from datetime import UTC, datetime
from ipaddress import IPv4Address, ip_address, ip_network

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField
from wtforms.validators import Email

from matchmaker.documents.mail import Sender
from matchmaker.services import sign_in_by_code
from matchmaker.services.people.sealed_addresses import NAME, opened
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.sign_in_by_code import SignInContext
from matchmaker.store.people.people import Person
from matchmaker.web import account
from matchmaker.web.fields import EmailField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.public import public
from matchmaker.web.transaction import deliver_mail, keep_even_if_refused, session

Page = str | Response | tuple[str, int]

_ASKED_FOR = "asked_for"
"""The name under which the cookie keeps, until one is signed in, which address a code was asked for."""
CODE_REFUSED = (
    "That code is not right, or no longer valid: a code ends after 10 minutes and after five wrong tries. Check"
    " whether it is the newest, or ask for a new code"
)
"""The same whatever is wrong, so that it does not tell which addresses are on a list."""


class AskForm(PageForm):
    """Where to mail a code."""

    email = EmailField(
        "Email address",
        validators=[
            needed("Enter your email address"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254, message="The email address is too long"),
        ],
    )
    next = HiddenField()
    submit = SubmitField("Get a code")


class CodeForm(PageForm):
    """The code from the mail."""

    email = HiddenField()
    code = TextField("Six-digit code", validators=[needed("Enter the six-digit code")])
    proof = HiddenField()
    next = HiddenField()
    submit = SubmitField("Sign in")


class PersonalForm(PageForm):
    """The code from a letter or the desk."""

    code = TextField("Personal code", validators=[needed("Enter the personal code from your letter")])
    submit = SubmitField("Sign in")


def desk() -> SignInContext:
    """Return what signing in needs to know of this installation and this request."""
    settings = current_app.config["SETTINGS"]
    return SignInContext(
        secret_key=settings.secret_key,
        sign_in_url=settings.public_url + url_for("public.sign_in_code"),
        sender=Sender("", settings.mail_from),
        place=place_of(request.remote_addr or ""),
    )


def place_of(address: str) -> str:
    """Return what of a network address stands for a place: of IPv6, where one home has very many, its first half."""
    # Some proxies write the port, which changes with every request, beside the address.
    bare = address.removeprefix("[").partition("]")[0] if address.startswith("[") else address
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        found = ip_address(bare)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    # A server that listens for both kinds sees an IPv4 address within one of IPv6, all of them in one network.
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


def safe_next(address: str | None) -> str:
    """Return where to go after signing in: the address asked for if it is one of ours, else the first page."""
    asked = address or ""
    # Two slashes, of either kind, are the beginning of another site's address; browsers drop tabs between them.
    ours = asked.startswith("/") and asked[1:2] != "/" and "\\" not in asked and asked.isprintable()
    return asked if ours else url_for("public.home")


@public.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """Ask for a code; known and unknown addresses get the same answer. An invitation fills in the address."""
    # What a link brings along goes to no other site from here.
    g.no_referrer = True
    form = AskForm(next=request.args.get("next", ""), email=_address_known())
    if form.validate_on_submit():
        keep_even_if_refused()
        try:
            sign_in_by_code.mail_code(session(), desk(), form.email.data, datetime.now(UTC))
        except TooMany:
            raise TooManyRequests from None
        deliver_mail()
        return to_the_code(form.email.data, form.next.data or None)
    return _page("public/sign_in.html", form)


@public.route("/sign-in/code", methods=["GET", "POST"])
def sign_in_code() -> Page:
    """Type the code. The link in the email fills in both fields; the button signs in."""
    g.no_referrer = True
    form = CodeForm(
        email=_address_known(),
        code=request.args.get("code", ""),
        proof=request.args.get("proof", ""),
        next=request.args.get("next", ""),
    )
    if form.validate_on_submit():
        keep_even_if_refused()
        try:
            person = sign_in_by_code.by_mailed_code(
                session(),
                desk(),
                form.email.data or "",
                form.code.data,
                datetime.now(UTC),
                form.proof.data or "",
            )
        except TooMany:
            raise TooManyRequests from None
        if person is not None:
            return _welcome(person, form.next.data)
        form.code.errors = [CODE_REFUSED]
    return _page("public/sign_in_code.html", form)


@public.route("/sign-in/personal", methods=["GET", "POST"])
def sign_in_personal() -> Page:
    """Type the personal code that the desk printed or a letter holds."""
    form = PersonalForm()
    if form.validate_on_submit():
        keep_even_if_refused()
        try:
            found = sign_in_by_code.by_personal_code(session(), desk(), form.code.data, datetime.now(UTC))
        except TooMany:
            raise TooManyRequests from None
        if found is not None:
            deliver_mail()
            return _welcome(found.person, None)
        form.code.errors = [
            "That code is not right or no longer valid. Check it, or ask at the desk for a new one"
        ]
    return _page("public/sign_in_personal.html", form)


@public.post("/sign-out")
def sign_out() -> Page:
    """Sign out of this browser."""
    account.sign_out()
    flash("You have signed out", "success")
    return redirect(url_for("public.home"))


def to_the_code(email: str, next_address: str | None) -> Response:
    """Lead to where the code is typed that was mailed to an address, which this browser's cookie brings along."""
    cookie[_ASKED_FOR] = email
    return redirect(url_for("public.sign_in_code", next=next_address))


def _address_known() -> str:
    """Return the email address to fill in: that of the link, or the one this browser asked a code for.

    Letters that were sent before addresses were sealed hold it as it is.
    """
    if asked := request.args.get(NAME, ""):
        return opened(desk().secret_key, asked)
    return request.args.get("email", "") or cookie.get(_ASKED_FOR, "")


def _welcome(person: Person, next_address: str | None) -> Response:
    account.sign_in(person)
    return redirect(safe_next(next_address))


def _page(template: str, form: PageForm) -> Page:
    return render_template(template, form=form), 422 if form.errors else 200
