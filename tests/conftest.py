"""Fixtures for every room: a database of the test's own, on SQLite and, where asked, on PostgreSQL."""

import fcntl
import gc
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.orm import Mapper
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from matchmaker.matching import meaning
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store import schema
from matchmaker.store.catalogue import datasets, publishers
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event import hall_installation
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event, HallTable, Round
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.web.assets import Asset, Assets
from tests.canaries import canaries, no_personal_data_in_the_log
from tests.made_once import copied_once, upgraded_once

__all__ = ["canaries", "no_personal_data_in_the_log"]

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REDIS = os.environ.get("MATCHMAKER_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")

# An example fails for what it finds, and not for how long it took on a busy machine. For `make test`: a commit is
# green or red each time. A run of pytest tries other examples, which is how faults are found.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
settings.register_profile("same-each-time", settings.get_profile("unhurried"), derandomize=True)

# Everything that tests speak to is on this machine, where a proxy would not find it.
os.environ |= {"NO_PROXY": "*", "no_proxy": "*"}


# Looking for circles in all that is loaded took an eighth of the run, and freed next to nothing.
gc.set_threshold(100_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look no more through what is loaded by now: it stays, and all was looked through again at the end."""
    gc.collect()
    gc.freeze()


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates compiled once for the run: each test has its own application, and compiling was a third of it.

    Once `directory` is one that all processes of the run share, what one has compiled is there for the others.
    """

    def __init__(self) -> None:
        super().__init__(os.devnull)
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the same words."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))
        if bucket.code is None and self.directory != os.devnull:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._keep(bucket)
        if self.directory != os.devnull:
            super().dump_bytecode(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = CompiledTemplates()
Flask.jinja_options = {"bytecode_cache": TEMPLATES}


schema.upgrade = upgraded_once(schema.upgrade)
hall_installation._make_tables = copied_once(hall_installation._make_tables)

FILES = defaultdict[Path, dict[str, Asset]](dict)
"""Static files as they leave, by their folder: read once for the run, or again where one has changed since."""


def with_files_of_the_run(assets: Assets, folder: Path) -> None:
    """Begin as `Assets` does, with what another application of the run has read before."""
    assets.folder, assets._known = folder, FILES[folder]


Assets.__init__ = with_files_of_the_run  # type: ignore[method-assign]


BUILDS = ("_build", "_build_unknown")
COMPILED = ("_parts", "_trace", "_converters", "arguments", *BUILDS)
"""What an address is given when it is compiled."""


def compiled_once(compile_rule: Callable[[Rule], None]) -> Callable[[Rule], None]:
    """Compile each address of the application once for the run: 220 of them were most of an application."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}

    def compile_or_take(rule: Rule) -> None:
        key = (rule.rule, repr(rule.defaults))
        if key not in kept:
            compile_rule(rule)
            kept[key] = {name: getattr(rule, name) for name in COMPILED}
        rule.__dict__ |= kept[key]
        for name in BUILDS:
            setattr(rule, name, kept[key][name].__func__.__get__(rule))

    return compile_or_take


Rule.compile = compiled_once(Rule.compile)  # type: ignore[method-assign]


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


def answers(url: str) -> bool:
    """Say whether something listens where `url` points."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


LONG_FILES = {"web", "plans", "commands", "jobs", "house"}
"""Folders where a file may take half a minute; elsewhere it is seconds."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walks in a browser, then other long files: at the end they would keep one processor waiting.

    The first makes the demo event; meanwhile the other processor has those that do without it.
    """
    with_demo = {one.path for one in items if "demo_site" in getattr(one, "fixturenames", ())}
    items.sort(
        key=lambda one: (
            "browser" not in one.path.parts,
            one.path.name != "test_every_page.py",
            one.path in with_demo,
            LONG_FILES.isdisjoint(one.path.parts),
        )
    )


def pytest_report_header() -> list[str]:
    """Say in the first lines which services the run found."""
    found = {"PostgreSQL": answers(POSTGRES), "Redis": answers(REDIS)}
    return [
        f"{name}: {'found' if there else 'NOT FOUND, its tests are skipped'}" for name, there in found.items()
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on one line, at the end, what was not tried here and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else "no reason"
        for report in terminalreporter.stats.get("skipped", [])
    )
    said = "; ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items())) or "nothing"
    terminalreporter.write_line(f"Left out: {said}")


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all processes of the run."""
    folder = factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Database], None]) -> Path:
    """Return the file of a SQLite database that one of the run's processes makes for all; tests copy it."""
    folder = shared(factory)
    path, unfinished = folder / name, folder / f"unfinished-{name}"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            database = Database(f"sqlite:///{unfinished}")
            fill(database)
            with database.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            database.dispose()
            unfinished.rename(path)
    return path


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one migrated, empty SQLite database for the run; tests copy it."""
    return made_once(tmp_path_factory, "empty.db", schema.upgrade)


@pytest.fixture
def sqlite(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """Give the test an empty SQLite database of its own."""
    shutil.copy(empty_sqlite, tmp_path / "test.db")
    database = of_the_run(Database(f"sqlite:///{tmp_path / 'test.db'}"))
    yield database
    database.dispose()


@pytest.fixture(scope="session", autouse=True)
def templates_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of the run share the templates that each has compiled."""
    folder = shared(tmp_path_factory) / "templates"
    folder.mkdir(exist_ok=True)
    TEMPLATES.directory = str(folder)


@pytest.fixture(scope="session", autouse=True)
def an_instance_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep out of the checkout's `instance/` whatever a test leaves there that names no folder of its own."""
    folder = tmp_path_factory.mktemp("instance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matchmaker.settings._default_instance", lambda: folder)
        yield


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Iterator[None]:
    """Take back what a command that ran in this process did to the log: it would write without words from then on."""
    names = (None, "gunicorn.error", "gunicorn.access")
    before = [(one, one.formatter) for name in names for one in logging.getLogger(name).handlers]
    yield
    for handler, formatter in before:
        handler.setFormatter(formatter)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the address of the PostgreSQL server, or skip the test with a line that says so."""
    return _there_or_skip("PostgreSQL", POSTGRES, "MATCHMAKER_TEST_POSTGRES_URL")


@pytest.fixture(scope="session")
def redis_server() -> str:
    """Return the address of the Redis server, or skip the test with a line that says so."""
    return _there_or_skip("Redis", REDIS, "MATCHMAKER_TEST_REDIS_URL")


def _there_or_skip(name: str, url: str, variable: str) -> str:
    if answers(url):
        return url
    words = f"{name} does not answer at {url}; set {variable}"
    if os.environ.get("MATCHMAKER_TEST_NEEDS_SERVICES"):
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="session")
def emptied_postgres(postgres_server: str) -> Iterator["EmptiedPostgres"]:
    """Make the run's PostgreSQL database, and remove it afterwards."""
    made = EmptiedPostgres(postgres_server)
    yield made
    made.drop()


@pytest.fixture
def postgres(emptied_postgres: "EmptiedPostgres") -> Iterator[Database]:
    """Give the test an empty PostgreSQL database."""
    yield emptied_postgres.database
    emptied_postgres.empty()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Run the test once on each kind of database."""
    made: Database = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def sentence_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the test find the sentence model, which `make test` puts beside the other packages; or skip it."""
    monkeypatch.syspath_prepend(Path(sys.prefix) / "semantic")
    meaning.problem.cache_clear()
    if meaning.problem():
        words = f"{meaning.problem()} For the tests: `make .venv/semantic/.installed`"
        if os.environ.get("MATCHMAKER_TEST_NEEDS_SERVICES"):
            pytest.fail(words)
        pytest.skip(words)
    yield
    meaning.problem.cache_clear()


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

    def __init__(self, server: str) -> None:
        self.server, self.name = server, f"matchmaker_test_{uuid.uuid4().hex[:12]}"
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
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _let_go(self) -> None:
        """Begin anew with connections: one that a test did not give back may hold what others need."""
        self.database.dispose()
        self.connected.clear()

    def _make(self) -> None:
        self._run(f"CREATE DATABASE {self.name} TEMPLATE template0")
        # The server's disk need not be waited for: nothing here outlives the run.
        self._run(f"ALTER DATABASE {self.name} SET synchronous_commit = off")
        # Nor is any question here worth compiling; the server takes tables of which it knows nothing for large.
        self._run(f"ALTER DATABASE {self.name} SET jit = off")
        schema.upgrade(self.database)
        with self.database.engine.connect() as connection:
            self.revision = schema.revision(connection)
            self.tables = set(inspect(connection).get_table_names())
        ours = self.tables - {"alembic_version"}
        self.filled = text(
            " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for one in sorted(ours))
        )

    def _run(self, statement: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


class Make:
    """Makes rows for tests, in transactions of its own; every default is unremarkable and unlike the others."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.count = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def add(self, *rows: Any) -> None:
        """Keep rows as they are."""
        with self.database.writing() as session:
            session.add_all(rows)

    def person(self, name: str | None = None, email: str | None = None, **columns: Any) -> Person:
        """Keep a person; with `email=""` one without an address."""
        person = self._person(name, email, **columns)
        self.add(person)
        return person

    def _person(self, name: str | None = None, email: str | None = None, **columns: Any) -> Person:
        number = self._next()
        person = Person(name=name or f"Person {number}", **{"organisation": f"Office {number}", **columns})
        if email != "":
            person.addresses = [Address(email=email or f"person{number}@inside.example")]
        return person

    def event(self, name: str | None = None, rounds: int = 0, tables: int = 0, **columns: Any) -> Event:
        """Keep an event on 11 March 2027 with rounds of 20 minutes from 10:00, half an hour apart."""
        number = self._next()
        start = datetime(2027, 3, 11, 10, tzinfo=UTC)
        event = Event(
            name=name or f"Event {number}",
            **{
                "held_on": date(2027, 3, 11),
                "erase_on": date(2027, 6, 11),
                "place": "A hall in Birmingham",
                "host": "Department of Examples",
                "contact_name": "Kit Organiser",
                "contact_email": "contact@inside.example",
                "purpose": "to plan meetings",
                "inside_domains": ["inside.example"],
                **columns,
            },
        )
        event.rounds = [
            Round(number=n, starts_at=start + timedelta(minutes=30 * (n - 1)), minutes=20)
            for n in range(1, rounds + 1)
        ]
        event.tables = [HallTable(number=n, seats=2) for n in range(1, tables + 1)]
        self.add(event)
        return event

    def organiser(self, event: Event, person: Person | None = None, **columns: Any) -> Person:
        """Make a person, or a new one, an organiser of the event, or give them another role there."""
        if person is None:
            person = self._person()
            self.add(Organiser(event_id=event.id, person=person, **columns))
        else:
            self.add(Organiser(event_id=event.id, person_id=person.id, **columns))
        return person

    def registration(self, event: Event, person: Person | None = None, **columns: Any) -> Registration:
        """Register a person, or a new one, as coming to the event."""
        columns.setdefault("state", RegistrationState.CONFIRMED)
        if person is None:
            # Kept together: a transaction for each costs a sixth more, for ten thousand people in a run.
            registration = Registration(event_id=event.id, person=self._person(), **columns)
            self.add(registration)
            return registration
        registration = Registration(event_id=event.id, person_id=person.id, **columns)
        self.add(registration)
        registration.person = person
        return registration

    def registrations(self, event: Event, count: int) -> list[Registration]:
        """Register so many new people, kept in one go: one at a time costs four times as much."""
        state = RegistrationState.CONFIRMED
        made = [Registration(event_id=event.id, person=self._person(), state=state) for _ in range(count)]
        self.add(*made)
        return made

    def dataset(self, title: str | None = None, publisher: str = "", **columns: Any) -> Dataset:
        """Keep a dataset, of the source "tests" if no other is given."""
        number = self._next()
        columns.setdefault("source", "tests")
        dataset = Dataset(source_id=str(number), title=title or f"Dataset {number}", **columns)
        with self.database.writing() as session:
            dataset.publisher = publishers.find_or_add(session, publisher)
            datasets.index(dataset)
            session.add(dataset)
        return dataset

    def contribution(
        self, person: Person, dataset: Dataset, role: str = "curated", **columns: Any
    ) -> Contribution:
        """Keep an accepted contribution."""
        columns.setdefault("state", ContributionState.ACCEPTED)
        columns.setdefault("declared_by_id", person.id)
        contribution = Contribution(person_id=person.id, dataset_id=dataset.id, role=role, **columns)
        self.add(contribution)
        return contribution

    def endorsement(
        self, event: Event, giver: Person, contribution: Contribution, **columns: Any
    ) -> Endorsement:
        """Keep an accepted thanks."""
        columns.setdefault("state", EndorsementState.ACCEPTED)
        endorsement = Endorsement(
            event_id=event.id,
            giver_id=giver.id,
            contribution_id=contribution.id,
            receiver_id=contribution.person_id,
            dataset_id=contribution.dataset_id,
            role=contribution.role,
            **{"sentence": "You made the numbers add up for everyone.", "relation": "user", **columns},
        )
        self.add(endorsement)
        return endorsement

    def answer(
        self, event: Event, person: Person, about: Person, kind: AnswerKind = AnswerKind.MEET
    ) -> Answer:
        """Keep what one person says of another."""
        answer = Answer(event_id=event.id, person_id=person.id, about_id=about.id, kind=kind)
        self.add(answer)
        return answer


@pytest.fixture
def legible() -> Callable[[bytes], str]:
    """The words of a PDF as they stand on its pages, lines joined; to follow its tags takes many times as long."""

    def read(pdf: bytes) -> str:
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    return read


@pytest.fixture
def heard() -> Callable[[bytes], str]:
    """The text of a PDF in the order of its tags, as a screen reader hears it; lines are joined."""

    def hear(pdf: bytes) -> str:
        done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
        # Titles of headings come in UTF-16 among the rest.
        said = re.findall(r'^ *"(.*)"$', done.stdout.decode(errors="replace"), re.MULTILINE)
        return " ".join(" ".join(said).split())

    return hear


@pytest.fixture
def make(sqlite: Database) -> Make:
    """Make rows in the test's SQLite database."""
    return Make(sqlite)


@pytest.fixture
def maker() -> type[Make]:
    """Give the class, for tests that run on both databases: `maker(database)`."""
    return Make
