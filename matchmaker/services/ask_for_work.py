"""Ask for work to be done behind a page."""

from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.jobs import Job
from matchmaker.store.session import Session


def ask(
    session: Session,
    kind: str,
    event_id: int | None,
    asked_by_id: int | None,
    details: JsonObject | None = None,
    saying: str = "",
) -> Job:
    """Write a job of this kind. One that asks for the same and has not begun is returned instead.

    Of two who ask for the same at once, the second waits for the first and is led to its job.
    """
    waiting = jobs.waiting_for(session, event_id, kind, details or {})
    if waiting is not None:
        return waiting
    job = Job(kind=kind, event_id=event_id, asked_by_id=asked_by_id, details=details or {}, saying=saying)
    session.add(job)
    session.flush()
    return job
