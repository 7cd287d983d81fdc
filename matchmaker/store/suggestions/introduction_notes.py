"""Short notes between two people who both want to meet: one from each, once, and no chat."""

from datetime import datetime
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matchmaker.store.base import Base, UtcDateTime, new_public_id, now
from matchmaker.store.people.people import Person

NOTE_LONGEST = 500


class IntroductionNote(Base):
    """What one of two introduced people wrote to the other; `moderated`: an organiser hides it."""

    __tablename__ = "introduction_note"
    __table_args__ = (
        UniqueConstraint("event_id", "writer_id", "reader_id"),
        CheckConstraint("writer_id <> reader_id", name="not_to_oneself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    writer_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(String(NOTE_LONGEST))
    moderated: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    writer: Mapped[Person] = relationship(foreign_keys=[writer_id])
    reader: Mapped[Person] = relationship(foreign_keys=[reader_id])


def one(session: Session, event_id: int, writer_id: int, reader_id: int) -> IntroductionNote | None:
    """Return what one person wrote to another at an event."""
    return session.scalar(
        select(IntroductionNote).where(
            IntroductionNote.event_id == event_id,
            IntroductionNote.writer_id == writer_id,
            IntroductionNote.reader_id == reader_id,
        )
    )


def writers(session: Session, event_id: int, reader_id: int) -> frozenset[int]:
    """Return the ids of those who wrote a note that somebody can read at an event."""
    return frozenset(
        session.scalars(
            select(IntroductionNote.writer_id).filter_by(
                event_id=event_id, reader_id=reader_id, moderated=False
            )
        )
    )


def of_person(session: Session, person_id: int) -> list[IntroductionNote]:
    """Return the notes that a person wrote or that were written to them, oldest first."""
    return list(session.scalars(_of_person(), {"person": person_id}))


@cache
def _of_person() -> Select[IntroductionNote]:
    """Return the question of `of_person`, which is put together once."""
    mine = IntroductionNote.writer_id == bindparam("person")
    theirs = or_(mine, IntroductionNote.reader_id == bindparam("person"))
    return select(IntroductionNote).where(theirs).order_by(IntroductionNote.id)
