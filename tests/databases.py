"""The databases of a run: statements compiled once, and one PostgreSQL database that is emptied after each test."""

import fcntl
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.orm import Mapper
from sqlalchemy.pool import Pool, QueuePool
from sqlalchemy.util import LRUCache

from matchmaker.store import schema
from matchmaker.store.session import Database


class CompiledStatements(LRUCache[Any, Any]):
    """Statements compiled once for the run, whichever test's engine asks: a fourth of what a web test costs."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what was compiled for a dialect of this kind."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep what was compiled for every dialect of this kind."""
        super().__setitem__((key[0].name, *key[1:]), value)


COMPILED_STATEMENTS = CompiledStatements(5000)
# What writes rows is kept by each mapper, not by the engine, and was compiled anew for each test's dialect.
Mapper._compiled_cache = COMPILED_STATEMENTS


def of_the_run(database: Database) -> Database:
    """Let a test's database know the statements that the run has compiled before."""
    for engine in (database.engine, database._writing, database._writing_late, database._reading):
        engine._compiled_cache = COMPILED_STATEMENTS
    if database.is_sqlite:
        event.listen(database.engine, "connect", _without_waiting_for_the_disk)
    return database


def _without_waiting_for_the_disk(connection: Any, _record: Any) -> None:
    """Leave it to the machine when to write: nothing here outlives the run."""
    connection.execute("PRAGMA synchronous = OFF").close()


