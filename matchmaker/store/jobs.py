"""Jobs: work behind a page. The row is the truth; the queue carries only its id."""

import enum
import json
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    CursorResult,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base, Json, JsonObject, UtcDateTime, choice, new_public_id, now, one_of
from matchmaker.store.event.events import Event


class JobState(enum.StrEnum):
    """Queued, running (somebody has claimed it and beats), done, or failed with words for the reader."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (JobState.QUEUED, JobState.RUNNING)
MOST_ATTEMPTS = 5
"""So often a job is begun, if its worker is killed or the database goes away meanwhile."""


class Job(Base):
    """A piece of work: `kind` names its handler, `details` what it needs, `result` what it found.

    `done` of `total` steps are behind it; `saying` is what it is doing, in words for the page. `heartbeat_at` is when
    its worker last said that it is alive; of one that was put back, when it may be begun again.
    """

    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("done BETWEEN 0 AND total", name="progress_in_range"),
        Index("ix_job_state_heartbeat", "state", "heartbeat_at"),
        Index("ix_job_event_turn", "event_id", "heartbeat_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.QUEUED)
    details: Mapped[JsonObject] = mapped_column(Json, default=dict)
    result: Mapped[JsonObject] = mapped_column(Json, default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=1)
    saying: Mapped[str] = mapped_column(String(300), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def by_id(session: Session, job_id: int) -> Job | None:
    """Return the job with this inside id."""
    return session.get(Job, job_id)


def by_public_id(session: Session, event_id: int, public_id: str) -> Job | None:
    """Return a job of this event, as an address in the browser names it."""
    return session.scalar(select(Job).where(Job.event_id == event_id, Job.public_id == public_id))


def waiting(session: Session, event_id: int | None, kind: str) -> Job | None:
    """Return a job of this kind that is queued and not yet claimed: a second one would do the same again.

    Until the transaction ends no worker can claim it, which would read what is not yet committed as it was before.
    One that another transaction holds is passed over. For a writing session.
    """
    return session.scalar(
        select(Job)
        .where(Job.event_id == event_id, Job.kind == kind, Job.state == JobState.QUEUED)
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def waiting_for(session: Session, event_id: int | None, kind: str, details: JsonObject) -> Job | None:
    """Return a job that asks for just this and waits, held as `waiting` holds it.

    Until the transaction ends nobody else comes back from here with the same question: two who look at once would
    both find nothing, and both write it. For a writing session.
    """
    if session.get_bind().dialect.name == "postgresql":
        asked = json.dumps(["job", event_id, kind, details], sort_keys=True)
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(asked, 0))))
    queued = select(Job).where(Job.event_id == event_id, Job.kind == kind, Job.state == JobState.QUEUED)
    for job in session.scalars(queued.order_by(Job.id)):
        if job.details == details:
            held = queued.where(Job.id == job.id).with_for_update(skip_locked=True)
            return session.scalar(held.execution_options(populate_existing=True))
    return None


def latest(session: Session, event_id: int, kind: str) -> Job | None:
    """Return the newest job of this kind at an event."""
    return session.scalar(_latest(), {"event": event_id, "kind": kind})


@cache
def _latest() -> Select[Job]:
    of_kind = Job.event_id == bindparam("event"), Job.kind == bindparam("kind")
    return select(Job).where(*of_kind).order_by(Job.id.desc()).limit(1)


def latest_done(session: Session, event_id: int, kind: str) -> Job | None:
    """Return the newest job of this kind at an event that found something."""
    done = select(Job).where(Job.event_id == event_id, Job.kind == kind, Job.state == JobState.DONE)
    return session.scalar(done.order_by(Job.id.desc()).limit(1))


def any_open(session: Session, event_id: int | None, kinds: Collection[str]) -> bool:
    """Return whether a job of one of these kinds is queued or running at an event, or at none."""
    found = select(Job.id).where(Job.event_id == event_id, Job.kind.in_(kinds), Job.state.in_(OPEN))
    return session.scalar(found.limit(1)) is not None


def open_since(session: Session, event_id: int, kinds: Collection[str]) -> datetime | None:
    """Return when the oldest job of these kinds at an event that is not over was asked for, None without one."""
    found = select(func.min(Job.asked_at)).where(
        Job.event_id == event_id, Job.kind.in_(kinds), Job.state.in_(OPEN)
    )
    return session.scalar(found)


def all_open(session: Session, event_id: int, kind: str) -> list[Job]:
    """Return the jobs of this kind at an event that are not over, newest first."""
    found = select(Job).where(Job.event_id == event_id, Job.kind == kind, Job.state.in_(OPEN))
    return list(session.scalars(found.order_by(Job.id.desc())))


def first_open(session: Session, event_id: int, kind: str) -> int:
    """Return the id of the oldest job of this kind that is not over, or, if there is none, one above them all."""
    here = select(func.min(Job.id)).where(Job.event_id == event_id, Job.kind == kind, Job.state.in_(OPEN))
    return session.scalar(here) or (session.scalar(select(func.max(Job.id))) or 0) + 1


def begun_since(session: Session, event_id: int, kind: str, first_id: int) -> list[Job]:
    """Return the jobs of this kind, from `first_id` on, that are running or over, oldest first."""
    return list(
        session.scalars(
            select(Job)
            .where(
                Job.event_id == event_id,
                Job.kind == kind,
                Job.id >= first_id,
                Job.state != JobState.QUEUED,
            )
            .order_by(Job.id)
        )
    )


def events_behind(session: Session, kind: str, after: str, today: date) -> list[int]:
    """Return the events to come, the soonest first, with no job of this kind asked for since the last one of `after`.

    None while a job of this kind that no person asked for waits or runs: one event after the other.
    """
    last = select(func.max(Job.ended_at)).where(Job.kind == after, Job.state == JobState.DONE)
    ended = session.scalar(last)
    at_it = select(Job.id).where(Job.kind == kind, Job.asked_by_id.is_(None), Job.state.in_(OPEN))
    if ended is None or session.scalar(at_it.limit(1)) is not None:
        return []
    since = exists().where(Job.event_id == Event.id, Job.kind == kind, Job.asked_at >= ended)
    before = exists().where(Job.event_id == Event.id, Job.kind == kind)
    query = (
        select(Event.id)
        .where(Event.held_on >= today, Event.erased_at.is_(None), before, ~since)
        .order_by(Event.held_on, Event.id)
    )
    return list(session.scalars(query))


def forget(session: Session, kind: str, before: datetime) -> None:
    """Remove the jobs of this kind that were done before then."""
    session.execute(delete(Job).where(Job.kind == kind, Job.state == JobState.DONE, Job.ended_at < before))


def forget_at(session: Session, kind: str, event_ids: Collection[int]) -> None:
    """Remove the jobs of this kind that were done at these events, with what they found."""
    here = Job.event_id.in_(event_ids)
    session.execute(delete(Job).where(Job.kind == kind, Job.state == JobState.DONE, here))


def number_queued(session: Session) -> int:
    """Return how many jobs nobody has claimed."""
    return session.scalar(select(func.count()).where(Job.state == JobState.QUEUED)) or 0


def claim(session: Session, job_id: int, at: datetime) -> bool:
    """Take a queued job for oneself; False if another worker has it or it is over. One atomic UPDATE."""
    claimed = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.QUEUED)
        .values(state=JobState.RUNNING, heartbeat_at=at, attempts=Job.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], claimed).rowcount == 1


def say(session: Session, job_id: int, done: int, total: int, saying: str, at: datetime) -> None:
    """Keep how far a running job is, and in words if there are any. One atomic UPDATE, also where the job is gone."""
    total = max(total, 1)
    words = {"saying": saying} if saying else {}
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING)
        .values(done=max(0, min(done, total)), total=total, heartbeat_at=at, **words)
        .execution_options(synchronize_session=False)
    )


def end(
    session: Session, job_id: int, state: JobState, result: JsonObject, problem: str, at: datetime
) -> None:
    """Keep how a job ended. One atomic UPDATE, also where the job was removed meanwhile, as with its event."""
    steps = {"done": Job.total} if state is JobState.DONE else {}
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state=state, result=result, problem=problem, ended_at=at, **steps)
        .execution_options(synchronize_session=False)
    )


def put_back(session: Session, job_id: int, until: datetime) -> None:
    """Queue a running job again; nobody begins it before then."""
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING)
        .values(state=JobState.QUEUED, heartbeat_at=until)
        .execution_options(synchronize_session=False)
    )


def beat(session: Session, job_id: int, attempt: int, at: datetime) -> bool:
    """Keep that this attempt at a job is alive; False if the attempt is over. One atomic UPDATE."""
    beaten = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING, Job.attempts == attempt)
        .values(heartbeat_at=at)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], beaten).rowcount == 1


def put_back_stale(session: Session, silent_since: datetime, most_attempts: int) -> None:
    """Queue again the running jobs whose worker has not beaten since; give up after `most_attempts` tries."""
    stale = (Job.state == JobState.RUNNING) & (Job.heartbeat_at < silent_since)
    session.execute(
        update(Job)
        .where(stale, Job.attempts >= most_attempts)
        .values(
            state=JobState.FAILED, ended_at=now(), problem="It stopped half-way several times. Try again."
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Job).where(stale).values(state=JobState.QUEUED).execution_options(synchronize_session=False)
    )
