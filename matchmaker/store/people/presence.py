"""Presence: what the desk records of a registration on the day."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from matchmaker.store.people.registrations import COMING, Presence, Registration


def put(session: Session, registration: Registration, presence: Presence, at: datetime | None) -> bool:
    """Record a presence unless it is recorded already; return whether it was new. One atomic UPDATE."""
    changed = session.execute(
        update(Registration)
        .where(Registration.id == registration.id, Registration.presence != presence)
        .values(presence=presence, presence_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(registration, ["presence", "presence_at"])
    return cast(CursorResult[Any], changed).rowcount == 1


def count_here(session: Session, event_id: int) -> tuple[int, int]:
    """Return how many of those who are coming are here, and how many are coming."""
    rows = session.execute(
        select(Registration.presence, func.count())
        .where(Registration.event_id == event_id, Registration.state.in_(COMING))
        .group_by(Registration.presence)
    )
    found = {presence: number for presence, number in rows}
    return found.get(Presence.HERE, 0), sum(found.values())
