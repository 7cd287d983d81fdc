"""Workers killed at any instruction, on PostgreSQL with Redis: all work is done in the end, and nothing twice.

A small run belongs to the suite. A large one: `python -m tests.jobs.test_kills 100 postgresql+psycopg://… redis://…`,
which empties that database and prints its counts.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from matchmaker.intake import apart
from matchmaker.jobs.queue import Queue
from matchmaker.jobs.upkeep import SILENT, put_back_and_tidy
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.services.credits import kept_labels
from matchmaker.services.plans import kept_reviews
from matchmaker.settings import Settings, from_environment
from matchmaker.store import jobs as job_rows
from matchmaker.store import schema
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Database
from tests.conftest import Make
from tests.jobs.conftest import MailServer
from tests.queues import forget

PEOPLE = 12
SECONDS = 120
BY_CLOCK = (kept_labels.KIND, kept_reviews.KIND)


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """Run two worker processes in a group of their own, so that one signal ends them all."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "MATCHMAKER_INSTANCE": str(settings.instance),
        "MATCHMAKER_DATABASE_URL": settings.database_url,
        "MATCHMAKER_QUEUE_URL": settings.queue_url,
        "MATCHMAKER_SECRET_KEY": settings.secret_key,
        "MATCHMAKER_MAIL_URL": settings.mail_url,
    }
    words = [sys.executable, "-m", "matchmaker.commands.main", "worker", "--workers", "2"]
    return subprocess.Popen(
        words,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class Kills:
    """An event whose work is asked for again and again, and workers that are killed over it."""

    def __init__(self, database: Database, settings: Settings, make: Any) -> None:
        self.database, self.settings, self.make = database, settings, make
        self.queue = Queue(settings, database)
        self.turn = 0

    def ask(self) -> None:
        """Ask for an import into an event of its own, a plan, sheets about labels, and two letters."""
        self.turn += 1
        event = self.make.event(rounds=2, tables=PEOPLE)
        for _ in range(4):
            self.make.registration(event)
        self.make.endorsement(
            event, self.make.person(), self.make.contribution(self.make.person(), self.make.dataset())
        )
        data = "Name,Email,Topics\n" + "".join(
            f"P{n},p{self.turn}-{n}@inside.example,rivers\n" for n in range(PEOPLE)
        )
        with self.database.writing() as session:
            row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.csv", data.encode(), None)
            keep_readings.keep(session, row, apart.read(keep_readings.order(row, {}), data.encode()))
            asked = [
                Job(event_id=event.id, kind="import-attendees", details={"import": row.public_id}),
                Job(event_id=event.id, kind="plan", details={}),
                Job(
                    event_id=event.id,
                    kind="print-labels",
                    details={"sheet": "tags", "labels_at": "https://x.example/"},
                ),
            ]
            letters = [
                Mail(kind="test", to=f"l{self.turn}-{n}@inside.example", subject="Hello", body="Hello")
                for n in range(2)
            ]
            session.add_all([*asked, *letters])
        self.queue.announce(len(asked))
        self.queue.deliver_mail()

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill every process of a worker, then let the time pass after which its work is taken up again."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        put_back_and_tidy(self.database, datetime.now(UTC) + SILENT + timedelta(seconds=1))
        with self.database.writing() as session:
            session.execute(update(Mail).where(Mail.sent_at.is_(None)).values(claimed_at=None))
            waiting = job_rows.number_queued(session)
        self.queue.announce(waiting)
        self.queue.deliver_mail()

    def open(self) -> int:
        """Return how many jobs and letters are not over yet."""
        with self.database.reading() as session:
            jobs = session.scalar(select(func.count()).where(Job.state.in_(job_rows.OPEN))) or 0
            letters = session.scalar(select(func.count()).where(Mail.sent_at.is_(None))) or 0
        return jobs + letters

    def run(self, kills: int, seeded: random.Random) -> None:
        """Kill workers so often, each after a moment in which there was work; then let one finish.

        A job whose workers die over it again and again is given up, so nothing is killed over for the last time.
        """
        for _ in range(kills):
            self.ask()
            if self.most_attempts() >= job_rows.MOST_ATTEMPTS - 1:
                self.finish()
            worker = start_worker(self.settings)
            before, end = self.open(), time.monotonic() + SECONDS
            while self.open() == before and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(seeded.random())
            self.kill(worker)
        self.finish()

    def finish(self) -> None:
        """Let one worker do all that is open."""
        worker = start_worker(self.settings)
        end = time.monotonic() + SECONDS + 10 * self.turn
        while self.open() and time.monotonic() < end:
            time.sleep(0.1)
        self.kill(worker)

    def most_attempts(self) -> int:
        """Return how often a worker has been killed over the job that had the worst of it."""
        with self.database.reading() as session:
            return session.scalar(select(func.max(Job.attempts)).where(Job.state.in_(job_rows.OPEN))) or 0

    def counts(self) -> dict[str, Any]:
        """Return what came of it all."""
        with self.database.reading() as session:
            here = select(Registration.event_id, func.count()).group_by(Registration.event_id)
            plans = select(Plan.event_id, func.count()).group_by(Plan.event_id)
            return {
                # What the clock asked for by itself at the last moment is left for the next minute.
                "states": dict(Counter(session.scalars(select(Job.state).where(Job.kind.not_in(BY_CLOCK))))),
                "failed": list(session.scalars(select(Job.problem).where(Job.state == JobState.FAILED))),
                "people": dict(Counter(count for _event, count in session.execute(here))),
                "plans": dict(Counter(count for _event, count in session.execute(plans))),
                "events": session.scalar(select(func.count()).select_from(Event)),
                "unsent": session.scalar(select(func.count()).where(Mail.sent_at.is_(None))),
            }


def redis_settings(folder: Path, postgres: Database, redis_server: str, mail_url: str) -> Settings:
    """Settings on PostgreSQL and a numbered part of Redis that others hardly use."""
    return from_environment(
        {
            "MATCHMAKER_INSTANCE": str(folder),
            "MATCHMAKER_DATABASE_URL": postgres.engine.url.render_as_string(hide_password=False),
            "MATCHMAKER_QUEUE_URL": f"{redis_server.rsplit('/', 1)[0]}/{random.randint(1, 14)}",  # noqa: S311
            "MATCHMAKER_SECRET_KEY": uuid.uuid4().hex,
            "MATCHMAKER_MAIL_URL": mail_url,
        }
    )


def test_work_over_which_workers_are_killed_is_all_done_and_nothing_twice(
    tmp_path: Path, postgres: Database, redis_server: str, maker: Any, mail_server: Any
) -> None:
    settings = redis_settings(tmp_path, postgres, redis_server, mail_server.url)
    kills = Kills(postgres, settings, maker(postgres))
    kills.run(2, random.Random(7))
    forget(kills.queue)
    done = kills.counts()
    assert done["failed"] == []
    assert set(done["states"]) == {JobState.DONE}
    assert done["people"] == {PEOPLE + 4: 2}
    assert done["plans"] == {1: 2}
    assert done["unsent"] == 0
    # A letter whose worker was killed between sending and saying so goes again, under the same Message-ID.
    assert len({one["Message-ID"] for one in mail_server.taken}) == 4


def main(kills: int, postgres_url: str, redis_url: str) -> None:
    """Kill workers so often, on a new database and a mail server of its own, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        database, server = Database(postgres_url), MailServer()
        schema.downgrade(database, "base")
        schema.upgrade(database)
        server.controller.start()
        settings = redis_settings(Path(folder), database, redis_url, server.url)
        done = Kills(database, settings, Make(database))
        done.run(kills, random.Random(7))
        forget(done.queue)
        sent = Counter(one["Message-ID"] for one in server.taken)
        server.controller.stop()
        print(done.counts())
        print(f"{len(sent)} letters, {sent.total() - len(sent)} of them sent again after a kill")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
