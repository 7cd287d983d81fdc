"""Whose turn it is: which of the jobs that wait a worker takes next.

What somebody waits for goes before all other work, and long work comes last; of equally urgent jobs that of the event
with the fewest running goes first, then that of the event whose last turn is longest ago, then the oldest.
Work of no event has had no turn.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from matchmaker.store import jobs
from matchmaker.store.jobs import Job, JobState

PATIENCE = timedelta(minutes=15)
"""Whatever has waited this long is as urgent as what somebody waits for, so that nothing waits for ever."""

_GATE = 7_301_996
"""One worker at a time chooses, or two could both take the last place for long work."""


@dataclass(frozen=True)
class Urgency:
    """The kinds of jobs that somebody waits for, and those that are long; all others are between the two."""

    awaited: Collection[str]
    long: Collection[str]


def take(session: Session, at: datetime, urgency: Urgency, long_at_once: int) -> Job | None:
    """Claim the job whose turn it is; none if there is none, or only long ones while so many of them run.

    One that another transaction holds is passed over: who holds it tells the queue of it once more.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_GATE)))
    running = select(func.count()).where(Job.state == JobState.RUNNING, Job.kind.in_(urgency.long))
    waiting = _in_turn(at, urgency)
    if (session.scalar(running) or 0) >= long_at_once:
        waiting = waiting.where(Job.kind.not_in(urgency.long))
    job_id = session.scalar(waiting.limit(1).with_for_update(skip_locked=True, of=Job))
    if job_id is None or not jobs.claim(session, job_id, at):
        return None
    return session.get_one(Job, job_id, populate_existing=True)


def _in_turn(at: datetime, urgency: Urgency) -> Select[int]:
    """Return what may begin, in turn; a job that was put back rests until its `heartbeat_at`."""
    other = aliased(Job)
    of_event = other.event_id == Job.event_id
    running = select(func.count()).where(of_event, other.state == JobState.RUNNING).scalar_subquery()
    last_turn = select(func.max(other.heartbeat_at)).where(of_event).scalar_subquery()
    return (
        select(Job.id)
        .where(Job.state == JobState.QUEUED, or_(Job.heartbeat_at.is_(None), Job.heartbeat_at <= at))
        .order_by(
            case(
                (or_(Job.kind.in_(urgency.awaited), Job.asked_at < at - PATIENCE), 0),
                (Job.kind.in_(urgency.long), 2),
                else_=1,
            ),
            running,
            last_turn.asc().nulls_first(),
            Job.id,
        )
    )
