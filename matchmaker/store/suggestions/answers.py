"""Answers: what someone says of another; and introductions, which are two answers that agree."""

import enum
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    CompoundSelect,
    CursorResult,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, aliased, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, UtcDateTime, choice, now, one_of
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.session import Session, plainly


class AnswerKind(enum.StrEnum):
    """Meet, not for me, we know each other, block. Only a mutual "meet" is ever revealed."""

    MEET = "meet"
    NOT_FOR_ME = "not-for-me"
    KNOW = "know"
    BLOCK = "block"


class Answer(Base):
    """What a person says of another at an event; one at a time, the last one holds."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "about_id"),
        # Who both said "meet" is found in it alone, without a look at each answer.
        Index("ix_answer_kind", "event_id", "kind", "person_id", "about_id"),
        one_of("kind", AnswerKind),
        CheckConstraint("person_id <> about_id", name="not_oneself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    about_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AnswerKind] = mapped_column(choice(AnswerKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


def at_event(session: Session, event_id: int) -> list[Answer]:
    """Return every answer given at an event, oldest first."""
    return list(session.scalars(select(Answer).where(Answer.event_id == event_id).order_by(Answer.id)))


def of_person(session: Session, event_id: int, person_id: int) -> dict[int, AnswerKind]:
    """Return what this person said of whom: person id → answer."""
    rows = plainly(session, _of_person(), {"event": event_id, "person": person_id})
    return {about: kind for about, kind in rows}


@cache
def _of_person() -> Select[int, AnswerKind]:
    return select(Answer.about_id, Answer.kind).where(
        Answer.event_id == bindparam("event"), Answer.person_id == bindparam("person")
    )


def one(session: Session, event_id: int, person_id: int, about_id: int) -> Answer | None:
    """Return what this person said of that one."""
    return session.scalar(
        select(Answer).where(
            Answer.event_id == event_id, Answer.person_id == person_id, Answer.about_id == about_id
        )
    )


def given(session: Session, event_id: int, person_id: int) -> list[tuple[AnswerKind, Person]]:
    """Return what this person said of whom, by name: one query.

    It tells nothing of the others: whoever was answered about stays on it, whatever they said or did since.
    """
    rows = session.execute(_given(), {"event": event_id, "person": person_id})
    return [(kind, person) for kind, person in rows]


@cache
def _given() -> Select[AnswerKind, Person]:
    """Return the question of `given`, which is put together once."""
    return (
        select(Answer.kind, Person)
        .join(Person, Person.id == Answer.about_id)
        .where(Answer.event_id == bindparam("event"), Answer.person_id == bindparam("person"))
        .order_by(Person.name, Person.id)
    )


def put(
    session: Session, event_id: int, person_id: int, about_id: int, kind: AnswerKind, at: datetime
) -> None:
    """Keep an answer in place of what was said before, also when the same person answers twice at once.

    Of two who say "meet" of each other at once, the second waits for the first, so that one of the two answers is
    seen to agree with the other (`plan_watch`).
    """
    if kind is AnswerKind.MEET:
        both = select(Person.id).where(Person.id.in_((person_id, about_id))).order_by(Person.id)
        session.execute(both.with_for_update(key_share=True))
    if _change(session, event_id, person_id, about_id, kind, at):
        return
    try:
        with session.begin_nested():
            session.add(Answer(event_id=event_id, person_id=person_id, about_id=about_id, kind=kind, at=at))
    except IntegrityError:
        _change(session, event_id, person_id, about_id, kind, at)


def _change(
    session: Session, event_id: int, person_id: int, about_id: int, kind: AnswerKind, at: datetime
) -> bool:
    changed = session.execute(
        update(Answer)
        .where(Answer.event_id == event_id, Answer.person_id == person_id, Answer.about_id == about_id)
        .values(kind=kind, at=at)
    )
    return cast(CursorResult[Any], changed).rowcount == 1


def take_back(session: Session, event_id: int, person_id: int, about_id: int) -> None:
    """Forget what this person said of that one."""
    session.execute(
        delete(Answer).where(
            Answer.event_id == event_id, Answer.person_id == person_id, Answer.about_id == about_id
        )
    )


def blocked_with(session: Session, person_id: int) -> set[int]:
    """Return everybody whom this person blocked or who blocked this person, at any event: one query."""
    return set(plainly(session, _blocked_with(), {"person": person_id}).scalars())


@cache
def _blocked_with() -> CompoundSelect[int]:
    """Return the question of `blocked_with`, which is put together once."""
    person_id = bindparam("person", type_=Integer)
    mine = select(Answer.about_id).where(Answer.person_id == person_id, Answer.kind == AnswerKind.BLOCK)
    theirs = select(Answer.person_id).where(Answer.about_id == person_id, Answer.kind == AnswerKind.BLOCK)
    return union_all(mine, theirs)


def introductions(
    session: Session, event_id: int, people: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Return the pairs of people who both said "meet", lower id first, in order; or those with one of `people`."""
    if people is None:
        return [pair for pair, _ in introduced_at(session, event_id)]
    back = aliased(Answer)
    rows = session.execute(
        select(Answer.person_id, Answer.about_id)
        .join(back, _from_the_other(back))
        .where(
            Answer.event_id == event_id,
            Answer.kind == AnswerKind.MEET,
            back.kind == AnswerKind.MEET,
            among(Answer.person_id, people),
        )
    )
    return sorted({(min(pair), max(pair)) for pair in rows})


