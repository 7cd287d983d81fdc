"""One request, one transaction: opened when first needed, committed once at the edge, and only on success.

A GET reads through a session that the database itself keeps from writing. Jobs that a request asked for are
put on the queue after its commit, so that no worker can look for a row that is not there yet. A form that was
sent is answered with 303 See Other, so that Back shows a page and never asks to send the form again.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from matchmaker.jobs.queue import Queue
from matchmaker.store.event import in_hall
from matchmaker.store.jobs import Job
from matchmaker.store.session import Database, Session
from matchmaker.web.faults import apologise
from matchmaker.web.second_try import READING, is_first

Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


def init_app(app: Flask, database: Database, queue: Queue) -> None:
    """Give `app` its database and queue, and end each request's transaction."""
    app.extensions["matchmaker.database"] = database
    app.extensions["matchmaker.queue"] = queue
    app.teardown_request(_close)


def end_requests(app: Flask) -> None:
    """Commit each request of `app` before anything else is done with its answer. Call it after all others."""
    app.after_request(_end)


def session() -> Session:
    """Return this request's session: reading for a GET, writing for anything else.

    The first try of a form takes SQLite's lock with its first write; a second has it from the start.
    """
    if "session" not in g:
        database: Database = current_app.extensions["matchmaker.database"]
        g.session = database.reader() if request.method in READING else _writer(database)
    opened: Session = g.session
    return opened


def once(question: Callable[[], Answer]) -> Callable[[], Answer]:
    """Ask a question once for all parts of a page that is only read; a form, which changes things, asks it anew."""

    @wraps(question)
    def asked() -> Answer:
        if request.method not in READING:
            return question()
        known: dict[Any, Any] = g.setdefault("known", {})
        if question not in known:
            known[question] = question()
        answer: Answer = known[question]
        return answer

    return asked


def _writer(database: Database) -> Session:
    opened = database.writer(late=is_first())
    in_hall.guard(opened)
    return opened


def keep_even_if_refused() -> None:
    """Commit this request even if its answer is an error: a wrong code must count as an attempt."""
    g.keep = True


def start(job: Job) -> None:
    """Tell the queue of a job that this request made once the request is committed."""
    g.setdefault("jobs", set()).add(job.id)


def deliver_mail() -> None:
    """Have the outbox looked at once this request is committed."""
    g.deliver_mail = True


def before_commit(last: Callable[[], None]) -> None:
    """Do something small once this request has done all else, if it is kept; a page that is read never does it."""
    g.setdefault("before_commit", []).append(last)


def undo() -> None:
    """Take back what this request has written so far, and forget the jobs and letters it asked for."""
    session().rollback()
    g.pop("jobs", None)
    g.pop("deliver_mail", None)


def _end(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if request.method not in READING and response.status_code == 302:
        response.status_code = 303
    if (
        opened is None
        or request.method in READING
        or not (response.status_code < 400 or g.get("keep", False))
    ):
        return response
    try:
        for last in g.get("before_commit", ()):
            last()
        opened.commit()
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader is told that nothing was kept
        opened.rollback()
        return apologise(error)
    _hand_on()
    return response


def _hand_on() -> None:
    """Tell the queue what there is to do; where it does not answer, the clock finds the rows."""
    queue: Queue = current_app.extensions["matchmaker.queue"]
    try:
        queue.announce(len(g.get("jobs", ())))
        if g.get("deliver_mail", False):
            queue.deliver_mail()
    except Exception as error:  # noqa: BLE001 - what was asked for is kept already
        _log.warning("The queue does not answer (%s); the work waits for the clock", type(error).__name__)


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is None:
        return
    try:
        opened.close()
    except Exception as error:  # noqa: BLE001 - the answer is made, and a broken connection is thrown away
        _log.warning("A connection could not be given back (%s)", type(error).__name__)
