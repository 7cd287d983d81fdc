"""Who is coming to an event, and when they said so and told of themselves: plain values, for numbers by day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState


@dataclass(frozen=True)
class Answered:
    """Somebody on the list; `yes_at` and `profile_at` carry a zone and are None for what they have not done."""

    person_id: int
    organisation: str
    here: bool
    yes_at: datetime | None
    profile_at: datetime | None


def answered(session: Session, event_id: int) -> list[Answered]:
    """Return everybody who is coming or invited, by person. One query.

    Who said yes without the notice (their yes came in a list) did so when they were put on the list.
    """
    told = (
        select(BasisRecord.registration_id, func.min(BasisRecord.at).label("at"))
        .where(BasisRecord.kind == BasisKind.NOTICE)
        .group_by(BasisRecord.registration_id)
        .subquery()
    )
    rows = session.execute(
        select(Registration, Person.organisation, told.c.at)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(told, told.c.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.state.in_(COMING))
        .order_by(Registration.person_id)
    )
    return [
        Answered(
            one.person_id,
            organisation,
            one.presence is Presence.HERE,
            (at or one.created_at) if one.state is RegistrationState.CONFIRMED else None,
            one.profile_saved_at,
        )
        for one, organisation, at in rows
    ]
