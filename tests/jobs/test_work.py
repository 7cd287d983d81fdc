"""Jobs: claimed by one worker, told apart from failure, put back when their worker is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from matchmaker.jobs import heartbeat
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.upkeep import SILENT, put_back_and_tidy
from matchmaker.jobs.urgency import URGENCY, long_at_once
from matchmaker.jobs.work import Handler, JobRefused, Work, run, run_next
from matchmaker.settings import from_environment
from matchmaker.store import jobs, turns
from matchmaker.store.base import JsonObject
from matchmaker.store.jobs import MOST_ATTEMPTS, Job, JobState
from matchmaker.store.people import people
from matchmaker.store.people.people import Address, Person
from matchmaker.store.session import Database
from matchmaker.store.turns import PATIENCE

SETTINGS = from_environment({})


def job(database: Database, job_id: int = 1) -> Job:
    with database.reading() as session:
        return session.get_one(Job, job_id)


def test_a_job_says_how_far_it_is_and_what_it_found(database: Database, maker: Any) -> None:
    maker(database).add(Job(kind="count", details={"to": 4}))
    seen = []

    def count(work: Work) -> JsonObject:
        work.progress(1, work.details["to"], "Counting")
        seen.append((job(database).state, job(database).done, job(database).total, job(database).saying))
        return {"counted": work.details["to"]}

    run(database, SETTINGS, {"count": count}, 1)
    assert seen == [(JobState.RUNNING, 1, 4, "Counting")]
    ended = job(database)
    assert (ended.state, ended.result, ended.done, ended.total) == (JobState.DONE, {"counted": 4}, 4, 4)


def test_a_job_runs_once_however_often_it_is_asked_for(database: Database, maker: Any) -> None:
    maker(database).add(Job(kind="count"))
    ran = []
    handlers: dict[str, Handler] = {"count": lambda work: {"ran": ran.append(work.job_id)}}
    for _ in range(3):
        run(database, SETTINGS, handlers, 1)
    assert ran == [1]


def test_a_job_that_is_removed_at_the_moment_it_ends_is_no_fault(
    database: Database, maker: Any, caplog: pytest.LogCaptureFixture
) -> None:
    maker(database).add(Job(kind="count"))
    removed = []

    def remove_first(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Remove the job after whoever ends it has looked, and before they write."""
        if statement.startswith("UPDATE job SET") and "ended_at" in statement:
            removed.append(connection.exec_driver_sql("DELETE FROM job").rowcount)

    event.listen(database.engine, "before_cursor_execute", remove_first)
    run(database, SETTINGS, {"count": lambda work: {}}, 1)
    event.remove(database.engine, "before_cursor_execute", remove_first)
    assert removed == [1]
    assert caplog.text == ""


