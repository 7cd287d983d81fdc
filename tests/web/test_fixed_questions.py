"""A page, and what is sent from it, asks the database as many questions of a large event as of a small one."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from benchmarks.crowd import begin_the_day
from benchmarks.installation import fill
from benchmarks.made import Made
from benchmarks.page_rows import ROWS, World, addresses, world
from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from matchmaker.web.app import create_app
from tests.web.typed_forms import Form, forms_of

SMALL, LARGE = 24, 72
"""People; with twice as many datasets, three credits and eight suggestions a person, and a plan of twelve rounds."""

BY_HUNDREDS = 3
"""A page may ask a little more where it loads some hundred rows at a time; one question a row would be far more."""

PRESSED = {
    "attendees.answer": {"answer": "meet"},
    "attendees.star_topic": {"star": "yes"},
    "attendees.profile": {"do": "save"},
    "attendees.profile_about": {"do": "save"},
    "attendees.profile_datasets": {"do": "save"},
    "people.thank": {"step": "send"},
    "people.edit_thanks": {"step": "send"},
}
"""Endpoint → the button that does something."""

POSTS = re.compile(r'<form(?=[^>]* method="post")(?:[^>]* action="([^"#]+))?')
"""Where a form of a page leads, found without reading all of it; "" for the page itself."""


class Site:
    """An event of so many people on its day, and how many questions its pages ask, and a form to each address."""

    def __init__(self, database: Database, settings: Settings, people: int) -> None:
        self.database, self.statements = database, list[str]()
        made = fill(database, people, 2 * people)
        begin(database, made, people // 8)
        self.queue = Queue(settings, database)
        self.app: Flask = create_app(replace(settings, demo=True), database, self.queue)
        self.app.testing, self.app.config["WTF_CSRF_ENABLED"] = True, False
        self.client = self.app.test_client(use_cookies=False)
        with database.writing() as session:
            self.there: World = world(session, made, settings.secret_key, 1)
        event.listen(database.engine, "before_cursor_execute", self.note)
        self.pages: dict[str, int] = {}
        self.found: dict[str, tuple[Form, str]] = {}
        for endpoint, row in ROWS.items():
            for where, cookie in addresses(self.app, endpoint, row, self.there):
                self.read(endpoint, where, cookie)
        self.forms = self.sent()

    def note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            self.statements.append(statement)

    def endpoint(self, action: str) -> str:
        found: str = self.app.url_map.bind("localhost").match(action.partition("?")[0], method="POST")[0]
        return found

    def read(self, endpoint: str, where: str, cookie: str) -> None:
        """Open a page, and keep those of its forms that lead where none before did."""
        self.statements.clear()
        page = self.client.get(where, headers={"Cookie": cookie} if cookie else {})
        text = page.get_data(as_text=True) if page.mimetype == "text/html" else ""
        self.pages[endpoint] = max(len(self.statements), self.pages.get(endpoint, 0))
        if {self.endpoint(one or where) for one in POSTS.findall(text)} - self.found.keys():
            for form in forms_of(where, text):
                self.found.setdefault(self.endpoint(form.action), (form, cookie))

    def sent(self) -> dict[str, int]:
        """Send each form as it stands, each to the same rows; return how many questions it asks."""
        asked = {}
        with kept(self.database) as put_back:
            for at, (form, cookie) in self.found.items():
                put_back()
                self.statements.clear()
                said = form.sent() | PRESSED.get(at, {})
                self.client.post(form.action, data=said, headers={"Cookie": cookie} if cookie else {})
                asked[at] = len(self.statements)
        return asked


def begin(database: Database, made: Made, helpers: int) -> None:
    """Let the event be today, with two of its rounds begun and so many helpers more."""
    with database.writing() as session:
        begin_the_day(session, made)
        staff = [Person(name=f"Helper {number}", organisation="Host Office") for number in range(helpers)]
        session.add_all(staff)
        session.flush()
        parts = (Organiser(event_id=made.event_id, person_id=one.id, role=EventRole.HELPER) for one in staff)
        session.add_all(parts)


@contextmanager
def kept(database: Database) -> Iterator[Any]:
    """Keep what a database holds, and give what puts it back."""
    file = database.engine.url.database or ""
    rows = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(file)) as one:
        one.backup(rows)

    def put_back() -> None:
        database.engine.dispose()
        with closing(sqlite3.connect(file)) as one:
            rows.backup(one)

    yield put_back
    rows.close()


@pytest.fixture
def another(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an empty SQLite database beside the test's own."""
    shutil.copy(empty_sqlite, tmp_path / "large.db")
    database = Database(f"sqlite:///{tmp_path / 'large.db'}")
    yield database
    database.dispose()


def more(small: dict[str, int], large: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return what asks more at a large event, with both numbers."""
    return {one: (small[one], large[one]) for one in small if large.get(one, 0) > small[one] + BY_HUNDREDS}


def test_no_page_nor_form_asks_more_questions_of_a_large_event(
    sqlite: Database, another: Database, settings: Settings
) -> None:
    small, large = Site(sqlite, settings, SMALL), Site(another, settings, LARGE)
    assert more(small.pages, large.pages) == {}
    assert len(small.forms) > 90
    assert more(small.forms, large.forms) == {}
    for one in (small, large):
        one.queue.close()
