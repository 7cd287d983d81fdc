"""Exclusions: two people whom an organiser, or an import, says must never be paired."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, joinedload, mapped_column, relationship

from matchmaker.store.base import Base, UtcDateTime, new_public_id, now
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState


class Exclusion(Base):
    """Never pair these two at this event; `a_id` is the lower id, so a pair is one row."""

    __tablename__ = "exclusion"
    __table_args__ = (
        UniqueConstraint("event_id", "a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    a_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    b_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    a: Mapped[Person] = relationship(foreign_keys=[a_id])
    b: Mapped[Person] = relationship(foreign_keys=[b_id])


def count(session: Session, event_id: int) -> int:
    """Return how many pairs are kept apart at an event."""
    return session.scalars(_number(), {"event": event_id}).one()


@cache
def _number() -> Select[int]:
    """Return the question of `count`, which is put together once."""
    return select(func.count()).where(Exclusion.event_id == bindparam("event"))


class ExcludedPair(NamedTuple):
    """Two people who are kept apart, by name, and why; `public_id` is the exclusion's."""

    public_id: str
    one: str
    other: str
    reason: str


def listed(session: Session, event_id: int, limit: int, offset: int) -> list[ExcludedPair]:
    """Return up to `limit` of the pairs that are kept apart at an event, oldest first: one query."""
    rows = session.execute(_listed(), {"event": event_id, "limit": limit, "offset": offset})
    return [ExcludedPair(*row) for row in rows]


@cache
def _listed() -> Select[str, str, str, str]:
    one, other = aliased(Person), aliased(Person)
    return (
        select(Exclusion.public_id, one.name, other.name, Exclusion.reason)
        .join(one, one.id == Exclusion.a_id)
        .join(other, other.id == Exclusion.b_id)
        .where(Exclusion.event_id == bindparam("event"))
        .order_by(Exclusion.id)
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


def at_event(session: Session, event_id: int, states: Sequence[RegistrationState]) -> list[Exclusion]:
    """Return the exclusions of those of an event who are in one of these states, oldest first.

    The person of the higher id comes with them, and that person's addresses.
    """
    listed = Registration.event_id == event_id, Registration.state.in_(states)
    return list(
        session.scalars(
            select(Exclusion)
            .where(
                Exclusion.event_id == event_id,
                Exclusion.a_id.in_(select(Registration.person_id).where(*listed)),
                Exclusion.b_id.in_(select(Registration.person_id).where(*listed)),
            )
            .options(joinedload(Exclusion.b).selectinload(Person.addresses))
            .order_by(Exclusion.id)
        )
    )


def pairs(session: Session, event_id: int) -> set[tuple[int, int]]:
    """Return the inside ids of every two who are kept apart at an event, the lower first: one query."""
    rows = session.execute(select(Exclusion.a_id, Exclusion.b_id).where(Exclusion.event_id == event_id))
    return {(a, b) for a, b in rows}


def between(session: Session, event_id: int, one_id: int, other_id: int) -> Exclusion | None:
    """Return the exclusion of these two people, in either order."""
    return session.scalar(
        select(Exclusion).where(
            Exclusion.event_id == event_id,
            Exclusion.a_id == min(one_id, other_id),
            Exclusion.b_id == max(one_id, other_id),
        )
    )


def by_public_id(session: Session, event_id: int, public_id: str) -> Exclusion | None:
    """Return the exclusion an address in the browser names, if it belongs to this event."""
    return session.scalar(
        select(Exclusion).where(Exclusion.event_id == event_id, Exclusion.public_id == public_id)
    )
