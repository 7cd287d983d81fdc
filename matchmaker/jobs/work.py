"""Running a job: claim its row, do the work with a heart-beat, write how it ended.

A handler reads in one transaction, computes in none, and writes in another, so that a long calculation never
holds the database; it may be killed at any instruction and run again, so it writes once, at its end.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matchmaker.jobs.heartbeat import beating
from matchmaker.settings import Settings
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.jobs import JobState
from matchmaker.store.session import Database, Session

_log = logging.getLogger(__name__)


CHANGED = "Something on these sheets changed while they were laid out. Ask for them once more."
"""What a job says that would keep sheets which are out of date already."""


class JobRefused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The work cannot be done; the message is shown to whoever asked, and says what to do."""


@dataclass(frozen=True)
class Work:
    """What a handler is given: where to read and write, what was asked, and how to say how far it is."""

    database: Database
    settings: Settings
    job_id: int
    event_id: int | None
    asked_by_id: int | None
    details: JsonObject
    asked: list[int] = field(default_factory=list)
    """Ids of the jobs the handler asked for in its turn; they begin when it is over."""

    def reading(self) -> AbstractContextManager[Session]:
        """Open a reading transaction."""
        return self.database.reading()

    def writing(self) -> AbstractContextManager[Session]:
        """Open a writing transaction, committed if the block succeeds."""
        return self.database.writing()

    def progress(self, done: int, total: int, saying: str = "") -> None:
        """Show that `done` of `total` steps are behind it, and that somebody is still at work."""
        with self.database.writing() as session:
            row = jobs.by_id(session, self.job_id)
            if row is not None and row.state is JobState.RUNNING:
                row.total = max(total, 1)
                row.done = max(0, min(done, row.total))
                row.saying = saying or row.saying
                row.heartbeat_at = datetime.now(UTC)


Handler = Callable[[Work], JsonObject]


def run(database: Database, settings: Settings, handlers: dict[str, Handler], job_id: int) -> list[int]:
    """Do the job if nobody else has it; whatever happens, its row says how it ended. Return what it asked for."""
    with database.writing() as session:
        if not jobs.claim(session, job_id, datetime.now(UTC)):
            return []
        row = session.get_one(jobs.Job, job_id, populate_existing=True)
        kind, attempt = row.kind, row.attempts
        work = Work(database, settings, job_id, row.event_id, row.asked_by_id, dict(row.details))
    try:
        with beating(database, job_id, attempt):
            result = handlers[kind](work)
    except JobRefused as refusal:
        _end(database, job_id, JobState.FAILED, problem=str(refusal))
    except Exception:
        _log.exception("Job %s (%s) failed", job_id, kind)
        _end(
            database,
            job_id,
            JobState.FAILED,
            problem="Something went wrong on our side. Nothing was changed.",
        )
    else:
        _end(database, job_id, JobState.DONE, result=result)
    return work.asked


def _end(
    database: Database, job_id: int, state: JobState, result: JsonObject | None = None, problem: str = ""
) -> None:
    with database.writing() as session:
        row = jobs.by_id(session, job_id)
        if row is None:
            return
        row.state = state
        row.result = result or {}
        row.problem = problem
        row.ended_at = datetime.now(UTC)
        if state is JobState.DONE:
            row.done = row.total
