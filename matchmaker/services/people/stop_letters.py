"""Stopping letters: only those somebody cannot do without, or all again; from their choices or from any letter."""

import hmac
from hashlib import sha256

from matchmaker.settings import Settings
from matchmaker.store import mail
from matchmaker.store.people import people
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session


def address(settings: Settings, mail_id: str) -> str:
    """Return the whole address at which the reader of a letter stops letters like it, without signing in."""
    return f"{settings.public_url}/letters/{mail_id}/{_proof(settings.secret_key, mail_id)}"


def reader_of(session: Session, secret_key: str, mail_id: str, proof: str) -> Person | None:
    """Return to whom a letter was written, by its address; None if that was never given out, or both have gone."""
    if not hmac.compare_digest(_proof(secret_key, mail_id).encode(), proof.encode()):
        return None
    letter = mail.by_public_id(session, mail_id)
    return people.by_id(session, letter.person_id) if letter and letter.person_id else None


def choose(session: Session, person: Person, few: bool) -> None:
    """Keep whether somebody gets only letters that they cannot do without."""
    person.few_letters = few
    session.flush()


def _proof(secret_key: str, mail_id: str) -> str:
    return hmac.new(secret_key.encode(), f"letters:{mail_id}".encode(), sha256).hexdigest()[:32]
