"""Talks: a topic at a table in a round of a plan, with the people who are there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Select,
    UniqueConstraint,
    bindparam,
    delete,
    distinct,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship, selectinload

from matchmaker.store.base import Base, UtcDateTime
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session, plainly


class Talk(Base):
    """A topic in a round, at a table that is for topics; the host has a seat like everybody else.

    When its host is erased, the topic goes with them. The talk stays without one, so that whoever had a seat at it
    can be told that it is off; `of_plan` and `of_person` leave such talks out, `lost` has them alone.
    """

    __tablename__ = "talk"
    __table_args__ = (
        UniqueConstraint("plan_id", "round_number", "table_number"),
        UniqueConstraint("id", "plan_id", "round_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(
        ForeignKey("table_topic.id", ondelete="SET NULL"), index=True
    )
    round_number: Mapped[int]
    table_number: Mapped[int]

    topic: Mapped[TableTopic] = relationship()
    seats: Mapped[list["TalkSeat"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="TalkSeat.person_id"
    )


class TalkSeat(Base):
    """A person at a talk; the database holds that nobody is at two in one round.

    `off_since` and `told_off_at` are those of `plans.Seat`.
    """

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
    off_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class NewTalk:
    """A talk to be kept with a plan; `people` has the host too."""

    topic_id: int
    round_number: int
    table_number: int
    people: tuple[int, ...]


def of_plan(session: Session, plan_id: int) -> list[Talk]:
    """Return the talks of a plan with their topics, hosts and people, by round and table."""
    return list(session.scalars(_of_plan(), {"plan": plan_id}))


@cache
def _of_plan() -> Select[Talk]:
    return (
        select(Talk)
        .where(Talk.plan_id == bindparam("plan"), Talk.topic_id.is_not(None))
        .options(joinedload(Talk.topic).joinedload(TableTopic.host), selectinload(Talk.seats))
        .order_by(Talk.round_number, Talk.table_number)
    )


def of_person(session: Session, plan_id: int, person_id: int) -> list[Talk]:
    """Return the talks of a plan at which somebody is, by round."""
    return list(session.scalars(_of_person(), {"plan": plan_id, "person": person_id}))


@cache
def _of_person() -> Select[Talk]:
    """Return the question of `of_person`, which most pages of one person ask: to put it together takes longer."""
    return (
        select(Talk)
        .join(TalkSeat, TalkSeat.talk_id == Talk.id)
        .where(
            Talk.plan_id == bindparam("plan", type_=Integer),
            TalkSeat.person_id == bindparam("person", type_=Integer),
            Talk.topic_id.is_not(None),
        )
        .options(joinedload(Talk.topic).joinedload(TableTopic.host), selectinload(Talk.seats))
        .order_by(Talk.round_number)
    )


def lost(session: Session, plan_id: int) -> list[tuple[int, int, int]]:
    """Return (person id, round number, table number) for every seat at a talk whose topic and host are gone."""
    rows = plainly(session, _lost(), {"plan": plan_id})
    return [(person, number, table) for person, number, table in rows]


@cache
def _lost() -> Select[int, int, int]:
    return (
        select(TalkSeat.person_id, Talk.round_number, Talk.table_number)
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .where(Talk.plan_id == bindparam("plan"), Talk.topic_id.is_(None))
        .order_by(Talk.round_number, TalkSeat.person_id)
    )


def count_lost(session: Session, plan_id: int, rounds: Collection[int]) -> int:
    """Return how many talks of a plan in these rounds lost their topic while others had a seat there."""
    return (
        session.scalar(
            select(func.count(distinct(Talk.id)))
            .join(TalkSeat, TalkSeat.talk_id == Talk.id)
            .where(Talk.plan_id == plan_id, Talk.topic_id.is_(None), Talk.round_number.in_(rounds))
        )
        or 0
    )


def count(session: Session, plan_id: int) -> int:
    """Return how many talks a plan has, but for those whose topic is gone."""
    return session.scalar(_count(), {"plan": plan_id}) or 0


@cache
def _count() -> Select[int]:
    return select(func.count()).where(Talk.plan_id == bindparam("plan"), Talk.topic_id.is_not(None))


def rounds_ever(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return the rounds in which somebody was at a talk in any version of the plan that was published."""
    return set(plainly(session, _rounds_ever(), {"event": event_id, "person": person_id}).scalars())


@cache
def _rounds_ever() -> Select[int]:
    """Return the question of `rounds_ever`, which is put together once."""
    published = Plan.event_id == bindparam("event"), Plan.published_at.is_not(None)
    rounds = select(TalkSeat.round_number).join(Plan, Plan.id == TalkSeat.plan_id)
    return rounds.where(*published, TalkSeat.person_id == bindparam("person"))


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


def copy(session: Session, plan: Plan, again: Plan) -> None:
    """Give a plan without talks those of another, each seat with who was told that it is off."""
    carried = ("topic_id", "round_number", "table_number")
    session.execute(
        insert(Talk).from_select(
            ["plan_id", *carried],
            select(literal(again.id), *(getattr(Talk, one) for one in carried)).where(
                Talk.plan_id == plan.id
            ),
        )
    )
    old, new = aliased(Talk), aliased(Talk)
    same = (new.round_number == old.round_number) & (new.table_number == old.table_number)
    kept = ("person_id", "round_number", "off_since", "told_off_at")
    session.execute(
        insert(TalkSeat).from_select(
            ["talk_id", "plan_id", *kept],
            select(new.id, literal(again.id), *(getattr(TalkSeat, one) for one in kept))
            .join(old, old.id == TalkSeat.talk_id)
            .join(new, (new.plan_id == again.id) & same)
            .where(TalkSeat.plan_id == plan.id),
        )
    )


def _seat(session: Session, talk: Talk, people: Collection[int]) -> None:
    place = {"talk_id": talk.id, "plan_id": talk.plan_id, "round_number": talk.round_number}
    session.execute(insert(TalkSeat), [{**place, "person_id": one} for one in people])
