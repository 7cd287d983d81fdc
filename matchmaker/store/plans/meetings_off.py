"""Meetings and talks of a published plan that cannot take place: since when, and who has been told by email."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    CursorResult,
    Select,
    bindparam,
    case,
    distinct,
    exists,
    func,
    select,
    tuple_,
    union,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from matchmaker.store.among import among
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import hours
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.sittings import meetings_of
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import plainly
from matchmaker.store.suggestions.answers import Answer, AnswerKind


@dataclass(frozen=True)
class Placed:
    """A seat of a published plan as a few values; the times are those of `Seat`.

    `id` is that of its meeting or, `at_talk`, of its talk.
    """

    id: int
    person_id: int
    round_number: int
    table_number: int
    off_since: datetime | None
    told_off_at: datetime | None
    at_talk: bool = False


def placed(session: Session, plan_id: int, rounds: Collection[int]) -> list[Placed]:
    """Return every seat of a plan in these rounds, by round, table and person; two queries, without names.

    Seats at talks are among them, also at those whose topic is gone.
    """
    at_meetings = session.execute(
        select(Seat.meeting_id, Seat.person_id, Seat.round_number, Meeting.table_number)
        .add_columns(Seat.off_since, Seat.told_off_at)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(Seat.plan_id == plan_id, Seat.round_number.in_(rounds))
    )
    at_talks = session.execute(
        select(TalkSeat.talk_id, TalkSeat.person_id, TalkSeat.round_number, Talk.table_number)
        .add_columns(TalkSeat.off_since, TalkSeat.told_off_at)
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .where(TalkSeat.plan_id == plan_id, TalkSeat.round_number.in_(rounds))
    )
    found = [
        *(Placed(*row) for row in at_meetings),
        *(replace(Placed(*row), at_talk=True) for row in at_talks),
    ]
    return sorted(found, key=lambda one: (one.round_number, one.table_number, one.person_id))


def count_off(session: Session, event_id: int, plan_id: int, rounds: Collection[int]) -> int:
    """Return how many meetings of a plan in these rounds cannot take place, by the rule of `coming.can_meet`.

    Two queries, in which each seat is looked at once; a meeting of which nobody is left is not counted.
    """
    planned = select(Meeting.id).where(Meeting.plan_id == plan_id, Meeting.round_number.in_(rounds))
    # The first and the last of a meeting are both of two. Of three, the database looks at each pair, but of few.
    first, last = func.min(Seat.person_id).label("first"), func.max(Seat.person_id).label("last")
    met = (
        select(Seat.meeting_id, first, last, func.count().label("people"))
        .where(Seat.meeting_id.in_(planned))
        .group_by(Seat.meeting_id)
        .subquery()
    )
    comes, apart = _comes(event_id), _kept_apart(event_id)
    one, other = aliased(Seat), aliased(Seat)
    in_it = (one.meeting_id == met.c.meeting_id) & (other.meeting_id == met.c.meeting_id)
    found = select(met.c.meeting_id).where(
        (met.c.people < 2)
        | met.c.first.not_in(comes)
        | met.c.last.not_in(comes)
        | tuple_(met.c.first, met.c.last).in_(apart)
        | (met.c.people > 2)
        & (
            exists().where(one.meeting_id == met.c.meeting_id, one.person_id.not_in(comes))
            | exists().where(in_it, tuple_(one.person_id, other.person_id).in_(apart))
        )
    )
    away = hours.missing(session, event_id)
    missed = (
        select(Seat.meeting_id).where(
            Seat.plan_id == plan_id, Seat.round_number == number, among(Seat.person_id, away[number])
        )
        for number in rounds
        if number in away
    )
    off = union(found, *missed).subquery()
    return session.scalar(select(func.count()).select_from(off)) or 0


def count_in_other_rounds(session: Session, plan_id: int, rounds: Collection[int]) -> int:
    """Return how many meetings and talks of a plan are in other rounds than these: in rounds that are gone."""
    meetings, talks = (
        select(func.count())
        .where(table.plan_id == plan_id, table.round_number.not_in(rounds))
        .scalar_subquery()
        for table in (Meeting, Talk)
    )
    return session.scalar(select(meetings + talks)) or 0


def count_seated(session: Session, meetings: Collection[int], rounds: Collection[int]) -> int:
    """Return how many of these meetings are in these rounds and have anybody left: one query at most."""
    if not meetings:
        return 0
    query = select(func.count(distinct(Seat.meeting_id))).where(
        among(Seat.meeting_id, meetings), Seat.round_number.in_(rounds)
    )
    return session.scalar(query) or 0


def with_any(session: Session, plan_id: int, people: Collection[int]) -> dict[int, tuple[int, set[int]]]:
    """Return the meetings of a plan in which any of these people sit, each with its round and people: one query."""
    theirs = meetings_of(plan_id, people)
    found: dict[int, tuple[int, set[int]]] = {}
    rows = session.execute(
        select(Seat.meeting_id, Seat.round_number, Seat.person_id).where(Seat.meeting_id.in_(theirs))
    )
    for meeting, number, person in rows:
        found.setdefault(meeting, (number, set()))[1].add(person)
    return found


def took_place(session: Session, event: Event, plan_id: int, at: datetime) -> list[tuple[int, ...]]:
    """Return who sat in each meeting of a plan that took place, of two people or more. Two queries.

    Its round is over, everybody in it was checked in, and it was not seen to fall away before it began; nor is it
    known now of anybody in it that they were not there for that round. What is said of each other after a meeting
    does not undo it.
    """
    here = select(Registration.person_id).where(
        Registration.event_id == event.id, Registration.presence == Presence.HERE
    )
    fell_away = Seat.person_id.not_in(here) | Seat.off_since.is_not(None)
    off = select(Seat.meeting_id).where(Seat.plan_id == plan_id, fell_away)
    away = hours.missing(session, event.id)
    missed = {(number, person) for number, people in away.items() for person in people}
    seated: dict[int, list[tuple[int, int]]] = {}
    for meeting, number, person in session.execute(
        select(Seat.meeting_id, Seat.round_number, Seat.person_id)
        .where(
            Seat.plan_id == plan_id,
            among(Seat.round_number, event.rounds_over(at)),
            Seat.meeting_id.not_in(off),
        )
        .order_by(Seat.meeting_id, Seat.person_id)
    ):
        seated.setdefault(meeting, []).append((number, person))
    return [
        tuple(person for _, person in seats)
        for seats in seated.values()
        if len(seats) > 1 and missed.isdisjoint(seats)
    ]


def _comes(event_id: int) -> Select[int]:
    """Return the question for whoever comes to an event, whatever rounds they miss."""
    return select(Registration.person_id).where(
        Registration.event_id == event_id,
        Registration.state.in_(COMING),
        Registration.presence != Presence.ABSENT,
    )


def _kept_apart(event_id: int) -> CompoundSelect[int, int]:
    """Return the question for each two who do not meet at an event, the lower id first."""
    upward = Answer.person_id < Answer.about_id
    lower = case((upward, Answer.person_id), else_=Answer.about_id)
    higher = case((upward, Answer.about_id), else_=Answer.person_id)
    said = select(lower, higher)
    return union_all(
        said.where(Answer.kind == AnswerKind.BLOCK),
        said.where(Answer.kind == AnswerKind.NOT_FOR_ME, Answer.event_id == event_id),
        select(Exclusion.a_id, Exclusion.b_id).where(Exclusion.event_id == event_id),
    )


def keep_off_since(session: Session, seats: Iterable[Placed], at: datetime | None) -> None:
    """Keep since when what these seats are at cannot take place for their people; None: it can."""
    for one in seats:
        table, mine = _row(one)
        session.execute(
            update(table).where(mine).values(off_since=at).execution_options(synchronize_session=False)
        )


def keep_told_off(session: Session, seat: Placed, at: datetime | None) -> bool:
    """Keep that somebody was told that their meeting is off, or on again (None); False if that was kept before.

    One UPDATE, so that of two workers one alone goes on to write the letter.
    """
    table, mine = _row(seat)
    before = table.told_off_at.is_not(None) if at is None else table.told_off_at.is_(None)
    changed = session.execute(
        update(table).where(mine, before).values(told_off_at=at).execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], changed).rowcount == 1


def _row(seat: Placed) -> tuple[type[Seat] | type[TalkSeat], ColumnElement[bool]]:
    """Return the table that a seat is kept in, and what finds its row there."""
    if seat.at_talk:
        return TalkSeat, (TalkSeat.talk_id == seat.id) & (TalkSeat.person_id == seat.person_id)
    return Seat, (Seat.meeting_id == seat.id) & (Seat.person_id == seat.person_id)


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
    asked = {"person": person_id, "at": at, "event": event_id}
    return plainly(session, _count_ahead(of_all=event_id is None), asked).scalar_one()


@cache
def _count_ahead(*, of_all: bool) -> Select[int]:
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
            Seat.person_id == bindparam("person"),
            Seat.off_since.is_(None),
            Plan.state == PlanState.PUBLISHED,
            Round.starts_at > bindparam("at"),
            Registration.state.in_(COMING),
        )
    )
    return query if of_all else query.where(Plan.event_id == bindparam("event"))


def count_hosted_ahead(session: Session, person_id: int, at: datetime, event_id: int | None = None) -> int:
    """Return how many talks that need somebody as their host are ahead in published plans, of one event or of all."""
    asked = {"person": person_id, "at": at, "event": event_id}
    return plainly(session, _count_hosted_ahead(of_all=event_id is None), asked).scalar_one()


@cache
def _count_hosted_ahead(*, of_all: bool) -> Select[int]:
    query = (
        select(func.count())
        .select_from(TalkSeat)
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .join(TableTopic, (TableTopic.id == Talk.topic_id) & (TableTopic.host_id == TalkSeat.person_id))
        .join(Plan, Plan.id == TalkSeat.plan_id)
        .join(Round, (Round.event_id == Plan.event_id) & (Round.number == TalkSeat.round_number))
        .where(
            TalkSeat.person_id == bindparam("person"),
            TalkSeat.off_since.is_(None),
            Plan.state == PlanState.PUBLISHED,
            Round.starts_at > bindparam("at"),
        )
    )
    return query if of_all else query.where(Plan.event_id == bindparam("event"))
