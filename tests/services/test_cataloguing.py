"""Importing a catalogue: what is new, changed or private is said first; nothing is ever deleted."""

import json
from typing import Any

import pytest

from matchmaker.services import cataloguing, importing
from matchmaker.store import datasets, imports, searching
from matchmaker.store.events import Event
from matchmaker.store.imports import ImportKind
from matchmaker.store.searching import Wanted


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
            self.id = importing.keep(
                session,
                event.id,
                ImportKind.CATALOGUE,
                "a.json",
                json.dumps(answer).encode(),
                None,
                "data.gov.uk",
            ).public_id

    def preview(self) -> cataloguing.Preview:
        with self.database.reading() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            return cataloguing.preview(session, row)

    def carry_out(self, *ticked: str) -> dict[str, Any]:
        with self.database.writing() as session:
            row = imports.by_public_id(session, self.event.id, self.id)
            assert row is not None
            return cataloguing.carry_out(session, row, ticked)


def kept(database: Any) -> dict[str, Any]:
    with database.reading() as session:
        return datasets.by_source(session, "data.gov.uk")


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
        assert [row.title for row in searching.search(session, Wanted("river flows"))] == ["Flows of rivers"]


def test_what_is_no_longer_listed_is_marked_and_stays(sqlite: Any, event: Event) -> None:
    Catalogue(sqlite, event, package("a", "River flows"), package("b", "Soil survey")).carry_out()
    shorter = Catalogue(sqlite, event, package("a", "River flows"))
    assert [row.title for row in shorter.preview().dropped] == ["Soil survey"]
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
