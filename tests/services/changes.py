"""Every way in which a row could be another: to prove that what is kept beside it is not read once it is untrue."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.types import Enum

from matchmaker.store.schema import metadata
from matchmaker.store.session import Session


class Undone(Exception):  # noqa: N818 - it is no fault
    """Takes one change back."""


def tried_and_undone(session: Session, change: Callable[[], None]) -> bool:
    """Do something and take it back; return whether the database, or what reads it, let it be.

    An assertion with words is passed on.
    """
    try:
        with session.begin_nested():
            change()
            raise Undone
    except Undone:
        return True
    except (DBAPIError, StatementError, LookupError, ValueError, TypeError, AssertionError) as refused:
        if isinstance(refused, AssertionError) and refused.args:
            raise
    return False


def others(table: str) -> Iterator[tuple[Column[Any], Any]]:
    """Yield, for each column of a table, values that it might be changed to."""
    for column in metadata.tables[table].columns:
        found: list[Any] = [None] if column.nullable else []
        kind = column.type
        if isinstance(kind, Enum) and kind.enum_class is not None:
            found += list(kind.enum_class)
        else:
            found += PLAUSIBLE.get(type(kind).__name__, [])
        yield from ((column, value) for value in found)


PLAUSIBLE: dict[str, list[Any]] = {
    "Boolean": [True, False],
    "Date": [date(2027, 3, 12)],
    "Float": [0.5],
    "Integer": [1, 2, 3, 99],
    "JSON": [[], [1, 2], {}],
    "Numbers": [frozenset({1, 2})],
    "String": ["x"],
    "Text": ["x"],
    "Time": [time(9), time(10, 30), time(13)],
    "UtcDateTime": [datetime(2027, 3, 11, 7, tzinfo=UTC), datetime(2027, 3, 11, 12, tzinfo=UTC)],
}
