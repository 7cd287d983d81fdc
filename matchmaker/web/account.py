"""Who is signed in: Flask-Login's user, which is a person and the key that signs them out everywhere."""

from flask import Flask, g
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.web.transaction import session

manager = LoginManager()


class Account(UserMixin):
    """A signed-in person as Flask-Login wants to see one."""

    def __init__(self, person: Person) -> None:
        """Wrap the person's row."""
        self.person = person

    def get_id(self) -> str:
        """Return what the cookie holds: the public id and the key; a changed key ends every session."""
        return f"{self.person.public_id}.{self.person.sign_in_key}"


def init_app(app: Flask) -> None:
    """Let `app` know who is signed in."""
    manager.init_app(app)


@manager.user_loader  # type: ignore[untyped-decorator]
def load(cookie_id: str) -> Account | None:
    """Return whose cookie this is, or None if its key was changed since."""
    public_id, _, key = cookie_id.rpartition(".")
    person = people.by_public_id(session(), public_id)
    return Account(person) if person is not None and person.sign_in_key == key else None


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


def sign_in(person: Person) -> None:
    """Sign the person in, in a fresh cookie, so that nothing planted in the old one survives."""
    cookie.clear()
    cookie.permanent = True
    login_user(Account(person))


def sign_out() -> None:
    """End this browser's session."""
    logout_user()
    cookie.clear()
    g.pop("_login_user", None)
