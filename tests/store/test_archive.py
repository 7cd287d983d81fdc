"""A backup holds everything, and goes back into either database."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from matchmaker.jobs.queue import Queue
from matchmaker.recognition.states import UnclaimedState
from matchmaker.settings import from_environment
from matchmaker.store import archive, schema
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.moderation import ActKind, ModerationAct, Report
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.people.profile_changes import ProfileChange
from matchmaker.store.session import Database


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
            # In another database one mark is of everybody, as its numbers are others.
            if table.name != "profile_change"
        }


def fill(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event("Ŵy day", rounds=2, tables=3)
    ada, ben = make.person("Ada O’Neill"), make.person("Ben", email="")
    make.organiser(event, ada)
    make.registration(event, ben)
    old, new = make.dataset("Old"), make.dataset("New", tags=["a", "b"])
    with database.writing() as session:
        # The lower id points to the higher, so the order of rows alone cannot put it back.
        session.get_one(Dataset, old.id).merged_into_id = new.id
    thanks = make.endorsement(event, ada, make.contribution(ben, new))
    named = UnclaimedCredit(
        event_id=event.id, dataset_id=new.id, role="built", name="Cy", code_hash="c",
        state=UnclaimedState.SHOWN, agreed_at=event.created_at, named_by_id=ada.id,
    )  # fmt: skip
    make.add(named)
    make.add(
        Report(event_id=event.id, reporter_id=ben.id, unclaimed_id=named.id, reason="It was Dan."),
        ModerationAct(event_id=event.id, kind=ActKind.TAKEN_OFF, by_id=ada.id, endorsement_id=thanks.id),
    )
    make.answer(event, ada, ben)
    make.add(
        File(event_id=event.id, name="x", media_type="y", content=b"\x00\xff", purge_at=event.created_at),
        Job(event_id=event.id, kind="plan", details={"n": [1, None]}),
    )


def test_a_backup_restored_elsewhere_is_the_same_row_for_row(
    database: Database, sqlite: Database, maker: Any, tmp_path: Path
) -> None:
    fill(database, maker)
    kept = everything(database)
    archive.back_up(database, tmp_path / "all.zip")
    target = Database(f"sqlite:///{tmp_path / 'target.db'}")
    schema.upgrade(target)
    count = archive.restore(target, tmp_path / "all.zip")
    assert everything(target) == kept
    with database.reading() as session:
        marks = session.scalar(select(func.count()).select_from(ProfileChange))
    assert count == sum(len(rows) for rows in kept.values()) + marks
    target.dispose()


def test_a_laptops_backup_goes_into_postgresql_and_new_rows_get_new_ids(
    sqlite: Database, postgres: Database, maker: Any, tmp_path: Path
) -> None:
    fill(sqlite, maker)
    archive.back_up(sqlite, tmp_path / "all.zip")
    archive.restore(postgres, tmp_path / "all.zip")
    assert everything(postgres) == everything(sqlite)
    ids = {row[0] for row in everything(sqlite)["dataset"]}
    make = maker(postgres)
    make.count = 50
    assert make.dataset("Newest").id not in ids


def test_a_backup_is_refused_where_something_is_kept_already_and_changes_nothing(
    sqlite: Database, maker: Any, tmp_path: Path
) -> None:
    fill(sqlite, maker)
    archive.back_up(sqlite, tmp_path / "all.zip")
    before = everything(sqlite)
    with pytest.raises(archive.ArchiveError, match="not empty"):
        archive.restore(sqlite, tmp_path / "all.zip")
    assert everything(sqlite) == before


def test_a_restore_that_is_killed_after_its_rows_leaves_a_database_that_notices_every_change(
    database: Database, sqlite: Database, maker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite, maker)
    archive.back_up(sqlite, tmp_path / "all.zip")
    with sqlite.engine.connect() as connection:
        wanted = [len(watch.installed(connection)) for watch in schema.WATCHES]
    target = database if database is not sqlite else Database(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade = schema.upgrade

    def killed(of: Database, to: str = "head") -> None:
        if to == "head":
            raise KeyboardInterrupt
        upgrade(of, to)

    monkeypatch.setattr(schema, "upgrade", killed)
    with pytest.raises(KeyboardInterrupt):
        archive.restore(target, tmp_path / "all.zip")
    assert schema.is_current(target)
    assert everything(target) == everything(sqlite)
    with target.engine.connect() as connection:
        assert [len(watch.installed(connection)) for watch in schema.WATCHES] == wanted
    if target is not database:
        target.dispose()


def test_a_file_that_is_no_backup_is_refused_in_words(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    with pytest.raises(archive.ArchiveError, match="not a backup"):
        archive.restore(sqlite, tmp_path / "x.zip")


def test_a_backup_never_takes_the_place_of_another_file(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("precious")
    with pytest.raises(archive.ArchiveError, match="exists already"):
        archive.back_up(sqlite, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_text() == "precious"


HERE = Path(__file__).parent


def rows_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(path) as kept:
        return {
            name.removesuffix(".jsonl"): [json.loads(line) for line in kept.read(name).splitlines()]
            for name in kept.namelist()
            if name.endswith(".jsonl")
        }


def test_a_backup_of_the_first_version_is_put_back_and_brought_up_to_date_with_its_data(
    database: Database, tmp_path: Path
) -> None:
    """The file was made by the code of the first schema, from an event with rows in each table."""
    old = HERE / "backup_of_0001.zip"
    kept = rows_of(old)
    assert [name for name, rows in kept.items() if not rows] == ["text_meaning"]
    assert archive.restore(database, old) == sum(map(len, kept.values()))
    assert schema.is_current(database)
    archive.back_up(database, tmp_path / "new.zip")
    now = rows_of(tmp_path / "new.zip")
    for name, rows in kept.items():
        for before, after in zip(rows, now[name], strict=True):
            assert {**after, **{column: before[column] for column in before.keys() & after.keys()}} == after
            assert before.keys() - after.keys() <= {"sign_in_key"}, name


def change(path: Path, member: str, made: Callable[[bytes], bytes | None]) -> None:
    """Make one member of a backup anew, or leave it out; the zip itself stays sound."""
    with zipfile.ZipFile(path) as kept:
        members = {name: kept.read(name) for name in kept.namelist()}
    with zipfile.ZipFile(path, "w") as changed:
        for name, content in members.items():
            new = made(content) if name == member else content
            if new is not None:
                changed.writestr(name, new)


def half(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "half of a table gone": lambda path: change(path, "person.jsonl", half),
    "a word changed": lambda path: change(path, "person.jsonl", lambda c: c.replace(b"Ben", b"Ken")),
    "a row twice": lambda path: change(path, "person.jsonl", lambda c: c + c.splitlines(keepends=True)[0]),
    "a table gone": lambda path: change(path, "dataset.jsonl", lambda _c: None),
    "the manifest gone": lambda path: change(path, "backup.json", lambda _c: None),
    "the manifest no JSON": lambda path: change(path, "backup.json", lambda _c: b"{"),
    "the manifest a list": lambda path: change(path, "backup.json", lambda _c: b"[]"),
    "a table's sum gone": lambda path: change(
        path, "backup.json", lambda c: c.replace(b'"sha256"', b'"sha255"')
    ),
    "a newer format": lambda path: change(
        path, "backup.json", lambda c: c.replace(b'"format": 2', b'"format": 9')
    ),
    "a newer schema": lambda path: change(
        path, "backup.json", lambda c: re.sub(rb'"revision": "[^"]*"', b'"revision": "9999"', c)
    ),
    "no JSON in a table": lambda path: change(path, "event.jsonl", lambda c: b"\xff" + c),
    "the end cut off": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "a byte turned": lambda path: turn(path),
    "a count that is no number": lambda path: change(
        path, "backup.json", lambda c: re.sub(rb'"rows": \d+', b'"rows": Infinity', c, count=1)
    ),
    "a manifest without an end": lambda path: change(path, "backup.json", lambda _c: b"[" * 100_000),
    "a password": lambda path: lock(path),
    "nothing at all": lambda path: path.write_bytes(b""),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


def lock(path: Path) -> None:
    """Say of every member that it opens with a password alone."""
    with zipfile.ZipFile(path, "a") as kept:
        kept.writestr("note.txt", "")
        for member in kept.infolist():
            member.flag_bits |= 1


def turn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    place = content.index(b"person.jsonl") + 60
    content[place] ^= 0xFF
    path.write_bytes(bytes(content))


OLD_DAMAGES: dict[str, Callable[[Path], object]] = {
    "half of a table gone": lambda path: change(path, "person.jsonl", half),
    "a table gone": lambda path: change(path, "dataset.jsonl", lambda _c: None),
    "a column gone": lambda path: change(path, "event.jsonl", lambda c: c.replace(b'"place"', b'"plaice"')),
    "a list for a row": lambda path: change(path, "event.jsonl", lambda _c: b"[1]\n"),
    "a date that is none": lambda path: change(
        path, "event.jsonl", lambda c: c.replace(b'"2027-', b'"20x7-')
    ),
    "a row twice": lambda path: change(path, "person.jsonl", lambda c: c + c.splitlines(keepends=True)[0]),
    "a number too large": lambda path: change(
        path, "person.jsonl", lambda c: re.sub(rb'"id": \d+', b'"id": 99999999999999999999', c, count=1)
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_with_a_sentence_before_the_first_row(
    sqlite: Database, maker: Any, tmp_path: Path, damage: str
) -> None:
    fill(sqlite, maker)
    path = tmp_path / "all.zip"
    archive.back_up(sqlite, path)
    DAMAGES[damage](path)
    refused(path, tmp_path)


@pytest.mark.parametrize("damage", OLD_DAMAGES)
def test_a_damaged_backup_without_sums_is_refused_with_a_sentence_and_nothing_is_kept(
    tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "all.zip"
    shutil.copy(HERE / "backup_of_0001.zip", path)
    OLD_DAMAGES[damage](path)
    refused(path, tmp_path)


def refused(path: Path, tmp_path: Path) -> None:
    target = Database(f"sqlite:///{tmp_path / 'target.db'}")
    with pytest.raises(archive.ArchiveError) as said:
        archive.restore(target, path)
    assert str(said.value).endswith(".")
    with target.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        rows = [connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in tables]  # noqa: S608
    assert sum(rows) == 0
    target.dispose()


def test_a_backup_and_the_databases_are_their_owners_alone(
    sqlite: Database, maker: Any, tmp_path: Path
) -> None:
    fill(sqlite, maker)
    archive.back_up(sqlite, tmp_path / "all.zip")
    new = Database(f"sqlite:///{tmp_path / 'instance' / 'new.db'}")
    archive.restore(new, tmp_path / "all.zip")
    queue = Queue(from_environment({"MATCHMAKER_INSTANCE": str(tmp_path / "other")}), new)
    queue.announce(1)
    with new.reading() as session:
        session.connection()
        kept = [tmp_path / "all.zip", *(tmp_path / "instance").iterdir(), *(tmp_path / "other").iterdir()]
    assert {path.name for path in kept} >= {"all.zip", "new.db", "new.db-wal", "queue.db"}
    assert {oct(path.stat().st_mode & 0o777) for path in kept} == {"0o600"}
    assert {oct((tmp_path / name).stat().st_mode & 0o777) for name in ("instance", "other")} == {"0o700"}
    queue.close()
    new.dispose()


def test_a_database_that_others_could_read_is_closed_to_them_when_it_is_opened(
    empty_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    shutil.copy(empty_sqlite, path)
    path.chmod(0o644)
    database = Database(f"sqlite:///{path}")
    with database.reading() as session:
        session.connection()
    assert path.stat().st_mode & 0o777 == 0o600
    database.dispose()


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(archive.ArchiveError, match="cannot be written"):
        archive.back_up(sqlite, tmp_path / "file" / "all.zip")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".unfinished"] == []
