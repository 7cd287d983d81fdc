"""Reviews of plans, kept beside them: what stands against each version as things stand, and against the next one.

They are as good as new while the event has no mark in `plan_change` (`plan_watch`), and with marks they say how
things stood when they were begun. Whoever works them out puts the marks there are aside and leaves a turn of their
own, keeps what was found only if their turn is still the last, and then takes away what was put aside: whatever is
changed meanwhile, by whomever, has left a mark that stays.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    bindparam,
    delete,
    exists,
    select,
    update,
)
from sqlalchemy.orm import Mapped, load_only, mapped_column, selectinload

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json, JsonObject, JsonOrNull, Numbers, UtcDateTime
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session, plainly

ASIDE = -1
"""`by_transaction` of a mark that somebody has put aside while they work the reviews out."""
MOST_MARKS = 300
"""Of more marks than this it is not told what each concerns."""


class PlanChange(Base):
    """A mark: something on which the reviews of this event's plans depend has changed.

    Of a draft (`plan_id`), only what was planned in it; of a person, only how they stand or whom they do not meet;
    with 0 for both, anything. Of an event that is gone, a mark says nothing, so that an event can go with all its
    rows. `by_transaction` is 0 on SQLite.
    """

    __tablename__ = "plan_change"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0, server_default="0")
    person_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, default=0, server_default="0"
    )
    by_transaction: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class EventReview(Base):
    """The reviews of one event's plans as a whole: whose `turn` it was to work them out, and what they hold for.

    `form` is that of what was kept, `at` when it was begun, `begun` the rounds that had begun, and `found` what
    stands against the next plan; it is None until the work is done.
    """

    __tablename__ = "event_review"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[str] = mapped_column(String(24))
    form: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun: Mapped[frozenset[int]] = mapped_column(Numbers(2000), default=frozenset())
    found: Mapped[JsonObject | None] = mapped_column(JsonOrNull)


class PlanReview(Base):
    """What was found of one version, None until it is reviewed, and what there is to tell of its sheets, `paper`.

    `sound` is the revision of a draft in which every meeting kept every rule when it was last changed by hand, at
    `sound_at`.
    """

    __tablename__ = "plan_review"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    sound: Mapped[int | None]
    sound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found: Mapped[JsonObject | None] = mapped_column(JsonOrNull)
    paper: Mapped[JsonObject] = mapped_column(Json, default=dict, server_default="{}")


@dataclass(frozen=True)
class Marks:
    """What has changed at an event since its reviews were begun.

    That is `everything`, or else what was planned in some `drafts`, and how some `people` stand.
    """

    everything: bool = False
    drafts: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def of_all(self) -> bool:
        """Whether anything has changed that concerns more than one draft."""
        return self.everything or bool(self.people)


class Kept(NamedTuple):
    """Parts of what is kept, when it was begun and which rounds had begun then."""

    at: datetime
    begun: frozenset[int]
    parts: tuple[Any, ...]


def marks(session: Session, event_id: int) -> Marks:
    """Return what has changed at an event: one query. To be asked before what is kept is read."""
    rows = plainly(session, _marks(), {"event": event_id}).all()
    return Marks(
        len(rows) > MOST_MARKS or (0, 0) in rows,
        frozenset(plan for plan, _ in rows if plan),
        frozenset(person for _, person in rows if person),
    )


@cache
def _marks() -> Select[int, int]:
    here = PlanChange.event_id == bindparam("event")
    return select(PlanChange.plan_id, PlanChange.person_id).where(here).distinct().limit(MOST_MARKS + 1)


def of_plan(session: Session, plan: Plan, names: Collection[str], form: int) -> Kept | None:
    """Return parts of what is kept of a version, as they are named, if anything is: one query."""
    return _kept(session, plan, _of_plan(tuple(names)), form)


def whole(session: Session, plan: Plan, form: int) -> Kept | None:
    """Return all that is kept of a version, in one part: one query."""
    return _kept(session, plan, _whole(), form)


def paper(session: Session, plan: Plan, form: int) -> Kept | None:
    """Return what is kept of the sheets of a version, and of its faults: one query."""
    return _kept(session, plan, _of_paper(), form)


def _kept(session: Session, plan: Plan, asked: Select[*tuple[Any, ...]], form: int) -> Kept | None:
    row = plainly(session, asked, {"plan": plan.id, "form": form}).one_or_none()
    return Kept(row[0], row[1], tuple(row[2:])) if row else None


@cache
def _of_plan(names: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Return the question of `of_plan`; pages name the same few parts, so that each is put together once."""
    return _asked(*(PlanReview.found[one] for one in names))


