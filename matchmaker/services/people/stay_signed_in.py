"""Stay signed in: a browser's cookie holds a token, and a row in the database says whose it is and until when.

It ends after a week without use, which is read from the signed time in the cookie, and after a month in any case.
When somebody signs out it ends at once, for copies of the cookie too.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from matchmaker.services.people import browser_names
from matchmaker.store.people import sign_ins
from matchmaker.store.people.people import Person
from matchmaker.store.people.sign_ins import SignIn
from matchmaker.store.session import Session

IDLE = timedelta(days=7)
LONGEST = timedelta(days=30)
NOTED_EVERY = timedelta(hours=1)


def begin(session: Session, person: Person, at: datetime, user_agent: str = "") -> str:
    """Sign a browser in and return the token for its cookie; only its hash is kept.

    `user_agent` is what the browser says of itself, of which its name is kept.
    """
    token = secrets.token_urlsafe(32)
    row = SignIn(
        person_id=person.id,
        token_hash=_hash(token),
        began_at=at,
        ends_at=at + LONGEST,
        browser=browser_names.named(user_agent),
        used_at=at,
    )
    session.add(row)
    session.flush()
    return token


def find(session: Session, token: str, at: datetime) -> SignIn | None:
    """Return the sign-in a cookie's token stands for, or None where it has ended."""
    return sign_ins.by_token_hash(session, _hash(token), at)


def is_news(sign_in: SignIn, at: datetime) -> bool:
    """Whether it is not known yet, within NOTED_EVERY, that a browser is in use."""
    return sign_in.used_at is None or sign_in.used_at < at - NOTED_EVERY


def end(session: Session, token: str) -> None:
    """End the sign-in a cookie's token stands for."""
    sign_ins.end_by_token_hash(session, _hash(token))


def _hash(token: str) -> str:
    # The token is random and long, so a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
