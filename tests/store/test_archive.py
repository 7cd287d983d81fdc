"""A backup holds everything, and goes back into either database."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import UnclaimedState
from matchmaker.store import archive, schema
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.moderation import ActKind, ModerationAct, Report
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.session import Database


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
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
    assert count == sum(len(rows) for rows in kept.values())
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


def test_a_file_that_is_no_backup_is_refused_in_words(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    with pytest.raises(archive.ArchiveError, match="not a backup"):
        archive.restore(sqlite, tmp_path / "x.zip")


def test_a_backup_never_takes_the_place_of_another_file(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("precious")
    with pytest.raises(archive.ArchiveError, match="exists already"):
        archive.back_up(sqlite, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_text() == "precious"
