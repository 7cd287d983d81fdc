"""Imports: an uploaded file that waits for a yes, and what somebody said each of its columns holds."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matchmaker.store.base import Base, Json, JsonObject, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.files import File


class ImportKind(enum.StrEnum):
    """What an uploaded file lists."""

    ATTENDEES = "attendees"
    CATALOGUE = "catalogue"


class ImportState(enum.StrEnum):
    """Nothing of a waiting import is kept but its file."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Import(Base):
    """An upload. `mapping` is column heading → field for attendees; `summary` counts what was done.

    `decisions` is what an organiser said of single lines: `keep` and `out` are lists of lines, `right` goes from line
    to field to the value that stands in place of what the file says.
    """

    __tablename__ = "import"
    __table_args__ = (one_of("kind", ImportKind), one_of("state", ImportState))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ImportKind] = mapped_column(choice(ImportKind))
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.WAITING)
    file_name: Mapped[str] = mapped_column(String(300))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id", ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(String(100), default="")
    mapping: Mapped[JsonObject] = mapped_column(Json, default=dict)
    summary: Mapped[JsonObject] = mapped_column(Json, default=dict)
    decisions: Mapped[JsonObject] = mapped_column(Json, default=dict)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    file: Mapped[File | None] = relationship()

    @property
    def lacks_source(self) -> bool:
        """Whether it is a catalogue of which nobody has said yet where it is from."""
        return self.kind is ImportKind.CATALOGUE and not self.source


class ColumnMeaning(Base):
    """That a column heading means a field, as an organiser once said; remembered for the next file."""

    __tablename__ = "column_meaning"
    __table_args__ = (UniqueConstraint("event_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    heading: Mapped[str] = mapped_column(String(300))
    field: Mapped[str] = mapped_column(String(40))


def by_public_id(session: Session, event_id: int, public_id: str) -> Import | None:
    """Return an import of this event, as an address in the browser names it."""
    return session.scalar(select(Import).where(Import.event_id == event_id, Import.public_id == public_id))


def at_event(session: Session, event_id: int) -> list[Import]:
    """Return the confirmed imports of an event, newest first."""
    return list(
        session.scalars(
            select(Import)
            .where(Import.event_id == event_id, Import.state == ImportState.CONFIRMED)
            .order_by(Import.id.desc())
        )
    )


def waiting(session: Session, event_id: int) -> list[Import]:
    """Return the uploads of an event that wait for a yes, newest first."""
    return list(
        session.scalars(
            select(Import)
            .where(Import.event_id == event_id, Import.state == ImportState.WAITING)
            .order_by(Import.id.desc())
        )
    )


def waiting_with(
    session: Session, event_id: int, kind: ImportKind, name: str, data: bytes, source: str
) -> Import | None:
    """Return an upload of just this file that waits for a yes, if there is one.

    Of catalogues it is one from this source, or of which nobody has said where it is from.
    """
    alike = (
        select(Import)
        .join(Import.file)
        .where(
            Import.event_id == event_id,
            Import.kind == kind,
            Import.state == ImportState.WAITING,
            Import.file_name == name,
            Import.source.in_(("", source)),
            func.length(File.content) == len(data),
        )
        .order_by(Import.id)
    )
    return next((one for one in session.scalars(alike) if one.file and one.file.content == data), None)


def sources(session: Session) -> list[str]:
    """Return where catalogues came from so far, the latest first."""
    rows = session.scalars(select(Import.source).where(Import.source != "").order_by(Import.id.desc()))
    return list(dict.fromkeys(rows))


def meanings(session: Session, event_id: int) -> dict[str, str]:
    """Return what organisers of this event said its column headings mean: heading → field."""
    rows = session.scalars(
        select(ColumnMeaning).where(ColumnMeaning.event_id == event_id).order_by(ColumnMeaning.id)
    )
    return {row.heading: row.field for row in rows}


def remember(session: Session, event_id: int, heading: str, field: str) -> None:
    """Keep that `heading` means `field` at this event, in place of what was said before."""
    heading = heading[:300]
    row = session.scalar(
        select(ColumnMeaning).where(ColumnMeaning.event_id == event_id, ColumnMeaning.heading == heading)
    )
    if row is None:
        session.add(ColumnMeaning(event_id=event_id, heading=heading, field=field))
    else:
        row.field = field
