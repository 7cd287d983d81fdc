"""Backups: every row of every table in one zip file, readable by either database.

A file made from the embedded database can be restored into PostgreSQL and back, which is how a laptop's event
moves to a department's server. Rows are JSON lines, one member a table, in the order in which they can be put
back; the member `backup.json` names the schema's revision. Files in the archive are personal data.
"""

import base64
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text, update
from sqlalchemy.types import Date, Time

from matchmaker.store import schema
from matchmaker.store.base import UtcDateTime
from matchmaker.store.session import Database

FORMAT = 1
BATCH = 500


class ArchiveError(Exception):
    """The file cannot be made or put back; the message says what to do."""


def back_up(database: Database, path: Path) -> int:
    """Write all rows, as they are at one moment, to a new zip file at `path`; return how many.

    The file appears under its name only when it is whole.
    """
    if path.exists():
        raise ArchiveError(f"{path} exists already. Choose another name.")
    unfinished = path.with_name(path.name + ".unfinished")
    count = 0
    with (
        database.engine.connect().execution_options(**_one_moment(database)) as connection,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        about = {
            "format": FORMAT,
            "revision": schema.revision(connection),
            "made_at": datetime.now(UTC).isoformat(),
        }
        archive.writestr("backup.json", json.dumps(about))
        for table in schema.metadata.sorted_tables:
            with archive.open(f"{table.name}.jsonl", "w") as member:
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                    member.write(json.dumps({k: _plain(v) for k, v in row.items()}).encode() + b"\n")
                    count += 1
    unfinished.rename(path)
    return count


def restore(database: Database, path: Path) -> int:
    """Put every row of the backup at `path` into an empty database of the same schema; return how many.

    All or nothing. Raises ArchiveError if the database holds anything, or the file is of another schema.
    """
    try:
        archive = zipfile.ZipFile(path)
        about = json.loads(archive.read("backup.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ArchiveError(f"{path} is not a backup of matchmaker.") from error
    with archive, database.engine.execution_options(write=True).begin() as connection:
        if about.get("format") != FORMAT or about.get("revision") != schema.revision(connection):
            raise ArchiveError(
                f"The backup is of schema {about.get('revision')}, the database of {schema.revision(connection)}. "
                "Restore it with the version of matchmaker that made it, then upgrade."
            )
        tables = schema.metadata.sorted_tables
        if any(connection.scalar(select(func.count()).select_from(table)) for table in tables):
            raise ArchiveError(
                "The database is not empty. Restore into a new one, so that nothing is mixed up."
            )
        return sum(_fill(connection, table, archive) for table in tables)


def _one_moment(database: Database) -> dict[str, Any]:
    if database.is_sqlite:
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    count = 0
    later: list[tuple[Any, dict[str, Any]]] = []
    own = [c.name for c in table.columns for key in c.foreign_keys if key.column.table is table]
    for batch in _batches(table, archive):
        for row in batch:
            # A row may point to one of its own table that is not there yet.
            if any(row[name] is not None for name in own):
                later.append((row["id"], {name: row[name] for name in own}))
                row.update(dict.fromkeys(own))
        connection.execute(insert(table), batch)
        count += len(batch)
    for row_id, values in later:
        connection.execute(update(table).where(table.c.id == row_id).values(values))
    if connection.dialect.name == "postgresql" and "id" in table.columns and count:
        sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
        connection.execute(text(f'SELECT setval({sequence}, (SELECT max(id) FROM "{table.name}"))'))  # noqa: S608
    return count


def _batches(table: Table, archive: zipfile.ZipFile) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as member:
        for line in member:
            row = json.loads(line)
            batch.append({c.name: _typed(c.type, row[c.name]) for c in table.columns})
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _typed(kind: Any, value: Any) -> Any:
    """Return a value from JSON as its column wants it."""
    if value is None:
        return None
    for column_type, read in _READERS:
        if isinstance(kind, column_type):
            return read(value)
    enum_class = getattr(kind, "enum_class", None)
    return enum_class(value) if enum_class else value


_READERS: tuple[tuple[Any, Any], ...] = (
    (UtcDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (LargeBinary, base64.b64decode),
)
