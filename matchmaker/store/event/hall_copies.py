"""That an event runs in the hall: when its copy was taken out, and what became of it.

While a copy is out, the event here is read-only. At most one of an event is out at a time; the database holds that.
"""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.event.events import Event


class HallCopyState(enum.StrEnum):
    """Where the copy is: out in the hall, brought back, or given up."""

    OUT = "out"
    BACK = "back"
    GIVEN_UP = "given up"


class HallCopy(Base):
    """One taking out of an event.

    `first_id` is above every id that this installation gives while the copy is out: rows that are new in the hall get
    higher ones, so that none of them meets one of ours. `rows_sum` is the SHA-256 of what was taken out.
    """

    __tablename__ = "hall_copy"
    __table_args__ = (
        one_of("state", HallCopyState),
        Index(
            "uq_hall_copy_event_id_out",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'out'"),
            postgresql_where=text("state = 'out'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    state: Mapped[HallCopyState] = mapped_column(choice(HallCopyState), default=HallCopyState.OUT)
    first_id: Mapped[int]
    rows_sum: Mapped[str] = mapped_column(String(64))
    taken_out_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def by_public_id(session: Session, public_id: str) -> HallCopy | None:
    """Return the copy that a file names, held until the transaction ends: two who bring it back wait in turn."""
    return session.scalar(select(HallCopy).where(HallCopy.public_id == public_id).with_for_update())


def out(session: Session, event_id: int) -> HallCopy | None:
    """Return the copy of an event that is out in the hall, if one is."""
    query = select(HallCopy).where(HallCopy.event_id == event_id, HallCopy.state == HallCopyState.OUT)
    return session.scalar(query)


def all_out(session: Session) -> list[tuple[Event, HallCopy]]:
    """Return every event whose copy is out, with that copy, the longest out first."""
    query = select(Event, HallCopy).join(HallCopy).where(HallCopy.state == HallCopyState.OUT)
    return [(event, copy) for event, copy in session.execute(query.order_by(HallCopy.taken_out_at))]


def end(session: Session, event: Event, copy: HallCopy, state: HallCopyState, at: datetime) -> None:
    """Let the event be changed here again, and keep what became of the copy."""
    event.in_hall_since = None
    copy.state, copy.ended_at = state, at
    session.flush()
