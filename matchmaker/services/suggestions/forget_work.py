"""Take out of what is kept why people should meet what somebody did for datasets, when nobody may read that any more.

Reasons are worked out once and kept with lists and plans. A name that is hidden and a credit that is hidden or taken
back must leave them at once, and not when they are next worked out.
"""

from collections.abc import Collection, Iterable

from matchmaker.matching.standings import EVERY_ROLE, ROLE_WORDS, without_work
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.plans import plans
from matchmaker.store.session import Session
from matchmaker.store.suggestions import suggestions


def forget_all(session: Session, person_id: int) -> None:
    """Take everything that somebody did for datasets out of lists and plans: three queries and what changes."""
    _forget(session, person_id, "", EVERY_ROLE)


def forget_one(session: Session, person_id: int, title: str, role: str) -> None:
    """Take one thing that somebody did for one dataset out of lists and plans."""
    _forget(session, person_id, title, {ROLE_WORDS[role]})


def _forget(session: Session, person_id: int, title: str, roles: Collection[str]) -> None:
    for event_id in suggestions.events_with(session, person_id):
        events.lock(session, event_id)
    for row in suggestions.with_person(session, person_id):
        side = "mine" if row.person_id == person_id else "theirs"
        found = (without_work(one, side, title, roles) for one in row.reasons)
        left = [dict(one) for one in found if one is not None]
        if left != row.reasons:
            # The question to begin with comes of one of the reasons, and may say the same.
            row.reasons, row.opening = left, ""
    for meeting in plans.meetings_with(session, person_id):
        kept = left_of(meeting.why, {person_id}, title, roles)
        if kept != meeting.why:
            meeting.why = kept
    session.flush()


def left_of(
    why: Iterable[JsonObject],
    person_ids: Collection[int],
    title: str = "",
    roles: Collection[str] = EVERY_ROLE,
) -> list[JsonObject]:
    """Return the reasons of a meeting without what these people did for datasets."""
    left = []
    for reason in why:
        found: JsonObject | None = reason
        for side, whose in (("mine", reason.get("reader")), ("theirs", reason.get("other"))):
            if found is not None and whose in person_ids:
                told = without_work(found, side, title, roles)
                found = None if told is None else dict(told)
        left += [] if found is None else [found]
    return left
