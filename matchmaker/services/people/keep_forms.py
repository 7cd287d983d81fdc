"""Keep what somebody sent after their session had ended until they have signed in again.

It is encrypted with the installation's secret and the random id that only the sender's browser holds, so that
neither a copy of the database nor another browser can read it; and it is given back to nobody but its sender.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from matchmaker.store.people import kept_forms
from matchmaker.store.people.kept_forms import KeptForm
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

KEPT_FOR = timedelta(hours=1)
MOST = 20
"""So many forms of one person are kept, the newest."""
LONGEST = 1_000_000
"""So many bytes of a form are kept; a longer one is none that somebody typed."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Safe:
    """What opens the kept forms of one browser: the installation's secret and the id in the browser's cookie."""

    secret_key: str
    browser: str

    @property
    def place(self) -> str:
        """The name under which this browser's forms lie in the database."""
        return hashlib.sha256(b"place " + self.browser.encode()).hexdigest()

    @property
    def cipher(self) -> Fernet:
        """What encrypts and decrypts them."""
        key = hmac.digest(self.secret_key.encode(), b"kept form " + self.browser.encode(), "sha256")
        return Fernet(urlsafe_b64encode(key))


def new_browser() -> str:
    """Return an id for a browser's cookie."""
    return secrets.token_urlsafe(24)


def keep(session: Session, safe: Safe, person: Person, path: str, sent: Pairs, at: datetime) -> bool:
    """Keep what a person sent to an address; say whether it was, as it may be too long."""
    plain = json.dumps(list(sent)).encode()
    if len(plain) > LONGEST or len(path) > 1000:
        return False
    kept_forms.remove(session, person.id, safe.place, path)
    row = KeptForm(
        person_id=person.id,
        browser=safe.place,
        path=path,
        content=safe.cipher.encrypt(plain),
        purge_at=at + KEPT_FOR,
    )
    session.add(row)
    session.flush()
    kept_forms.keep_newest(session, person.id, MOST)
    return True


def kept(session: Session, safe: Safe, person: Person, at: datetime) -> dict[str, Pairs]:
    """Return what is kept of this person from this browser, by address, the newest first."""
    found: dict[str, Pairs] = {}
    for row in kept_forms.of_browser(session, person.id, safe.place, at):
        try:
            found[row.path] = [(name, value) for name, value in json.loads(safe.cipher.decrypt(row.content))]
        except InvalidToken:
            # The installation has another secret since; what nobody can read is as good as gone.
            continue
    return found


def forget(session: Session, safe: Safe, person: Person, path: str) -> None:
    """Delete what was kept of a person's form for an address: it has been saved, or they do not want it."""
    kept_forms.remove(session, person.id, safe.place, path)
