"""Reviews of plans, kept beside them: what stands against each version as things stand, and against the next one.

They are as good as new while the event has no mark in `plan_change` (`plan_watch`). Whoever works them out begins by
taking the marks and the old reviews away and leaving a turn of their own, and keeps what was found only if their turn
is still the last and there is no new mark: whatever is changed meanwhile, by whomever, no review of before is kept.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    String,
    delete,
    exists,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, selectinload

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json, JsonObject, JsonOrNull, Numbers
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan


class PlanChange(Base):
    """A mark: something on which the reviews of this event's plans depend has changed.

    Of an event that is gone, a mark says nothing, so that an event can go with all its rows. `by_transaction` is 0 on
    SQLite.
    """

    __tablename__ = "plan_change"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_transaction: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class EventReview(Base):
    """The reviews of one event's plans as a whole: whose `turn` it was to work them out, and what they hold for.

    `form` is that of what was kept, `begun` the rounds that had begun, `found` what stands against the next plan;
    it is None until the work is done.
    """

    __tablename__ = "event_review"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[str] = mapped_column(String(24))
    form: Mapped[int] = mapped_column(default=0)
    begun: Mapped[frozenset[int]] = mapped_column(Numbers(2000), default=frozenset())
    found: Mapped[JsonObject | None] = mapped_column(JsonOrNull)


class PlanReview(Base):
    """What was found of one version, and what there is to tell of its sheets, `paper`."""

    __tablename__ = "plan_review"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    found: Mapped[JsonObject] = mapped_column(Json)
    paper: Mapped[JsonObject] = mapped_column(Json, default=dict, server_default="{}")


def paper(session: Session, plan: Plan, form: int, begun: Collection[int]) -> JsonObject | None:
    """Return what is kept of the sheets of a version, or None if that is not known to be true: one query."""
    return session.scalar(
        select(PlanReview.paper)
        .join(EventReview, EventReview.event_id == PlanReview.event_id)
        .where(PlanReview.plan_id == plan.id, *_current(plan.event_id, form, begun))
    )


def of_plan(session: Session, plan: Plan, form: int, begun: Collection[int]) -> JsonObject | None:
    """Return what is kept of a version, or None if that is not known to be true any more: one query."""
    return session.scalar(
        select(PlanReview.found)
        .join(EventReview, EventReview.event_id == PlanReview.event_id)
        .where(PlanReview.plan_id == plan.id, *_current(plan.event_id, form, begun))
    )


def parts(
    session: Session, plan: Plan, names: Collection[str], form: int, begun: Collection[int]
) -> Sequence[Any] | None:
    """Return parts of what is kept of a version, as they are named, or None as `of_plan` does: one query."""
    return session.execute(
        select(*(PlanReview.found[one] for one in names))
        .join(EventReview, EventReview.event_id == PlanReview.event_id)
        .where(PlanReview.plan_id == plan.id, *_current(plan.event_id, form, begun))
    ).one_or_none()


def of_next(session: Session, event_id: int, form: int, begun: Collection[int]) -> JsonObject | None:
    """Return what is kept of the plan that could be made next, or None if that is not known to be true: one query."""
    return session.scalar(select(EventReview.found).where(*_current(event_id, form, begun)))


def _current(event_id: int, form: int, begun: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that what is kept of an event holds now."""
    return (
        EventReview.event_id == event_id,
        EventReview.form == form,
        EventReview.begun == frozenset(begun),
        EventReview.found.is_not(None),
        ~exists().where(PlanChange.event_id == event_id),
    )


def begin(session: Session, event_id: int) -> str:
    """Take an event's marks and reviews away, before anything is read for new ones; return the turn to keep with."""
    events.lock(session, event_id)
    turn = secrets.token_urlsafe(12)
    forget(session, [event_id])
    session.execute(delete(PlanChange).where(PlanChange.event_id == event_id))
    session.execute(insert(EventReview).values(event_id=event_id, turn=turn, begun=frozenset(), found=None))
    return turn


def keep(
    session: Session,
    event_id: int,
    turn: str,
    form: int,
    begun: Collection[int],
    found: JsonObject,
    of_plans: Mapping[int, tuple[JsonObject, JsonObject]],
) -> bool:
    """Keep what was found, of each version with what there is to tell of its sheets.

    False, and nothing is kept, if something has changed since the turn began.
    """
    events.lock(session, event_id)
    changed = session.scalar(select(PlanChange.event_id).where(PlanChange.event_id == event_id).limit(1))
    row = session.get(EventReview, event_id)
    if changed is not None or row is None or row.turn != turn:
        return False
    row.form, row.begun, row.found = form, frozenset(begun), found
    session.add_all(
        PlanReview(plan_id=one, event_id=event_id, found=words, paper=told)
        for one, (words, told) in of_plans.items()
    )
    session.flush()
    return True


def forget(session: Session, event_ids: Collection[int]) -> None:
    """Take the reviews of these events away, as when somebody who is named in them is erased."""
    session.execute(delete(PlanReview).where(among(PlanReview.event_id, event_ids)))
    session.execute(delete(EventReview).where(among(EventReview.event_id, event_ids)))


def forget_all(session: Session, event_id: int) -> None:
    """Take the reviews and the marks of an event away, of which no more will be kept."""
    forget(session, [event_id])
    session.execute(delete(PlanChange).where(PlanChange.event_id == event_id))


def current(session: Session, form: int) -> dict[int, frozenset[int]]:
    """Return the events whose reviews are kept in this form and have no mark, each with the rounds that had begun."""
    rows = session.execute(
        select(EventReview.event_id, EventReview.begun).where(
            EventReview.form == form,
            EventReview.found.is_not(None),
            ~exists().where(PlanChange.event_id == EventReview.event_id),
        )
    )
    return {event_id: begun for event_id, begun in rows}


def marked(session: Session) -> list[int]:
    """Return the ids of the events with a mark, in order."""
    return list(session.scalars(select(PlanChange.event_id).distinct().order_by(PlanChange.event_id)))


def to_review(session: Session, today: date) -> list[Event]:
    """Return the events, not over and not erased, whose reviews may be kept, with their rounds, the soonest first."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.erased_at.is_(None), Event.held_on >= today - timedelta(days=1))
            .options(selectinload(Event.rounds))
            .order_by(Event.held_on, Event.id)
        )
    )
