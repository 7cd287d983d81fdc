"""Who is signed in: Flask-Login's user, which is a person and the row that says so for this browser."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Flask, g, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from matchmaker.services.people import stay_signed_in
from matchmaker.store.people import sign_ins
from matchmaker.store.people.people import Person
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.web.transaction import before_commit, session

manager = LoginManager()


class Account(UserMixin):
    """A signed-in person as Flask-Login wants to see one."""

    def __init__(self, sign_in: SignIn, token: str) -> None:
        """Wrap the row of this browser, and what its cookie holds."""
        self.sign_in, self.token = sign_in, token

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.sign_in.person

    def get_id(self) -> str:
        """Return what the cookie holds: a token that means nothing without its row."""
        return self.token


def init_app(app: Flask) -> None:
    """Let `app` know who is signed in."""
    manager.init_app(app)


@manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Account | None:
    """Return whose cookie this is, or None if that sign-in has ended, which lets the page forget what was typed."""
    now = datetime.now(UTC)
    found = stay_signed_in.find(session(), token, now)
    g.sign_in_has_ended = found is None
    if found is not None and stay_signed_in.is_news(found, now):
        # The row itself may be gone by then: somebody signs out, or erases themselves.
        before_commit(partial(sign_ins.note_use, session(), found.id, now))
    return Account(found, token) if found is not None else None


def signed_in() -> Person | None:
    """Return the signed-in person, or None for a visitor."""
    if not current_user.is_authenticated:
        return None
    person: Person = current_user.person
    return person


def me() -> Person:
    """Return the signed-in person of a page that only signed-in people reach."""
    person = signed_in()
    assert person is not None
    return person


def current_sign_in() -> SignIn:
    """Return the row of this browser, on a page that only signed-in people reach."""
    found: SignIn = current_user.sign_in
    return found


def where_signed_in() -> dict[str, Any]:
    """Return what the list of one's browsers shows: their rows, and which is this one."""
    return {
        "sign_ins": sign_ins.of_person(session(), me().id, datetime.now(UTC)),
        "here": current_sign_in().public_id,
    }


def sign_in(person: Person) -> None:
    """Sign the person in, in a fresh cookie, so that nothing planted in the old one survives."""
    _end()
    cookie.clear()
    cookie.permanent = True
    now = datetime.now(UTC)
    token = stay_signed_in.begin(session(), person, now, request.headers.get("User-Agent", ""))
    found = stay_signed_in.find(session(), token, now)
    assert found is not None
    login_user(Account(found, token))


def sign_out() -> None:
    """End this browser's session, for every copy of its cookie."""
    _end()
    logout_user()
    cookie.clear()
    g.pop("_login_user", None)


def _end() -> None:
    if current_user.is_authenticated:
        stay_signed_in.end(session(), current_user.token)
