"""What was read of an upload is kept once, for the upload's own time, and for no other upload."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.intake.apart import Reading
from matchmaker.services.attendee_lists import keep_readings
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.files import File
from matchmaker.store.session import Database

LATER = datetime(2027, 4, 1, tzinfo=UTC)


def upload(make: Any, event: Any, days: int = 0) -> Import:
    file = File(
        event_id=event.id,
        name="list.csv",
        media_type="text/csv",
        content=b"Name\nAda\n",
        purge_at=LATER + timedelta(days=days),
    )
    make.add(file)
    row = Import(event_id=event.id, kind=ImportKind.ATTENDEES, file_name="list.csv", file_id=file.id)
    make.add(row)
    return row


def test_a_reading_is_found_for_its_upload_alone_and_goes_when_the_upload_does(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    one, second, elsewhere = upload(make, event, 3), upload(make, event), upload(make, other)
    with database.writing() as session:
        keep_readings.keep(
            session, session.get_one(Import, one.id), Reading(problem="Say which column is what.")
        )
    with database.reading() as session:
        found = keep_readings.find(session, session.get_one(Import, one.id))
        assert found == Reading(problem="Say which column is what.")
        for row in (second, elsewhere):
            assert keep_readings.find(session, session.get_one(Import, row.id)) is None
        kept = session.scalars(select(File).where(File.name.like("reading-%"))).one()
        assert kept.purge_at == LATER + timedelta(days=3)


def test_reading_again_replaces_what_was_read_before_and_asks_once(database: Database, maker: Any) -> None:
    make = maker(database)
    one = upload(make, make.event())
    with database.writing() as session:
        row = session.get_one(Import, one.id)
        keep_readings.keep(session, row, Reading(problem="first"))
        keep_readings.keep(session, row, Reading(problem="second"))
        found = keep_readings.find(session, row)
        assert found is not None
        assert found.problem == "second"
        job = keep_readings.ask_to_read(session, row, {"Name": "name"}, None)
        assert keep_readings.find(session, row) is None
        assert keep_readings.ask_to_read(session, row, {"Name": "name"}, None).id == job.id
        again = keep_readings.open_job(session, row)
        assert again is not None
        assert again.id == job.id


def test_a_reading_can_be_forgotten(database: Database, maker: Any) -> None:
    make = maker(database)
    one = upload(make, make.event())
    with database.writing() as session:
        row = session.get_one(Import, one.id)
        keep_readings.keep(session, row, Reading(problem="first"))
        keep_readings.forget(session, row)
        assert keep_readings.find(session, row) is None
