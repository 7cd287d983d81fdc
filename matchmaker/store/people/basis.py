"""The basis on which an event holds somebody's data: a dated record, with the wording they saw."""

import enum
from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Select, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, choice, now, one_of


class BasisKind(enum.StrEnum):
    """What a record says: told of the notice, objected, agreed, took that back; or what an organiser said of them."""

    NOTICE = "notice"
    OBJECTION = "objection"
    CONSENT = "consent"
    WITHDRAWAL = "withdrawal"
    ORGANISER = "organiser"


class BasisRecord(Base):
    """A dated record of the basis on which an event holds somebody's data, with the wording they saw."""

    __tablename__ = "basis_record"
    __table_args__ = (one_of("kind", BasisKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[BasisKind] = mapped_column(choice(BasisKind))
    wording: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def who_has(session: Session, registration_ids: Collection[int], kind: BasisKind) -> set[int]:
    """Return which of these registrations have a record of this kind. One query."""
    asked = select(BasisRecord.registration_id).where(
        among(BasisRecord.registration_id, registration_ids), BasisRecord.kind == kind
    )
    return set(session.scalars(asked))


def records(session: Session, registration_id: int) -> list[BasisRecord]:
    """Return the record of the basis for one registration, oldest first."""
    return list(session.scalars(_records(), {"registration": registration_id}))


@cache
def _records() -> Select[BasisRecord]:
    theirs = BasisRecord.registration_id == bindparam("registration")
    return select(BasisRecord).where(theirs).order_by(BasisRecord.id)
