"""Importing a catalogue: what is new, changed or private is said first; nothing is ever deleted."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.intake import apart
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.services.catalogue import import_datasets
from matchmaker.services.catalogue.import_datasets import Yes
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.catalogue import dataset_search, datasets, publishers
from matchmaker.store.catalogue.dataset_search import Wanted
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import PublisherAlias
from matchmaker.store.event.events import Event


def package(id_: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "name": id_,
        "title": title,
        "notes": "About it",
        "organization": {"title": "Environment Agency"},
        "tags": [{"name": "water"}],
        "resources": [],
        **more,
    }


class Catalogue:
    """A CKAN answer uploaded to an event."""

    def __init__(self, database: Any, event: Event, *packages: dict[str, Any], count: int = 0) -> None:
        self.database, self.event = database, event
        answer = {"success": True, "result": {"count": count or len(packages), "results": list(packages)}}
        with database.writing() as session:
            data = json.dumps(answer).encode()
            row = uploads.keep(session, event.id, ImportKind.CATALOGUE, "a.json", data, None, "data.gov.uk")
            keep_readings.keep(session, row, apart.read(keep_readings.order(row, {}), data))
            self.id = row.public_id

    def preview(self) -> import_datasets.CataloguePreview:
        with self.database.reading() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            return import_datasets.preview(session, row, import_datasets.listed(session, row))

    def carry_out(self, *ticked: str, yes: Yes | None = None) -> dict[str, Any]:
        with self.database.writing() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            listed = import_datasets.listed(session, row)
            return import_datasets.carry_out(session, row, listed, yes or Yes(private=frozenset(ticked)))


def kept(database: Any) -> dict[str, Any]:
    with database.reading() as session:
        rows = session.scalars(
            select(Dataset)
            .where(Dataset.source == "data.gov.uk")
            .options(selectinload(Dataset.publisher), selectinload(Dataset.aliases))
            .order_by(Dataset.id)
        )
        return {row.source_id: row for row in rows}


@pytest.fixture
def event(make: Any) -> Event:
    make.dataset("Of another source")
    made: Event = make.event()
    return made


def test_the_same_catalogue_twice_changes_nothing(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    packages = (package("a", "River flows"), package("b", "Soil survey"))
    done = Catalogue(database, event, *packages).carry_out()
    assert (done["new"], done["changed"], done["unchanged"]) == (2, 0, 0)
    again = Catalogue(database, event, *packages)
    assert {ruling.entry.value for ruling in again.preview().rulings} == {"unchanged"}
    assert again.carry_out() == {**done, "new": 0, "unchanged": 2}
    assert [(row.title, row.publisher.name, row.tags) for row in kept(database).values()] == [
        ("River flows", "Environment Agency", ["water"]),
        ("Soil survey", "Environment Agency", ["water"]),
    ]


def test_a_renamed_dataset_keeps_its_old_name_as_another(sqlite: Any, event: Event) -> None:
    Catalogue(sqlite, event, package("a", "River flows")).carry_out()
    renamed = Catalogue(sqlite, event, package("a", "Flows of rivers", notes="New words"))
    assert renamed.preview().rulings[0].changed == ("title", "description")
    renamed.carry_out()
    with sqlite.reading() as session:
        found = datasets.by_title(session, "river flows")
        assert [row.title for row in found] == ["Flows of rivers"]
        assert [row.title for row in dataset_search.search(session, Wanted("river flows"))] == [
            "Flows of rivers"
        ]


def test_what_is_no_longer_listed_is_marked_and_stays(sqlite: Any, event: Event) -> None:
    Catalogue(sqlite, event, package("a", "River flows"), package("b", "Soil survey")).carry_out()
    shorter = Catalogue(sqlite, event, package("a", "River flows"))
    assert [title for _, title in shorter.preview().dropped] == ["Soil survey"]
    assert shorter.carry_out()["dropped"] == 1
    assert {key: row.in_last_import for key, row in kept(sqlite).items()} == {"a": True, "b": False}


def test_one_page_of_a_catalogue_says_nothing_of_the_rest(sqlite: Any, event: Event) -> None:
    Catalogue(sqlite, event, package("a", "River flows"), package("b", "Soil survey")).carry_out()
    page = Catalogue(sqlite, event, package("a", "River flows"), count=2)
    assert page.preview().dropped == ()
    page.carry_out()
    assert all(row.in_last_import for row in kept(sqlite).values())


def test_private_records_need_a_tick(sqlite: Any, event: Event) -> None:
    packages = (
        package("a", "River flows"),
        package("b", "Badgers", private=True),
        package("c", "Newts", private=True),
    )
    done = Catalogue(sqlite, event, *packages).carry_out("c")
    assert (done["new"], done["private"]) == (2, 1)
    assert set(kept(sqlite)) == {"a", "c"}


def test_same_title_of_two_publishers_is_two_datasets(sqlite: Any, event: Event) -> None:
    other = {"title": "Natural England"}
    Catalogue(sqlite, event, package("a", "Rivers"), package("b", "Rivers", organization=other)).carry_out()
    assert len(kept(sqlite)) == 2


def test_a_record_with_an_id_takes_over_one_without_only_after_a_yes(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    Catalogue(database, event, package("", "Rivers", name=""), package("x", "Noise")).carry_out()
    (old,) = (row for row in kept(database).values() if row.keyed_by_title)
    make.contribution(make.person(), old, "curated")
    later = Catalogue(database, event, package("a", "Rivers"), package("x", "Noise"))
    assert [(one.key, one.rival_id) for one in later.preview().rivals] == [("a", old.id)]
    done = later.carry_out(yes=Yes(over=frozenset({"a"})))
    assert (done["new"], done["taken"], done["dropped"], done["unchanged"]) == (1, 1, 0, 1)
    row = kept(database)["a"]
    assert (row.id, row.keyed_by_title, row.in_last_import) == (old.id, False, True)
    assert set(kept(database)) == {"a", "x"}


def test_without_a_yes_both_stand_and_the_one_without_an_id_is_no_longer_listed(
    sqlite: Any, event: Event
) -> None:
    Catalogue(sqlite, event, package("", "Rivers", name="")).carry_out()
    Catalogue(sqlite, event, package("a", "Rivers")).carry_out()
    assert [(row.keyed_by_title, row.in_last_import) for row in kept(sqlite).values()] == [
        (True, False),
        (False, True),
    ]


def test_titles_without_id_and_publisher_wait_for_a_yes(sqlite: Any, event: Event) -> None:
    packages = [package("", title, name="", organization=None) for title in ("Rivers", "Tides")]
    upload = Catalogue(sqlite, event, *packages, package("x", "Noise"))
    assert [one.row.title for one in upload.preview().unsure] == ["Rivers", "Tides"]
    done = upload.carry_out()
    assert (done["new"], done["unsure"]) == (1, 2)
    done = Catalogue(sqlite, event, *packages, package("x", "Noise")).carry_out(yes=Yes(unsure=True))
    assert (done["new"], done["unsure"], len(kept(sqlite))) == (2, 0, 3)


def test_more_records_than_are_written_at_once_are_all_kept(database: Any, maker: Any) -> None:
    event = maker(database).event()
    many = [package(f"id{number}", f"Set {number}", tags=["a", "A", "b"]) for number in range(450)]
    assert Catalogue(database, event, *many).carry_out()["new"] == 450
    changed = [{**one, "tags": ["b", "c"]} for one in many]
    assert Catalogue(database, event, *changed).carry_out()["changed"] == 450
    again = Catalogue(database, event, *changed[1:])
    assert again.carry_out() == {
        **{"new": 0, "changed": 0, "unchanged": 449, "private": 0, "unsure": 0},
        **{"taken": 0, "refused": 0, "dropped": 1},
    }
    assert sum(row.in_last_import for row in kept(database).values()) == 449


def test_a_publisher_known_by_another_name_is_the_same(sqlite: Any, event: Event) -> None:
    Catalogue(sqlite, event, package("a", "Rivers")).carry_out()
    with sqlite.writing() as session:
        agency = publishers.named(session, "Environment Agency")
        assert agency is not None
        session.add(PublisherAlias(publisher_id=agency.id, name="The EA", key="the ea"))
    other = Catalogue(sqlite, event, package("a", "Rivers", organization={"title": "The EA"}))
    assert other.carry_out()["unchanged"] == 1


def test_the_series_a_record_seems_to_belong_to_is_kept_and_not_made(sqlite: Any, event: Event) -> None:
    months = [package(str(month), f"Air quality {month} 2020") for month in ("May", "June", "July")]
    Catalogue(sqlite, event, *months, package("x", "Noise levels")).carry_out()
    assert [(row.series_hint, row.series_id) for row in kept(sqlite).values()] == [
        *[("Air quality", None)] * 3,
        ("", None),
    ]
