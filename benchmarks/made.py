"""What is made for benchmarks: the numbers of an event, its people and datasets, and how rows are put in in bulk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, insert

from matchmaker.store.base import Base
from matchmaker.store.session import Session

AT_ONCE = 2000
HELD_ON = date.today() + timedelta(days=30)
BEGINS = datetime.combine(HELD_ON, time(9), UTC)


@dataclass(frozen=True)
class Made:
    """What was put there: the inside ids of an event, of its people in order, and of all datasets."""

    event_id: int
    organiser_id: int
    people: tuple[int, ...]
    datasets: tuple[int, ...]


def put(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert rows in bulk, some thousand at a time; return their ids where the table has one, in order."""
    ids: list[int] = []
    rows = list(rows)
    own = isinstance(table.__table__, Table) and "id" in table.__table__.columns
    for start in range(0, len(rows), AT_ONCE):
        some = [dict(row) for row in rows[start : start + AT_ONCE]]
        if own:
            found = session.scalars(
                insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True), some
            )
            ids += list(found)
        else:
            session.execute(insert(table), some)
    return ids
