"""A page asks the database as many questions of a large event as of a small one."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.installation import fill
from benchmarks.page_rows import ROWS, addresses, world
from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

SMALL, LARGE = 24, 72
"""People; with twice as many datasets, three credits and eight suggestions a person, and a plan of twelve rounds."""

BY_HUNDREDS = 3
"""A page may ask a little more where it loads some hundred rows at a time; one question a row would be far more."""


def asked(database: Database, settings: Settings, statements: list[str], people: int) -> dict[str, int]:
    """Make an event of so many people and return how many questions each of its pages asks."""
    made = fill(database, people, 2 * people)
    app = create_app(replace(settings, demo=True), database, Queue(settings, database, immediate=True))
    app.testing = True
    client = app.test_client(use_cookies=False)
    with database.writing() as session:
        there = world(session, made, settings.secret_key, 1)
    found = {}
    for endpoint, row in ROWS.items():
        counts = []
        for where, cookie in addresses(app, endpoint, row, there):
            statements.clear()
            client.get(where, headers={"Cookie": cookie} if cookie else {}).get_data()
            counts.append(len(statements))
        found[endpoint] = max(counts)
    return found


def test_no_page_asks_more_questions_of_a_large_event(
    sqlite: Database, settings: Settings, statements: list[str], empty_sqlite: Path, tmp_path: Path
) -> None:
    small = asked(sqlite, settings, statements, SMALL)
    copy = tmp_path / "large.db"
    shutil.copy(empty_sqlite, copy)
    other = Database(f"sqlite:///{copy}")

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(other.engine, "before_cursor_execute", note)
    large = asked(other, settings, statements, LARGE)
    other.dispose()
    more = {page: (small[page], large[page]) for page in ROWS if large[page] > small[page] + BY_HUNDREDS}
    assert more == {}
