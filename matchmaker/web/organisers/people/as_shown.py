"""Whom a page named, and as they were then: what is pressed on an old page is not done again, nor to others."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from matchmaker.store.people.listed_people import ListedPerson
from matchmaker.store.people.registrations import Registration


def as_shown(rows: Iterable[Registration | ListedPerson], codes: Iterable[datetime] = ()) -> str:
    """Return signs that differ where others are named, or one of them has another state, or was invited since.

    `codes` are when the personal codes that would end were made.
    """
    named = sorted(
        [
            one.stands
            if isinstance(one, ListedPerson)
            else f"{one.public_id} {one.state.value} {one.invited_at}"
            for one in rows
        ]
    )
    return hashlib.sha256(repr((named, sorted(map(str, codes)))).encode()).hexdigest()[:16]
