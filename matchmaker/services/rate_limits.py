"""The rate limit: a line in the ledger for every try, whatever came of it, and a refusal past so many.

The ledger is shared by all processes, and holds keyed hashes only. The caller commits it also when it refuses.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaker.store.people import sign_in_codes
from matchmaker.store.people.sign_in_codes import Attempt
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Limit:
    """At most `most` lines of a kind in the ledger within `within`."""

    most: int
    within: timedelta


class TooMany(Exception):  # noqa: N818 - it is an answer, not a fault
    """The limit is reached; try later."""


def keyed(secret_key: str, purpose: str, text: str) -> str:
    """Return the hash under which `text` is kept for a purpose: 64 hexadecimal digits."""
    return hmac.new(secret_key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def count_up(session: Session, secret_key: str, kind: str, whom: str, limit: Limit, at: datetime) -> bool:
    """Write one line in the ledger for `whom`; say whether that is still within the limit."""
    key = keyed(secret_key, kind, whom)
    session.add(Attempt(kind=kind, key=key, at=at))
    session.flush()
    return sign_in_codes.count_attempts(session, kind, key, at - limit.within) <= limit.most
