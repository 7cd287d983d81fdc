"""Meetings of a published plan that cannot take place: since when, and who has been told by email."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, union, update
from sqlalchemy.orm import Session, aliased

from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import COMING, Presence, Registration, misses
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.suggestions.answers import Answer, AnswerKind


@dataclass(frozen=True)
class Placed:
    """A seat of a published plan as a few values; the times are those of `Seat`."""

    meeting_id: int
    person_id: int
    round_number: int
    table_number: int
    off_since: datetime | None
    told_off_at: datetime | None


def placed(session: Session, plan_id: int, rounds: Collection[int]) -> list[Placed]:
    """Return every seat of a plan in these rounds, by round, table and person; one query, without names."""
    rows = session.execute(
        select(
            Seat.meeting_id,
            Seat.person_id,
            Seat.round_number,
            Meeting.table_number,
            Seat.off_since,
            Seat.told_off_at,
        )
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(Seat.plan_id == plan_id, Seat.round_number.in_(rounds))
        .order_by(Seat.round_number, Meeting.table_number, Seat.person_id)
    )
    return [Placed(*row) for row in rows]


def count_off(session: Session, event_id: int, plan_id: int, rounds: Collection[int]) -> int:
    """Return how many meetings of a plan in these rounds cannot take place, by the rule of `coming.can_meet`.

    One query, which the database answers from its indexes; a meeting of which nobody is left is not counted.
    """
    here = (Seat.plan_id == plan_id) & Seat.round_number.in_(rounds)
    comes = (
        (Registration.event_id == event_id)
        & (Registration.person_id == Seat.person_id)
        & Registration.state.in_(COMING)
        & (Registration.presence != Presence.ABSENT)
        & ~misses(Seat.round_number)
    )
    somebody_is_away = (
        select(Seat.meeting_id)
        .join(Registration, comes, isouter=True)
        .where(here)
        .group_by(Seat.meeting_id)
        .having((func.count() < 2) | (func.count(Registration.id) < func.count()))
    )
    other = aliased(Seat)
    said_no = (Answer.kind == AnswerKind.BLOCK) | (
        (Answer.kind == AnswerKind.NOT_FOR_ME) & (Answer.event_id == event_id)
    )
    one_said_no = (
        select(Seat.meeting_id)
        .join(other, other.meeting_id == Seat.meeting_id)
        .join(Answer, (Answer.person_id == Seat.person_id) & (Answer.about_id == other.person_id))
        .where(here, said_no)
    )
    kept_apart = (
        select(Seat.meeting_id)
        .join(other, other.meeting_id == Seat.meeting_id)
        .join(Exclusion, (Exclusion.a_id == Seat.person_id) & (Exclusion.b_id == other.person_id))
        .where(here, Exclusion.event_id == event_id)
    )
    off = union(somebody_is_away, one_said_no, kept_apart).subquery()
    return session.scalar(select(func.count()).select_from(off)) or 0


def keep_off_since(session: Session, seats: Collection[Placed], at: datetime | None) -> None:
    """Keep since when the meetings of these seats cannot take place; None: they can."""
    for meeting_id in sorted({one.meeting_id for one in seats}):
        session.execute(
            update(Seat)
            .where(Seat.meeting_id == meeting_id)
            .values(off_since=at)
            .execution_options(synchronize_session=False)
        )


def keep_told_off(session: Session, seat: Placed, at: datetime | None) -> bool:
    """Keep that somebody was told that their meeting is off, or on again (None); False if that was kept before.

    One UPDATE, so that of two workers one alone goes on to write the letter.
    """
    before = Seat.told_off_at.is_not(None) if at is None else Seat.told_off_at.is_(None)
    changed = session.execute(
        update(Seat)
        .where(Seat.meeting_id == seat.meeting_id, Seat.person_id == seat.person_id, before)
        .values(told_off_at=at)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], changed).rowcount == 1


def published_ahead(session: Session, today: date) -> list[Plan]:
    """Return the published plans, without meetings, of the events that are not over and not erased."""
    return list(
        session.scalars(
            select(Plan)
            .join(Event, Event.id == Plan.event_id)
            .where(
                Plan.state == PlanState.PUBLISHED,
                Event.erased_at.is_(None),
                Event.held_on >= today - timedelta(days=1),
            )
            .order_by(Plan.id)
        )
    )


def count_ahead(session: Session, person_id: int, at: datetime, event_id: int | None = None) -> int:
    """Return how many meetings somebody who comes has before them in published plans, of one event or of all."""
    query = (
        select(func.count())
        .select_from(Seat)
        .join(Plan, Plan.id == Seat.plan_id)
        .join(Round, (Round.event_id == Plan.event_id) & (Round.number == Seat.round_number))
        .join(
            Registration,
            (Registration.event_id == Plan.event_id) & (Registration.person_id == Seat.person_id),
        )
        .where(
            Seat.person_id == person_id,
            Seat.off_since.is_(None),
            Plan.state == PlanState.PUBLISHED,
            Round.starts_at > at,
            Registration.state.in_(COMING),
        )
    )
    if event_id is not None:
        query = query.where(Plan.event_id == event_id)
    return session.scalar(query) or 0
