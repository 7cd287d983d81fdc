"""An email address that a link brings along, closed so that nobody reads it there.

Addresses of pages stand in the logs of servers, in the history of a browser, and in whatever looks into mail. So a
link holds the email address encrypted with the installation's secret. It opens nothing: it only fills in a field.
"""

import hmac
from base64 import urlsafe_b64encode
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken

NAME = "to"
"""What a link calls it."""


def sealed(secret_key: str, email: str) -> str:
    """Return an email address as a link may hold it; each time in other letters."""
    return _cipher(secret_key).encrypt(email.encode()).decode().rstrip("=")


def opened(secret_key: str, asked: str) -> str:
    """Return the email address that a link holds, or "" if it was not sealed here."""
    try:
        return _cipher(secret_key).decrypt(asked + "=" * (-len(asked) % 4)).decode()
    except (InvalidToken, ValueError):
        return ""


def with_address(link: str, secret_key: str, email: str) -> str:
    """Return a link that brings an email address along; without one it stays as it is."""
    if not email:
        return link
    return f"{link}{'&' if '?' in link else '?'}{urlencode({NAME: sealed(secret_key, email)})}"


def _cipher(secret_key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(secret_key.encode(), b"address in a link", "sha256")))
