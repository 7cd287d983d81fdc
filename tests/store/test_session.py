"""Transactions: reading cannot write, writing loses no update."""

import multiprocessing
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import DBAPIError

from matchmaker.jobs.upkeep import put_back_and_tidy
from matchmaker.store.credits import endorsements, unclaimed
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, hold, plainly
from tests.conftest import Make
from tests.store.count_up import count_up


def test_a_question_for_values_alone_finds_what_has_just_been_changed(database: Database) -> None:
    with database.writing() as session:
        session.add_all([Person(name="Ada"), Person(name="Ben")])
        ada = session.scalars(select(Person).where(Person.name == "Ada")).one()
        ada.name = "Ada Byron"
        asked = select(Person.id, Person.name).where(Person.name > "Ada").order_by(Person.id)

        assert [(*row,) for row in plainly(session, asked, {})] == [(1, "Ada Byron"), (2, "Ben")]


def test_four_processes_of_a_hundred_read_then_write_transactions_lose_none(database: Database) -> None:
    with database.writing() as session:
        session.add(Person(name="0"))
    url = database.engine.url.render_as_string(hide_password=False)
    server = multiprocessing.get_context("forkserver")
    # Loaded once for the four of them.
    server.set_forkserver_preload(["tests.store.count_up"])
    workers = [server.Process(target=count_up, args=(url, 100)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    with database.reading() as session:
        assert session.get_one(Person, 1).name == "400"


ELSEWHERE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("SELECT count(*) FROM person").fetchone()[0])
connection.close()
"""


def counted_elsewhere(database: Database) -> int:
    """Let another process open the database, count the people and close it, as a backup or an operator does."""
    words = [sys.executable, "-c", ELSEWHERE, database.engine.url.database]
    return int(subprocess.run(words, check=True, capture_output=True).stdout)


def test_what_is_saved_stays_where_another_process_opens_and_closes_the_database(sqlite: Database) -> None:
    with sqlite.reading() as session:
        session.scalar(select(func.count()).select_from(Person))
        # Each further connection once opened the file and closed it, which takes a process's locks from it.
        with sqlite.reading() as another:
            another.scalar(select(func.count()).select_from(Person))
        assert counted_elsewhere(sqlite) == 0
    with sqlite.writing() as session:
        session.add(Person(name="Ada"))
    assert counted_elsewhere(sqlite) == 1


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.writing() as session:
        session.add(Person(name="Ada"))
    with database.reading() as session, pytest.raises(DBAPIError):
        session.execute(update(Person).values(name="Eve"))
    with database.reading() as session:
        assert session.get_one(Person, 1).name == "Ada"


def test_sqlite_is_told_who_may_write_only_where_it_was_another_before(tmp_path: Path) -> None:
    """Told again, it compiles every statement anew."""
    database, told = Database(f"sqlite:///{tmp_path / 'new.db'}"), list[str]()
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda *asked: told.append(asked[2]) if "query_only" in asked[2] else None,
    )
    for _ in range(2):
        for _ in range(2):
            with database.writing() as session:
                session.execute(text("CREATE TABLE IF NOT EXISTS kept (number INTEGER)"))
        for _ in range(2):
            with database.reading() as session, pytest.raises(DBAPIError):
                session.execute(text("INSERT INTO kept VALUES (1)"))
    database.dispose()

    assert told == ["PRAGMA query_only = OFF", "PRAGMA query_only = ON"] * 2


def test_a_failed_block_keeps_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.add(Person(name="Ada"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM person")).scalar() == 0


def test_sqlite_makes_the_folder_it_lives_in(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'here.db'}")
    with database.reading() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    database.dispose()


def test_what_was_read_with_its_neighbours_is_held_alone(database: Database) -> None:
    make = Make(database)
    event, giver = make.event(), make.person()
    credit = make.contribution(make.person(), make.dataset(publisher="Environment Agency"))
    thanks = make.endorsement(event, giver, credit)
    make.add(
        UnclaimedCredit(
            event_id=event.id,
            dataset_id=credit.dataset_id,
            role="collected",
            name="Ada Byron",
            name_key="ada byron",
            code_hash="seven",
        )
    )
    with database.writing() as session:
        named = session.scalars(select(UnclaimedCredit)).one()
        session.expunge_all()
        unknown = unclaimed.by_public_id(session, named.public_id)
        kept = endorsements.by_public_id(session, thanks.public_id)
        assert unknown is not None
        assert kept is not None
        assert hold(session, unknown, kept)
        assert (unknown.name, kept.sentence) == ("Ada Byron", thanks.sentence)


def test_what_is_erased_is_not_left_in_the_file_of_sqlite_however_it_was_built(
    empty_sqlite: Path, tmp_path: Path
) -> None:
    database, file = _in_a_file(empty_sqlite, tmp_path)
    event.listen(
        database.engine,
        "connect",
        lambda connection, _: connection.execute("PRAGMA secure_delete = OFF").close(),
        insert=True,
    )
    with database.writing() as session:
        session.add(Person(name="Amara Canary", organisation="Kew"))
    written = _as_one_file(database, file)
    with database.writing() as session:
        session.delete(session.scalars(select(Person)).one())
    assert b"Amara Canary" in written
    assert b"Amara Canary" not in _as_one_file(database, file)
    database.dispose()


def test_upkeep_empties_the_journal_in_which_what_was_erased_is_still_read(
    empty_sqlite: Path, tmp_path: Path
) -> None:
    database, file = _in_a_file(empty_sqlite, tmp_path)
    with database.writing() as session:
        session.add(Person(name="Amara Canary", organisation="Kew"))
    _as_one_file(database, file)
    with database.writing() as session:
        session.delete(session.scalars(select(Person)).one())
    journal = file.with_name("erased.db-wal")
    assert b"Amara Canary" in file.read_bytes()
    with database.reading() as session:
        session.scalars(select(Person)).all()
        database.empty_journal()
        assert journal.stat().st_size > 0, "somebody reads: it is left for the next time"
    put_back_and_tidy(database, datetime(2027, 3, 1, 10, 1, tzinfo=UTC))
    assert journal.stat().st_size > 0
    put_back_and_tidy(database, datetime(2027, 3, 1, 10, 10, tzinfo=UTC))
    # Upkeep itself wrote after that, and nothing of hers.
    assert b"Amara Canary" not in file.read_bytes() + journal.read_bytes()
    database.dispose()


def _in_a_file(empty_sqlite: Path, folder: Path) -> tuple[Database, Path]:
    file = folder / "erased.db"
    file.write_bytes(empty_sqlite.read_bytes())
    return Database(f"sqlite:///{file}"), file


def _as_one_file(database: Database, file: Path) -> bytes:
    database.empty_journal()
    return file.read_bytes()
