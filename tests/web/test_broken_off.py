"""What a real server holds of the database once it has answered, or once whoever asked has gone away."""

import http.client
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from matchmaker.documents.people.attendee_list import attendee_list_csv
from matchmaker.jobs.queue import Queue
from matchmaker.services.attendee_lists import list_people
from matchmaker.services.people import stay_signed_in
from matchmaker.services.plans import sheet_values
from matchmaker.settings import from_environment
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

SECONDS = 120
PEOPLE = 600
TIMES = 5
OPEN = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
)


class Server:
    """`matchmaker serve` on PostgreSQL, and somebody who asks it."""

    def __init__(self, folder: Path, database: Database, organiser: Person) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = {
            "MATCHMAKER_INSTANCE": str(folder),
            "MATCHMAKER_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
            "MATCHMAKER_SECRET_KEY": "k" * 64,
            "MATCHMAKER_MAIL_URL": "smtp://127.0.0.1:9",
        }
        here = from_environment(settings)
        app = create_app(here, database, Queue(here, database, immediate=True))
        with database.writing() as session:
            token = stay_signed_in.begin(session, organiser, datetime.now(UTC))
        signer = app.session_interface.get_signing_serializer(app)
        kept = signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})
        self.headers = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={kept}"}
        self.database = database
        begun = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        words = ["-c", "from matchmaker.commands.main import main\nmain()", "serve"]
        with (folder / "said").open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, *words, "--bind", f"127.0.0.1:{self.port}"],
                cwd=folder, env=begun | settings, stdout=said, stderr=said,
            )  # fmt: skip
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not self._listens():
            assert self.process.poll() is None, (folder / "said").read_text()
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as there:
            return there.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, where: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """Return the status and the words of a whole answer."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        asked.request(method, where, headers=self.headers | headers)
        answer = asked.getresponse()
        read = answer.status, answer.read()
        asked.close()
        return read

    def go_away(self, where: str) -> None:
        """Ask for a page, read its first bytes and break off the line, as a browser does that is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            asked = [f"GET {where} HTTP/1.1", "Host: localhost", f"Cookie: {self.headers['Cookie']}", "", ""]
            line.sendall("\r\n".join(asked).encode())
            assert line.recv(16).startswith(b"HTTP/1.1 200")

    def held(self) -> int:
        """Return how many transactions are still open, once the server has answered all that came before."""
        until = time.monotonic() + 5
        while (held := self._open()) and time.monotonic() < until:
            time.sleep(0.05)
        return held

    def _open(self) -> int:
        with self.database.engine.connect() as connection:
            return int(connection.execute(OPEN).scalar_one())

    def stop(self) -> None:
        """End the server."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=SECONDS)


@pytest.fixture
def server(postgres: Database, maker: Any, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """Serve an event with many people; give the address of a file of them too."""
    make = maker(postgres)
    hall = make.event()
    with postgres.writing() as session:
        here = [Person(name=f"Ana {n:04}", organisation="Office") for n in range(PEOPLE)]
        session.add_all(here)
        session.flush()
        session.add_all(
            Registration(
                event_id=hall.id, person_id=one.id, state=RegistrationState.CONFIRMED, bio="Rivers " * 300
            )
            for one in here
        )
        content = attendee_list_csv(list_people.rows_of(session, session.get_one(Event, hall.id)))
        kept = sheet_values.keep(
            session, hall.id, f"{list_people.TABLE}12345678.csv", content, datetime.now(UTC)
        )
        file = kept.public_id
    running = Server(tmp_path, postgres, make.organiser(hall))
    yield running, f"/organise/{hall.public_id}/files/{file}"
    running.stop()


def test_no_answer_leaves_a_transaction_open_however_it_ends(server: tuple[Server, str]) -> None:
    asked, where = server
    held = {}
    for _ in range(TIMES):
        status, whole = asked.ask(where)
        assert (status, whole.count(b"\r\nAna ")) == (200, PEOPLE)
    held["whole"] = asked.held()
    for _ in range(TIMES):
        assert asked.ask(where, "HEAD") == (200, b"")
    held["head"] = asked.held()
    for _ in range(TIMES):
        assert asked.ask(where, Range="bytes=0-99", **{"If-None-Match": "*"})[0] in (200, 206)
    held["part"] = asked.held()
    for _ in range(TIMES):
        asked.go_away(where)
    held["broken off"] = asked.held()
    assert held == {"whole": 0, "head": 0, "part": 0, "broken off": 0}
