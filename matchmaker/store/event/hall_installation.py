"""The database of the computer in the hall: filled from the file, and compared with it when the day is over.

It is an embedded one whose tables never give an id twice and begin where the file says, above all ids of the
installation that the event came from. So what is new in the hall meets nothing there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alembic import command
from sqlalchemy import Connection, Integer, MetaData, Table, insert, select, text

from matchmaker.store import schema
from matchmaker.store.base import JsonObject
from matchmaker.store.event.hall_file import HallFile, HallFileError
from matchmaker.store.event.hall_rows import Row, brought_back, rows, taken, value
from matchmaker.store.session import Database

BATCH = 500
LETTERS_THAT_WAIT = ("thanks awaiting", "credit awaiting", "moderation")
"""Kinds of letters that were written in the hall, where none leaves, and still say something afterwards."""


@dataclass(frozen=True)
class RowChange:
    """What became of one row in the hall: `old` is None for a new one, `new` for one that is gone."""

    table: str
    old: Row | None
    new: Row | None


def fill(database: Database, file: HallFile) -> None:
    """Make the tables in an empty embedded database, and put in what the file holds."""
    _make_tables(database)
    with database.engine.execution_options(write=True).begin() as connection:
        for table in taken():
            _fill(connection, table, file.tables.get(table.name, []))
        # SQLite begins counting above what stands here.
        for table in schema.metadata.sorted_tables:
            if counts(table):
                connection.execute(
                    text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
                )
                connection.execute(
                    text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :id)"),
                    {"name": table.name, "id": file.about["first_id"]},
                )


def _make_tables(database: Database) -> None:
    counting = MetaData(naming_convention=schema.metadata.naming_convention)
    for table in schema.metadata.sorted_tables:
        made = table.to_metadata(counting)
        made.dialect_options["sqlite"]["autoincrement"] = counts(table)
    with database.engine.execution_options(write=True).begin() as connection:
        counting.create_all(connection)
    command.stamp(schema.config_for(database), "head")


def counts(table: Table) -> bool:
    """Whether the database gives the rows of a table their number."""
    keys = list(table.primary_key)
    return len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys


def _fill(connection: Connection, table: Table, lines: list[Row]) -> None:
    own = [c.name for c in table.columns for key in c.foreign_keys if key.column.table is table]
    later = []
    ready = []
    for line in lines:
        if any(line[name] is not None for name in own):
            later.append({"row": line["id"], **{f"new_{name}": line[name] for name in own}})
            line = {**line, **dict.fromkeys(own)}
        ready.append({column.name: value(column.type, line[column.name]) for column in table.columns})
    for start in range(0, len(ready), BATCH):
        connection.execute(insert(table), ready[start : start + BATCH])
    for one in later:
        names = {name: one[f"new_{name}"] for name in own}
        connection.execute(table.update().where(table.c.id == one["row"]).values(names))


def changes(connection: Connection, file: HallFile) -> Iterator[tuple[Table, list[JsonObject]]]:
    """Yield each table that is brought back, with what became of its rows in the hall."""
    for table in brought_back():
        keys = [column.name for column in table.primary_key]
        before = {tuple(row[key] for key in keys): row for row in file.tables.get(table.name, [])}
        told: list[JsonObject] = []
        for row in rows(connection, select(table).order_by(*table.primary_key)):
            if table.name == "event":
                # That the copy was closed is of no concern where it goes back to.
                row["in_hall_since"] = None
            old = before.pop(tuple(row[key] for key in keys), None)
            if old != row:
                told.append({"old": old, "new": row})
        told += [{"old": old, "new": None} for old in before.values()]
        yield table, told
    mail = schema.metadata.tables["mail"]
    waiting = (
        select(mail).where(mail.c.sent_at.is_(None), mail.c.kind.in_(LETTERS_THAT_WAIT)).order_by(mail.c.id)
    )
    yield mail, [{"old": None, "new": row} for row in rows(connection, waiting)]


def told(file: HallFile) -> dict[str, list[RowChange]]:
    """Return what a file says became of the rows of each table in the hall; raises HallFileError if it cannot be."""
    first_id: int = file.about["first_id"]
    found: dict[str, list[RowChange]] = {}
    for table in [*brought_back(), schema.metadata.tables["mail"]]:
        columns = {column.name for column in table.columns}
        for line in file.tables.get(table.name, []):
            old, new = line["old"], line["new"]
            known = all(row is None or row.keys() == columns for row in (old, new))
            if not known or (old is None and counts(table) and new["id"] <= first_id):
                raise HallFileError(
                    f"The file holds rows of “{table.name}” that cannot be. Nothing was changed."
                )
            found.setdefault(table.name, []).append(RowChange(table.name, old, new))
    return found
