"""The organisers' pages for the catalogue: series, names, publishers and merging, each only by a button."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.session import Database


@pytest.fixture
def desk(make: Any, browser: Callable[..., Any]) -> Any:
    """An organiser of one event, three months that seem one series, and noise."""

    class Desk:
        event = make.event()
        olga = make.organiser(event)
        months = [
            make.dataset(f"Air {month}", "Air Office", series_hint="Air") for month in ("May", "June", "July")
        ]
        noise = make.dataset("Noise", "Sea Office", series_hint="No")

    Desk.one = browser(Desk.olga)
    Desk.root = f"/organise/{Desk.event.public_id}/datasets"
    return Desk


def row(database: Database, dataset: Dataset) -> Dataset:
    with database.reading() as session:
        found = datasets.by_public_id(session, dataset.public_id)
        assert found is not None
        return found


def test_a_proposed_series_is_made_after_a_look(desk: Any, sqlite: Database) -> None:
    page = desk.one.get(desk.root)
    assert "Air Air Office. 3 datasets" in page.text
    address = f"{desk.root}/{desk.months[2].public_id}/series"
    assert address in page.html
    look = desk.one.get(address)
    assert len(re.findall(r"checkbox[^>]*checked", look.html)) == 3
    assert "Tick the datasets" in desk.one.post(address, {"answer": "yes", "title": "Air"}, status=422).text
    ticked = {"answer": "yes", "title": "Air quality", "members": [one.public_id for one in desk.months]}
    assert "None waits for you" in desk.one.follow(address, ticked).text
    assert all(row(sqlite, one).series_id for one in desk.months)
    desk.one.post(f"{desk.root}/{desk.months[0].public_id}/leave-series")
    assert row(sqlite, desk.months[0]).series_id is None
    assert "None waits for you" in desk.one.get(desk.root).text


def test_a_refused_series_is_not_asked_about_again(desk: Any, sqlite: Database) -> None:
    address = f"{desk.root}/{desk.months[2].public_id}/series"
    assert "None waits for you" in desk.one.follow(address, {"answer": "none"}).text
    assert not any(row(sqlite, one).series_id for one in desk.months)
    assert desk.one.get(address, status=302).location.endswith("/datasets")


def test_another_name_is_added_found_and_removed(desk: Any) -> None:
    assert "Keep it in order" in desk.one.get(f"/datasets/{desk.noise.public_id}").text
    address = f"{desk.root}/{desk.noise.public_id}"
    assert "Remove “Racket”" in desk.one.follow(f"{address}/names", {"name": "Racket"}).text
    assert "1 dataset with “racket” Noise" in desk.one.get("/datasets?q=racket").text
    assert "Racket" not in desk.one.follow(f"{address}/names", {"remove": "Racket"}).text
    assert "of at most 300" in desk.one.get(desk.one.post(f"{address}/names", {"name": " "}).location).html


def test_two_spellings_of_a_publisher_become_one(desk: Any, make: Any, sqlite: Database) -> None:
    other = make.dataset("Soil", "The Air-Office")
    page = desk.one.get(desk.root)
    assert "Is “The Air-Office” the same as “Air Office”?" in page.text
    keep, gone = row(sqlite, desk.months[0]).publisher_id, row(sqlite, other).publisher_id
    page = desk.one.follow(f"{desk.root}/publishers", {"keep": keep, "gone": gone})
    assert "Is “The Air-Office” the same" not in page.text
    assert row(sqlite, other).publisher_id == keep
    desk.one.follow(f"{desk.root}/publishers", {"keep": keep, "name": "AO"})
    assert "4 datasets" in desk.one.get("/datasets?q=ao").text
    for wrong in ("", "x", "99999", "9" * 30):
        desk.one.post(f"{desk.root}/publishers", {"keep": wrong, "gone": gone}, status=400)


def test_two_publishers_that_only_look_alike_are_not_asked_about_again(
    desk: Any, make: Any, sqlite: Database
) -> None:
    other = make.dataset("Soil", "The Air-Office")
    apart = row(sqlite, other).publisher_id
    page = desk.one.follow(f"{desk.root}/publishers", {"apart": apart})
    assert "Kept as two. You are not asked again" in page.html
    assert "the same as" not in desk.one.get(desk.root).text
    assert row(sqlite, desk.months[0]).publisher_id != apart
    make.dataset("Sand", "AIR OFFICE")
    make.dataset("Salt", "Áir Office")
    asked = desk.one.get(desk.root).text
    assert "Is “Áir Office” the same as “Air Office”?" in asked
    assert "The Air-Office” the same" not in asked
    desk.one.post(f"{desk.root}/publishers", {"apart": "99999"}, status=400)


def test_of_many_spellings_fifty_are_asked_about_at_once(desk: Any, make: Any) -> None:
    for number in range(51):
        make.dataset(f"Soil {number}", f"Office {number}")
        make.dataset(f"Sand {number}", f"The Office {number}")
    page = desk.one.get(desk.root)
    assert page.text.count("the same as") == 50
    assert "And 1 more, when these are decided." in page.text


def test_a_double_entry_is_merged_after_a_look_and_its_address_leads_on(
    desk: Any, make: Any, sqlite: Database
) -> None:
    twin = make.dataset("Noise levels", "Sea Office", source="people")
    make.contribution(make.person("Ada"), twin, "curated")
    address = f"{desk.root}/{twin.public_id}"
    assert "Noise levels Sea Office" in desk.one.get(desk.root).text
    assert f"{address}/merge?into={desk.noise.public_id}" in desk.one.get(f"{address}?q=noise").html
    look = desk.one.get(f"{address}/merge?into={desk.noise.public_id}")
    assert "Contributions 1 Thanks 0" in look.text
    assert row(sqlite, twin).merged_into_id is None
    page = desk.one.follow(f"{address}/merge", {"into": desk.noise.public_id})
    assert page.heading == "Noise"
    assert (
        desk.one.get(f"/datasets/{twin.public_id}", status=302).location
        == f"/datasets/{desk.noise.public_id}"
    )
    assert "Ada" in desk.one.get(f"/datasets/{desk.noise.public_id}").text
    again = desk.one.get(f"{address}/merge?into={desk.noise.public_id}", status=302)
    assert "one already" in desk.one.get(again.location).html


def test_only_organisers_are_shown_the_way(desk: Any, make: Any, browser: Callable[..., Any]) -> None:
    ada = browser(make.registration(desk.event).person)
    assert "Keep it in order" not in ada.get(f"/datasets/{desk.noise.public_id}").text
    ada.post(f"{desk.root}/{desk.noise.public_id}/names", {"name": "Racket"}, status=404)
