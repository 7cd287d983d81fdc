"""Marking, in the database itself, that something has changed from which what is kept beside it was worked out.

What is kept must never be shown once anything it was worked out from is another. So each row of the watched tables
that is written, by whatever statement, leaves marks of what it concerns: a trigger sees what a list of places in the
code would sooner or later miss. Whoever works it out again takes the marks away first. Columns that nobody reads for
it leave none.

Where several processes keep what they have worked out, each by itself, marks are lasting: nobody takes them away, and
each has a higher number than all before, so that everybody finds what has changed since they looked.

SQLite rebuilds a table by dropping it, with its triggers: `migrations.env` takes all away before a migration and puts
them back after it, for the columns that are there. PostgreSQL looks at all rows of a statement at once: a trigger for
each row took as long as saving the rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, inspect, text


@dataclass(frozen=True)
class Watched:
    """A table: `concerns` gives in SQL the keys of the marks that a row leaves.

    `unread` are its columns that leave none; where most do not, `read` are those that do. Of a column in `as_read`
    only a change of what is read of it leaves a mark, in SQL.
    """

    concerns: str
    unread: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    as_read: Mapping[str, str] = field(default_factory=dict)

    def reads(self, column: str) -> bool:
        """Whether a change of this column leaves marks."""
        return column in self.read if self.read else column not in self.unread

    def value(self, column: str, row: str) -> str:
        """Return in SQL what is read of a column in a row."""
        return self.as_read.get(column, f'{{row}}."{column}"').format(row=row)


def columns(words: str) -> frozenset[str]:
    """Return the names of some columns."""
    return frozenset(words.split())


@dataclass(frozen=True)
class Watch:
    """What is watched: triggers whose names begin with `prefix` write the `keys` of marks into the table `marks`."""

    prefix: str
    marks: str
    keys: tuple[str, ...]
    tables: Mapping[str, Watched]
    lasting: bool = False

    def install(self, connection: Connection) -> None:
        """Put triggers on each table and column that is there; nothing before there are marks."""
        there = inspect(connection)
        names = set(there.get_table_names())
        if self.marks not in names:
            return
        write = self._sqlite if connection.dialect.name == "sqlite" else self._postgresql
        for table, watched in self.tables.items():
            if table in names:
                read = [one["name"] for one in there.get_columns(table) if watched.reads(one["name"])]
                for statement in write(table, watched, read):
                    connection.exec_driver_sql(statement)

    def remove(self, connection: Connection) -> None:
        """Take all triggers away, so that tables can be rebuilt, or filled with the rows of a backup."""
        if connection.dialect.name == "sqlite":
            for name in self.installed(connection):
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            return
        for name in self.installed(connection):
            connection.exec_driver_sql(f'DROP FUNCTION "{name}" CASCADE')

    def installed(self, connection: Connection) -> list[str]:
        """Return the names of the triggers, or of the functions that they call, that are there."""
        query = (
            "SELECT name FROM sqlite_master "
            "WHERE type = 'trigger' AND substr(name, 1, :long) = :prefix ORDER BY name"
            if connection.dialect.name == "sqlite"
            else "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
            "AND left(proname, :long) = :prefix ORDER BY proname"
        )
        asked = {"prefix": self.prefix, "long": len(self.prefix)}
        return list(connection.execute(text(query), asked).scalars())

    def _sqlite(self, table: str, watched: Watched, read: list[str]) -> Iterator[str]:
        """Yield the statements that make the triggers."""
        when = {"insert": "AFTER INSERT", "update": "AFTER UPDATE", "delete": "BEFORE DELETE"}
        rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
        differs = " OR ".join(
            f"{watched.value(one, 'OLD')} IS NOT {watched.value(one, 'NEW')}" for one in read
        )
        mark = self._lasting_mark if self.lasting else self._one_mark
        for deed, moment in when.items():
            marks = "".join(mark(watched.concerns.format(row=row)) for row in rows[deed])
            yield (
                f'CREATE TRIGGER "{self.prefix}{table}_{deed}" {moment} ON "{table}" FOR EACH ROW '
                f"{f'WHEN {differs} ' if deed == 'update' else ''}BEGIN {marks}END"
            )

    def _one_mark(self, concerns: str) -> str:
        """Return what leaves a mark on SQLite where there is none: one is enough, as there is one writer at a time.

        It is `by_transaction` 0; one that somebody has put aside while they work it out again has another number.
        """
        names, same = ", ".join(self.keys), " AND ".join(f"mark.{one} = found.{one}" for one in self.keys)
        return (
            f"INSERT INTO {self.marks} ({names}, by_transaction) SELECT {names}, 0 FROM ({concerns}) AS found "  # noqa: S608
            f"WHERE NOT EXISTS (SELECT 1 FROM {self.marks} AS mark WHERE {same} AND mark.by_transaction = 0); "
        )

    def _lasting_mark(self, concerns: str) -> str:
        """Return what leaves a mark on SQLite with the next number, and takes away those before of the same keys."""
        names, highest = ", ".join(self.keys), f"(SELECT max(by_transaction) FROM {self.marks})"  # noqa: S608
        return (
            f"INSERT INTO {self.marks} ({names}, by_transaction) "  # noqa: S608
            f"SELECT DISTINCT {names}, coalesce({highest}, 0) + 1 FROM ({concerns}) AS found; "
            f"DELETE FROM {self.marks} WHERE by_transaction < {highest} "
            f"AND ({names}) IN (SELECT {names} FROM ({concerns}) AS found); "
        )

    def _postgresql(self, table: str, watched: Watched, read: list[str]) -> Iterator[str]:
        """Yield the statements that make the triggers.

        Each transaction leaves marks of its own: nobody else sees them before the transaction ends, so one that
        another has left says nothing of what this one changes.
        """
        names = ", ".join(self.keys)
        found = ", ".join(f"found.{one}" for one in self.keys)
        old, new = (
            f"SELECT {', '.join(f'{watched.value(one, rows)} AS {one}' for one in read)} FROM {rows}"  # noqa: S608
            for rows in ("old_rows", "new_rows")
        )
        changed = {
            "insert": ("REFERENCING NEW TABLE AS new_rows", new),
            "update": (
                "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
                f"({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old})",
            ),
            "delete": ("REFERENCING OLD TABLE AS old_rows", old),
        }
        for deed, (referencing, rows) in changed.items():
            name = f"{self.prefix}{table}_{deed}"
            yield (
                f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $mark$ BEGIN '
                f"INSERT INTO {self.marks} ({names}, by_transaction) "
                f"SELECT DISTINCT {found}, txid_current() FROM ({rows}) AS row_, "  # noqa: S608
                f"LATERAL ({watched.concerns.format(row='row_')}) AS found ON CONFLICT DO NOTHING; "
                "RETURN NULL; END $mark$"
            )
            yield (
                f'CREATE TRIGGER "{name}" AFTER {deed.upper()} ON "{table}" {referencing} '
                f'FOR EACH STATEMENT EXECUTE FUNCTION "{name}"()'
            )
