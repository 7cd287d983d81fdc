"""When many write at once, or the disk is full: nothing is lost, nothing is doubled, and a page says so."""

import os
import re
import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings
from matchmaker.store import session as sessions
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.web.app import create_app
from matchmaker.web.organisers import jobs
from matchmaker.web.second_try import TRIES

Open = Callable[..., Any]


@contextmanager
def somebody_writing(database: Database) -> Iterator[sqlite3.Connection]:
    """Hold SQLite's one write lock as long as the block lasts."""
    other = sqlite3.connect(database.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, sqlite: Database) -> None:
    monkeypatch.setattr(sessions, "BUSY_MILLISECONDS", 50)
    sqlite.dispose()


def test_a_form_that_cannot_be_saved_now_is_kept_on_a_page_that_sends_it_again(
    app: Flask, browser: Open, make: Any, sqlite: Database, impatient: None
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))
    where = f"/organise/{hall.public_id}/people/add"
    sent = {"name": "Ŵyn & “Co”", "email": "w@x.example", "organisation": "Office\r\nof two lines"}
    before, token = names(sqlite), one.token()
    with somebody_writing(sqlite):
        page = one.post(where, sent, status=503)
    assert page.heading == "Too much is happening at once"
    assert page.response.headers["Retry-After"] == "5"
    assert "What you sent could not be saved just now." in page.text
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.html))
    assert f'action="{where}"' in page.html
    assert kept.pop("csrf_token") == token or token
    assert names(sqlite) == before
    again = {name: value.replace("&amp;", "&") for name, value in kept.items()}
    assert again == sent
    one.post(where, again)
    assert names(sqlite) == [*before, "Ŵyn & “Co”"]


def test_a_form_that_is_refused_needs_no_lock(
    browser: Open, make: Any, sqlite: Database, impatient: None
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))
    with somebody_writing(sqlite):
        page = one.post(f"/organise/{hall.public_id}/people/add", {"name": ""}, status=422)
    assert "There is a problem" in page.html


def test_a_form_whose_reading_is_old_by_the_time_it_writes_is_answered_again_from_the_start(
    app: Flask, browser: Open, make: Any, sqlite: Database
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))
    came, before = [], len(names(sqlite))

    def somebody_else(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Write something just before the form's own first write."""
        if statement.startswith("INSERT INTO person") and not came:
            came.append(statement)
            with sqlite3.connect(sqlite.engine.url.database or "") as other:
                other.execute("UPDATE event SET place = 'Elsewhere'")
            other.close()

    event.listen(sqlite.engine, "before_cursor_execute", somebody_else)
    page = one.post(f"/organise/{hall.public_id}/people/add", {"name": "Zoe"})
    event.remove(sqlite.engine, "before_cursor_execute", somebody_else)
    assert came
    assert names(sqlite)[before:] == ["Zoe"]
    assert one.get(page.location).text.count("Zoe") >= 1


def test_two_hundred_forms_at_once_lose_no_change_and_fail_none(
    database: Database, maker: Any, settings: Settings
) -> None:
    make = maker(database)
    counted = make.person("0")
    app = create_app(settings, database, Queue(settings, database, immediate=True))
    app.config["WTF_CSRF_ENABLED"] = False

    def count() -> str:
        opened = app.extensions["test.session"]()
        row = opened.get_one(Person, counted.id, with_for_update=True)
        row.name = str(int(row.name) + 1)
        return "done"

    from matchmaker.web.transaction import session  # noqa: PLC0415 - beside its use

    app.extensions["test.session"] = session
    app.add_url_rule("/count", "count", count, methods=["POST"])
    answers: list[int] = []

    def send() -> None:
        client = app.test_client()
        answers.extend(client.post("/count").status_code for _ in range(25))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 200
    with database.reading() as opened:
        assert opened.get_one(Person, counted.id).name == "200"


def test_of_two_forms_that_wait_for_each_other_both_succeed(
    postgres: Database, maker: Any, settings: Settings
) -> None:
    make = maker(postgres)
    pair = (make.person("0").id, make.person("0").id)
    app = create_app(settings, postgres, Queue(settings, postgres, immediate=True))
    app.config["WTF_CSRF_ENABLED"] = False
    from matchmaker.web.transaction import session  # noqa: PLC0415 - beside its use

    meet, tries = threading.Barrier(2), []

    def count(turn: int) -> str:
        tries.append(turn)
        order = pair if turn == 0 else pair[::-1]
        for place, person_id in enumerate(order):
            opened = session()
            opened.execute(
                update(Person).where(Person.id == person_id).values(job_title=Person.job_title + "x")
            )
            if place == 0 and len(tries) <= 2:
                meet.wait(timeout=20)
        return "done"

    app.add_url_rule("/count/<int:turn>", "count", count, methods=["POST"])
    answers: list[int] = []

    def send(turn: int) -> None:
        answers.append(app.test_client().post(f"/count/{turn}").status_code)

    threads = [threading.Thread(target=send, args=(turn,)) for turn in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
    assert len(tries) > 2, "one of the two was answered again"
    with postgres.reading() as opened:
        assert [opened.get_one(Person, one).job_title for one in pair] == ["xx", "xx"]


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Let no file of this process grow beyond the size of the database's log, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(f"{path}-wal"), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_at_the_commit_gives_our_own_page_with_a_reference_and_says_nothing_untrue(
    app: Flask, browser: Open, make: Any, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))
    where = f"/organise/{hall.public_id}/people/add"
    one.token()
    before = names(sqlite)
    with full_disk(Path(sqlite.engine.url.database or "")):
        page = one.post(where, {"name": "Zoe Canary"}, status=500)
    assert page.heading == "Something went wrong"
    reference = re.search(r"<strong>([0-9a-f]{8})</strong>", page.html)
    assert reference
    assert reference.group(1) in caplog.text
    assert "Zoe Canary" not in caplog.text
    assert "Content-Security-Policy" in page.response.headers
    assert names(sqlite) == before
    assert "Zoe" not in one.get(f"/organise/{hall.public_id}/people").text
    one.post(where, {"name": "Zoe"})
    assert names(sqlite) == [*before, "Zoe"]


