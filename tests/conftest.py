"""Fixtures for every room: a database of the test's own, on SQLite and, where asked, on PostgreSQL."""

import gc
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
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
from tests.databases import EmptiedPostgres, EmptiedSqlite, locked, migrated_once, of_the_run
from tests.kept_rows import keep
from tests.made_once import copied_once, upgraded_once

__all__ = ["canaries", "no_personal_data_in_the_log"]

POSTGRES = os.environ.get(
    "MATCHMAKER_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REDIS = os.environ.get("MATCHMAKER_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")

# An example fails for what it finds, and not for how long it took on a busy machine. For `make test`: a commit is
# green or red each time. A run of pytest tries other examples, and more, which is how faults are found.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
settings.register_profile(
    "same-each-time", settings.get_profile("unhurried"), derandomize=True, max_examples=25
)

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
    with locked(folder / f"{name}.lock"):
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


@pytest.fixture(scope="session")
def emptied_sqlite(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptiedSqlite]:
    """Make this process's SQLite database as a copy of the run's, and remove it afterwards."""
    made = EmptiedSqlite(empty_sqlite, tmp_path_factory.mktemp("sqlite") / "test.db")
    yield made
    made.drop()


WITH_OTHERS = {"jobs", "commands", "browser", "house"}
"""Folders whose tests have other processes and threads at their database, which may outlive them by a moment."""


@pytest.fixture
def sqlite(request: pytest.FixtureRequest, empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """Give the test an empty SQLite database of its own, or the one of this process, emptied."""
    if not WITH_OTHERS.isdisjoint(request.path.parts):
        shutil.copy(empty_sqlite, tmp_path / "test.db")
        database = of_the_run(Database(f"sqlite:///{tmp_path / 'test.db'}"))
        yield database
        database.dispose()
        return
    request.getfixturevalue("numbers_of_the_test")
    emptied: EmptiedSqlite = request.getfixturevalue("emptied_sqlite")
    database = emptied.give()
    yield database
    emptied.empty(database)


@pytest.fixture(scope="session", autouse=True)
def templates_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of the run share the templates that each has compiled."""
    folder = shared(tmp_path_factory) / "templates"
    folder.mkdir(exist_ok=True)
    TEMPLATES.directory = str(folder)


@pytest.fixture(scope="session", autouse=True)
def an_instance_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep out of the checkout's `instance/` whatever a test leaves there that names no folder of its own."""
    folder = tmp_path_factory.mktemp("instance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matchmaker.settings._default_instance", lambda: folder)
        yield folder


@pytest.fixture
def numbers_of_the_test(an_instance_of_the_run: Path) -> Iterator[None]:
    """Forget what was kept as numbers of a database that is emptied: events of the next test have the same ids."""
    yield
    shutil.rmtree(an_instance_of_the_run / "vectors", ignore_errors=True)


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
def emptied_postgres(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmptiedPostgres]:
    """Make this process's PostgreSQL database as a copy of the run's, and remove it afterwards."""
    with migrated_once(postgres_server, shared(tmp_path_factory)) as template:
        made = EmptiedPostgres(postgres_server, template)
        yield made
        made.drop()


@pytest.fixture
def postgres(emptied_postgres: EmptiedPostgres, numbers_of_the_test: None) -> Iterator[Database]:
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
        keep(self.database, *rows)

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
