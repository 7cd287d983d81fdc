"""Fixtures for every room: a database of the test's own, on SQLite and, where asked, on PostgreSQL."""

import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text

from matchmaker.store import schema
from matchmaker.store.session import Database

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REDIS = os.environ.get("MATCHMAKER_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def answers(url: str) -> bool:
    """Say whether something listens where `url` points."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def pytest_report_header() -> list[str]:
    """Say in the first lines which services the run found."""
    found = {"PostgreSQL": answers(POSTGRES), "Redis": answers(REDIS)}
    return [
        f"{name}: {'found' if there else 'NOT FOUND, its tests are skipped'}" for name, there in found.items()
    ]


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one migrated, empty SQLite database for the run; tests copy it."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture
def sqlite(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """Give the test an empty SQLite database of its own."""
    shutil.copy(empty_sqlite, tmp_path / "test.db")
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the address of the PostgreSQL server, or skip the test with a line that says so."""
    if not answers(POSTGRES):
        pytest.skip(f"PostgreSQL does not answer at {POSTGRES}; set MATCHMAKER_TEST_POSTGRES_URL")
    return POSTGRES


@pytest.fixture(scope="session")
def redis_server() -> str:
    """Return the address of the Redis server, or skip the test with a line that says so."""
    if not answers(REDIS):
        pytest.skip(f"Redis does not answer at {REDIS}; set MATCHMAKER_TEST_REDIS_URL")
    return REDIS


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """Make one migrated, empty PostgreSQL database for the run, and remove it afterwards."""
    with _new_postgres(postgres_server) as (url, name):
        database = Database(url)
        schema.upgrade(database)
        database.dispose()
        yield name


@pytest.fixture
def postgres(postgres_server: str, postgres_template: str) -> Iterator[Database]:
    """Give the test an empty PostgreSQL database of its own."""
    with _new_postgres(postgres_server, postgres_template) as (url, _name):
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Run the test once on each kind of database."""
    made: Database = request.getfixturevalue(request.param)
    return made


class _new_postgres:
    """A PostgreSQL database that lives as long as the block."""

    def __init__(self, server: str, template: str = "template0") -> None:
        self.server, self.template = server, template
        self.name = f"matchmaker_test_{uuid.uuid4().hex[:12]}"

    def __enter__(self) -> tuple[str, str]:
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
        return self.server.rsplit("/", 1)[0] + "/" + self.name, self.name

    def __exit__(self, *_: object) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()
