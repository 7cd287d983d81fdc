"""Who is on the list of an event and has neither been invited nor seen its privacy notice."""

from sqlalchemy import exists, select

from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session


def untold(session: Session, event_id: int) -> set[int]:
    """Return the people of an event who were not told what is kept about them: a list said their yes. One query."""
    told = exists().where(
        BasisRecord.registration_id == Registration.id, BasisRecord.kind == BasisKind.NOTICE
    )
    theirs = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.invited_at.is_(None), ~told
    )
    return set(session.scalars(theirs))