@cache
def _whole() -> Select[*tuple[Any, ...]]:
    return _asked(PlanReview.found)


@cache
def _of_paper() -> Select[*tuple[Any, ...]]:
    return _asked(PlanReview.paper, PlanReview.found["faults"])


def _asked(*parts: Any) -> Select[*tuple[Any, ...]]:
    """Return the question for parts of what is kept of a `plan` in a `form`."""
    return (
        select(EventReview.at, EventReview.begun, *parts)
        .join(EventReview, EventReview.event_id == PlanReview.event_id)
        .where(
            PlanReview.plan_id == bindparam("plan"),
            PlanReview.found.is_not(None),
            EventReview.form == bindparam("form"),
            EventReview.found.is_not(None),
        )
    )


def of_next(session: Session, event_id: int, form: int) -> Kept | None:
    """Return what is kept of the plan that could be made next, in one part: one query."""
    row = session.execute(
        select(EventReview.at, EventReview.begun, EventReview.found).where(
            EventReview.event_id == event_id, EventReview.form == form, EventReview.found.is_not(None)
        )
    ).one_or_none()
    return Kept(row.at, row.begun, (row.found,)) if row and row.at else None


def sound(session: Session, plan: Plan) -> datetime | None:
    """Return when every meeting of a draft kept every rule, if it has not been changed since: one query."""
    asked = select(PlanReview.sound_at).where(
        PlanReview.plan_id == plan.id, PlanReview.sound == plan.revision
    )
    return session.scalar(asked)


def note_sound(session: Session, plan: Plan, at: datetime) -> None:
    """Keep that every meeting of a draft keeps every rule as things stand at a moment."""
    row = session.get(PlanReview, plan.id, options=[load_only(PlanReview.sound)])
    if row is None:
        row = PlanReview(plan_id=plan.id, event_id=plan.event_id, found=None)
        session.add(row)
    row.sound, row.sound_at = plan.revision, at
    session.flush()


def begin(session: Session, event_id: int) -> str:
    """Put an event's marks aside, before anything is read for new reviews; return the turn to keep them with."""
    events.lock(session, event_id)
    turn = secrets.token_urlsafe(12)
    here, keys = PlanChange.event_id == event_id, (PlanChange.plan_id, PlanChange.person_id)
    known = {(plan, person) for plan, person in session.execute(select(*keys).where(here, _aside()))}
    # What is taken away is put aside, and nothing that comes between.
    fresh = session.execute(delete(PlanChange).where(here, ~_aside()).returning(*keys))
    session.add_all(
        PlanChange(event_id=event_id, plan_id=plan, person_id=person, by_transaction=ASIDE)
        for plan, person in {(plan, person) for plan, person in fresh} - known
    )
    if session.get(EventReview, event_id) is None:
        session.add(EventReview(event_id=event_id, turn=turn, found=None))
    else:
        session.execute(update(EventReview).where(EventReview.event_id == event_id).values(turn=turn))
    session.flush()
    return turn


def _aside() -> ColumnElement[bool]:
    return PlanChange.by_transaction == ASIDE


def keep(
    session: Session,
    event_id: int,
    turn: str,
    form: int,
    at: datetime,
    begun: Collection[int],
    found: JsonObject,
    of_plans: Mapping[int, tuple[JsonObject, JsonObject] | None],
) -> bool:
    """Keep what was found as things stood at a moment, of each version with what there is to tell of its sheets.

    None for a version of which what is kept holds. False, and nothing is kept, if another has begun later, or
    somebody was erased since the turn began.
    """
    events.lock(session, event_id)
    row = session.get(EventReview, event_id, populate_existing=True)
    if row is None or row.turn != turn:
        return False
    row.form, row.at, row.begun, row.found = form, at, frozenset(begun), found
    session.execute(delete(PlanChange).where(PlanChange.event_id == event_id, _aside()))
    kept = session.scalars(
        select(PlanReview).where(PlanReview.event_id == event_id).options(load_only(PlanReview.sound))
    )
    reviews = {one.plan_id: one for one in kept}
    for one in reviews.keys() - of_plans.keys():
        reviews[one].found, reviews[one].paper = None, {}
    there = set(session.scalars(select(Plan.id).where(Plan.event_id == event_id)))
    for one, of_plan in of_plans.items():
        if of_plan is None or one not in there:
            continue
        if one not in reviews:
            reviews[one] = PlanReview(plan_id=one, event_id=event_id)
            session.add(reviews[one])
        reviews[one].found, reviews[one].paper = of_plan
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
