"""Codes of badges: what a scanner reads, or somebody types, at the desk."""

import secrets

BADGE_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""What badge codes are made of: no vowels, so no code is a word, and nothing that reads like another sign."""
BADGE_LENGTH = 9


def new_badge_code() -> str:
    """Return the code of a badge, 43 bits: it says nothing by itself, and can be typed where it cannot be scanned."""
    return "".join(secrets.choice(BADGE_SIGNS) for _ in range(BADGE_LENGTH))


def badge_code_in(typed: str) -> str | None:
    """Return the badge code that was scanned or typed, in any case and with spaces or hyphens; None if it is none.

    >>> badge_code_in(" k7f-3qx-b29 "), badge_code_in("Lynch"), badge_code_in("K7F3QXBA9")
    ('K7F3QXB29', None, None)
    """
    code = "".join(sign for sign in typed.upper() if sign not in " -")
    return code if len(code) == BADGE_LENGTH and set(code) <= set(BADGE_SIGNS) else None
