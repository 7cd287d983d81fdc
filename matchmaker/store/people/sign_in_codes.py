"""What is kept for signing in: hashed codes, and the ledger of attempts that all processes limit the rate by."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, now
from matchmaker.store.people.registrations import Registration


class MailedCode(Base):
    """A six-digit code that was mailed; a new one ends the old, so there is one row an address."""

    __tablename__ = "mailed_code"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonalCode(Base):
    """A longer code, printed at the desk or merged into a letter; a new one ends the old."""

    __tablename__ = "personal_code"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Attempt(Base):
    """That somebody tried something that is limited; `key` is a keyed hash of whom or where."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_key_at", "kind", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def count_attempts(session: Session, kind: str, key: str, since: datetime) -> int:
    """Return how often this was tried since then."""
    return (
        session.scalar(
            select(func.count()).where(Attempt.kind == kind, Attempt.key == key, Attempt.at >= since)
        )
        or 0
    )


def forget_attempts(session: Session, before: datetime) -> None:
    """Remove ledger lines and codes that no longer limit or open anything."""
    session.execute(delete(Attempt).where(Attempt.at < before))
    session.execute(delete(MailedCode).where(MailedCode.expires_at < before))
    session.execute(delete(PersonalCode).where(PersonalCode.expires_at < before))


def mailed_code(session: Session, email: str) -> MailedCode | None:
    """Return the code last mailed to an address."""
    return session.get(MailedCode, email)


def count_guess(session: Session, email: str, most: int) -> bool:
    """Use up one of the `most` guesses at the code of an address; False when none is left."""
    counted = session.execute(
        update(MailedCode)
        .where(MailedCode.email == email, MailedCode.attempts < most)
        .values(attempts=MailedCode.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], counted).rowcount == 1


def spend_mailed_code(session: Session, email: str, code_hash: str) -> bool:
    """Remove the code, so that it opens once; False if another request was faster. One atomic DELETE."""
    spent = session.execute(
        delete(MailedCode).where(MailedCode.email == email, MailedCode.code_hash == code_hash)
    )
    return cast(CursorResult[Any], spent).rowcount == 1


def personal_code(session: Session, code_hash: str) -> PersonalCode | None:
    """Return the personal code with this hash."""
    return session.scalar(select(PersonalCode).where(PersonalCode.code_hash == code_hash))


def hand_over(session: Session, gone_id: int, keep_id: int) -> None:
    """Let the code of one registration open another that has none: it is printed, and in its person's hands."""
    if session.get(PersonalCode, keep_id) is None:
        session.execute(
            update(PersonalCode)
            .where(PersonalCode.registration_id == gone_id)
            .values(registration_id=keep_id)
            .execution_options(synchronize_session=False)
        )


def personal_codes(session: Session, registration_ids: Collection[int]) -> dict[int, PersonalCode]:
    """Return the personal codes of these registrations, by registration: one query."""
    found = session.scalars(select(PersonalCode).where(among(PersonalCode.registration_id, registration_ids)))
    return {row.registration_id: row for row in found}


def made_at(session: Session, event_id: int, conditions: Collection[ColumnElement[bool]]) -> list[str]:
    """Return when the personal codes of the registrations that meet the conditions were made, in no order: one query.

    Each is as the database writes it, as they are only compared.
    """
    made = func.aggregate_strings(PersonalCode.made_at.cast(String), "\n")
    query = (
        select(made)
        .join(Registration, Registration.id == PersonalCode.registration_id)
        .join(Registration.person)
        .where(Registration.event_id == event_id, *conditions)
    )
    return (session.scalar(query) or "").splitlines()


def forget_mailed_code(session: Session, email: str) -> None:
    """Remove the code last mailed to an address."""
    session.execute(delete(MailedCode).where(MailedCode.email == email))


def end_personal_codes(session: Session, person_id: int) -> None:
    """End every personal code of a person, at every event."""
    own = select(Registration.id).where(Registration.person_id == person_id)
    session.execute(delete(PersonalCode).where(PersonalCode.registration_id.in_(own)))
