"""Organisations that look alike and are two: an organiser said so, and is not asked again."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base, new_public_id


class ApartOrganisations(Base):
    """Two names of organisations, as they are compared, that are not one at this event; `a` is the first of them.

    `a_written` and `b_written` are how they were written when that was said.
    """

    __tablename__ = "apart_organisations"
    __table_args__ = (UniqueConstraint("event_id", "a", "b"), CheckConstraint("a <> b", name="two"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    a: Mapped[str] = mapped_column(Text)
    b: Mapped[str] = mapped_column(Text)
    a_written: Mapped[str] = mapped_column(Text)
    b_written: Mapped[str] = mapped_column(Text)


def at_event(session: Session, event_id: int) -> list[ApartOrganisations]:
    """Return all pairs of an event, in the order in which they were said."""
    return list(
        session.scalars(
            select(ApartOrganisations)
            .where(ApartOrganisations.event_id == event_id)
            .order_by(ApartOrganisations.id)
        )
    )


def by_public_id(session: Session, event_id: int, public_id: str) -> ApartOrganisations | None:
    """Return the pair of this event that a button names."""
    return session.scalar(
        select(ApartOrganisations).where(
            ApartOrganisations.event_id == event_id, ApartOrganisations.public_id == public_id
        )
    )