def _from_the_other(back: type[Answer]) -> ColumnElement[bool]:
    """Return the condition that `back` is what the person whom an answer is about says of who gave it."""
    return and_(
        back.event_id == Answer.event_id,
        back.person_id == Answer.about_id,
        back.about_id == Answer.person_id,
    )


def introduced_at(session: Session, event_id: int) -> list[tuple[tuple[int, int], datetime]]:
    """Return the same pairs, and when the second of the two said it. One query."""
    rows = plainly(session, _introduced_at(), {"event": event_id})
    return [((a, b), max(said, said_back)) for a, b, said, said_back in rows]


@cache
def _introduced_at() -> Select[int, int, datetime, datetime]:
    back = aliased(Answer)
    return (
        select(Answer.person_id, Answer.about_id, Answer.at, back.at)
        .join(back, _from_the_other(back))
        .where(
            Answer.event_id == bindparam("event"),
            Answer.kind == AnswerKind.MEET,
            # As text, so that SQLite looks by the three numbers alone: it needs the row for its time in any case.
            back.kind.cast(String) == AnswerKind.MEET.value,
            Answer.person_id < Answer.about_id,
        )
        .order_by(Answer.person_id, Answer.about_id)
    )


def count_introductions(session: Session, event_id: int) -> int:
    """Return how many pairs both said "meet". One query."""
    return session.scalars(_number_introduced(), {"event": event_id}).one()


@cache
def _number_introduced() -> Select[int]:
    return select(func.count()).select_from(_introduced_at().order_by(None).subquery())


def introduced_to(session: Session, event_id: int, person_id: int) -> list[Person]:
    """Return the people with whom this person has a mutual "meet", by name: one query.

    Somebody who is not coming any more, is marked absent, or whom organisers or a block of another event keep apart
    is left out, which looks no different from an answer that was taken back.
    """
    return list(session.scalars(_introduced(), {"event": event_id, "person": person_id}))


@cache
def _introduced() -> Select[Person]:
    """Return the question of `introduced_to`, which most pages of one person ask: to put it together takes longer."""
    event_id, person_id = bindparam("event", type_=Integer), bindparam("person", type_=Integer)
    back, block, apart = aliased(Answer), aliased(Answer), Exclusion
    # Gathered for the one person: with a condition on each pair PostgreSQL thought longer than it looked.
    kept_apart = [
        select(theirs).where(mine == person_id, condition)
        for mine, theirs, condition in (
            (block.person_id, block.about_id, block.kind == AnswerKind.BLOCK),
            (block.about_id, block.person_id, block.kind == AnswerKind.BLOCK),
            (apart.a_id, apart.b_id, apart.event_id == event_id),
            (apart.b_id, apart.a_id, apart.event_id == event_id),
        )
    ]
    return (
        select(Person)
        .join(Answer, Answer.about_id == Person.id)
        .join(back, _from_the_other(back))
        .join(
            Registration,
            and_(Registration.event_id == Answer.event_id, Registration.person_id == Person.id),
        )
        .where(
            Answer.event_id == event_id,
            Answer.person_id == person_id,
            Answer.kind == AnswerKind.MEET,
            back.kind == AnswerKind.MEET,
            Registration.state.in_(COMING),
            Registration.presence != Presence.ABSENT,
            Person.id.not_in(union_all(*kept_apart)),
        )
        .order_by(Person.name, Person.id)
    )
