"""Outcomes: whether what somebody was stuck on at an event was solved, as they say some weeks later."""

import enum
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ForeignKey, Select, UniqueConstraint, and_, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from matchmaker.store.base import Base, UtcDateTime, choice, now, one_of
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState


class SolvedAnswer(enum.StrEnum):
    """Whether it is solved, or they would rather not say now."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not-now"


class StuckOutcome(Base):
    """What became of a dataset that a person was stuck on at an event; `helper_id` is who helped, if they say so."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("event_id", "person_id", "dataset_id"), one_of("said", SolvedAnswer))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    said: Mapped[SolvedAnswer] = mapped_column(choice(SolvedAnswer))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    dataset: Mapped[Dataset] = relationship()
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id])


def of_person(session: Session, event_id: int, person_id: int) -> list[StuckOutcome]:
    """Return what a person said of what they were stuck on at an event, by dataset title."""
    return list(session.scalars(_of_person(), {"event": event_id, "person": person_id}))


@cache
def _of_person() -> Select[StuckOutcome]:
    """Return the question of `of_person`, which is put together once."""
    return (
        select(StuckOutcome)
        .join(StuckOutcome.dataset)
        .where(StuckOutcome.event_id == bindparam("event"), StuckOutcome.person_id == bindparam("person"))
        .options(joinedload(StuckOutcome.helper))
        .order_by(Dataset.title_key, StuckOutcome.id)
    )


def stuck(session: Session, person_id: int) -> list[Dataset]:
    """Return the datasets that a person is stuck on, by title."""
    return list(
        session.scalars(
            select(Dataset)
            .join(Use, Use.dataset_id == Dataset.id)
            .where(Use.person_id == person_id, Use.kind == UseKind.STUCK, Dataset.merged_into_id.is_(None))
            .order_by(Dataset.title_key, Dataset.id)
        )
    )


def stuck_at(session: Session, event_id: int) -> dict[int, list[str]]:
    """Return the titles of what people who came to an event are stuck on, by person id: one query."""
    rows = session.execute(
        select(Use.person_id, Dataset.title)
        .join(Dataset, Dataset.id == Use.dataset_id)
        .join(Registration, Registration.person_id == Use.person_id)
        .where(
            Registration.event_id == event_id,
            Registration.state == RegistrationState.CONFIRMED,
            Registration.presence != Presence.ABSENT,
            Use.kind == UseKind.STUCK,
            Dataset.merged_into_id.is_(None),
        )
        .order_by(Use.person_id, Dataset.title_key, Dataset.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, title in rows:
        found.setdefault(person_id, []).append(title)
    return found


def to_be_asked(session: Session, held_by: date, erased_by: date, held_since: date) -> list[int]:
    """Return the ids of events whose people were not asked yet, oldest first.

    They were held between `held_since` and `held_by`; or later, but at least a week before `erased_by`, by which
    their data goes.
    """
    soon_gone = and_(Event.erase_on <= erased_by, Event.held_on <= erased_by - timedelta(days=14))
    return list(
        session.scalars(
            select(Event.id)
            .where(
                Event.asked_if_solved_at.is_(None),
                Event.erased_at.is_(None),
                Event.held_on >= held_since,
                or_(Event.held_on <= held_by, soon_gone),
            )
            .order_by(Event.held_on, Event.id)
        )
    )


def count(session: Session, event_id: int) -> dict[SolvedAnswer, int]:
    """Return how many answers of each kind people of an event gave."""
    rows = session.execute(
        select(StuckOutcome.said, func.count())
        .where(StuckOutcome.event_id == event_id)
        .group_by(StuckOutcome.said)
    )
    return {said: number for said, number in rows}
