"""The application served as an installation serves it, with what each page cost in headers, and a database for it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response, g
from sqlalchemy import create_engine, event, text

from matchmaker.commands.installation import open_installation
from matchmaker.commands.serve import settle
from matchmaker.store import schema
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
EMPTY = "/accessibility"


def application() -> Flask:
    """Return the application with two more headers: how many questions a page asked, and its thread's time."""
    installation = open_installation()
    app = create_app(installation.settings, installation.database, installation.queue)

    def count(*_: Any) -> None:
        if g:
            g.questions = g.get("questions", 0) + 1

    event.listen(installation.database.engine, "before_cursor_execute", count)

    @app.before_request
    def begin() -> None:
        g.began = time.thread_time()

    def end(response: Response) -> Response:
        response.headers["X-Questions"] = str(g.get("questions", 0))
        response.headers["X-Used"] = f"{time.thread_time() - g.get('began', time.thread_time()):.6f}"
        return response

    # First in the list is last to be called, so that compressing counts, too.
    app.after_request_funcs.setdefault(None, []).insert(0, end)
    assert app.before_request_funcs[None]
    app.before_request_funcs[None].insert(0, app.before_request_funcs[None].pop())
    settle(app)
    return app


@contextmanager
def temporary_database(postgres: bool, folder: str) -> Iterator[str]:
    """Give the address of a database that goes with the block; its schema is there."""
    if not postgres:
        url = f"sqlite:///{Path(folder) / 'matchmaker.db'}"
        _bring_up(url)
        yield url
        return
    name = f"matchmaker_bench_{os.getpid()}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = POSTGRES.rsplit("/", 1)[0] + "/" + name
    try:
        _bring_up(url)
        yield url
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _bring_up(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.dispose()


@contextmanager
def served(environment: Mapping[str, str], processes: int = 1) -> Iterator[int]:
    """Serve the application of an environment with gunicorn; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "2", "-w", str(processes), "-b",
            f"127.0.0.1:{port}", "--timeout", "300", "--log-level", "warning", "benchmarks.serving:application()",
        ],
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{EMPTY}").read()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)
