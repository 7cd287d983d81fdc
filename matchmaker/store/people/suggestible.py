"""Who is suggested to others at an event."""

from collections.abc import Collection

from sqlalchemy import select

from matchmaker.store.among import among
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session


def ids(session: Session, event_id: int) -> set[int]:
    """Return the ids of the people who are coming and do not object to being suggested."""
    return set(
        session.scalars(
            select(Registration.person_id).where(
                Registration.event_id == event_id, Registration.state.in_(COMING), Registration.suggestible
            )
        )
    )


def among_these(session: Session, event_id: int, person_ids: Collection[int]) -> set[int]:
    """Return those of these people who are coming and do not object to being suggested, by id: one query."""
    return set(
        session.scalars(
            select(Registration.person_id).where(
                Registration.event_id == event_id,
                among(Registration.person_id, person_ids),
                Registration.state.in_(COMING),
                Registration.suggestible,
            )
        )
    )
