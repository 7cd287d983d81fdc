"""Counting who is named and finding datasets, on both databases, with rows that must not count."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.credits import state_contributions
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import dataset_search, datasets, publishers
from matchmaker.store.catalogue.dataset_search import Wanted
from matchmaker.store.credits import contributions, label_names
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.credits.label_names import Gap, NameCounts
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.session import Database


@pytest.fixture
def shelf(database: Database, maker: Any) -> Any:
    """Datasets in every state of being named: by themselves, by their series, claimed only, by nobody."""
    make = maker(database)
    ada, ben = make.person("Ada"), make.person("Ben")

    class Shelf:
        series = make.dataset("Survey", "Water Office", is_series=True)
        north = make.dataset("Survey north", "Water Office", series_id=series.id, tags=["Maps", "Land"])
        south = make.dataset("Survey south", "Water Office", series_id=series.id, tags=["maps"])
        rivers = make.dataset("Rivers", "Water Office", tags=["Water"])
        tides = make.dataset("Tides", "Soil Office", tags=["water"])
        soils = make.dataset("Soils", "Soil Office")
        stray = make.dataset("Stray")

    Shelf.make, Shelf.ada, Shelf.ben = make, ada, ben
    make.dataset("Rivers of old", "Water Office", merged_into_id=Shelf.rivers.id, tags=["Water"])
    make.contribution(ada, Shelf.rivers, "curated")
    make.contribution(ada, Shelf.rivers, "checked")
    make.contribution(ben, Shelf.rivers, "curated", state=ContributionState.CLAIMED)
    make.contribution(ada, Shelf.rivers, "built", state=ContributionState.CLAIMED)
    make.contribution(ben, Shelf.tides, "curated", state=ContributionState.CLAIMED)
    for state in (ContributionState.AWAITING, ContributionState.HIDDEN, ContributionState.DECLINED):
        make.contribution(make.person(), Shelf.soils, "curated", state=state)
    return Shelf


def test_people_are_counted_once_and_only_where_they_are_shown(database: Database, shelf: Any) -> None:
    with database.reading() as session:
        ids = [one.id for one in (shelf.rivers, shelf.tides, shelf.soils, shelf.north)]
        assert label_names.of(session, ids) == {
            shelf.rivers.id: NameCounts(on_label=1, claiming=1),
            shelf.tides.id: NameCounts(on_label=0, claiming=1),
        }
        assert label_names.of(session, []) == {}
        assert label_names.in_all(session) == Gap(None, "", 6, 1)


def test_a_name_for_a_series_is_a_name_for_each_of_its_datasets(database: Database, shelf: Any) -> None:
    shelf.make.contribution(shelf.ada, shelf.series, "collected")
    shelf.make.contribution(shelf.ada, shelf.north, "collected")
    with database.reading() as session:
        assert label_names.in_all(session) == Gap(None, "", 6, 3)
        ids = [shelf.north.id, shelf.south.id, shelf.series.id]
        assert label_names.of(session, ids) == dict.fromkeys(ids, NameCounts(on_label=1))


def test_hidden_and_sealed_credits_are_no_names_and_shown_unclaimed_ones_are(
    database: Database, shelf: Any
) -> None:
    make, event = shelf.make, shelf.make.event()
    make.contribution(shelf.ben, shelf.soils, "built", moderated=True)
    make.contribution(shelf.ben, shelf.tides, "built", sealed_by_id=event.id, declared_by_id=shelf.ada.id)
    for number, (dataset, state) in enumerate(
        ((shelf.series, UnclaimedState.SHOWN), (shelf.soils, UnclaimedState.WAITING))
    ):
        make.add(
            UnclaimedCredit(
                event_id=event.id, dataset_id=dataset.id, role="built", name="Cy", name_key="cy", state=state,
                code_hash=f"code {number}", agreed_at=datetime.now(UTC),
            )
        )  # fmt: skip
    with database.reading() as session:
        assert label_names.of(session, [shelf.tides.id, shelf.soils.id, shelf.north.id]) == {
            shelf.tides.id: NameCounts(claiming=1),
            shelf.north.id: NameCounts(on_label=1),
        }
        assert label_names.in_all(session) == Gap(None, "", 6, 3)


def test_gaps_are_counted_by_publisher_and_subject(database: Database, shelf: Any) -> None:
    with database.reading() as session:
        publishers = [(one.name, one.datasets, one.named) for one in label_names.by_publisher(session)]
        assert publishers == [("Soil Office", 2, 0), ("Water Office", 3, 1), ("", 1, 0)]
        subjects = [(one.id, one.datasets, one.named) for one in label_names.by_subject(session, 10)]
        assert subjects == [("maps", 2, 0), ("water", 2, 1)]
        assert [one.id for one in label_names.by_subject(session, 1)] == ["maps"]


def test_the_most_wanted_come_first_and_a_series_is_one_line(database: Database, shelf: Any) -> None:
    for person, dataset in ((shelf.ada, shelf.tides), (shelf.ben, shelf.tides), (shelf.ada, shelf.north)):
        shelf.make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=UseKind.USES))
    for dataset in (shelf.series, shelf.rivers):
        shelf.make.add(Use(person_id=shelf.ben.id, dataset_id=dataset.id, kind=UseKind.STUCK))
    with database.reading() as session:
        water, soil, none = (
            one.id for one in sorted(label_names.by_publisher(session), key=lambda one: one.name)[::-1]
        )
        assert label_names.wanted_by_publisher(session) == {water: 2, soil: 2}
        found = label_names.missing(session, [water, soil, none], 5)
        assert {one.publisher_id: [] for one in found} == {water: [], soil: [], None: []}
        assert [(one.title, one.datasets, one.wanted) for one in found if one.publisher_id == soil] == [
            ("Tides", 1, 2),
            ("Soils", 1, 0),
        ]
        assert [(one.title, one.datasets, one.wanted) for one in found if one.publisher_id == water] == [
            ("Survey", 2, 2)
        ]
        assert [one.title for one in label_names.missing(session, [soil], 1)] == ["Tides"]


def test_a_search_counts_what_it_finds(database: Database, maker: Any) -> None:
    make = maker(database)
    for title in ("River levels", "River names", "Soil_types", "Soil types"):
        kept = make.dataset(title, "Water Office")
    make.dataset("River levels of old", merged_into_id=kept.id)
    with database.reading() as session:
        for words, count in (("", 4), ("RIVER", 2), ("river office", 2), ("soil_types", 2), ("%", 0)):
            assert dataset_search.count(session, Wanted(words)) == count
            assert len(dataset_search.search(session, Wanted(words))) == count


def test_a_search_is_narrowed_by_publisher_subject_and_missing_names(database: Database, shelf: Any) -> None:
    with database.reading() as session:
        water = publishers.named(session, "water office")
        assert water is not None

        def titles(**narrow: Any) -> list[str]:
            return [one.title for one in dataset_search.search(session, Wanted(**narrow))]

        assert titles(publisher_id=water.id) == ["Rivers", "Survey", "Survey north", "Survey south"]
        assert titles(publisher_id=water.id, unnamed=True) == ["Survey north", "Survey south"]
        assert titles(subject="maps", words="north") == ["Survey north"]
        series = dataset_search.search(session, Wanted("survey"))[0]
        assert (series.is_series, series.datasets, series.publisher) == (True, 2, "Water Office")


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
            state_contributions.add_dataset(session, ada, "river  LEVELS", "water office")
        added = state_contributions.add_dataset(session, ada, "River levels", "Soil Office")
        assert (added.source, added.search_key) == ("people", "river levels soil office")
