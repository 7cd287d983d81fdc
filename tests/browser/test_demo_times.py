"""The demo is made on any day: what has happened in it has happened by then."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from matchmaker.store.base import UtcDateTime
from matchmaker.store.schema import metadata
from matchmaker.store.session import Database

STILL_TO_COME = {"round.starts_at", "sign_in.ends_at", "file.purge_at", "kept_form.purge_at", "mail.due_at"}


def test_nothing_in_the_demo_has_happened_at_a_time_to_come(demo_database: Path) -> None:
    database, later = Database(f"sqlite:///{demo_database}"), []
    with database.reading() as session:
        for table in metadata.tables.values():
            for column in table.columns:
                if (
                    isinstance(column.type, UtcDateTime)
                    and f"{table.name}.{column.name}" not in STILL_TO_COME
                ):
                    last = session.scalar(select(func.max(column)))
                    if last is not None and last > datetime.now(UTC) + timedelta(seconds=1):
                        later.append((table.name, column.name, last))
    database.dispose()
    assert later == []
