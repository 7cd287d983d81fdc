"""`matchmaker worker`, the documented way for a department: real processes on PostgreSQL and Redis."""

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from matchmaker.jobs.queue import Queue
from matchmaker.jobs.work import AWAY, FIRST_WAIT, Work, run
from matchmaker.settings import Settings, from_environment
from matchmaker.store.base import JsonObject
from matchmaker.store.jobs import MOST_ATTEMPTS, Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.session import Database
from tests.queues import forget

SECONDS = 300
TIMES, AT_ONCE = 10, 4


@pytest.fixture
def settings(tmp_path: Path, redis_server: str, postgres: Database, mail_server: Any) -> Settings:
    """Settings of a department's installation, in a numbered part of Redis that others hardly use."""
    return from_environment(
        {
            "MATCHMAKER_INSTANCE": str(tmp_path),
            "MATCHMAKER_DATABASE_URL": postgres.engine.url.render_as_string(hide_password=False),
            "MATCHMAKER_QUEUE_URL": f"{redis_server.rsplit('/', 1)[0]}/{random.randint(1, 14)}",  # noqa: S311
            "MATCHMAKER_SECRET_KEY": uuid.uuid4().hex,
            "MATCHMAKER_MAIL_URL": mail_server.url,
        }
    )


WORKER = "from matchmaker.commands.main import main\nmain()\n"
WAITING_WORKER = f"""
import os, time
from matchmaker.jobs.handlers import HANDLERS
def wait_for_the_file(work):
    while not os.path.exists(f"{{work.settings.instance}}/go"):
        time.sleep(0.02)
    return {{}}
HANDLERS.update({{"suggest": wait_for_the_file, "plan": wait_for_the_file, "print": lambda work: {{}}}})
{WORKER}"""
"""A worker whose refits and plans take until there is a file called "go"."""


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Run two worker processes; give the file in which they say what goes wrong."""
    yield from _working(WORKER, settings, tmp_path)


@pytest.fixture
def waiting_worker(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Run two worker processes that are as slow as `WAITING_WORKER` says."""
    yield from _working(WAITING_WORKER, settings, tmp_path)


def _working(program: str, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    said = tmp_path / "said"
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "MATCHMAKER_INSTANCE": str(settings.instance),
        "MATCHMAKER_DATABASE_URL": settings.database_url,
        "MATCHMAKER_QUEUE_URL": settings.queue_url,
        "MATCHMAKER_SECRET_KEY": settings.secret_key,
        "MATCHMAKER_MAIL_URL": settings.mail_url,
    }
    words = [sys.executable, "-c", program, "worker", "--workers", "2"]
    with said.open("wb") as file:
        process = subprocess.Popen(words, cwd=tmp_path, env=environment, stdout=file, stderr=file)
        yield said
        (settings.instance / "go").touch()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS)


def test_two_processes_to_whom_work_comes_at_once_do_all_of_it_once_ten_times_over(
    settings: Settings, worker: Path, postgres: Database, maker: Any, mail_server: Any
) -> None:
    make = maker(postgres)
    events = [make.event() for _ in range(AT_ONCE)]
    for event in events:
        people = [one.person for one in make.registrations(event, 3)]
    queue = Queue(settings, postgres)
    for turn in range(TIMES):
        with postgres.writing() as session:
            rows = [
                Job(event_id=event.id, kind="refresh", details={"people": [people[0].id]}) for event in events
            ]
            letters = [
                Mail(kind="test", to=f"p{turn}-{n}@x.example", subject="Hello", body="Hello")
                for n in range(AT_ONCE)
            ]
            session.add_all([*rows, *letters])
        queue.announce(len(rows))
        for _ in letters:
            queue.deliver_mail()
        _until(postgres, {row.id for row in rows}, {letter.id for letter in letters})
    with postgres.reading() as session:
        asked = select(Job).where(Job.kind == "refresh").subquery()
        states = Counter(session.scalars(select(asked.c.state)))
        attempts = Counter(session.scalars(select(asked.c.attempts)))
    forget(queue)
    assert states == {JobState.DONE: TIMES * AT_ONCE}
    assert attempts == {1: TIMES * AT_ONCE}
    sent = Counter(str(one["To"]) for one in mail_server.taken)
    assert sent == {f"p{turn}-{n}@x.example": 1 for turn in range(TIMES) for n in range(AT_ONCE)}
    assert "Traceback" not in worker.read_text()


