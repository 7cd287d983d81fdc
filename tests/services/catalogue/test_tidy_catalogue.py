"""Tidying the catalogue: series are made only by a yes, other names are searched, two datasets become one."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.catalogue import merge_datasets, tidy_catalogue
from matchmaker.services.credits import build_labels
from matchmaker.services.refused import Refused
from matchmaker.store import schema
from matchmaker.store.catalogue import dataset_search, datasets, publishers
from matchmaker.store.catalogue.dataset_search import Wanted
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import merged_rows


@pytest.fixture
def air(database: Any, maker: Any) -> Any:
    """Three months that seem one series, and noise: two of another publisher, one alone, one without a hint."""
    make = maker(database)

    class Air:
        months = [
            make.dataset(f"Air {month}", "Air Office", series_hint="Air") for month in ("May", "June", "July")
        ]
        others = [make.dataset(f"air {year}", "Sea Office", series_hint="air") for year in (1, 2)]

    make.dataset("Soil 1", "Air Office", series_hint="Soil")
    make.dataset("Noise", "Air Office")
    Air.make = make
    return Air


def found(database: Any) -> list[tuple[str, list[str], bool]]:
    with database.reading() as session:
        return [
            (one.title, [member.title for member in one.members], one.series_id is not None)
            for one in tidy_catalogue.proposals(session)
        ]


def test_a_series_is_made_of_the_ticked_and_nobody_is_asked_twice(database: Any, air: Any) -> None:
    sea = ("air", ["air 1", "air 2"], False)
    assert found(database) == [("Air", ["Air July", "Air June", "Air May"], False), sea]
    with database.writing() as session:
        proposal = tidy_catalogue.proposals(session)[0]
        ticked = {one.public_id for one in air.months[:2]}
        with pytest.raises(Refused, match="Tick the datasets"):
            tidy_catalogue.make_series(session, proposal, "Air quality", set())
        with pytest.raises(Refused, match="Enter a title"):
            tidy_catalogue.make_series(session, proposal, " ", ticked)
        made = tidy_catalogue.make_series(session, proposal, " Air  quality ", ticked)
        assert (made.title, made.is_series, made.publisher_id) == (
            "Air quality",
            True,
            air.months[0].publisher_id,
        )
        assert [one.title for one in datasets.members(session, made.id)] == ["Air June", "Air May"]
        assert dataset_search.search(session, Wanted("quality"))[0].datasets == 2
    assert found(database) == [sea]
    air.make.dataset("Air August", "Air Office", series_hint="AIR")
    assert found(database) == [sea, ("AIR", ["Air August"], True)]
    with database.writing() as session:
        proposal = tidy_catalogue.proposals(session)[1]
        joined = tidy_catalogue.make_series(session, proposal, "", {proposal.public_id})
        assert joined.title == "Air quality"


def test_a_dismissed_proposal_does_not_come_back_with_its_next_month(database: Any, air: Any) -> None:
    with database.writing() as session:
        for proposal in tidy_catalogue.proposals(session):
            tidy_catalogue.dismiss(session, proposal)
    air.make.dataset("Air August", "Air Office", series_hint="Air")
    assert found(database) == []


def test_the_dataset_of_that_title_becomes_the_series(database: Any, air: Any) -> None:
    whole = air.make.dataset("Air", "Air Office")
    air.make.dataset("Air", "Sea Office")
    with database.writing() as session:
        proposal = tidy_catalogue.proposals(session)[0]
        made = tidy_catalogue.make_series(
            session, proposal, "air", {one.public_id for one in proposal.members}
        )
        assert (made.id, made.is_series) == (whole.id, True)
        tidy_catalogue.leave_series(session, session.get_one(Dataset, air.months[0].id))
    assert [title for title, *_ in found(database)] == ["air"]


def test_another_name_is_searched_until_it_is_removed(database: Any, maker: Any) -> None:
    make = maker(database)
    rivers = make.dataset("River flows", "Water Office")
    make.dataset("Noise")
    with database.writing() as session:
        row = session.get_one(Dataset, rivers.id)
        for name in (" MAGIC ", "magic", "river FLOWS"):
            tidy_catalogue.add_alias(session, row, name)
        assert [one.name for one in row.aliases] == ["MAGIC"]
        assert [one.title for one in dataset_search.search(session, Wanted("magic"))] == ["River flows"]
        with pytest.raises(Refused):
            tidy_catalogue.add_alias(session, row, "x" * 301)
        tidy_catalogue.remove_alias(session, row, "MAGIC")
        assert dataset_search.count(session, Wanted("magic")) == 0


def test_two_spellings_of_a_publisher_become_one_and_are_both_found(database: Any, maker: Any) -> None:
    make = maker(database)
    for number, name in enumerate(("Rivers & Coast Office", "The Rivers and Coast Office", "Sea Office")):
        make.dataset(f"Set {number}", name)
    with database.writing() as session:
        (alike,) = tidy_catalogue.spellings(publishers.listed(session))
        keep, gone = (session.get_one(Publisher, one.id) for one in alike)
        tidy_catalogue.same_publisher(session, keep, gone)
        tidy_catalogue.name_publisher(session, keep, "RCO")
        with pytest.raises(Refused, match="already the name of Sea Office"):
            tidy_catalogue.name_publisher(session, keep, "sea office")
        assert tidy_catalogue.spellings(publishers.listed(session)) == []
        again = publishers.find_or_add(session, "the rivers AND coast office")
        assert again is not None
        assert again.id == keep.id
        for words in ("rco", "the rivers and"):
            assert [one.title for one in dataset_search.search(session, Wanted(words))] == ["Set 0", "Set 1"]


def test_merging_datasets_loses_nothing_that_was_said(database: Any, maker: Any) -> None:
    make = maker(database)
    event, ada, ben, cy = make.event(), make.person("Ada"), make.person("Ben"), make.person("Cy")
    keep = make.dataset("Rivers", "Water Office", tags=["water"])
    gone = make.dataset("River flows", tags=["flow"], description="Hourly.")
    oldest = make.dataset("Flows", merged_into_id=gone.id)
    noise = make.dataset("Noise")
    make.contribution(ben, noise, "curated")
    both = [make.contribution(ada, one, "curated") for one in (keep, gone)]
    make.endorsement(event, ben, both[0])
    make.endorsement(event, ben, both[1])
    make.endorsement(event, cy, both[1])
    make.contribution(ben, gone, "checked", state=ContributionState.HIDDEN)
    for person, dataset, kind in (
        (ada, keep, UseKind.USES),
        (ada, gone, UseKind.STUCK),
        (cy, gone, UseKind.WANTS),
    ):
        make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=kind))
    for number, dataset in enumerate((keep, gone)):
        make.add(
            UnclaimedCredit(
                event_id=event.id, dataset_id=dataset.id, role="built", name="Una", name_key="una",
                code_hash=f"code {number}",
                state=(UnclaimedState.WAITING, UnclaimedState.SHOWN)[number], agreed_at=datetime.now(UTC),
            )
        )  # fmt: skip
    with database.writing() as session:
        stays, goes = (session.get_one(Dataset, one.id) for one in (keep, gone))
        tidy_catalogue.add_alias(session, goes, "MAGIC")
        moves = merge_datasets.preview(session, stays, goes)
        assert (moves.contributions, moves.thanks, moves.unclaimed, moves.uses) == (2, 2, 1, 2)
        assert moves.names == ("River flows", "MAGIC")
        merge_datasets.merge(session, stays, goes)
    with database.reading() as session:
        label = build_labels.of_dataset(session, keep.id).label
        assert {line.role.id: [one.shown for one in line.entries] for line in label.lines} == {
            "curated": ["Ada"],
            "built": ["Una"],
        }
        assert label.voices.colleagues == 2
        assert len(merged_rows.rows(session, Contribution.dataset_id, (keep.id,))) == 2
        assert merged_rows.count(session, Contribution.dataset_id, gone.id) == 0
        assert {
            use.person_id: use.kind for use in contributions.uses_of_people(session, [ada.id, cy.id])
        } == {
            ada.id: UseKind.STUCK,
            cy.id: UseKind.WANTS,
        }
        (row,) = dataset_search.search(session, Wanted("magic"))
        assert row.title == "Rivers"
        stays = session.get_one(Dataset, keep.id)
        assert (stays.description, stays.tags) == ("Hourly.", ["water", "flow"])
        for old in (gone, oldest):
            assert datasets.after_merges(session, session.get_one(Dataset, old.id)).id == keep.id
        with pytest.raises(Refused, match="one already"):
            merge_datasets.check(stays, session.get_one(Dataset, gone.id))


def test_a_series_and_a_dataset_are_not_merged(sqlite: Any, make: Any) -> None:
    series = make.dataset("Air", is_series=True)
    member = make.dataset("Air 2020", series_id=series.id)
    with sqlite.writing() as session, pytest.raises(Refused, match="cannot be one"):
        merge_datasets.merge(
            session, session.get_one(Dataset, series.id), session.get_one(Dataset, member.id)
        )


def test_every_column_that_points_at_a_dataset_is_thought_of() -> None:
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in schema.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "dataset"
    }
    assert pointing == {
        "contribution.dataset_id",
        "dataset.merged_into_id",
        "dataset.series_id",
        "dataset_alias.dataset_id",
        "dataset_mention.dataset_id",
        "dataset_subject.dataset_id",
        "dataset_term.dataset_id",
        "dataset_use.dataset_id",
        "outcome.dataset_id",
        "unclaimed_credit.dataset_id",
    }
    assert (
        Endorsement.dataset_id.key == Contribution.dataset_id.key
    )  # held equal by a foreign key of four columns


def test_two_organisers_who_each_keep_the_other_entry_do_not_lose_both(postgres: Any, maker: Any) -> None:
    make = maker(postgres)
    pair = [make.dataset("River levels").id, make.dataset("River level").id]
    make.contribution(make.person(), make.dataset("Noise"))
    with postgres.writing() as second:
        mine = [second.get_one(Dataset, one) for one in pair]
        with postgres.writing() as first:
            keep, gone = (first.get_one(Dataset, one) for one in pair)
            merge_datasets.merge(first, keep, gone)
        with pytest.raises(Refused, match="these two are one already"):
            merge_datasets.merge(second, mine[1], mine[0])
    with postgres.reading() as session:
        assert [session.get_one(Dataset, one).merged_into_id for one in pair] == [None, pair[0]]
