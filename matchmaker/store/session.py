"""Engines and sessions: one transaction at a time, reading or writing.

A reading transaction cannot write, because the database itself refuses: SQLite by `query_only`, PostgreSQL by
READ ONLY. A writing transaction on SQLite begins IMMEDIATE, so that read-then-write loses no update and never
meets "database is locked" half-way; on PostgreSQL the services use atomic updates or row locks.

A late writer takes SQLite's one lock only with its first write. SQLite refuses that write where anything was
written since the transaction first read, so nothing is lost; `lost_race` knows the refusal, and whoever opened the
late writer does all of it again from the start, this time with a writer that has the lock first.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Engine,
    Result,
    Select,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    OperationalError,
)
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from matchmaker.store.base import Base
from matchmaker.store.private_files import keep_private

__all__ = [
    "Database",
    "DatabaseFault",
    "IntegrityError",
    "Session",
    "cannot_be_used",
    "hold",
    "identity",
    "lost_race",
    "met_another",
    "plainly",
    "unavailable",
]

BUSY_MILLISECONDS = 10_000
"""How long SQLite waits for another writer; longer than any request holds the lock."""

OPEN_FOR = 600
"""Seconds after which a connection is opened anew, and knows by then how large the tables have become."""

STATEMENTS_KEPT = 400
"""So many statements each connection to SQLite keeps compiled: pages ask some hundred different ones."""

ROWS_LOOKED_AT = 400
"""So many rows of each table SQLite looks at to learn how large they are."""

WAITS = (0.1, 1.0, 3.0)
"""Seconds between the tries of what has to be written."""

_RACES = {"40001", "40P01"}
"""What PostgreSQL says to one of two transactions that cannot both be: not in order, or waiting for each other."""
_AWAY = ("08", "53300", "55P03", "57P")
"""How the codes begin with which PostgreSQL says that it is gone, full of connections, locked or shutting down."""


Done = TypeVar("Done")
Columns = TypeVarTuple("Columns")


class Database:
    """One database and its two kinds of session."""

    def __init__(self, url: str) -> None:
        """Prepare an engine for the SQLAlchemy address `url`; nothing is opened yet."""
        self.url = url
        embedded = url.startswith("sqlite")
        # What a statement was given is personal data, and must not come to the log with an error.
        self.engine = create_engine(
            url,
            pool_pre_ping=not embedded,
            pool_recycle=OPEN_FOR,
            hide_parameters=True,
            # Of a database that says nothing of letters the driver would give bytes.
            connect_args={"cached_statements": STATEMENTS_KEPT} if embedded else {"client_encoding": "utf8"},
        )
        if self.is_sqlite:
            file = make_url(url).database
            if file:
                event.listen(self.engine, "do_connect", lambda *_: keep_private(Path(file)))
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing = self.engine.execution_options(write=True)
        self._writing_late = self.engine.execution_options(write=True, late=True)
        self._reading: Engine = self.engine
        if not self.is_sqlite:
            self._reading = self.engine.execution_options(postgresql_readonly=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    def reader(self) -> Session:
        """Return a session that can only read; the caller closes it."""
        return Session(self._reading, expire_on_commit=False, autoflush=False)

    def writer(self, *, late: bool = False) -> Session:
        """Return a session that may write; the caller commits and closes it.

        With `late` the one lock of SQLite is taken with the first write, which may fail as a lost race.
        """
        return Session(self._writing_late if late else self._writing, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a reading transaction for the block and end it afterwards."""
        with self.reader() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a writing transaction for the block; commit it if the block succeeds, else roll back."""
        with self.writer() as session, session.begin():
            yield session

    def surely(self, deed: Callable[[Session], Done]) -> Done:
        """Do something small in a writing transaction; try again, after a wait, if the database is away for a moment.

        The deed may be done twice, if the line was cut after its commit and before the answer.
        """
        for wait in WAITS:
            try:
                with self.writing() as session:
                    return deed(session)
            except (DBAPIError, PoolTimeout) as error:
                if not unavailable(error):
                    raise
                time.sleep(wait)
        with self.writing() as session:
            return deed(session)

    def learn_sizes(self) -> None:
        """Let SQLite look at some hundred rows of each table, so that it asks by the index that leads to the fewest.

        Without that it goes through everybody at an event to find four of them. It takes some milliseconds, and
        connections that are opened later know it. PostgreSQL does so by itself.
        """
        if self.is_sqlite:
            with self.writing() as session:
                session.execute(text(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}"))
                session.execute(text("ANALYZE"))

    def empty_journal(self) -> None:
        """Let SQLite write what its journal holds into the file: what was erased stays readable there until then.

        Where somebody reads at that moment it is left for the next time. PostgreSQL keeps no such file of ours.
        """
        if self.is_sqlite:
            with self.engine.connect() as connection:
                cursor = connection.connection.cursor()
                try:
                    cursor.execute("PRAGMA busy_timeout = 200")
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
                    cursor.close()

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def plainly(
    session: Session, question: Select[*Columns] | CompoundSelect[*Columns], asked: Mapping[str, Any]
) -> Result[*Columns]:
    """Ask a question for values alone past the mapper, which takes longer for it than the database does.

    What has been changed is written first, as for any other question.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(question, asked)


def hold(session: Session, *rows: Base) -> bool:
    """Let nobody else change these rows until the transaction ends, and see them as they are now.

    False if one of them is gone meanwhile. Always in the same order, so that two who hold the same rows never wait
    for each other. Others may still write rows that point to them. What was read with them is not held, as PostgreSQL
    refuses to hold what may be missing. On SQLite a writing transaction is alone already.
    """
    for row in sorted(rows, key=identity):
        try:
            session.refresh(row, with_for_update={"key_share": True, "of": type(row)})
        except InvalidRequestError:
            return False
    return True


def identity(row: Base) -> tuple[str, ...]:
    """Return which row this is: the name of its table and its key."""
    state = inspect(row)
    return (row.__tablename__, *(f"{part:>20}" for part in map(str, state.identity or ())))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Whatever is erased is overwritten; how SQLite was built decides otherwise.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    write = options.get("write", False)
    # Only where it was other: after it SQLite compiles each statement anew, which takes longer than most answers.
    if connection.info.get("writes") != write:
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
        connection.info["writes"] = write
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write and not options.get("late", False) else "BEGIN")


def lost_race(error: BaseException) -> bool:
    """Whether another transaction was first, so that doing all of this one again from the start may succeed."""
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind; the rest says more of it, such as "the snapshot is old".
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) in _RACES


def met_another(error: BaseException) -> bool:
    """Whether a row is there, or gone, that was not when this transaction looked: somebody else may have been first.

    Done again from the start, it finds what the other left. Where it is no race, the same comes of it again.
    """
    return isinstance(error, IntegrityError | StaleDataError | ObjectDeletedError)


def cannot_be_used(error: BaseException) -> bool:
    """Whether an address leads to no database that can be used: it does not answer, has no room, or is none."""
    return isinstance(error, ArgumentError | OperationalError) or type(error) is DatabaseError


def unavailable(error: BaseException) -> bool:
    """Whether the database cannot answer just now, and may in a moment: busy, gone, or out of connections."""
    if isinstance(error, PoolTimeout) or lost_race(error):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # The driver itself speaks: it was not let in, or the line was cut.
        return error.connection_invalidated or isinstance(error, OperationalError)
    return str(state).startswith(_AWAY)
