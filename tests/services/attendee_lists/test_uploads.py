"""Uploads: kept once and for a week, and what is said of their columns and lines; dropped, they leave nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.intake import apart
from matchmaker.intake.apart import Reading
from matchmaker.intake.attendees import Decisions
from matchmaker.intake.problems import IntakeError
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.services.attendee_lists.uploads import FileGone, NotRead
from matchmaker.store.attendee_lists.imports import ColumnMeaning, Import, ImportKind, ImportState
from matchmaker.store.base import now
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.session import Database, Session

DATA = b"Name,Who are you?\nAda,Analyst\n"


class Shelf:
    """Two events, the second with an upload of its own."""

    def __init__(self, make: Any) -> None:
        self.database: Database = make.database
        self.event, self.other = make.event(), make.event()
        self.kit = make.organiser(self.event)
        with self.database.writing() as session:
            self.noise = self.keep(session, event=self.other)
            uploads.say_columns(session, self.noise, {"Who are you?": "team"})

    def keep(
        self, session: Session, event: Event | None = None, name: str = "list.csv", data: bytes = DATA
    ) -> Import:
        at = event or self.event
        return uploads.keep(session, at.id, ImportKind.ATTENDEES, name, data, self.kit.id)


@pytest.fixture
def shelf(database: Database, maker: Any) -> Shelf:
    return Shelf(maker(database))


def test_what_waits_already_is_kept_once_and_for_a_week(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        first = shelf.keep(session)
        assert shelf.keep(session) is first
        others = {shelf.keep(session, name="other.csv").id, shelf.keep(session, data=DATA + b"Ben,\n").id}
        assert len({first.id, shelf.noise.id, *others}) == 4
        assert first.file is not None
        assert first.file.purge_at is not None
        assert abs(first.file.purge_at - now() - timedelta(days=7)) < timedelta(minutes=5)
        uploads.drop(session, first)
        assert shelf.keep(session).id not in {first.id, *others}


def test_an_upload_that_is_dropped_leaves_neither_its_file_nor_what_was_read_of_it(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        before = set(session.scalars(select(File.id)))
        row = shelf.keep(session)
        uploads.take_in(session, row, apart.read(keep_readings.order(row, {}), DATA))
        assert len(set(session.scalars(select(File.id))) - before) == 2
        uploads.drop(session, row)
        assert set(session.scalars(select(File.id))) == before
        assert (row.state, row.file_id) == (ImportState.DROPPED, None)
        uploads.drop(session, row)


def test_what_cannot_be_read_is_dropped_and_only_the_words_that_say_why_stay(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        row = shelf.keep(session)
        uploads.take_in(session, row, Reading(problem="The file is locked. Save it without a password."))
        assert (row.state, row.summary) == (
            ImportState.DROPPED,
            {"problem": "The file is locked. Save it without a password."},
        )
        with pytest.raises(FileGone):
            uploads.reading(session, session.get_one(Import, row.id, populate_existing=True))


def test_nothing_can_be_told_of_an_upload_before_it_is_read(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        row = shelf.keep(session)
        with pytest.raises(NotRead):
            uploads.listed(session, row)
        keep_readings.keep(session, row, Reading(problem="It is empty."))
        assert uploads.reading(session, row).problem == "It is empty."
        with pytest.raises(IntakeError, match=r"It is empty\."):
            uploads.listed(session, row)


def test_what_a_column_means_is_known_of_later_files_of_that_event_alone(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        first = shelf.keep(session)
        assert uploads.mapping(session, first) == {}
        uploads.say_columns(session, first, {"Who are you?": "job_title"})
        later = shelf.keep(session, name="later.csv")
        assert uploads.mapping(session, later) == {"Who are you?": "job_title"}
        later.mapping = {"Who are you?": "bio"}
        assert uploads.mapping(session, later) == {"Who are you?": "bio"}
        assert uploads.mapping(session, shelf.noise) == {"Who are you?": "team"}
        session.add(ColumnMeaning(event_id=shelf.event.id, heading="Old", field="no-such-field"))
        session.flush()
        assert "Old" not in uploads.mapping(session, first)


def test_the_later_word_on_a_line_counts_and_the_rest_stays_until_all_is_forgotten(shelf: Shelf) -> None:
    with shelf.database.writing() as session:
        row = shelf.keep(session)
        uploads.decide(session, row, Decisions(frozenset({2, 3}), frozenset({4}), {5: {"name": "Ada"}}))
        uploads.decide(
            session, row, Decisions(frozenset({4}), frozenset({3}), {5: {"email": "a@x.example"}}), come=True
        )
        said = uploads.decisions(row)
        assert (said.keep, said.leave_out) == ({2, 4}, {3})
        assert said.right == {5: {"name": "Ada", "email": "a@x.example"}}
        assert row.decisions["come"] is True
        uploads.decide(session, row, Decisions(frozenset(), frozenset(), {}), gone=[9, 7])
        assert row.decisions["gone"] == [7, 9]
        uploads.undecide(session, row)
        assert uploads.decisions(row) == Decisions(frozenset(), frozenset(), {})
