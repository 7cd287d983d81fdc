"""Values of a database as JSON can hold them, and back."""

import base64
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.types import Date, DateTime, Time

from matchmaker.store.base import written_numbers


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, frozenset):
        return written_numbers(value)
    return value


def typed(kind: Any, value: Any) -> Any:
    """Return a value from JSON as a column of this type, as the database describes it, wants it."""
    if value is None:
        return None
    for column_type, read in _READERS:
        if isinstance(kind, column_type):
            return read(value)
    return value


_READERS: tuple[tuple[Any, Any], ...] = (
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (LargeBinary, base64.b64decode),
)
