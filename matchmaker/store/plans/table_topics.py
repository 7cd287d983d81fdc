"""Table topics: what people want to talk about with several, and who would like to be there."""

import enum
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session, plainly


class TopicState(enum.StrEnum):
    """Organisers accept or decline what was pitched; its host may take it back, whatever its state."""

    PITCHED = "pitched"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TableTopic(Base):
    """Something that `host` wants to talk about with several, up to so many `times`.

    `seats` is the most people at once, the host included.
    """

    __tablename__ = "table_topic"
    __table_args__ = (
        one_of("state", TopicState),
        CheckConstraint("seats BETWEEN 2 AND 50", name="seats_sane"),
        CheckConstraint("times BETWEEN 1 AND 10", name="times_sane"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(500), default="")
    seats: Mapped[int] = mapped_column(default=8)
    times: Mapped[int] = mapped_column(default=1)
    state: Mapped[TopicState] = mapped_column(choice(TopicState), default=TopicState.PITCHED)
    pitched_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    host: Mapped[Person] = relationship()


class TopicStar(Base):
    """That somebody would like to be at a topic; only they know, and how many there are is for organisers."""

    __tablename__ = "topic_star"
    __table_args__ = (UniqueConstraint("topic_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("table_topic.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class ListedTopic(NamedTuple):
    """A topic with its host's name, as a list has it; the other fields are those of `TableTopic`."""

    id: int
    public_id: str
    title: str
    about: str
    seats: int
    times: int
    state: TopicState
    host_id: int
    host: str


def listed(session: Session, event_id: int) -> list[ListedTopic]:
    """Return the topics of an event, in any state, as they were pitched."""
    return [ListedTopic(*row) for row in plainly(session, _listed(), {"event": event_id})]


@cache
def _listed() -> Select[int, str, str, str, int, int, TopicState, int, str]:
    """Return the question of `listed`, which is put together once, as are those below."""
    return (
        select(
            TableTopic.id,
            TableTopic.public_id,
            TableTopic.title,
            TableTopic.about,
            TableTopic.seats,
            TableTopic.times,
            TableTopic.state,
            TableTopic.host_id,
            Person.name,
        )
        .join(Person, Person.id == TableTopic.host_id)
        .where(TableTopic.event_id == bindparam("event"))
        .order_by(TableTopic.id)
    )


def at_event(session: Session, event_id: int, states: Collection[TopicState]) -> list[TableTopic]:
    """Return the topics of an event in these states with their hosts, as they were pitched."""
    return list(session.scalars(_at_event(), {"event": event_id, "states": [*states]}))


@cache
def _at_event() -> Select[TableTopic]:
    here = TableTopic.event_id == bindparam("event")
    return (
        select(TableTopic)
        .where(here, TableTopic.state.in_(bindparam("states", expanding=True)))
        .options(joinedload(TableTopic.host))
        .order_by(TableTopic.id)
    )


def by_public_id(session: Session, event_id: int, public_id: str) -> TableTopic | None:
    """Return the topic an address in the browser names, if it belongs to this event."""
    return session.scalar(
        select(TableTopic).where(TableTopic.event_id == event_id, TableTopic.public_id == public_id)
    )


def accepted_to_come(session: Session, today: date) -> dict[int, list[tuple[int, int, str, str]]]:
    """Return (id, host id, title, about) of accepted topics, by event to come, as they were pitched: one query."""
    rows = session.execute(
        select(TableTopic.event_id, TableTopic.id, TableTopic.host_id, TableTopic.title, TableTopic.about)
        .join(Event, Event.id == TableTopic.event_id)
        .where(TableTopic.state == TopicState.ACCEPTED, Event.held_on >= today, Event.erased_at.is_(None))
        .order_by(TableTopic.event_id, TableTopic.id)
    )
    found: dict[int, list[tuple[int, int, str, str]]] = {}
    for event_id, topic_id, host_id, title, about in rows:
        found.setdefault(event_id, []).append((topic_id, host_id, title, about))
    return found


def hosted_by(session: Session, person_id: int) -> list[TableTopic]:
    """Return the topics somebody has pitched, of all events, oldest first."""
    return list(session.scalars(_hosted_by(), {"person": person_id}))


@cache
def _hosted_by() -> Select[TableTopic]:
    return select(TableTopic).where(TableTopic.host_id == bindparam("person")).order_by(TableTopic.id)


def starred_by(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return the ids of the topics of an event to which somebody gave a star."""
    return set(plainly(session, _starred_by(), {"event": event_id, "person": person_id}).scalars())


@cache
def _starred_by() -> Select[int]:
    return (
        select(TopicStar.topic_id)
        .join(TableTopic, TableTopic.id == TopicStar.topic_id)
        .where(TableTopic.event_id == bindparam("event"), TopicStar.person_id == bindparam("person"))
    )


def all_starred_by(session: Session, person_id: int) -> list[TableTopic]:
    """Return the topics of all events to which somebody gave a star."""
    return list(session.scalars(_all_starred_by(), {"person": person_id}))


@cache
def _all_starred_by() -> Select[TableTopic]:
    return (
        select(TableTopic)
        .join(TopicStar, TopicStar.topic_id == TableTopic.id)
        .where(TopicStar.person_id == bindparam("person"))
        .order_by(TableTopic.id)
    )


def stars(session: Session, topic_ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (topic id, person id) for every star of these topics, in the order of both."""
    rows = session.execute(
        select(TopicStar.topic_id, TopicStar.person_id)
        .where(among(TopicStar.topic_id, topic_ids))
        .order_by(TopicStar.topic_id, TopicStar.person_id)
    )
    return [(topic, person) for topic, person in rows]


def count_stars(session: Session, event_id: int) -> dict[int, int]:
    """Return how many stars of people who are coming each topic of an event has; topics without any are left out."""
    return {topic: count for topic, count in plainly(session, _stars(), {"event": event_id})}


@cache
def _stars() -> Select[int, int]:
    event_id = bindparam("event", type_=Integer)
    here = select(TableTopic.id).where(TableTopic.event_id == event_id)
    there = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.state.in_(COMING)
    )
    # The sum keeps SQLite from looking up each person's star of each topic: it goes through the stars there are.
    return (
        select(TopicStar.topic_id, func.count())
        .where(TopicStar.topic_id.in_(here), (TopicStar.person_id + 0).in_(there))
        .group_by(TopicStar.topic_id)
    )


def give_star(session: Session, topic: TableTopic, person_id: int) -> None:
    """Keep a star, if it is not there."""
    mine = TopicStar.topic_id == topic.id, TopicStar.person_id == person_id
    if session.scalar(select(TopicStar.id).where(*mine)) is None:
        session.add(TopicStar(topic_id=topic.id, person_id=person_id))
        session.flush()


def take_star(session: Session, topic: TableTopic, person_id: int) -> None:
    """Take a star back, if it is there."""
    session.execute(delete(TopicStar).where(TopicStar.topic_id == topic.id, TopicStar.person_id == person_id))
