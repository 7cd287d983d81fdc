"""Counting who is named and finding datasets, on both databases, with rows that must not count."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState
from matchmaker.services import contributing
from matchmaker.services.contributing import Refused
from matchmaker.store import contributions, datasets
from matchmaker.store.session import Database


def test_people_are_counted_once_and_only_where_they_are_shown(database: Database, maker: Any) -> None:
    make = maker(database)
    rivers, tides, soils = (make.dataset(title) for title in ("Rivers", "Tides", "Soils"))
    ada, ben = make.person(), make.person()
    make.contribution(ada, rivers, "curated")
    make.contribution(ada, rivers, "checked")
    make.contribution(ben, rivers, "curated", state=ContributionState.CLAIMED)
    make.contribution(ben, tides, "curated", state=ContributionState.CLAIMED)
    for state in (ContributionState.AWAITING, ContributionState.HIDDEN, ContributionState.DECLINED):
        make.contribution(make.person(), soils, "curated", state=state)
    with database.reading() as session:
        named = contributions.people_named(session, [rivers.id, soils.id])
        assert named == {rivers.id: 2}
        assert contributions.people_named(session, []) == {}
        assert contributions.count_named_datasets(session) == 1


def test_a_search_counts_what_it_finds(database: Database, maker: Any) -> None:
    make = maker(database)
    for title in ("River levels", "River names", "Soil_types", "Soil types"):
        kept = make.dataset(title, "Water Office")
    make.dataset("River levels of old", merged_into_id=kept.id)
    with database.reading() as session:
        for words, count in (("", 4), ("RIVER", 2), ("river office", 2), ("l_t", 1), ("%", 0)):
            assert datasets.count_found(session, words) == count
            assert len(datasets.search(session, words)) == count


def test_merges_are_followed_to_the_end_and_never_in_circles(database: Database, maker: Any) -> None:
    make = maker(database)
    last = make.dataset("Last")
    middle = make.dataset("Middle", merged_into_id=last.id)
    first = make.dataset("First", merged_into_id=middle.id)
    with database.writing() as session:
        assert datasets.after_merges(session, session.get_one(datasets.Dataset, first.id)).id == last.id
        session.get_one(datasets.Dataset, last.id).merged_into_id = first.id
        session.flush()
        assert datasets.after_merges(session, session.get_one(datasets.Dataset, first.id)).id == last.id


def test_namings_of_others_are_counted_since_a_moment(database: Database, maker: Any) -> None:
    make = maker(database)
    ada, ben, cy = make.person(), make.person(), make.person()
    now = datetime(2027, 3, 1, tzinfo=UTC)
    rows = [
        make.contribution(ben, make.dataset(), "curated", created_at=now),
        make.contribution(ben, make.dataset(), "curated", created_at=now - timedelta(days=2)),
        make.contribution(ada, make.dataset(), "curated", created_at=now),
    ]
    make.contribution(cy, make.dataset(), "curated", created_at=now)
    with database.writing() as session:
        for row in rows:
            session.merge(row).declared_by_id = ada.id
    with database.reading() as session:
        assert contributions.named_by(session, ada.id, now - timedelta(days=1)) == [ben.id]


def test_a_dataset_that_is_listed_is_not_added_twice(database: Database, maker: Any) -> None:
    make = maker(database)
    ada = make.person()
    make.dataset("River levels", "Water Office", tags=["rivers"])
    with database.writing() as session:
        with pytest.raises(Refused, match="This dataset is listed already"):
            contributing.add_dataset(session, ada, "river  LEVELS", "water office")
        added = contributing.add_dataset(session, ada, "River levels", "Soil Office")
        assert (added.source, added.search_key) == ("people", "river levels soil office")
