"""Being in the directory: only by one's own word, found by what one said, and out of it at once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import list_in_directory
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.people import directory, registrations
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.directory import Sought
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def ada(database: Database, maker: Any) -> Registration:
    """Ada, who has filled in everything, at an event where Ben comes, and at another where she is not listed."""
    make = maker(database)
    event, other = make.event(), make.event()
    ada = make.person("Ada Öztürk", organisation="Met Office", job_title="Hydrologist")
    registration = make.registration(
        event, ada, offers="Gauges", bio="Rivers and rain", topics=[Topic(name="Floods", key="floods")]
    )
    make.registration(other, ada, offers="Elsewhere")
    make.registration(event, make.person("Ben", email="ben@inside.example"))
    make.contribution(ada, make.dataset("River Levels"))
    make.contribution(make.person("Cy"), make.dataset("Peat Depth"))
    return registration


def choose(database: Database, row: Registration, agrees: bool) -> str:
    with database.writing() as session:
        mine = session.get_one(Registration, row.id)
        list_in_directory.choose(session, mine, agrees, NOW)
        return mine.directory_key


def test_what_somebody_said_finds_them_and_nothing_of_others(database: Database, ada: Registration) -> None:
    assert choose(database, ada, True) == (
        "ada ozturk met office hydrologist gauges rivers and rain floods river levels"
    )


def test_datasets_do_not_find_somebody_whose_name_is_not_shown(database: Database, ada: Registration) -> None:
    with database.writing() as session:
        session.get_one(Registration, ada.id).person.show_name = False
    assert choose(database, ada, True).endswith("rivers and rain floods")


def test_each_word_is_recorded_once_and_leaving_takes_the_words_away(
    database: Database, ada: Registration
) -> None:
    keys = [choose(database, ada, agrees) for agrees in (False, True, True, False, False)]
    assert [bool(key) for key in keys] == [False, True, True, False, False]
    with database.reading() as session:
        rows = session.execute(
            select(BasisRecord.registration_id, BasisRecord.kind, BasisRecord.wording, BasisRecord.at)
        ).all()
    assert sorted(map(tuple, rows)) == [
        (ada.id, BasisKind.CONSENT, list_in_directory.LISTED, NOW),
        (ada.id, BasisKind.WITHDRAWAL, list_in_directory.NOT_LISTED, NOW),
    ]


def test_the_word_holds_for_one_event(database: Database, ada: Registration) -> None:
    choose(database, ada, True)
    with database.reading() as session:
        listed = [(one.event_id, one.in_directory) for one in registrations.events_of(session, ada.person_id)]
    assert {event_id for event_id, is_in in listed if is_in} == {ada.event_id}
    assert len(listed) == 2


def test_whoever_is_not_in_it_is_not_indexed_and_not_found(database: Database, ada: Registration) -> None:
    with database.writing() as session:
        mine = session.get_one(Registration, ada.id)
        list_in_directory.index(session, mine)
        assert mine.directory_key == ""
        found = directory.search(session, ada.event_id, 0, Sought("gauges"))
    assert found == []
    choose(database, ada, True)
    with database.reading() as session:
        found = directory.search(session, ada.event_id, 0, Sought("gauges"))
        assert [one.name for one in found] == ["Ada Öztürk"]
