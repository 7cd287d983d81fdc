"""Datasets are found by vague words: forms, slips, other names and like words, the best first."""

import json
from pathlib import Path

import pytest
from sqlalchemy import event

from matchmaker.commands.demo_event import load
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.dataset_search import MOST_RANKED, Wanted, count, search, search_page
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.catalogue.publishers import Publisher

VAGUE: dict[str, list[str]] = json.loads(Path(__file__).with_name("vague_queries.json").read_text())
"""Written before the search: what somebody may type, and parts of the titles any of which would be right."""

FIRST = 5


def test_nine_of_ten_vague_searches_of_the_demo_find_a_right_dataset_among_the_first_five(database):
    with database.writing() as session:
        load.load(session)
    with database.reading() as session:
        found = {words: [one.title for one in search(session, Wanted(words), FIRST)] for words in VAGUE}
    right = [
        words for words, parts in VAGUE.items() if any(part in one for part in parts for one in found[words])
    ]
    assert len(VAGUE) >= 60
    assert len(right) >= 0.9 * len(VAGUE)


@pytest.fixture
def some(database):
    """A few datasets of two publishers; one was merged into another."""
    with database.writing() as session:
        office = Publisher(name="Office of Rivers", key="office of rivers")
        rows = [
            Dataset(
                source="t", source_id=str(n), title=title, description=text, tags=tags, publisher=publisher
            )
            for n, (title, text, tags, publisher) in enumerate(
                [
                    ("Badger setts", "Where badgers live", ["mammals"], None),
                    ("River levels", "Readings of gauges", ["flood"], office),
                    ("River levels of the past", "Old readings", [], None),
                    ("Water temperature", "How warm rivers are", ["rivers"], office),
                    ("Hydrology archive", "", [], None),
                    ("Tidal gauges", "Levels of the sea, 100% of them", [], None),
                ]
            )
        ]
        rows[4].aliases.append(DatasetAlias(name="WISKI", key="wiski"))
        gone = Dataset(source="t", source_id="gone", title="River levels copy")
        session.add_all([*rows, gone])
        session.flush()
        gone.merged_into_id = rows[1].id
        for one in (*rows, gone):
            datasets.index(one)
    return database


def titles(database, words, **narrow):
    with database.reading() as session:
        return [one.title for one in search(session, Wanted(words, **narrow))]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("badgers", "Badger setts"),
        ("bagder", "Badger setts"),
        ("hydrolgy", "Hydrology archive"),
        ("hydro", "Hydrology archive"),
        ("wiski", "Hydrology archive"),
        ("levels river", "River levels"),
        ("where are the river levels?", "River levels"),
        ("old river levels", "River levels of the past"),
        ("how warm", "Water temperature"),
        ("office of rivers temperature", "Water temperature"),
    ],
)
def test_what_fits_best_comes_first(some, words, first):
    assert titles(some, words)[0] == first


@pytest.mark.parametrize("words", ["qqxzzy", "%", "_", "'; DROP TABLE dataset; --", "\U0010ffff", "…"])
def test_words_that_nothing_has_find_nothing(some, words):
    assert titles(some, words) == []


def test_what_has_all_words_comes_before_what_has_one_of_them_more_strongly(some):
    found = titles(some, "gauges levels")
    assert set(found[:2]) == {"Tidal gauges", "River levels"}
    assert "River levels of the past" in found[2:]


def test_two_words_in_passing_come_before_one_of_them_in_the_title(some):
    with some.writing() as session:
        rows = [
            Dataset(source="t", source_id="fog", title="Fog"),
            Dataset(source="t", source_id="all", title="Observations", description="Of fog and of frost"),
        ]
        session.add_all(rows)
        session.flush()
        for one in rows:
            datasets.index(one)
    assert titles(some, "fog frost") == ["Observations", "Fog"]


def test_merged_datasets_are_not_found_and_other_conditions_hold(some):
    assert "River levels copy" not in titles(some, "river levels")
    with some.reading() as session:
        office = session.query(Publisher).one().id
    assert titles(some, "river levels", publisher_id=office) == ["River levels", "Water temperature"]
    assert titles(some, "levels", subject="flood") == ["River levels"]


def test_a_series_is_found_with_how_many_datasets_it_has_now(some):
    with some.writing() as session:
        series = Dataset(source="t", source_id="series", title="Mosses", is_series=True)
        session.add(series)
        session.flush()
        members = [
            Dataset(source="t", source_id=f"moss {number}", title=f"Moss {number}", series_id=series.id)
            for number in range(3)
        ]
        session.add_all(members)
        session.flush()
        members[2].merged_into_id = members[0].id
        for one in (series, *members):
            datasets.index(one)
    with some.reading() as session:
        found = {one.title: (one.is_series, one.datasets) for one in search(session, Wanted("moss"))}
        assert found == {"Mosses": (True, 2), "Moss 0": (False, 0), "Moss 1": (False, 0)}


def test_a_new_title_or_other_name_is_found_and_the_old_one_is_not(some):
    with some.writing() as session:
        row = session.query(Dataset).filter_by(title="Badger setts").one()
        row.title, row.description = "Otter holts", ""
        datasets.index(row)
    assert titles(some, "badger") == []
    assert titles(some, "otters") == ["Otter holts"]


def test_pages_and_their_count_agree_with_the_whole_search(some):
    with some.reading() as session:
        for words in ("river", ""):
            whole = search(session, Wanted(words), MOST_RANKED)
            pages = [search_page(session, Wanted(words), 2, number) for number in (1, 2, 3, 9)]
            assert [one for page in pages for one in page.found] == whole
            assert {page.count for page in pages} == {len(whole)} == {count(session, Wanted(words))}


def test_it_is_known_how_many_have_all_words_and_how_many_only_come_near(some):
    with some.reading() as session:
        found = [search_page(session, Wanted(words), 9, 1) for words in ("badger levels", "tidal levels", "")]
        assert [(one.count > 1, one.whole) for one in found] == [(True, 0), (True, 1), (True, 6)]


def test_only_series_that_are_found_are_counted_as_such(some):
    with some.writing() as session:
        session.query(Dataset).filter_by(title="River levels").one().is_series = True
    with some.reading() as session:
        for words, series in (("river", 1), ("badger", 0), ("nothing of the kind", 0), ("", 1)):
            assert [search_page(session, Wanted(words), 1, page).series for page in (1, 2)] == [
                series,
                series,
            ]


def test_no_slips_are_looked_for_in_what_is_longer_than_a_word(some):
    asked = []
    event.listen(some.engine, "before_cursor_execute", lambda *told: asked.append(len(told[3])))
    with some.reading() as session:
        assert search(session, Wanted("x" * 3000)) == []
    assert max(asked) <= 4
