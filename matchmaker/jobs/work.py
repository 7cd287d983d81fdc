"""Running a job: claim its row, do the work with a heart-beat, write how it ended.

A handler reads in one transaction, computes in none, and writes in another, so that a long calculation never
holds the database; it may be killed at any instruction and run again, so it writes once, at its end.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from matchmaker.jobs.heartbeat import beating
from matchmaker.jobs.urgency import URGENCY
from matchmaker.settings import Settings
from matchmaker.store import jobs, turns
from matchmaker.store.base import JsonObject
from matchmaker.store.jobs import JobState
from matchmaker.store.session import Database, Session, met_another, unavailable

_log = logging.getLogger(__name__)


CHANGED = "Something on these sheets changed while they were laid out. Ask for them once more."
"""What a job says that would keep sheets which are out of date already."""
AWAY = "The database did not answer, several times. Nothing was changed. Try again in a few minutes."
FIRST_WAIT = 2.0
"""Seconds until a job is tried again after the database was away; then twice as many, and so on."""


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

    def finish(self, session: Session, result: JsonObject) -> JsonObject:
        """Write in the handler's own transaction how the job ended, and return that.

        A worker killed after this commit leaves a job that is done, not one that does the same again.
        """
        jobs.end(session, self.job_id, JobState.DONE, result, "", datetime.now(UTC))
        return result

    def progress(self, done: int, total: int, saying: str = "") -> None:
        """Show that `done` of `total` steps are behind it, and that somebody is still at work."""
        self.database.surely(
            lambda session: jobs.say(session, self.job_id, done, total, saying, datetime.now(UTC))
        )


Handler = Callable[[Work], JsonObject]


@dataclass(frozen=True)
class Next:
    """What follows a job: so many others to begin, and itself after so many seconds where the database was away."""

    others: int = 0
    again_in: float | None = None


def run(database: Database, settings: Settings, handlers: dict[str, Handler], job_id: int) -> Next:
    """Do this job if nobody else has it; whatever happens, its row says how it ended. Return what follows."""
    claimed = database.surely(lambda session: _claim(session, job_id))
    return Next() if claimed is None else _do(database, settings, handlers, claimed)


def run_next(database: Database, settings: Settings, handlers: dict[str, Handler], long_at_once: int) -> Next:
    """Do the job whose turn it is, if there is one, as `run` does."""
    taken = database.surely(lambda session: turns.take(session, datetime.now(UTC), URGENCY, long_at_once))
    return Next() if taken is None else _do(database, settings, handlers, taken)


def _do(database: Database, settings: Settings, handlers: dict[str, Handler], claimed: jobs.Job) -> Next:
    job_id = claimed.id
    work = Work(database, settings, job_id, claimed.event_id, claimed.asked_by_id, dict(claimed.details))
    try:
        with beating(database, job_id, claimed.attempts):
            result = _result(handlers[claimed.kind], work)
    except JobRefused as refusal:
        _end(database, job_id, JobState.FAILED, problem=str(refusal))
    except Exception as error:
        if unavailable(error):
            return _later(database, claimed, error)
        _log.exception("Job %s (%s) failed", job_id, claimed.kind)
        _end(
            database,
            job_id,
            JobState.FAILED,
            problem="Something went wrong on our side. Nothing was changed.",
        )
    else:
        _end(database, job_id, JobState.DONE, result=result)
    # Whoever was told of long work while there was no place for it has gone away: there is a place now.
    return Next(len(work.asked) + (claimed.kind in URGENCY.long))


def _result(handler: Handler, work: Work) -> JsonObject:
    """Do the work, and once again from the start if somebody else wrote meanwhile what it meant to write."""
    try:
        return handler(work)
    except Exception as error:
        if not met_another(error):
            raise
        _log.warning("Job %s is done again: %s", work.job_id, type(error).__name__)
        work.asked.clear()
        return handler(work)


def _claim(session: Session, job_id: int) -> jobs.Job | None:
    if not jobs.claim(session, job_id, datetime.now(UTC)):
        return None
    return session.get_one(jobs.Job, job_id, populate_existing=True)


def _later(database: Database, job: jobs.Job, error: Exception) -> Next:
    """Queue the job again, each time after twice the wait; nothing of it was kept."""
    _log.warning("Job %s (%s) waits for the database: %s", job.id, job.kind, type(error).__name__)
    if job.attempts >= jobs.MOST_ATTEMPTS:
        _end(database, job.id, JobState.FAILED, problem=AWAY)
        return Next()
    wait = FIRST_WAIT * 2 ** (job.attempts - 1)
    until = datetime.now(UTC) + timedelta(seconds=wait)
    database.surely(lambda session: jobs.put_back(session, job.id, until))
    return Next(again_in=wait)


def _end(
    database: Database, job_id: int, state: JobState, result: JsonObject | None = None, problem: str = ""
) -> None:
    at = datetime.now(UTC)
    database.surely(lambda session: jobs.end(session, job_id, state, result or {}, problem, at))
