"""Sheets about labels: the same for the same content, kept once a kind and event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, true, update

from matchmaker.documents.pdf import Sheets
from matchmaker.recognition.states import UnclaimedState
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import sheet_values
from matchmaker.services.plans.sheet_values import KEPT_FOR, PlanSheet
from matchmaker.store.credits import label_watch
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.people.people import Person
from matchmaker.store.schema import metadata
from matchmaker.store.session import Database, Session
from tests.services.changes import others, tried_and_undone

NOW = datetime(2027, 3, 1, tzinfo=UTC)
LABELS_AT = "https://m.example/labels/"
ON_TAGS = (
    "contribution", "dataset", "endorsement", "event", "person", "publisher", "registration", "unclaimed_credit"
)  # fmt: skip
"""The tables whose rows are on gift tags, or decide what is."""
LARGE = ("event", "registration")
"""Of these, only the columns that any label is counted from."""


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
            ready = label_sheets.SHEETS[kind](session, there, LABELS_AT, at)
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


class Tags:
    """Tags of datasets with and without a series, thanks, a hidden name, a team, and labels in public."""

    def __init__(self, make: Any, database: Database) -> None:
        self.database = database
        self.event, other = make.event(labels_public=True), make.event()
        ada, ben, cy = (
            make.person(name, organisation=office, public_since=since, show_name=shown)
            for name, office, since, shown in (
                ("Ada", "Water", NOW, True), ("Ben", "Soil", NOW, True), ("Cy Roe", "Soil", None, False)
            )
        )  # fmt: skip
        for one in (ada, ben):
            make.registration(self.event, one)
        make.registration(other, cy)
        series = make.dataset("Survey", "Water Office", is_series=True)
        make.dataset("Survey north", "Water Office", series_id=series.id)
        rivers = make.dataset("Rivers", "Water Office", url="https://rivers.example")
        credit = make.contribution(ada, rivers, "curated")
        make.contribution(ada, series, "curated")
        make.contribution(cy, rivers, "other", role_text="held the ladder")
        make.endorsement(self.event, ben, credit, sentence="Ada and Cy Roe found every gauge twice.")
        team = UnclaimedCredit(
            event_id=self.event.id, dataset_id=rivers.id, role="checked", name="Gauge crew", name_key="crew",
            code_hash="x", state=UnclaimedState.SHOWN, agreed_at=NOW, organisation="Far", is_team=True,
        )  # fmt: skip
        make.add(team)

    def name(self, session: Session) -> str:
        event = session.get_one(Event, self.event.id, populate_existing=True)
        return label_sheets.name_of_tags(session, event, LABELS_AT)

    def printed(self, session: Session) -> object:
        session.expire_all()
        event = session.get_one(Event, self.event.id)
        sheets = label_sheets.tags(session, event, LABELS_AT, NOW).sheets()
        return sheets.title, sheets.values["tags"]


@pytest.mark.parametrize("table", ON_TAGS)
def test_nothing_on_a_tag_can_change_without_another_name(make: Any, sqlite: Database, table: str) -> None:
    tags = Tags(make, sqlite)
    rows, seen = metadata.tables[table], set()
    with sqlite.writing() as session:
        name, printed = tags.name(session), tags.printed(session)
        first = session.scalar(select(func.min(rows.c.id)))
        for column, value in others(table):
            if table in LARGE and not label_watch.WATCHED[table].reads(column.name):
                continue
            for some in (true(), rows.c.id == first):

                def change(column: Any = column, value: Any = value, some: Any = some) -> None:
                    as_before = all(one == value for one in session.scalars(select(column).where(some)))
                    session.execute(update(rows).where(some).values({column.name: value}))
                    if tags.name(session) != name:
                        seen.add(column.name)
                    elif not as_before:
                        assert tags.printed(session) == printed, column.name

                tried_and_undone(session, change)
        session.rollback()
    assert seen, "nothing of this table is on a tag"


def test_finished_tags_are_found_by_the_name_they_were_given(maker: Any, database: Database) -> None:
    tags = Tags(maker(database), database)
    with database.reading() as session:
        event = session.get_one(Event, tags.event.id)
        made = label_sheets.tags(session, event, LABELS_AT, NOW)
        told = label_sheets.told_tags(session, event, LABELS_AT, compared=True)
        assert label_sheets.file_name(made) == label_sheets.name_of_tags(session, event, LABELS_AT)
        assert (told.key, told.fingerprint, told.count, told.pages) == ("tags", made.fingerprint, 2, 1)
        assert (made.count, made.pages) == (2, 1)
        elsewhere = label_sheets.name_of_tags(session, event, "https://other.example/labels/")
        assert elsewhere != label_sheets.file_name(made)


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
