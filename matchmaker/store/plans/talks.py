"""Talks: a topic at a table in a round of a plan, with the people who are there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from matchmaker.store.base import Base
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic


class Talk(Base):
    """A topic in a round, at a table that is for topics; the host has a seat like everybody else."""

    __tablename__ = "talk"
    __table_args__ = (
        UniqueConstraint("plan_id", "round_number", "table_number"),
        UniqueConstraint("id", "plan_id", "round_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("table_topic.id", ondelete="CASCADE"), index=True)
    round_number: Mapped[int]
    table_number: Mapped[int]

    topic: Mapped[TableTopic] = relationship()
    seats: Mapped[list["TalkSeat"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="TalkSeat.person_id"
    )


class TalkSeat(Base):
    """A person at a talk; the database holds that nobody is at two in one round."""

    __tablename__ = "talk_seat"
    __table_args__ = (
        UniqueConstraint("plan_id", "round_number", "person_id"),
        ForeignKeyConstraint(
            ["talk_id", "plan_id", "round_number"],
            ["talk.id", "talk.plan_id", "talk.round_number"],
            ondelete="CASCADE",
        ),
    )

    talk_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    plan_id: Mapped[int]
    round_number: Mapped[int]


@dataclass(frozen=True)
class NewTalk:
    """A talk to be kept with a plan; `people` has the host too."""

    topic_id: int
    round_number: int
    table_number: int
    people: tuple[int, ...]


def of_plan(session: Session, plan_id: int) -> list[Talk]:
    """Return the talks of a plan with their topics, hosts and people, by round and table."""
    return list(
        session.scalars(
            select(Talk)
            .where(Talk.plan_id == plan_id)
            .options(selectinload(Talk.topic).selectinload(TableTopic.host), selectinload(Talk.seats))
            .order_by(Talk.round_number, Talk.table_number)
        )
    )


def of_person(session: Session, plan_id: int, person_id: int) -> list[Talk]:
    """Return the talks of a plan at which somebody is, by round."""
    return list(
        session.scalars(
            select(Talk)
            .join(TalkSeat, TalkSeat.talk_id == Talk.id)
            .where(Talk.plan_id == plan_id, TalkSeat.person_id == person_id)
            .options(selectinload(Talk.topic).selectinload(TableTopic.host), selectinload(Talk.seats))
            .order_by(Talk.round_number)
        )
    )


def seatings(session: Session, plan_id: int) -> list[tuple[int, int, int]]:
    """Return (person id, round number, table number) for every seat at a talk of a plan."""
    rows = session.execute(
        select(TalkSeat.person_id, Talk.round_number, Talk.table_number)
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .where(Talk.plan_id == plan_id)
        .order_by(Talk.round_number, TalkSeat.person_id)
    )
    return [(person, number, table) for person, number, table in rows]


def rounds_ever(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return the rounds in which somebody was at a talk in any version of the plan that was published."""
    return set(
        session.scalars(
            select(TalkSeat.round_number)
            .join(Plan, Plan.id == TalkSeat.plan_id)
            .where(Plan.event_id == event_id, Plan.published_at.is_not(None), TalkSeat.person_id == person_id)
        )
    )


def keep(session: Session, plan: Plan, new: Iterable[NewTalk]) -> None:
    """Keep these as the talks of a plan, in place of those it has."""
    session.execute(delete(Talk).where(Talk.plan_id == plan.id))
    for one in new:
        talk = Talk(
            plan_id=plan.id,
            topic_id=one.topic_id,
            round_number=one.round_number,
            table_number=one.table_number,
        )
        session.add(talk)
        session.flush()
        _seat(session, talk, one.people)


def as_new(talk: Talk) -> NewTalk:
    """Return a talk as another version would keep it."""
    people = tuple(one.person_id for one in talk.seats)
    return NewTalk(talk.topic_id, talk.round_number, talk.table_number, people)


def _seat(session: Session, talk: Talk, people: Collection[int]) -> None:
    place = {"talk_id": talk.id, "plan_id": talk.plan_id, "round_number": talk.round_number}
    session.execute(insert(TalkSeat), [{**place, "person_id": one} for one in people])
