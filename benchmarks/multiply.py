"""Copy everything in a PostgreSQL database so many times over by one statement a table, for benchmarks alone.

Copy number k of a row has its numbers and those it points to moved by k times a million, and k in each of its texts
that must be unique. What the database keeps of everything together (numbers of labels, marks) is left as it is.
"""

from typing import Any, cast

from sqlalchemy import Column, CursorResult, Integer, String, Table, UniqueConstraint, text

from matchmaker.store import schema
from matchmaker.store.base import Base
from matchmaker.store.session import Database

STEP = 1_000_000
LEFT = {
    "attempt", "event_review", "file", "import", "kept_form", "label_change", "label_tally", "mailed_code",
    "plan_change", "plan_review", "publisher_tally", "sign_in",
}  # fmt: skip
"""Tables of everything together, or of files that no page of another event reads."""
EMPTY = {("plan", "problem"): "'{}'::jsonb"}
"""Columns of some megabytes that only the event's own pages read."""
assert schema


def multiply(database: Database, copies: int) -> int:
    """Copy all rows so many times; return how many were written. Triggers and foreign keys wait meanwhile."""
    written = 0
    with database.writing() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        for table in Base.metadata.sorted_tables:
            if table.name in LEFT:
                continue
            names = ", ".join(f'"{one.name}"' for one in table.columns)
            values = ", ".join(_copied(table, one) for one in table.columns)
            done = session.execute(
                text(
                    f'INSERT INTO "{table.name}" ({names}) '  # noqa: S608 - names of our own tables
                    f'SELECT {values} FROM "{table.name}", generate_series(1, {copies}) AS k'
                )
            )
            written += cast(CursorResult[Any], done).rowcount
        for table in Base.metadata.sorted_tables:
            if "id" in table.columns and isinstance(table.columns["id"].type, Integer):
                session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608
                        f'(SELECT max(id) FROM "{table.name}"))'
                    )
                )
    with database.writing() as session:
        session.execute(text("ANALYZE"))
    return written


def _copied(table: Table, column: Column[object]) -> str:
    """Return what stands in this column of copy k."""
    if (table.name, column.name) in EMPTY:
        return EMPTY[table.name, column.name]
    if _is_number_of_row(column):
        return f'"{table.name}"."{column.name}" + k * {STEP}'
    if isinstance(column.type, String) and _must_differ(table, column):
        room = column.type.length
        told = f'\'~\' || k || "{table.name}"."{column.name}"'
        return f"left({told}, {room})" if room else told
    return f'"{table.name}"."{column.name}"'


def _is_number_of_row(column: Column[object]) -> bool:
    """Whether it is the `id` of a row, of this table or of one it points to."""
    return isinstance(column.type, Integer) and (column.name == "id" or column.name.endswith("_id"))


def _must_differ(table: Table, column: Column[object]) -> bool:
    """Whether a text is part of something unique that no number of a row tells apart."""
    unique = [
        [one.name for one in rule.columns] for rule in table.constraints if isinstance(rule, UniqueConstraint)
    ] + [[one.name for one in rule.columns] for rule in table.indexes if rule.unique]
    told_apart = {one.name for one in table.columns if _is_number_of_row(one)}
    return any(column.name in names and not told_apart & set(names) for names in unique)