def test_a_job_that_meets_what_somebody_else_wrote_meanwhile_is_done_again_from_the_start_and_once(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    make.add(Job(kind="know"), Job(kind="break"))
    tried = []

    def know(work: Work) -> JsonObject:
        """Make sure that there is somebody of this address; somebody else does so after the first look."""
        with work.reading() as session:
            there = people.by_email(session, "zoe@inside.example")
        tried.append(work.job_id)
        if there is None:
            make.person("Zoe", "zoe@inside.example")
            with work.writing() as session:
                session.add(Person(name="Zoe", addresses=[Address(email="zoe@inside.example")]))
        return {"known": "Zoe"}

    def break_(work: Work) -> JsonObject:
        tried.append(work.job_id)
        with work.writing() as session:
            session.add(Address(person_id=99, email="of nobody"))
        return {}

    handlers: dict[str, Handler] = {"know": know, "break": break_}
    run(database, SETTINGS, handlers, 1)
    run(database, SETTINGS, handlers, 2)
    assert tried == [1, 1, 2, 2]
    assert [job(database, number).state for number in (1, 2)] == [JobState.DONE, JobState.FAILED]
    with database.reading() as session:
        assert [one.name for one in session.scalars(select(Person))] == ["Zoe"]


def test_a_refusal_reaches_the_reader_and_a_fault_does_not(
    sqlite: Database, maker: Any, caplog: pytest.LogCaptureFixture
) -> None:
    maker(sqlite).add(Job(kind="refuse"), Job(kind="break"))

    def refuse(_work: Work) -> JsonObject:
        raise JobRefused("Add a table first.")

    def break_(_work: Work) -> JsonObject:
        raise RuntimeError("secret detail")

    handlers: dict[str, Handler] = {"refuse": refuse, "break": break_}
    run(sqlite, SETTINGS, handlers, 1)
    run(sqlite, SETTINGS, handlers, 2)
    assert (job(sqlite, 1).state, job(sqlite, 1).problem) == (JobState.FAILED, "Add a table first.")
    assert (job(sqlite, 2).state, job(sqlite, 2).problem) == (
        JobState.FAILED,
        "Something went wrong on our side. Nothing was changed.",
    )
    assert "secret detail" in caplog.text


def test_a_job_whose_worker_fell_silent_is_queued_again_but_not_for_ever(
    database: Database, maker: Any
) -> None:
    at = datetime.now(UTC)
    long_ago, just_now = at - SILENT - timedelta(seconds=1), at - SILENT + timedelta(seconds=5)
    running = {"kind": "x", "state": JobState.RUNNING}
    maker(database).add(
        Job(**running, heartbeat_at=long_ago, attempts=1),
        Job(**running, heartbeat_at=just_now, attempts=1),
        Job(**running, heartbeat_at=long_ago, attempts=MOST_ATTEMPTS),
    )
    put_back_and_tidy(database, at)
    assert [job(database, n).state for n in (1, 2, 3)] == [JobState.QUEUED, JobState.RUNNING, JobState.FAILED]


def test_a_worker_killed_half_way_leaves_a_job_that_another_finishes(
    sqlite: Database, maker: Any, tmp_path: Path
) -> None:
    maker(sqlite).add(Job(kind="long"))
    script = (
        "import sys, time\n"
        "from matchmaker.jobs.work import run\n"
        "from matchmaker.settings import from_environment\n"
        "import matchmaker.store.schema\n"
        "from matchmaker.store.session import Database\n"
        "def long(work):\n"
        "    work.progress(1, 2)\n"
        "    print('half-way', flush=True)\n"
        "    time.sleep(60)\n"
        "run(Database(sys.argv[1]), from_environment({}), {'long': long}, 1)\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", script, sqlite.url], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    with worker.stdout:
        assert worker.stdout.readline() == "half-way\n"
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert job(sqlite).state is JobState.RUNNING
    put_back_and_tidy(sqlite, datetime.now(UTC) + SILENT + timedelta(seconds=1))
    run(sqlite, SETTINGS, {"long": lambda _work: {}}, 1)
    assert (job(sqlite).state, job(sqlite).attempts) == (JobState.DONE, 2)


def test_a_refresh_of_yesterday_is_forgotten_and_other_work_is_not(sqlite: Database, make: Any) -> None:
    event = make.event()
    at = datetime.now(UTC)
    rows = [
        Job(event_id=event.id, kind=kind, state=state, ended_at=at - timedelta(hours=hours))
        for kind, state, hours in (
            ("refresh", JobState.DONE, 25),
            ("refresh", JobState.DONE, 23),
            ("refresh", JobState.FAILED, 25),
            ("plan", JobState.DONE, 25),
        )
    ]
    make.add(*rows)
    put_back_and_tidy(sqlite, at)
    with sqlite.reading() as session:
        assert [jobs.by_id(session, row.id) is not None for row in rows] == [False, True, True, True]


def test_every_ten_minutes_sqlite_learns_how_large_its_tables_are(sqlite: Database, make: Any) -> None:
    event = make.event()
    for _ in range(3):
        make.registration(event)

    def learnt() -> set[str]:
        with sqlite.reading() as session:
            there = text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
            if not session.scalar(there):
                return set()
            told = session.scalars(
                text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_registration_standing'")
            )
            return {one.split()[0] for one in told}

    just_before = datetime(2027, 1, 11, 9, 49, tzinfo=UTC)
    put_back_and_tidy(sqlite, just_before)
    assert learnt() == set()
    put_back_and_tidy(sqlite, just_before + timedelta(minutes=1))
    assert learnt() == {"3"}


def test_a_job_that_says_nothing_for_long_is_not_begun_again_while_its_worker_lives(
    database: Database, maker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five minutes in small: the beat and what counts as silent are a hundred times as short."""
    monkeypatch.setattr(heartbeat, "SECONDS", 0.05)
    silent = timedelta(seconds=0.6)
    maker(database).add(Job(kind="think"))
    begun, until = [], threading.Event()

    def think(work: Work) -> JsonObject:
        begun.append(work.job_id)
        until.wait(10)
        return {}

    one = threading.Thread(target=run, args=(database, SETTINGS, {"think": think}, 1))
    one.start()
    began = time.monotonic()
    while time.monotonic() - began < 1.5:
        with database.writing() as session:
            jobs.put_back_stale(session, datetime.now(UTC) - silent, MOST_ATTEMPTS)
        run(database, SETTINGS, {"think": think}, 1)
    until.set()
    one.join()
    assert begun == [1]
    assert (job(database).state, job(database).attempts) == (JobState.DONE, 1)


def test_a_worker_that_was_given_up_does_not_beat_for_the_one_that_took_its_place(
    database: Database, maker: Any
) -> None:
    at = datetime.now(UTC)
    maker(database).add(Job(kind="x", state=JobState.RUNNING, attempts=2, heartbeat_at=at - SILENT))
    with database.writing() as session:
        assert not jobs.beat(session, 1, 1, at)
        assert jobs.beat(session, 1, 2, at)


def test_what_is_awaited_goes_first_and_long_work_last_and_events_take_turns(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    large, small, old, away = (make.event() for _ in range(4))
    at = datetime.now(UTC)
    hours = timedelta(hours=1)
    make.add(
        Job(event_id=large.id, kind="suggest"),
        Job(event_id=large.id, kind="import-attendees"),
        Job(event_id=small.id, kind="suggest"),
        Job(event_id=large.id, kind="refresh"),
        Job(event_id=large.id, kind="print"),
        Job(event_id=large.id, kind="plan-table"),
        Job(event_id=small.id, kind="plan"),
        Job(event_id=old.id, kind="suggest", asked_at=at - PATIENCE - hours),
        Job(kind="count-labels"),
        # Of an event that had a turn, of one whose job was put back, and of what is over.
        Job(event_id=old.id, kind="what-if", state=JobState.DONE, heartbeat_at=at - hours),
        Job(event_id=away.id, kind="plan", heartbeat_at=at + hours),
        Job(event_id=away.id, kind="plan", state=JobState.FAILED),
    )
    began: list[tuple[int | None, str]] = []

    def begin(work: Work) -> JsonObject:
        began.append((work.event_id, job(database, work.job_id).kind))
        return {}

    for _ in range(12):
        run_next(database, SETTINGS, dict.fromkeys(HANDLERS, begin), 1)
    assert began == [
        (large.id, "print"),
        (small.id, "plan"),
        (old.id, "suggest"),
        (large.id, "plan-table"),
        (large.id, "refresh"),
        (None, "count-labels"),
        (small.id, "suggest"),
        (large.id, "suggest"),
        (large.id, "import-attendees"),
    ]


def test_every_kind_whose_urgency_is_told_is_one_that_workers_do() -> None:
    assert URGENCY.awaited | URGENCY.long <= HANDLERS.keys()
    assert not URGENCY.awaited & URGENCY.long


def test_of_several_workers_one_is_free_for_work_that_is_not_long(database: Database, maker: Any) -> None:
    make = maker(database)
    first, second = make.event(), make.event()
    at = datetime.now(UTC)
    later = at + timedelta(seconds=1)
    make.add(
        Job(event_id=first.id, kind="suggest"),
        Job(event_id=second.id, kind="import-attendees"),
        Job(event_id=first.id, kind="refresh"),
        # The second event had its last turn later, but has nothing running.
        Job(event_id=second.id, kind="plan", state=JobState.DONE, heartbeat_at=later),
    )

    def taken(workers: int) -> str:
        with database.writing() as session:
            found = turns.take(session, at, URGENCY, long_at_once(workers))
            return found.kind if found else ""

    assert [taken(2) for _ in range(3)] == ["refresh", "import-attendees", ""]
    assert taken(3) == "suggest"
