"""Counting what a block of a test asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from matchmaker.store.session import Database


@pytest.fixture
def queries(sqlite: Database) -> Callable[[], AbstractContextManager[list[str]]]:
    """Give a block that collects the statements sent to the test's SQLite database."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(sqlite.engine, "before_cursor_execute", note)
        yield sent
        event.remove(sqlite.engine, "before_cursor_execute", note)

    return collecting
