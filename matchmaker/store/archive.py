"""Backups: every row of every table in one zip file, readable by either database.

A file made from the embedded database can be restored into PostgreSQL and back, which is how a laptop's event
moves to a department's server. Rows are JSON lines, one member a table, in the order in which they can be put
back. The member `backup.json` names the schema's revision and, for each table, how many rows it has and the SHA-256
of its lines: all of it is checked before the first row is put back. A backup of an earlier version goes into the
tables of its time, which are then brought up to date. Files in the archive are personal data.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from matchmaker.store import schema
from matchmaker.store.archive_values import plain, typed
from matchmaker.store.people import profile_changes
from matchmaker.store.people.profile_changes import ProfileChange
from matchmaker.store.private_files import keep_private
from matchmaker.store.session import Database

FORMAT = 2
WITHOUT_SUMS = 1
"""The first format: nothing says how many rows a table had."""
BATCH = 500
ABOUT = "backup.json"
UNREADABLE = (
    OSError, EOFError, ValueError, OverflowError, RecursionError, NotImplementedError, zipfile.BadZipFile, zlib.error
)  # fmt: skip
"""What reading a zip, or lines of JSON in it, stumbles with over what we never wrote."""
LOCKED = 0x1
"""The flag of a zip's member that opens with a password alone."""
NOT_OURS = ("alembic_", "huey_", "sqlite_")
"""How the tables begin that are no part of a backup."""


class ArchiveError(Exception):
    """The file cannot be made or put back; the message says what to do."""


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself: its schema's revision, and for each table rows and sum, where it knows them."""

    revision: str
    tables: dict[str, tuple[int, str] | None]