def test_a_database_with_no_room_left_gives_the_same_page(
    app: Flask, browser: Open, make: Any, sqlite: Database
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))

    def no_more(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    sqlite.dispose()
    event.listen(sqlite.engine, "connect", no_more)
    sent = {"file": (BytesIO(b"Name,Email\n" + b"x,\n" * 99_000), "list.csv")}
    page = one.post(f"/organise/{hall.public_id}/imports/attendees", sent, status=500)
    assert page.heading == "Something went wrong"
    assert "You will be asked to choose the file once more." in page.text


def test_a_queue_that_does_not_answer_fails_no_page_whose_words_are_kept(
    app: Flask, browser: Open, make: Any, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = make.event()
    one = browser(make.organiser(hall))

    def away(_jobs: int) -> None:
        raise ConnectionError("redis is not there")

    monkeypatch.setattr(app.extensions["matchmaker.queue"], "announce", away)
    sent = {"file": (BytesIO(b"Name,Email\nAda,ada@inside.example\n"), "list.csv")}
    page = one.get(one.post(f"/organise/{hall.public_id}/imports/attendees", sent).location, status=302)
    monkeypatch.setattr(jobs, "PATIENCE", 0)
    assert one.get(page.location).heading == "Reading the file"
    monkeypatch.undo()
    app.extensions["matchmaker.queue"].upkeep()
    assert one.get(page.location, status=302).location.startswith(f"/organise/{hall.public_id}/imports/")


def test_an_error_anywhere_gives_our_own_page(
    app: Flask, browser: Open, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = browser()
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    for name in ("before_request_funcs", "after_request_funcs"):
        functions = getattr(app, name).setdefault(None, [])
        functions.insert(0, fail)
        page = one.get("/sign-in", status=500)
        assert page.heading == "Something went wrong", name
        functions.remove(fail)
    monkeypatch.setitem(app.jinja_env.globals, "asset", fail)
    assert one.get("/no-such-page", status=500).heading == "Something went wrong"
    assert TRIES == 3
