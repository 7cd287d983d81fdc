"""Mail: the outbox. A row is written in the transaction of the change it is about, and sent after the commit."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    bindparam,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, new_public_id, now

MOST_ATTEMPTS = 8
CLAIM = timedelta(minutes=5)
"""For so long a claim holds: its worker has sent the letter by then, or was killed over it."""
SUBJECT_LONGEST = 300
"""Titles of datasets can be longer; the letter itself holds the whole title."""


class Mail(Base):
    """A letter to one address.

    `due_at` is when it may be sent (again); `claimed_at` guards it while one worker sends it; `problem` is
    the last refusal. A letter loses its text once sent. `about_id` is somebody the letter names: it goes when they
    are erased.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_unsent", "sent_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    to: Mapped[str] = mapped_column(String(254))
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(SUBJECT_LONGEST))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(Text, default="")


def _waits(at: datetime) -> ColumnElement[bool]:
    """A letter that has not left, and that no worker has now: an old claim whose worker never sent it is none."""
    return Mail.sent_at.is_(None) & (Mail.claimed_at.is_(None) | (Mail.claimed_at < at - CLAIM))


def due_ids(session: Session, at: datetime, most: int, kinds: Collection[str] = ()) -> list[int]:
    """Return the ids of up to `most` letters to send now, of these kinds or of all.

    Letters of no event come first, as somebody waits at a screen for the code in them; then the oldest.
    """
    return list(
        session.scalars(
            select(Mail.id)
            .where(
                _waits(at),
                Mail.due_at <= at,
                Mail.attempts < MOST_ATTEMPTS,
                Mail.kind.in_(kinds) if kinds else true(),
            )
            .order_by(Mail.event_id.is_not(None), Mail.id)
            .limit(most)
        )
    )


def put_off(session: Session, at: datetime, until: datetime, problem: str) -> None:
    """Let all letters that are due wait, as none can leave now; it counts as no attempt. One statement."""
    session.execute(
        update(Mail)
        .where(
            Mail.sent_at.is_(None),
            Mail.due_at <= at,
            Mail.attempts < MOST_ATTEMPTS,
            Mail.claimed_at.is_(None),
        )
        .values(due_at=until, problem=problem[:1000])
        .execution_options(synchronize_session=False)
    )


def claim(session: Session, mail_id: int, at: datetime) -> Mail | None:
    """Take a letter for sending, or None if another worker has it or it is sent. One atomic UPDATE."""
    taken = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, _waits(at), Mail.attempts < MOST_ATTEMPTS)
        .values(claimed_at=at, attempts=Mail.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], taken).rowcount != 1:
        return None
    return session.get(Mail, mail_id, populate_existing=True)


def last_left(session: Session, event_id: int, person_id: int, at: datetime) -> datetime | None:
    """Return when the last letter about an event left for a person, or a worker took one up to send it now."""
    under_way = (Mail.sent_at.is_(None)) & (Mail.claimed_at >= at - CLAIM)
    return session.scalar(
        select(func.max(func.coalesce(Mail.sent_at, Mail.claimed_at))).where(
            Mail.event_id == event_id, Mail.person_id == person_id, Mail.sent_at.is_not(None) | under_way
        )
    )


def wait(session: Session, event_id: int, person_id: int, at: datetime, until: datetime) -> None:
    """Let the letters about an event that are due to a person wait; it counts as no attempt."""
    session.execute(
        update(Mail)
        .where(
            Mail.event_id == event_id,
            Mail.person_id == person_id,
            _waits(at),
            Mail.due_at <= at,
        )
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


def due_together(session: Session, letter: Mail, at: datetime) -> list[int]:
    """Return the ids of a letter and of all others about its event that are due to its reader at the same address."""
    others = session.scalars(
        select(Mail.id)
        .where(
            Mail.event_id == letter.event_id,
            Mail.person_id == letter.person_id,
            Mail.to == letter.to,
            Mail.id != letter.id,
            _waits(at),
            Mail.due_at <= at,
            Mail.attempts < MOST_ATTEMPTS,
        )
        .order_by(Mail.id)
    )
    return [letter.id, *others]


def latest(session: Session, limit: int = 100) -> list[Mail]:
    """Return the newest letters, newest first."""
    return list(session.scalars(select(Mail).order_by(Mail.id.desc()).limit(limit)))


def count_about(session: Session, person_id: int, about_id: int, since: datetime) -> int:
    """Return how many letters a person was written about somebody since then."""
    return (
        session.scalar(
            select(func.count()).where(
                Mail.person_id == person_id, Mail.about_id == about_id, Mail.written_at >= since
            )
        )
        or 0
    )


def to_person(session: Session, person_id: int) -> list[Mail]:
    """Return the letters that were written to a person, oldest first."""
    return list(session.scalars(_to_person(), {"person": person_id}))


@cache
def _to_person() -> Select[Mail]:
    return select(Mail).where(Mail.person_id == bindparam("person")).order_by(Mail.id)


def told(session: Session, event_id: int, person_id: int, about_id: int, kind: str) -> bool:
    """Say whether an event has ever written a letter of this kind to a person about somebody."""
    query = select(Mail.id).where(
        Mail.event_id == event_id, Mail.person_id == person_id, Mail.about_id == about_id, Mail.kind == kind
    )
    return session.scalar(query.limit(1)) is not None


def by_public_id(session: Session, public_id: str) -> Mail | None:
    """Return the letter an address in the browser names."""
    return session.scalar(select(Mail).where(Mail.public_id == public_id))


def forget_letters(session: Session, event_id: int, to: str, kind: str) -> None:
    """Remove the letters of a kind that an event sent, or was to send, to an address."""
    session.execute(delete(Mail).where(Mail.event_id == event_id, Mail.to == to, Mail.kind == kind))


def forget_unsent(session: Session, event_id: int, person_id: int) -> None:
    """Remove the letters of an event to a person, or about them, that have not left: they are off its list."""
    theirs = (Mail.person_id == person_id) | (Mail.about_id == person_id)
    session.execute(delete(Mail).where(Mail.event_id == event_id, theirs, Mail.sent_at.is_(None)))


def refused(session: Session, event_id: int, most: int | None = None) -> list[Mail]:
    """Return the letters of an event that were refused at least once and not sent since, newest first."""
    return list(
        session.scalars(
            select(Mail)
            .where(Mail.event_id == event_id, Mail.sent_at.is_(None), Mail.problem != "")
            .order_by(Mail.id.desc())
            .limit(most)
        )
    )


def count_refused(session: Session, event_id: int) -> int:
    """Return how many letters `refused` finds."""
    return session.scalar(counting_refused(), {"event": event_id}) or 0


@cache
def counting_refused() -> Select[int]:
    """Return the question of `count_refused`, for an `event`."""
    here = Mail.event_id == bindparam("event")
    return select(func.count()).where(here, Mail.sent_at.is_(None), Mail.problem != "")


def unsent(session: Session, event_ids: Collection[int], kind: str) -> list[Mail]:
    """Return the letters of this kind at these events that have not left yet."""
    return list(
        session.scalars(
            select(Mail).where(among(Mail.event_id, event_ids), Mail.kind == kind, Mail.sent_at.is_(None))
        )
    )
