"""Who is on the list of an event and has neither been invited nor seen its privacy notice."""

from functools import cache

from sqlalchemy import Select, bindparam, exists, select

from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session

_NOTICE = BasisRecord.kind == BasisKind.NOTICE
_TOLD = exists().where(BasisRecord.registration_id == Registration.id, _NOTICE)


def untold(session: Session, event_id: int) -> set[int]:
    """Return the people of an event who were not told what is kept about them: a list said their yes. One query."""
    theirs = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.invited_at.is_(None), ~_TOLD
    )
    return set(session.scalars(theirs))


def is_untold(session: Session, registration: Registration) -> bool:
    """Say whether somebody on the list was not told what is kept about them. One query, none of who was invited."""
    if registration.invited_at is not None:
        return False
    return not session.scalar(_told_of(), {"registration": registration.id})


@cache
def _told_of() -> Select[bool]:
    return select(exists().where(BasisRecord.registration_id == bindparam("registration"), _NOTICE))
