"""Handing over a file of personal codes: for an hour, to the browser that asked for it and to nobody else.

The codes themselves are kept nowhere. The file lies in the database as what only the installation's secret and a
random id in that browser's cookie can open together; so a page can lead to it, and it can be downloaded twice.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from matchmaker.store.files import File
from matchmaker.store.session import Session

LASTS = timedelta(hours=1)


def keep(
    session: Session, event_id: int, name: str, media_type: str, content: bytes, secret_key: str, at: datetime
) -> tuple[str, str]:
    """Keep a file for an hour; return its public id, and the key that opens it, which is kept nowhere here."""
    key = secrets.token_urlsafe(24)
    file = File(
        event_id=event_id,
        name=name,
        media_type=media_type,
        content=_cipher(secret_key, key).encrypt(content),
        made_at=at,
        purge_at=at + LASTS,
    )
    session.add(file)
    session.flush()
    return file.public_id, key


def opened(file: File | None, key: str, secret_key: str, at: datetime) -> bytes | None:
    """Return what a file holds; None if its hour is over, it is gone, or this is not its key."""
    if file is None or file.purge_at <= at:
        return None
    try:
        return _cipher(secret_key, key).decrypt(file.content)
    except InvalidToken:
        return None


def _cipher(secret_key: str, key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(secret_key.encode(), b"codes " + key.encode(), "sha256")))
