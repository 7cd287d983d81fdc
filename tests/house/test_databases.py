"""Tests that share a database do not meet: what one leaves is gone before the next."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from tests.conftest import Make
from tests.databases import EmptiedSqlite


@pytest.mark.parametrize("left", ["rows", "a table", "an open connection"])
def test_what_a_test_leaves_in_the_database_of_its_process_the_next_does_not_find(
    empty_sqlite: Path, tmp_path: Path, left: str
) -> None:
    emptied = EmptiedSqlite(empty_sqlite, tmp_path / "test.db")
    database = emptied.give()
    make = Make(database)
    make.contribution(make.registration(make.event(rounds=2)).person, make.dataset())
    if left == "a table":
        with database.writing() as session:
            session.execute(text("CREATE TABLE more (number INTEGER)"))
    held = database.engine.connect() if left == "an open connection" else None
    emptied.empty(database)

    database = emptied.give()
    with database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        filled = [one for one in tables if session.scalar(text(f'SELECT count(*) FROM "{one}"'))]
    assert filled == ["alembic_version"]
    assert "more" not in tables
    assert Make(database).person().id == 1
    if held is not None:
        held.close()
    emptied.drop()