def test_large_work_of_some_events_holds_up_neither_small_work_of_another_nor_letters(
    settings: Settings, waiting_worker: Path, postgres: Database, maker: Any, mail_server: Any
) -> None:
    make = maker(postgres)
    large, larger, small = make.event(), make.event(), make.event()
    long = [Job(event_id=event.id, kind="suggest") for event in (large, larger, large, larger)]
    prints = [Job(event_id=small.id, kind="print", details={"n": n}) for n in range(3)]
    queue = Queue(settings, postgres)
    make.add(*long)
    queue.announce(len(long))
    end = time.monotonic() + SECONDS
    while not _states(postgres, "suggest")[JobState.RUNNING] and time.monotonic() < end:
        time.sleep(0.05)
    make.add(*prints)
    queue.announce(len(prints))
    _until(postgres, {row.id for row in prints}, set())
    assert _states(postgres, "suggest") == {JobState.RUNNING: 1, JobState.QUEUED: 3}
    plan = Job(event_id=small.id, kind="plan")
    code = Mail(kind="sign-in code", to="ada@x.example", subject="Your code", body="1")
    make.add(plan)
    queue.announce(1)
    make.add(code)
    queue.deliver_mail()
    _until(postgres, set(), {code.id})
    assert len(mail_server.taken) == 1
    (settings.instance / "go").touch()
    _until(postgres, {row.id for row in (*long, plan)}, set())
    forget(queue)
    assert "Traceback" not in waiting_worker.read_text()


def _states(database: Database, kind: str) -> Counter[JobState]:
    with database.reading() as session:
        return Counter(session.scalars(select(Job.state).where(Job.kind == kind)))


def _until(database: Database, job_ids: set[int], mail_ids: set[int]) -> None:
    """Wait until these jobs are over and these letters sent."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with database.reading() as session:
            over = (JobState.DONE, JobState.FAILED)
            jobs = session.scalar(select(func.count()).where(Job.id.in_(job_ids), Job.state.in_(over)))
            sent = session.scalar(
                select(func.count()).where(Mail.id.in_(mail_ids), Mail.sent_at.is_not(None))
            )
        if (jobs, sent) == (len(job_ids), len(mail_ids)):
            return
        time.sleep(0.05)
    pytest.fail(f"{jobs} of {len(job_ids)} jobs and {sent} of {len(mail_ids)} letters in {SECONDS} seconds")


def cut(database: Database) -> None:
    """Cut every other connection to this database, as a server does that is started anew."""
    with database.reading() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_job_whose_connection_is_cut_is_tried_again_after_a_wait_that_doubles(
    postgres: Database, maker: Any, settings: Settings
) -> None:
    maker(postgres).add(Job(kind="cut"))
    knife = Database(postgres.engine.url.render_as_string(hide_password=False))

    def lose(work: Work) -> JsonObject:
        with work.writing() as session:
            session.execute(update(Job).values(saying="half-way"))
            cut(knife)
            session.execute(select(Job))
        return {}

    waits = []
    for _ in range(MOST_ATTEMPTS):
        waits.append(run(postgres, settings, {"cut": lose}, 1).again_in)
    assert waits == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT, None]
    with postgres.reading() as session:
        job = session.get_one(Job, 1)
        assert (job.state, job.problem, job.saying) == (JobState.FAILED, AWAY, "")
    knife.dispose()


def test_a_letter_that_left_is_marked_as_sent_though_the_connection_was_cut_meanwhile(
    postgres: Database, maker: Any, settings: Settings, mail_server: Any
) -> None:
    maker(postgres).add(Mail(kind="test", to="ada@x.example", subject="Hello", body="Hello"))
    from matchmaker.jobs import outbox  # noqa: PLC0415 - beside its use

    knife = Database(postgres.engine.url.render_as_string(hide_password=False))
    claim = outbox.mail.claim

    def claimed_then_cut(*words: Any) -> Any:
        found = claim(*words)
        words[0].commit()
        cut(knife)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox.mail, "claim", claimed_then_cut)
        assert outbox.deliver_due(postgres, settings) == 1
    assert outbox.deliver_due(postgres, settings) == 0
    assert len(mail_server.taken) == 1
    knife.dispose()