def back_up(database: Database, path: Path) -> int:
    """Write all rows, as they are at one moment, to a new zip file at `path`; return how many.

    The file appears under its name only when it is whole, and only its owner can read it.
    """
    if path.exists():
        raise ArchiveError(f"{path} exists already. Choose another name.")
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        keep_private(unfinished)
        count = _write(database, unfinished)
        unfinished.rename(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise ArchiveError(f"{path} cannot be written: {error.strerror or error}.") from error
    return count


def _write(database: Database, path: Path) -> int:
    tables: dict[str, Any] = {}
    with (
        database.engine.connect().execution_options(**_one_moment(database)) as connection,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for table in schema.metadata.sorted_tables:
            rows, digest = 0, hashlib.sha256()
            with archive.open(_member(table.name), "w") as member:
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                    line = json.dumps({name: plain(value) for name, value in row.items()}).encode() + b"\n"
                    member.write(line)
                    digest.update(line)
                    rows += 1
            tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        about = {
            "format": FORMAT,
            "revision": schema.revision(connection),
            "made_at": datetime.now(UTC).isoformat(),
            "tables": tables,
        }
        archive.writestr(ABOUT, json.dumps(about))
    return sum(table["rows"] for table in tables.values())


def restore(database: Database, path: Path) -> int:
    """Put every row of the backup at `path` into an empty database, brought up to date; return how many.

    All or nothing. Raises ArchiveError, before anything is written, for a file that is no backup, is damaged or is of
    a newer version, and for a database that holds anything.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(member.flag_bits & LOCKED for member in archive.infolist()):
                raise ArchiveError(f"{path} is locked with a password. Make a copy of it without one.")
            contents = _contents(archive, path)
            count = _checked(archive, contents)
            _make_tables(database, contents.revision)
            _put_back(database, archive, contents)
    except UNREADABLE as error:
        raise ArchiveError(
            f"{path} is damaged or is not a backup of matchmaker. Nothing was put back. Use another copy."
        ) from error
    schema.upgrade(database)
    return count


def _contents(archive: zipfile.ZipFile, path: Path) -> Contents:
    """Return what the backup says of itself; raises ArchiveError where it says nothing that we understand."""
    try:
        about = json.loads(archive.read(ABOUT))
        revision = str(about["revision"])
        if about["format"] == WITHOUT_SUMS:
            names = [name.removesuffix(".jsonl") for name in archive.namelist() if name.endswith(".jsonl")]
            return Contents(revision, dict.fromkeys(names))
        if about["format"] != FORMAT:
            raise ArchiveError(f"{path} was made by a newer matchmaker. Install that version, then restore.")
        return Contents(
            revision, {name: (int(one["rows"]), str(one["sha256"])) for name, one in about["tables"].items()}
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{path} is not a backup of matchmaker.") from error


def _checked(archive: zipfile.ZipFile, contents: Contents) -> int:
    """Return how many rows the backup holds, having read each of them; raises ArchiveError for what is not there."""
    total = 0
    for name, promised in contents.tables.items():
        rows, digest = 0, hashlib.sha256()
        try:
            with archive.open(_member(name)) as member:
                for line in member:
                    json.loads(line)
                    digest.update(line)
                    rows += 1
        except KeyError:
            raise ArchiveError(f"The backup has lost its table “{name}”. Use another copy.") from None
        if promised is not None and promised != (rows, digest.hexdigest()):
            raise ArchiveError(
                f"The table “{name}” of the backup has {rows} rows, of the {promised[0]} it was made with, or "
                "other words than then. Nothing was put back. Use another copy."
            )
        total += rows
    return total


def _make_tables(database: Database, revision: str) -> None:
    """Give an empty database the tables of `revision`; raises ArchiveError for one that holds anything."""
    if not schema.knows(database, revision):
        raise ArchiveError(
            f"The backup is of schema {revision}, which this version does not know. "
            "Install the version of matchmaker that made it, or a newer one."
        )
    with database.engine.connect() as connection:
        now = schema.revision(connection)
        for table in _tables(connection).values():
            if connection.scalar(select(func.count()).select_from(table)):
                raise ArchiveError(
                    "The database is not empty. Restore into a new one, so that nothing is mixed up."
                )
    if now not in (None, revision):
        schema.downgrade(database, "base")
    schema.upgrade(database, revision)


def _put_back(database: Database, archive: zipfile.ZipFile, contents: Contents) -> None:
    with database.engine.execution_options(write=True).begin() as connection:
        # The rows of the backup hold its marks.
        for watch in schema.WATCHES:
            watch.remove(connection)
        tables = _tables(connection)
        if tables.keys() != contents.tables.keys():
            odd = ", ".join(sorted(tables.keys() ^ contents.tables.keys()))
            raise ArchiveError(f"The backup does not have the tables of its schema: {odd}. Use another copy.")
        for table in tables.values():
            try:
                _fill(connection, table, archive)
            except OperationalError:
                # The database itself fails: it has no room, or went away.
                raise
            except (KeyError, TypeError, AttributeError, OverflowError, DBAPIError, StatementError) as error:
                raise ArchiveError(
                    f"The table “{table.name}” of the backup holds rows that cannot be, or others that they need are "
                    "gone. Nothing was put back. Use another copy."
                ) from error
        if ProfileChange.__tablename__ in tables:
            profile_changes.mark_all(connection)
        # With the rows or not at all: being killed here leaves no database whose changes leave no marks.
        for watch in schema.WATCHES:
            watch.install(connection)


def _tables(connection: Connection) -> dict[str, Table]:
    """Return the tables that this database has now, of whatever version, in the order in which they can be filled."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(NOT_OURS)]
    found = MetaData()
    found.reflect(connection, only=names)
    return {table.name: table for table in found.sorted_tables if table.name in names}


def _member(table: str) -> str:
    return f"{table}.jsonl"


def _one_moment(database: Database) -> dict[str, Any]:
    if database.is_sqlite:
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    later: list[tuple[Any, dict[str, Any]]] = []
    own = [c.name for c in table.columns for key in c.foreign_keys if key.column.table is table]
    filled = False
    for batch in _batches(table, archive):
        for row in batch:
            # A row may point to one of its own table that is not there yet.
            if any(row[name] is not None for name in own):
                later.append((row["id"], {name: row[name] for name in own}))
                row.update(dict.fromkeys(own))
        connection.execute(insert(table), batch)
        filled = True
    for row_id, values in later:
        connection.execute(update(table).where(table.c.id == row_id).values(values))
    if connection.dialect.name == "postgresql" and "id" in table.columns and filled:
        sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
        connection.execute(text(f'SELECT setval({sequence}, (SELECT max(id) FROM "{table.name}"))'))  # noqa: S608


def _batches(table: Table, archive: zipfile.ZipFile) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with archive.open(_member(table.name)) as member:
        for line in member:
            row = json.loads(line)
            batch.append({c.name: typed(c.type, row[c.name]) for c in table.columns})
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch
