"""Meanings: what the sentence model made of each text of an event, so that no text is read twice.

The numbers reveal something of what people wrote. So they belong to an event, and each time suggestions are worked
out, those whose text nobody there has any more are deleted: after an edit, an erasure, or when somebody leaves.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base
from matchmaker.store.event import events


class TextMeaning(Base):
    """A text of an event by its SHA-256, and its meaning as 16-bit floats; `model` names the weights."""

    __tablename__ = "text_meaning"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        CheckConstraint("length(model) = 64", name="model_is_sha256"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


def of_event(session: Session, event_id: int, model: str) -> dict[str, bytes]:
    """Return every meaning kept for an event, by the text's digest: one query."""
    rows = session.execute(
        select(TextMeaning.digest, TextMeaning.numbers).where(
            TextMeaning.event_id == event_id, TextMeaning.model == model
        )
    )
    return {digest: numbers for digest, numbers in rows}


def add(session: Session, event_id: int, model: str, found: Mapping[str, bytes]) -> None:
    """Keep meanings by the text's digest; what another worker has kept meanwhile stays."""
    events.lock(session, event_id)
    there = session.scalars(
        select(TextMeaning.digest).where(
            TextMeaning.event_id == event_id, TextMeaning.model == model, among(TextMeaning.digest, found)
        )
    )
    new = found.keys() - set(there)
    session.add_all(
        TextMeaning(event_id=event_id, model=model, digest=one, numbers=found[one]) for one in sorted(new)
    )
    session.flush()


def keep_only(session: Session, event_id: int, model: str, digests: Collection[str]) -> None:
    """Remove the meanings of an event's other texts, and what other models made of any."""
    here = TextMeaning.event_id == event_id
    session.execute(delete(TextMeaning).where(here, TextMeaning.model != model))
    kept = session.scalars(select(TextMeaning.digest).where(here))
    gone = set(kept) - set(digests)
    session.execute(delete(TextMeaning).where(here, among(TextMeaning.digest, gone)))
