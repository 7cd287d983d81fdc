"""No log line of any test holds what a test kept of a person: names, addresses, biographies, letters, reasons."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, inspect

from matchmaker.commands.log import FORMAT, DiscreetFormatter
from matchmaker.store.base import Base

NOT_ABOUT_PEOPLE = {
    "event", "round", "hall_table", "dataset", "dataset_subject", "dataset_alias", "dataset_term", "publisher",
    "publisher_alias", "column_meaning", "text_meaning",
}  # fmt: skip
"""Tables that hold no words of or about people; the texts of all others are looked for."""
SHORTEST = 8
"""Letters of a text that is looked for; shorter ones are in every line."""
NOT_WORDS = {"public_id", "kind", "state", "zone", "role", "relation", "pool", "presence", "media_type"}


class Canaries(logging.Handler):
    """Keeps what a test stored of people, and the log as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(DiscreetFormatter(FORMAT))
        self.lines: list[str] = []
        self.texts: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def keep(self, _mapper: Any, _connection: Any, row: Any) -> None:
        """Keep the texts of a row that is written."""
        if row.__tablename__ in NOT_ABOUT_PEOPLE:
            return
        for column in inspect(type(row)).columns:
            value = getattr(row, column.key, None)
            if type(value) is str and len(value) >= SHORTEST and column.key not in NOT_WORDS:
                self.texts.add(value)

    def sung(self) -> list[str]:
        """Return the lines of the log that hold one of the texts."""
        return [line for line in self.lines for text in self.texts if text in line]


CANARIES = Canaries()
"""Those of the run."""


@pytest.fixture(scope="session")
def canaries() -> Iterator[Canaries]:
    """Listen to every log and every write of the run."""
    heard = CANARIES
    logging.getLogger().addHandler(heard)
    for what in ("before_insert", "before_update"):
        event.listen(Base, what, heard.keep, propagate=True)
    yield heard
    logging.getLogger().removeHandler(heard)


@pytest.fixture(autouse=True)
def no_personal_data_in_the_log(canaries: Canaries) -> Iterator[None]:
    """Fail a test after which the log holds what it kept of a person."""
    canaries.lines.clear()
    canaries.texts.clear()
    yield
    assert canaries.sung() == [], "personal data in the log"
