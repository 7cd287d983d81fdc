"""What only the demo has: looking around as one of three people, and a page of all mail, sent or waiting.

On any other installation none of these addresses exists.
"""

from datetime import UTC, datetime

from flask import abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.store import mail as outbox
from matchmaker.store.people import people
from matchmaker.web import account
from matchmaker.web.public import public
from matchmaker.web.transaction import session

MOST_LETTERS = 200
FIRST_PAGE = {"endorser": "people.datasets"}
"""Where looking around begins, if not at the person's event."""


def personas() -> list[dict[str, str]]:
    """Return the people one can look around as: key, name, email and text of each."""
    found: list[dict[str, str]] = current_app.config.get("DEMO_PERSONAS", [])
    return found


@public.post("/demo/look-around/<key>")
def look_around(key: str) -> Response:
    """Sign in as one of the demo's people, without a code."""
    _only_in_the_demo()
    email = next((one["email"] for one in personas() if one["key"] == key), None)
    person = people.by_email(session(), email) if email else None
    if person is None:
        abort(404)
    account.sign_in(person)
    return redirect(url_for(FIRST_PAGE.get(key, "public.home")))


@public.get("/demo/mail")
def demo_mail() -> str:
    """List the letters, the newest first, and which of them wait."""
    _only_in_the_demo()
    letters = outbox.latest(session(), MOST_LETTERS)
    return render_template("public/demo_mail.html", letters=letters, now=datetime.now(UTC))


@public.get("/demo/mail/<mail>")
def demo_letter(mail: str) -> str:
    """Show one letter as it was, or is to be, sent."""
    _only_in_the_demo()
    letter = outbox.by_public_id(session(), mail)
    if letter is None:
        abort(404)
    return render_template(
        "public/demo_letter.html",
        letter=letter,
        paragraphs=letter.body.split("\n\n"),
        now=datetime.now(UTC),
    )


def _only_in_the_demo() -> None:
    if not current_app.config["SETTINGS"].demo:
        abort(404)
