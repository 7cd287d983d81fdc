"""Places of plans that pass from one person to another, when two entries of one person become one."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, or_, select, update

from matchmaker.store.among import among
from matchmaker.store.base import JsonObject
from matchmaker.store.plans.planned_people import PlannedPerson
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Session


def current(session: Session, person_id: int, event_id: int | None = None) -> list[Plan]:
    """Return the plans made for somebody that people read or may come to read: published ones, and the newest.

    By event, the published one first; of one event alone, if it is given.
    """
    newest = select(func.max(Plan.id)).group_by(Plan.event_id)
    query = (
        select(Plan)
        .join(PlannedPerson, PlannedPerson.plan_id == Plan.id)
        .where(PlannedPerson.person_id == person_id)
        .where(or_(Plan.state == PlanState.PUBLISHED, Plan.id.in_(newest)))
        .where(Plan.state != PlanState.SUPERSEDED)
    )
    if event_id is not None:
        query = query.where(Plan.event_id == event_id)
    return list(session.scalars(query.order_by(Plan.event_id, Plan.version)))


def give(
    session: Session,
    plan: Plan,
    gone_id: int,
    keep_id: int,
    meetings: Collection[int],
    rounds: Collection[int],
) -> None:
    """Give the seats at these meetings, and at talks in these rounds, to somebody else, with the reasons to meet."""
    for seat, where in (
        (Seat, among(Seat.meeting_id, meetings)),
        (TalkSeat, among(TalkSeat.round_number, rounds)),
    ):
        _point(session, seat, keep_id, where, seat.plan_id == plan.id, seat.person_id == gone_id)
    for one in session.scalars(select(Meeting).where(among(Meeting.id, meetings))):
        one.why = [_of_another(why, gone_id, keep_id) for why in one.why]
    session.flush()


def _point(session: Session, seat: Any, person_id: int, *where: Any) -> None:
    session.execute(
        update(seat).where(*where).values(person_id=person_id).execution_options(synchronize_session=False)
    )


def _of_another(why: JsonObject, gone_id: int, keep_id: int) -> JsonObject:
    return {**why, **{end: keep_id for end in ("reader", "other") if why.get(end) == gone_id}}


def end_talks(session: Session, plan: Plan, talk_ids: Collection[int]) -> None:
    """Let these talks of a plan have no topic any more, so that whoever has a seat there is told that it is off."""
    session.execute(
        update(Talk)
        .where(Talk.plan_id == plan.id, among(Talk.id, talk_ids))
        .values(topic_id=None)
        .execution_options(synchronize_session=False)
    )


def note_scores(session: Session, scores: Mapping[int, float]) -> None:
    """Write the scores of meetings, by their ids."""
    for meeting, score in scores.items():
        session.execute(update(Meeting).where(Meeting.id == meeting).values(score=score))


def planned(session: Session, plan: Plan, person_id: int) -> PlannedPerson | None:
    """Return that a plan was made for somebody, or None."""
    return session.get(PlannedPerson, (plan.id, person_id))
