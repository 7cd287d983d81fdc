"""One request, one transaction: opened when first needed, committed once at the edge, and only on success.

A GET reads through a session that the database itself keeps from writing. Jobs that a request asked for are
put on the queue after its commit, so that no worker can look for a row that is not there yet. A form that was
sent is answered with 303 See Other, so that Back shows a page and never asks to send the form again.
"""

from flask import Flask, Response, current_app, g, request

from matchmaker.jobs.queue import Queue
from matchmaker.store.jobs import Job
from matchmaker.store.session import Database, Session

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, database: Database, queue: Queue) -> None:
    """Give `app` its database and queue, and end each request's transaction."""
    app.extensions["matchmaker.database"] = database
    app.extensions["matchmaker.queue"] = queue
    app.after_request(_end)
    app.teardown_request(_close)


def session() -> Session:
    """Return this request's session: reading for a GET, writing for anything else."""
    if "session" not in g:
        database: Database = current_app.extensions["matchmaker.database"]
        g.session = database.reader() if request.method in _READING else database.writer()
    opened: Session = g.session
    return opened


def keep_even_if_refused() -> None:
    """Commit this request even if its answer is an error: a wrong code must count as an attempt."""
    g.keep = True


def start(job: Job) -> None:
    """Put a job that this request made on the queue once the request is committed."""
    g.setdefault("jobs", []).append(job.id)


def deliver_mail() -> None:
    """Have the outbox looked at once this request is committed."""
    g.deliver_mail = True


def _end(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if request.method not in _READING and response.status_code == 302:
        response.status_code = 303
    if opened is None or request.method in _READING:
        return response
    if response.status_code < 400 or g.get("keep", False):
        opened.commit()
        queue: Queue = current_app.extensions["matchmaker.queue"]
        for job_id in g.get("jobs", []):
            queue.enqueue(job_id)
        if g.get("deliver_mail", False):
            queue.deliver_mail()
    return response


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
