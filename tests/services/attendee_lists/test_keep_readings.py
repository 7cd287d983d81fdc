"""What was read of an upload: kept for as long as the upload, one of each, and forgotten when it is read anew."""

from typing import Any

import pytest

from matchmaker.intake.apart import Reading
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.session import Database

ONE, TWO = Reading(problem="It is empty."), Reading(problem="It is locked.", said={"Who": "name"})


class Lists:
    """Two lists at one event, and one at another."""

    def __init__(self, make: Any) -> None:
        self.database = make.database
        self.event, self.other = make.event(), make.event()
        kit = make.person()
        with self.database.writing() as session:
            self.ids = [
                uploads.keep(session, event.id, ImportKind.ATTENDEES, name, b"Name\nAda\n", kit.id).id
                for event, name in ((self.event, "a.csv"), (self.event, "b.csv"), (self.other, "a.csv"))
            ]

    def keep(self, place: int, reading: Reading) -> None:
        with self.database.writing() as session:
            keep_readings.keep(session, session.get_one(Import, self.ids[place]), reading)

    def found(self) -> list[Reading | None]:
        with self.database.reading() as session:
            return [keep_readings.find(session, session.get_one(Import, one)) for one in self.ids]

    def ask(self, place: int, said: dict[str, str]) -> int:
        with self.database.writing() as session:
            return keep_readings.ask_to_read(session, session.get_one(Import, self.ids[place]), said, None).id

    def open(self) -> list[int | None]:
        with self.database.writing() as session:
            jobs = [keep_readings.open_job(session, session.get_one(Import, one)) for one in self.ids]
            return [job.id if job else None for job in jobs]


@pytest.fixture
def lists(database: Database, maker: Any) -> Lists:
    return Lists(maker(database))


def test_each_upload_has_its_own_reading_the_last(lists: Lists) -> None:
    assert lists.found() == [None, None, None]
    for place, reading in ((0, ONE), (2, ONE), (0, TWO)):
        lists.keep(place, reading)
    assert lists.found() == [TWO, None, ONE]
    with lists.database.reading() as session:
        upload = session.get_one(Import, lists.ids[0])
        kept = session.query(File).filter(
            File.event_id == lists.event.id, File.media_type == "application/json"
        )
        assert upload.file is not None
        assert [one.purge_at for one in kept] == [upload.file.purge_at]


def test_asking_to_read_anew_forgets_what_was_read_of_that_upload_alone(lists: Lists) -> None:
    for place in (0, 1, 2):
        lists.keep(place, ONE)
    lists.ask(0, {"Who": "name"})
    assert lists.found() == [None, ONE, ONE]
    with lists.database.writing() as session:
        keep_readings.forget(session, session.get_one(Import, lists.ids[1]))
    assert lists.found() == [None, None, ONE]


def test_the_job_of_an_upload_is_open_until_it_is_done(lists: Lists) -> None:
    first, other = lists.ask(0, {}), lists.ask(2, {})
    assert lists.open() == [first, None, other]
    with lists.database.writing() as session:
        job = session.get_one(Job, first)
        assert (job.kind, job.event_id) == (keep_readings.KIND, lists.event.id)
        job.state = JobState.DONE
    assert lists.open() == [None, None, other]


def test_the_order_says_what_is_read_and_what_its_columns_mean(sqlite: Database, maker: Any) -> None:
    lists = Lists(maker(sqlite))
    with sqlite.reading() as session:
        told = keep_readings.order(session.get_one(Import, lists.ids[0]), {"Who": "name"})
    assert (told.kind, told.name, told.said) == ("attendees", "a.csv", {"Who": "name"})
