"""The heart-beat of a job: a timer tells that its worker is alive, however long a calculation says nothing."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from matchmaker.store import jobs
from matchmaker.store.session import Database, DatabaseFault

_log = logging.getLogger(__name__)

SECONDS = 20.0
"""Between two beats; upkeep puts a job back that was silent for six times as long."""


@contextmanager
def beating(database: Database, job_id: int, attempt: int) -> Iterator[None]:
    """Beat for a job while the block runs, in a thread of its own.

    It beats for this attempt alone: a worker that was given up and still computes keeps nobody from trying again.
    A beat that the database does not take is left out; the next one may be.
    """
    over = threading.Event()

    def beat() -> None:
        while not over.wait(SECONDS):
            try:
                with database.writing() as session:
                    alive = jobs.beat(session, job_id, attempt, datetime.now(UTC))
            except DatabaseFault as away:
                _log.warning("Job %s could not tell that it is alive: %s", job_id, type(away).__name__)
                continue
            if not alive:
                return

    timer = threading.Thread(target=beat, name=f"heart-beat of job {job_id}", daemon=True)
    timer.start()
    try:
        yield
    finally:
        over.set()
        timer.join()
