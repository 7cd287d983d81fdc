"""What is made once for several tests and put into each one's empty database: the tables, the rows of a world."""

import copy
import sqlite3
import weakref
from collections.abc import Callable
from contextlib import closing
from typing import Any, Generic, TypeVar

from sqlalchemy import inspect, text

from matchmaker.store import schema
from matchmaker.store.session import Database
from tests.canaries import CANARIES

T = TypeVar("T")
COUNTED = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


class Rows:
    """All that a database holds, as its own kind of database writes it down."""

    def __init__(self, database: Database) -> None:
        self.texts = set(CANARIES.texts)
        if database.is_sqlite:
            # Whatever is committed, as the file of a test may be gone by then.
            self.file = sqlite3.connect(":memory:")
            weakref.finalize(self, self.file.close)
            with closing(sqlite3.connect(database.engine.url.database or "")) as one:
                one.backup(self.file)
            return
        with database.engine.connect() as connection:
            self.counted = connection.execute(text(COUNTED)).all()
            driver: Any = connection.connection.dbapi_connection
            self.copied: dict[str, list[bytes]] = {}
            for table in schema.metadata.sorted_tables:
                with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" TO STDOUT') as copy:
                    self.copied[table.name] = [bytes(one) for one in copy]

    def put_into(self, database: Database) -> None:
        """Let an empty database of the same kind hold the same; no trigger runs, and the log is watched as well."""
        CANARIES.texts |= self.texts
        if database.is_sqlite:
            with closing(sqlite3.connect(database.engine.url.database or "")) as one:
                self.file.backup(one)
            return
        with database.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            driver: Any = connection.connection.dbapi_connection
            for name, rows in self.copied.items():
                if rows:
                    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                        for one in rows:
                            copy.write(one)
            for name, last in self.counted:
                connection.execute(
                    text("SELECT setval(:name, :last)"), {"name": f'public."{name}"', "last": last}
                )


class MadeOnce(Generic[T]):
    """A world that is made for the first test that asks for it, and of which each test has a copy."""

    def __init__(self) -> None:
        self.kept: tuple[T, Rows, int] | None = None

    def give(self, make: Any, world: Callable[[], T]) -> T:
        """Return the world as it was made, with its rows in the empty database that `make` makes rows in.

        What it holds of that database or of a browser is still the first test's.
        """
        if self.kept is None:
            made = world()
            self.kept = made, Rows(make.database), make.count
        else:
            _, rows, make.count = self.kept
            rows.put_into(make.database)
        return copy.copy(self.kept[0])


def copied_once(make: Callable[[Database], None]) -> Callable[[Database], None]:
    """Make the tables of an empty SQLite database once in each process, and copy what was made from then on.

    Many tests begin with it, and it takes longer than what they try.
    """
    kept: list[sqlite3.Connection] = []

    def make_or_copy(database: Database) -> None:
        if not database.is_sqlite or inspect(database.engine).get_table_names():
            return make(database)
        if not kept:
            make(database)
        with closing(sqlite3.connect(database.engine.url.database or "")) as file:
            if kept:
                kept[0].backup(file)
            else:
                kept.append(sqlite3.connect(":memory:", check_same_thread=False))
                file.backup(kept[0])
        return None

    return make_or_copy


def upgraded_once(upgrade: Callable[[Database, str], None]) -> Callable[..., None]:
    """Run the migrations to each revision as `copied_once` does."""
    known: dict[str, Callable[[Database], None]] = {}

    def upgrade_or_copy(database: Database, to: str = "head") -> None:
        known.setdefault(to, copied_once(lambda empty: upgrade(empty, to)))(database)

    return upgrade_or_copy
