"""Two who do the same at the same moment, on PostgreSQL, where both may look before either is kept."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import text

from matchmaker.store.session import Database, Session

WAITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
"""How many wait for what another holds."""

Answer = TypeVar("Answer")


def two_at_once(database: Database, deed: Callable[[Session], Answer]) -> tuple[Answer, Answer]:
    """Do it in one transaction and, before that is kept, in another; return what both were told."""
    answers: list[Answer] = []

    def again() -> None:
        with database.writing() as session:
            answers.append(deed(session))

    second = threading.Thread(target=again)
    with database.writing() as session:
        first = deed(session)
        second.start()
        if not database.is_sqlite:
            # Until the second has come as far as it can while the first is not kept.
            with database.reading() as other:
                while second.is_alive() and not other.scalar(text(WAITS)):
                    other.rollback()
                    second.join(0.01)
    second.join()
    return first, answers[0]
