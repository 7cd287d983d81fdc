"""Engines and sessions: one transaction at a time, reading or writing.

A reading transaction cannot write, because the database itself refuses: SQLite by `query_only`, PostgreSQL by
READ ONLY. A writing transaction on SQLite begins IMMEDIATE, so that read-then-write loses no update and never
meets "database is locked" half-way; on PostgreSQL the services use atomic updates or row locks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session

from matchmaker.store.base import Base

__all__ = ["Database", "IntegrityError", "Session", "hold", "identity"]

BUSY_MILLISECONDS = 20_000
"""How long SQLite waits for another writer; longer than any request holds the lock."""


class Database:
    """One database and its two kinds of session."""

    def __init__(self, url: str) -> None:
        """Prepare an engine for the SQLAlchemy address `url`; nothing is opened yet."""
        self.url = url
        if url.startswith("sqlite:///"):
            Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing = self.engine.execution_options(write=True)
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

    def writer(self) -> Session:
        """Return a session that may write; the caller commits and closes it."""
        return Session(self._writing, expire_on_commit=False)

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

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def hold(session: Session, *rows: Base) -> bool:
    """Let nobody else change these rows until the transaction ends, and see them as they are now.

    False if one of them is gone meanwhile. Always in the same order, so that two who hold the same rows never wait
    for each other. Others may still write rows that point to them. On SQLite a writing transaction is alone already.
    """
    for row in sorted(rows, key=identity):
        try:
            session.refresh(row, with_for_update={"key_share": True})
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
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
