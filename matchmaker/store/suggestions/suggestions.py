"""Suggestions: proposed introductions, kept with their reasons so that a page only reads.

Lists depend on one another, so whoever changes one holds the event (`events.lock`) until the transaction ends.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import islice

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json, JsonObject, UtcDateTime, now
from matchmaker.store.event import events
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.plans import topic_orders
from matchmaker.store.session import Session, plainly
from matchmaker.store.suggestions.answers import Answer, AnswerKind


class Suggestion(Base):
    """That `person` could meet `other`, in place `position` (from 1) of their list.

    `reasons` is a list of evidence objects: kind, what, share, mine, theirs, people (matching.Reason).
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="not_oneself"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_in_range"),
        # `standing` and `mark` are read in it alone, without a look at the reasons.
        Index(
            "ix_suggestion_standing",
            *("event_id", "person_id", "position", "id", "other_id", "score", "bridge", "computed_at"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    score: Mapped[float]
    reasons: Mapped[list[JsonObject]] = mapped_column(Json, default=list)
    bridge: Mapped[bool] = mapped_column(default=False)
    opening: Mapped[str] = mapped_column(Text, default="")
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    other: Mapped[Person] = relationship(foreign_keys=[other_id])


AT_ONCE = 5000
"""So many are written by one statement."""

Entry = tuple[int, int, float, bool]
"""An entry of a list as it stands: whose list, who is on it, the score, whether it is the bridge."""


def for_person(session: Session, event_id: int, person_id: int) -> list[Suggestion]:
    """Return a person's suggestions in order with the suggested people: one query.

    Only people who can be met now: who are coming and not marked absent, who let themselves be suggested, and
    with whom neither an answer nor an exclusion has stood in the way since the list was made.
    """
    return list(session.scalars(_in_order(), {"event": event_id, "person": person_id}))


def unanswered(session: Session, event_id: int, person_id: int) -> set[int]:
    """Return who of `for_person` the person has not answered about, by id: one query, without people or reasons."""
    return set(plainly(session, _unanswered(), {"event": event_id, "person": person_id}).scalars())


@cache
def _in_order() -> Select[Suggestion]:
    return _visible().order_by(Suggestion.position, Suggestion.id)


@cache
def _unanswered() -> Select[int]:
    said = select(Answer.about_id).where(
        Answer.event_id == bindparam("event", type_=Integer),
        Answer.person_id == bindparam("person", type_=Integer),
    )
    return _visible().where(Suggestion.other_id.not_in(said)).with_only_columns(Suggestion.other_id)


def visible(session: Session, event_id: int, person_id: int, other_id: int) -> Suggestion | None:
    """Return the suggestion of `other` to `person`, if the person's page shows it."""
    query = _visible().where(Suggestion.other_id == other_id)
    return session.scalar(query, {"event": event_id, "person": person_id})


@cache
def _visible() -> Select[Suggestion]:
    """Return what a person's page shows, of the `person` at the `event` that it is asked for."""
    event_id, person_id = bindparam("event", type_=Integer), bindparam("person", type_=Integer)
    there = exists().where(
        Registration.event_id == event_id,
        Registration.person_id == Suggestion.other_id,
        Registration.state.in_(COMING),
        Registration.suggestible,
        Registration.presence != Presence.ABSENT,
    )
    said = exists().where(
        or_(
            Answer.kind == AnswerKind.BLOCK,
            and_(Answer.event_id == event_id, Answer.kind != AnswerKind.MEET),
        ),
        or_(
            and_(Answer.person_id == person_id, Answer.about_id == Suggestion.other_id),
            and_(Answer.person_id == Suggestion.other_id, Answer.about_id == person_id),
        ),
    )
    excluded = exists().where(
        Exclusion.event_id == event_id,
        or_(
            and_(Exclusion.a_id == person_id, Exclusion.b_id == Suggestion.other_id),
            and_(Exclusion.a_id == Suggestion.other_id, Exclusion.b_id == person_id),
        ),
    )
    return (
        select(Suggestion)
        .join(Suggestion.other)
        .where(Suggestion.event_id == event_id, Suggestion.person_id == person_id, there, ~said, ~excluded)
        .options(contains_eager(Suggestion.other))
    )


def between(session: Session, event_id: int, person_id: int, other_id: int) -> Suggestion | None:
    """Return the suggestion of `other` to `person`, if there is one."""
    return session.scalar(
        select(Suggestion).where(
            Suggestion.event_id == event_id,
            Suggestion.person_id == person_id,
            Suggestion.other_id == other_id,
        )
    )


def with_person(session: Session, person_id: int) -> list[Suggestion]:
    """Return every entry of a person's own lists, and every one on others' that is of them: one query."""
    return list(session.scalars(select(Suggestion).where(_is_with(person_id)).order_by(Suggestion.id)))


def events_with(session: Session, person_id: int) -> list[int]:
    """Return the events whose lists hold such entries, in order: one query."""
    rows = select(Suggestion.event_id).where(_is_with(person_id)).distinct()
    return list(session.scalars(rows.order_by(Suggestion.event_id)))


def _is_with(person_id: int) -> ColumnElement[bool]:
    return or_(Suggestion.person_id == person_id, Suggestion.other_id == person_id)


def standing(session: Session, event_id: int) -> Sequence[Entry]:
    """Return every entry of every list of an event as it stands, list by list in order: one query, no reasons."""
    return plainly(session, _standing(), {"event": event_id}).all()


@cache
def _standing() -> Select[int, int, float, bool]:
    return (
        select(Suggestion.person_id, Suggestion.other_id, Suggestion.score, Suggestion.bridge)
        .where(Suggestion.event_id == bindparam("event", type_=Integer))
        .order_by(Suggestion.person_id, Suggestion.position, Suggestion.id)
    )


def mark(session: Session, event_id: int) -> tuple[object, ...]:
    """Return what is another whenever an entry was added to a list of an event or removed: one row of one query.

    Read before `standing`, it is never newer than that. The time tells apart what was written under a number that
    had become free.
    """
    numbers = (func.count(), func.sum(Suggestion.id), func.max(Suggestion.computed_at))
    return tuple(session.execute(select(*numbers).where(Suggestion.event_id == event_id)).one())


def clear(session: Session, event_id: int, person_ids: Collection[int] | None = None) -> None:
    """Remove an event's suggestions, or only those on the lists of `person_ids`."""
    events.lock(session, event_id)
    query = delete(Suggestion).where(Suggestion.event_id == event_id)
    if person_ids is not None:
        query = query.where(among(Suggestion.person_id, person_ids))
    session.execute(query, execution_options={"synchronize_session": False})
    session.expire_all()


def add(session: Session, rows: Iterable[JsonObject]) -> int:
    """Add entries, each with the columns of a suggestion, in bulk, and return how many; some are held at a time."""
    waiting, count = iter(rows), 0
    while some := [*islice(waiting, AT_ONCE)]:
        session.execute(insert(Suggestion), some)
        count += len(some)
    return count


def remove(session: Session, event_id: int, entries: Collection[tuple[int, int]]) -> None:
    """Remove entries, each given as (whose list, who is on it)."""
    if entries:
        session.connection().execute(
            delete(Suggestion).where(
                Suggestion.event_id == event_id,
                Suggestion.person_id == bindparam("owner"),
                Suggestion.other_id == bindparam("gone"),
            ),
            [{"owner": owner, "gone": gone} for owner, gone in sorted(entries)],
        )


def put_in_order(session: Session, event_id: int, person_ids: Collection[int]) -> None:
    """Number the entries of these people's lists from 1, the best score first."""
    ranked = (
        select(
            Suggestion.id,
            func.row_number()
            .over(
                partition_by=Suggestion.person_id,
                order_by=(Suggestion.score.desc(), Suggestion.position, Suggestion.id),
            )
            .label("place"),
        )
        .where(Suggestion.event_id == event_id, among(Suggestion.person_id, person_ids))
        .subquery()
    )
    session.flush()
    session.execute(
        update(Suggestion)
        .where(Suggestion.id == ranked.c.id)
        .values(position=ranked.c.place)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def remove_pair(session: Session, event_id: int, a_id: int, b_id: int) -> None:
    """Take two people off each other's lists."""
    events.lock(session, event_id)
    session.execute(
        delete(Suggestion).where(
            Suggestion.event_id == event_id,
            Suggestion.person_id.in_((a_id, b_id)),
            Suggestion.other_id.in_((a_id, b_id)),
        )
    )


def remove_person(session: Session, event_id: int, *person_ids: int) -> None:
    """Take a person, or several, off everybody's list, and empty their own, of table topics too."""
    events.lock(session, event_id)
    session.execute(
        delete(Suggestion).where(
            Suggestion.event_id == event_id,
            among(Suggestion.person_id, person_ids) | among(Suggestion.other_id, person_ids),
        )
    )
    topic_orders.forget(session, event_id, person_ids)
