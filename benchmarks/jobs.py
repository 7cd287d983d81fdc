"""What the work behind the pages costs: processor time, time, memory and questions of every kind of job.

Run `python -m benchmarks.jobs --people 5000 --datasets 20000`; it does everything at a quarter of that size first,
so that growth shows. Each job is run in a process of its own, through its handler, on SQLite or with `--postgres`.
Letters go to a mail server on loopback that takes everything.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from sqlalchemy import event, select

from benchmarks.installation import fill
from benchmarks.made import Made
from benchmarks.serving import temporary_database
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.outbox import deliver_due
from matchmaker.jobs.work import Work
from matchmaker.settings import Settings, from_environment
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

LETTERS = 2000
AGAIN, BEFORE = "refresh again", 3
"""This is measured in a process that has done so many before, as a worker has."""
Run = Callable[[Database, Settings, Made], object]


def refit(database: Database, settings: Settings, made: Made) -> object:
    """Work out everybody's suggestions."""
    return _handled("suggest", {}, database, settings, made)


def refresh(database: Database, settings: Settings, made: Made) -> object:
    """Somebody says something new, and their lists follow."""
    person = made.people[len(made.people) // 3]
    with database.writing() as session:
        row = session.scalars(
            select(Registration).where(
                Registration.event_id == made.event_id, Registration.person_id == person
            )
        ).one()
        row.needs = f"{row.needs} Somebody who knows kites and wind turbines."
    return _handled("refresh", {"people": [person]}, database, settings, made)


def plan(database: Database, settings: Settings, made: Made) -> object:
    """Plan all meetings."""
    return _handled("plan", {"way": "afresh"}, database, settings, made)


def mail(database: Database, settings: Settings, made: Made) -> object:
    """Send some thousand letters."""
    with database.writing() as session:
        session.add_all(
            Mail(
                event_id=made.event_id,
                kind="test",
                to=f"p{number}@example.org",
                subject="A",
                body="Dear A,\n",
            )
            for number in range(LETTERS)
        )
    return deliver_due(database, settings)


JOBS: dict[str, Run] = {
    "refit": refit,
    "refresh": refresh,
    AGAIN: refresh,
    "plan": plan,
    "mail": mail,
}


def _handled(
    kind: str, details: dict[str, Any], database: Database, settings: Settings, made: Made
) -> object:
    return HANDLERS[kind](Work(database, settings, 0, made.event_id, None, details))


def measured(
    name: str, url: str, folder: str, mail_url: str, made: Made
) -> tuple[float, float, float, int, object]:
    """Return processor seconds, seconds, megabytes at most, questions and the result of one job."""
    database = Database(url)
    settings = replace(
        from_environment({"MATCHMAKER_DATABASE_URL": url, "MATCHMAKER_INSTANCE": folder}), mail_url=mail_url
    )
    for _ in range(BEFORE if name == AGAIN else 0):
        JOBS[name](database, settings, made)
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1

    event.listen(database.engine, "before_cursor_execute", count)
    used, began = time.process_time(), time.perf_counter()
    result = JOBS[name](database, settings, made)
    used, waited = time.process_time() - used, time.perf_counter() - began
    return used, waited, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, asked, result


class Sink:
    """A mail server that takes everything and keeps nothing, in a thread of its own."""

    def __init__(self) -> None:
        """Begin to listen on loopback."""
        self.port, self.taken = 0, 0
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    async def _serve(self, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                while (await reader.readline()) not in (b".\r\n", b""):
                    pass
                self.taken += 1
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
            if verb == b"QUIT":
                break
        writer.close()


def main() -> None:
    """Print a line for each job at each size."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--datasets", type=int, default=3000)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--one-size", action="store_true", help="leave the smaller size out")
    asked.add_argument("--only", default="", help="jobs by name, with commas between")
    wanted = asked.parse_args()
    sink = Sink()
    sizes = [(wanted.people, wanted.datasets)]
    if not wanted.one_size:
        sizes.insert(0, (wanted.people // 4, wanted.datasets // 4))
    print("people | datasets | job | processor time | time | memory | queries | result")
    for people, datasets in sizes:
        with tempfile.TemporaryDirectory() as folder, temporary_database(wanted.postgres, folder) as url:
            database = Database(url)
            made = fill(database, people, datasets, with_plan=False)
            database.dispose()
            for name in JOBS:
                if wanted.only and name not in wanted.only.split(","):
                    continue
                with get_context("spawn").Pool(1) as pool:
                    found = pool.apply(measured, (name, url, folder, f"smtp://127.0.0.1:{sink.port}", made))
                used, waited, memory, queries, result = found
                print(
                    f"{people:,} | {datasets:,} | {name} | {used:.2f} s | {waited:.1f} s | {memory:.0f} MB"
                    f" | {queries:,} | {str(result)[:60]}",
                    flush=True,
                )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
