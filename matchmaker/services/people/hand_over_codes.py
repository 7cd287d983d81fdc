"""Handing over a file of personal codes: for an hour, to the browser that asked for it and to nobody else.

The codes themselves are kept nowhere. What the file is made of lies in the database as what only the installation's
secret and a random id in that browser's cookie can open together; so a page can lead to it, and it can be
downloaded twice.
"""

import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from matchmaker.documents.people.codes import PrintedCode
from matchmaker.store.files import File
from matchmaker.store.session import Session

LASTS = timedelta(hours=1)


def keep(
    session: Session,
    event_id: int,
    name: str,
    media_type: str,
    codes: Sequence[PrintedCode],
    secret_key: str,
    at: datetime,
) -> tuple[str, str]:
    """Keep for an hour what a file is made of; return its public id, and the key, which is kept nowhere here."""
    key = secrets.token_urlsafe(24)
    plain = json.dumps([asdict(code) for code in codes]).encode()
    file = File(
        event_id=event_id,
        name=name,
        media_type=media_type,
        content=_cipher(secret_key, key).encrypt(plain),
        made_at=at,
        purge_at=at + LASTS,
    )
    session.add(file)
    session.flush()
    return file.public_id, key


def opened(file: File | None, key: str, secret_key: str, at: datetime) -> list[PrintedCode]:
    """Return the codes of a file; none if its hour is over, it is gone, or this is not its key."""
    if file is None or file.purge_at <= at:
        return []
    try:
        plain = _cipher(secret_key, key).decrypt(file.content)
    except InvalidToken:
        return []
    return [PrintedCode(**code) for code in json.loads(plain)]


def _cipher(secret_key: str, key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(secret_key.encode(), b"codes " + key.encode(), "sha256")))
