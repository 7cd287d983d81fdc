"""Whom a page named, and as they were then: what is pressed on an old page is not done again, nor to others."""

import hashlib
from collections.abc import Iterable

from matchmaker.store.people.registrations import Registration


def as_shown(people: Iterable[Registration | str], codes: Iterable[str] = ()) -> str:
    """Return signs that differ where others are named, or one of them has another state, or was invited since.

    Of many people the database has written these: see `listed_people.ListPart`. `codes` are when the personal codes
    that would end were made.
    """
    named = [
        one if isinstance(one, str) else f"{one.id} {one.state.value} {one.invited_at}" for one in people
    ]
    return hashlib.sha256("\n".join([*sorted(named), *sorted(codes)]).encode()).hexdigest()[:16]
