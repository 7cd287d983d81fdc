"""Files that were made or uploaded, kept in the database because the machines of an installation share no disk."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, LargeBinary, Select, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, new_public_id, now
from matchmaker.store.session import Session, plainly

LABELS = "label-"
"""How the names of sheets about labels begin."""


class File(Base):
    """A file of an event; `purge_at` is when it goes by itself, `pages` how many a PDF of ours has."""

    __tablename__ = "file"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(120))
    pages: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    purge_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


def by_public_id(session: Session, event_id: int, public_id: str) -> File | None:
    """Return a file of this event, as an address in the browser names it."""
    return session.scalar(select(File).where(File.event_id == event_id, File.public_id == public_id))


def by_name(session: Session, event_id: int, name: str) -> File | None:
    """Return the newest file of this event with this name."""
    return session.scalar(
        select(File).where(File.event_id == event_id, File.name == name).order_by(File.id.desc()).limit(1)
    )


def newest(session: Session, event_id: int, start: str) -> File | None:
    """Return the newest file of this event whose name begins with `start`."""
    named = File.event_id == event_id, File.name.startswith(start, autoescape=True)
    return session.scalar(select(File).where(*named).order_by(File.id.desc()).limit(1))


def of_event(session: Session, event_id: int) -> list[File]:
    """Return the files of this event, newest first."""
    return list(session.scalars(_of_event(), {"event": event_id}))


def names(session: Session, event_id: int) -> list[str]:
    """Return the names of the files of this event."""
    return list(plainly(session, _of_event().with_only_columns(File.name), {"event": event_id}).scalars())


@cache
def _of_event() -> Select[File]:
    return select(File).where(File.event_id == bindparam("event")).order_by(File.id.desc())


def any_named(session: Session, event_id: int, start: str) -> bool:
    """Return whether there is a file of this event whose name begins with `start`."""
    named = select(File.id).where(File.event_id == event_id, File.name.startswith(start, autoescape=True))
    return session.scalar(named.limit(1)) is not None


def remove_named(session: Session, event_id: int, start: str) -> None:
    """Remove the files of this event whose names begin with `start`."""
    session.execute(
        delete(File).where(File.event_id == event_id, File.name.startswith(start, autoescape=True))
    )


def purge(session: Session, at: datetime) -> None:
    """Remove the files whose time has come by `at`."""
    session.execute(delete(File).where(File.purge_at <= at))


def remove_labels(session: Session) -> None:
    """Remove the sheets about labels of every event: a label names people whatever event they come to."""
    session.execute(delete(File).where(File.name.startswith(LABELS, autoescape=True)))


def remove_all(session: Session, event_ids: Collection[int]) -> None:
    """Remove every file of these events, whatever its time."""
    session.execute(delete(File).where(among(File.event_id, event_ids)))