@contextmanager
def migrated_once(server: str, folder: Path) -> Iterator[str]:
    """Give the name of a migrated, empty PostgreSQL database of the run, which whoever ends with it last removes."""
    name = f"matchmaker_test_{sha256(str(folder).encode()).hexdigest()[:12]}_made"
    with locked(folder / "postgres.users") as users:
        if not users.read_text():
            on_server(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            on_server(server, f"CREATE DATABASE {name} TEMPLATE template0")
            database = Database(server.rsplit("/", 1)[0] + "/" + name)
            schema.upgrade(database)
            database.dispose()
        users.write_text(users.read_text() + "1")
    yield name
    with locked(folder / "postgres.users") as users:
        users.write_text(users.read_text()[1:])
        if not users.read_text():
            on_server(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def locked(path: Path) -> Iterator[Path]:
    """Let one process of the run at a time have a file, which is made if it is not there."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path


def on_server(server: str, statement: str) -> None:
    """Run a statement about databases."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def which_filled(tables: set[str]) -> str:
    """Return the question for those of these tables that have any row."""
    return " UNION ALL ".join(
        f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in sorted(tables)
    )


CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(:kept)"""
"""Ends whatever a test left connected, other than by the run's own connections."""
COUNT_ANEW = """
SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL"""
"""Lets every table count its rows from one again."""


class EmptiedPostgres:
    """A migrated PostgreSQL database, emptied after each test: a new one for each costs ten times as much.

    The connections of one test are the next one's, and one of its own empties it all through the run, since the
    server learns the tables anew in each.
    """

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self.name = f"matchmaker_test_{uuid.uuid4().hex[:12]}"
        self.url = server.rsplit("/", 1)[0] + "/" + self.name
        self.connected: set[int] = set()
        self.database = of_the_run(Database(self.url))
        event.listen(
            self.database.engine, "connect", lambda driver, _: self.connected.add(driver.info.backend_pid)
        )
        # Asked whether it is still there each time: a test may have cut it off with all others.
        self.keeper = create_engine(self.url, pool_size=1, max_overflow=0, pool_pre_ping=True)
        self._make()

    def empty(self) -> None:
        """Remove all rows and foreign tables, and count from one again; after a test of migrations make all anew."""
        pool = self.database.engine.pool
        if not isinstance(pool, QueuePool) or pool.checkedout():
            self._let_go()
        with self.keeper.begin() as connection:
            connection.execute(text(CUT_OFF), {"kept": list(self.connected)})
            whole = schema.revision(connection) == self.revision
            if whole:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                for one in connection.execute(self.filled).scalars().all():
                    connection.execute(text(f'DELETE FROM "{one}"'))
                # Even where no row is left: what was taken back has counted.
                connection.execute(text(COUNT_ANEW))
                for one in set(inspect(connection).get_table_names()) - self.tables:
                    connection.execute(text(f'DROP TABLE "{one}" CASCADE'))
        if not whole:
            self.drop()
            self._make()

    def drop(self) -> None:
        """Remove the database, whoever uses it."""
        self.keeper.dispose()
        self._let_go()
        on_server(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _let_go(self) -> None:
        """Begin anew with connections: one that a test did not give back may hold what others need."""
        self.database.dispose()
        self.connected.clear()

    def _make(self) -> None:
        on_server(self.server, f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        # The server's disk need not be waited for: nothing here outlives the run.
        on_server(self.server, f"ALTER DATABASE {self.name} SET synchronous_commit = off")
        # Nor is any question here worth compiling; the server takes tables of which it knows nothing for large.
        on_server(self.server, f"ALTER DATABASE {self.name} SET jit = off")
        with self.database.engine.connect() as connection:
            self.revision = schema.revision(connection)
            self.tables = set(inspect(connection).get_table_names())
        ours = self.tables - {"alembic_version"}
        self.filled = text(which_filled(ours))


MOST_PAGES = 100
"""A file that grew by more is copied anew, which takes no longer than to empty it."""


class EmptiedSqlite:
    """A migrated SQLite database, emptied after each test: in a new file each connection reads all tables anew.

    The connections of one test are the next one's, with the statements that they have compiled; the `Database` around
    them, to which tests listen, is each test's own.
    """

    def __init__(self, template: Path, path: Path) -> None:
        self.template, self.path = template, path
        with closing(sqlite3.connect(template)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.filled = which_filled({name for (name,) in tables} - {"alembic_version"})
        self._make()

    def give(self) -> Database:
        """Return the database for a test, with the connections of those before."""
        database = of_the_run(Database(f"sqlite:///{self.path}"))
        if self.pool is None:
            self.pool, self.dialect = database.engine.pool, database.engine.dialect
            event.listen(self.pool, "connect", lambda driver, _: self.opened.append(driver))
            self.heard = self._listeners()
        # The dialect has learnt from the first connection what SQLite can do.
        database.engine.pool, database.engine.dialect = self.pool, self.dialect
        return database

    def empty(self, database: Database) -> None:
        """Remove all rows; where a test left more than rows, or keeps a connection, make all anew."""
        pool = self.pool
        kept = database.engine.pool is pool and isinstance(pool, QueuePool) and not pool.checkedout()
        if not (kept and self._listeners() == self.heard and self._emptied()):
            database.dispose()
            self.drop()
            self._make()

    def drop(self) -> None:
        """Remove the file, and close what is open, with what a test did not give back."""
        if self.pool is not None:
            self.pool.dispose()
        for one in self.opened:
            one.close()
        self.keeper.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def _make(self) -> None:
        shutil.copy(self.template, self.path)
        self.pool: Pool | None = None
        self.opened: list[Any] = []
        self.heard = 0
        self.keeper = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        self.keeper.execute("PRAGMA synchronous = OFF")
        self.keeper.execute("PRAGMA secure_delete = ON")
        self.made = self._state()

    def _state(self) -> tuple[int, int]:
        schema_, pages = (
            self.keeper.execute(f"PRAGMA {word}").fetchone()[0] for word in ("schema_version", "page_count")
        )
        return schema_, pages

    def _listeners(self) -> int:
        return len(self.pool.dispatch.connect) if self.pool is not None else 0

    def _emptied(self) -> bool:
        (schema_, pages), (made, few) = self._state(), self.made
        if schema_ != made or pages > few + MOST_PAGES:
            return False
        try:
            self.keeper.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:  # somebody writes
            return False
        # Triggers mark what is removed, in tables that are emptied then.
        while found := [name for (name,) in self.keeper.execute(self.filled)]:
            for name in found:
                self.keeper.execute(f'DELETE FROM "{name}"')
        self.keeper.execute("COMMIT")
        # Else the log is written from its start again once it is long, and its length says nothing of where it ends.
        self.keeper.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True
