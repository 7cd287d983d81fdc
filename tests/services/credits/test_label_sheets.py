"""Sheets about labels: the same for the same content, kept once a kind and event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.pdf import Sheets
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import sheet_values
from matchmaker.services.plans.sheet_values import KEPT_FOR, PlanSheet
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


class Hall:
    """One dataset that Ada is named for, and one of the same publisher that nobody is."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(), make.event()
        self.ada = make.registration(self.event, make.person("Ada")).person
        make.contribution(self.ada, make.dataset("River Levels", "Defra"))
        make.dataset("Bog Maps", "Defra")

    def name(self, kind: str, event: Event | None = None, at: datetime = NOW) -> str:
        with self.database.reading() as session:
            there = session.get_one(Event, (event or self.event).id)
            ready = label_sheets.SHEETS[kind](session, there, lambda one: f"https://m.example/{one.id}", at)
            return label_sheets.file_name(ready)

    def change(self, kind: Any, key: int, **columns: Any) -> None:
        with self.database.writing() as session:
            for name, value in columns.items():
                setattr(session.get_one(kind, key), name, value)


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


@pytest.mark.parametrize("kind", ["tags", "letters"])
def test_a_sheet_has_the_same_name_on_another_day_and_another_for_another_event(
    hall: Hall, kind: str
) -> None:
    assert hall.name(kind) == hall.name(kind, at=NOW + timedelta(hours=1))
    assert hall.name(kind) != hall.name(kind, hall.other)


def test_a_tag_changes_with_a_name_on_it_and_once_its_label_is_public(hall: Hall) -> None:
    names = [hall.name("tags")]
    hall.change(Person, hall.ada.id, name="Ada Öztürk")
    names.append(hall.name("tags"))
    hall.change(Event, hall.event.id, labels_public=True)
    hall.change(Person, hall.ada.id, public_since=NOW)
    names.append(hall.name("tags"))
    assert len(set(names)) == 3


def test_a_letter_changes_with_what_is_missing(hall: Hall) -> None:
    before = hall.name("letters")
    hall.make.dataset("Peat Depth", "Defra")
    assert hall.name("letters") != before


def no_sheets() -> Sheets:
    return Sheets("gift_tags", "Nothing", NOW, {})


def test_a_new_sheet_takes_the_place_of_its_kind_at_its_event_alone(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for where, key, print_ in ((event, "tags", "aaaa"), (event, "letters", "bbbb"), (other, "tags", "cccc"),
                               (event, "tags", "dddd")):  # fmt: skip
        with database.writing() as session:
            ready = PlanSheet(key, print_, 1, 1, no_sheets)
            sheet_values.keep(session, where.id, label_sheets.file_name(ready), b"%PDF", NOW)
    with database.reading() as session:
        kept = session.execute(select(File.event_id, File.name, File.purge_at).order_by(File.id)).all()
    assert [(where, name.rpartition("-")[2], purged) for where, name, purged in kept] == [
        (event.id, "bbbb.pdf", NOW + KEPT_FOR),
        (other.id, "cccc.pdf", NOW + KEPT_FOR),
        (event.id, "dddd.pdf", NOW + KEPT_FOR),
    ]
