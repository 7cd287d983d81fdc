"""Encounters: what somebody says, for themselves, of having met another at an event; and what they would share."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matchmaker.store.base import Base, UtcDateTime, choice, now, one_of
from matchmaker.store.people.people import Person

NEXT_LONGEST = 500
WAYS = ("email", "phone", "link")
"""What people can give each other to keep in touch; each has a column `share_…`."""


class Useful(enum.StrEnum):
    """How useful a meeting was to one of its people."""

    VERY = "very"
    SOMEWHAT = "somewhat"
    NOT = "not"


class Encounter(Base):
    """What a person says of having met another at an event; one at a time, and the other never reads it.

    `took_place`, `knew_before` and `useful` are None where they did not say. `next_step` is a note to oneself.
    `share_email`, `share_phone` and `share_link` are what they give the other if that one gives them something, too.
    """

    __tablename__ = "encounter"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "other_id"),
        one_of("useful", Useful),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    took_place: Mapped[bool | None]
    knew_before: Mapped[bool | None]
    useful: Mapped[Useful | None] = mapped_column(choice(Useful))
    next_step: Mapped[str] = mapped_column(String(NEXT_LONGEST), default="")
    share_email: Mapped[bool] = mapped_column(default=False)
    share_phone: Mapped[bool] = mapped_column(default=False)
    share_link: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    other: Mapped[Person] = relationship(foreign_keys=[other_id])

    @property
    def shares(self) -> tuple[str, ...]:
        """Which of the `WAYS` they would share."""
        return tuple(way for way in WAYS if getattr(self, f"share_{way}"))

    def share(self, ways: Collection[str]) -> None:
        """Share these ways, and no other."""
        for way in WAYS:
            setattr(self, f"share_{way}", way in ways)


@dataclass(frozen=True)
class EncounterCounts:
    """How many people said of a meeting whether it took place, how many that it did, and how useful it was."""

    asked: int
    took_place: int
    useful: dict[Useful, int]


def one(session: Session, event_id: int, person_id: int, other_id: int) -> Encounter | None:
    """Return what this person says of having met that one."""
    return session.scalar(
        select(Encounter).where(
            Encounter.event_id == event_id, Encounter.person_id == person_id, Encounter.other_id == other_id
        )
    )


def of_person(session: Session, event_id: int, person_id: int) -> list[Encounter]:
    """Return what a person says of others at an event, and what others say of them: one query."""
    return list(session.scalars(_of_person(), {"event": event_id, "person": person_id}))


@cache
def _of_person() -> Select[Encounter]:
    """Return the question of `of_person`, which is put together once."""
    said = or_(Encounter.person_id == bindparam("person"), Encounter.other_id == bindparam("person"))
    return select(Encounter).where(Encounter.event_id == bindparam("event"), said).order_by(Encounter.id)


def denied(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return of whom a person said at an event that they did not meet, by id: one query."""
    return _of_whom(session, event_id, person_id, Encounter.took_place.is_(False))


def noted(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return of whom a person said something at an event, and not that they did not meet, by id: one query."""
    return _of_whom(session, event_id, person_id, Encounter.took_place.is_not(False))


def _of_whom(session: Session, event_id: int, person_id: int, so: ColumnElement[bool]) -> set[int]:
    said = select(Encounter.other_id).where(
        Encounter.event_id == event_id, Encounter.person_id == person_id, so
    )
    return set(session.scalars(said))


def told(session: Session, event_id: int) -> EncounterCounts:
    """Return in numbers what people at an event said of their meetings: one query."""
    row = session.execute(
        select(
            func.count(Encounter.took_place),
            *(
                func.coalesce(func.sum(case((which, 1), else_=0)), 0)
                for which in (Encounter.took_place.is_(True), *(Encounter.useful == kind for kind in Useful))
            ),
        ).where(Encounter.event_id == event_id)
    ).one()
    asked, took_place, *useful = row
    return EncounterCounts(asked, took_place, dict(zip(Useful, useful, strict=True)))
