"""Two entries of one dataset become one: everything said of either stays, once, and the other leads on."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, UnclaimedState
from matchmaker.services.catalogue import merge_datasets
from matchmaker.services.catalogue.merge_datasets import Moves
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import dataset_search, datasets
from matchmaker.store.catalogue.dataset_search import Wanted
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.session import Database
from matchmaker.store.suggestions.mentions import DatasetMention


class Two:
    """Two entries, about which Ada and Ben have said the same and other things; and a third."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event = make.event()
        self.ada, self.ben = make.person("Ada"), make.person("Ben")
        self.keep = make.dataset("River Levels", "Defra", tags=["rivers"])
        self.gone = make.dataset(
            "Levels of Rivers", "Met Office", tags=["rivers", "floods"], description="Gauges."
        )
        self.other = make.dataset("Peat Depth")
        make.add(DatasetAlias(dataset_id=self.gone.id, name="RL", key="rl"))
        make.contribution(self.ada, self.keep)
        same = make.contribution(self.ada, self.gone, state=ContributionState.CLAIMED)
        new = make.contribution(self.ben, self.gone, "checked")
        make.contribution(self.ben, self.other)
        make.endorsement(self.event, self.ben, same)
        make.endorsement(self.event, self.ada, new)
        for person, dataset, kind in (
            (self.ada, self.keep, UseKind.USES), (self.ada, self.gone, UseKind.STUCK),
            (self.ben, self.gone, UseKind.WANTS), (self.ben, self.other, UseKind.USES),
        ):  # fmt: skip
            make.add(Use(person_id=person.id, dataset_id=dataset.id, kind=kind))
        for name, dataset in (
            ("Will", self.keep),
            ("Will", self.gone),
            ("Jo", self.gone),
            ("Jo", self.other),
        ):
            key = f"{name}{dataset.id}"
            make.add(
                UnclaimedCredit(
                    event_id=self.event.id,
                    dataset_id=dataset.id,
                    role="collected",
                    name=name,
                    name_key=name.casefold(),
                    code_hash=key,
                    state=UnclaimedState.WAITING,
                )  # fmt: skip
            )

    def merge(self, keep: Dataset | None = None, gone: Dataset | None = None) -> None:
        with self.database.writing() as session:
            pair = (session.get_one(Dataset, one.id) for one in (keep or self.keep, gone or self.gone))
            merge_datasets.merge(session, *pair)

    def said(self, *columns: Any) -> list[tuple[Any, ...]]:
        with self.database.reading() as session:
            return sorted(tuple(row) for row in session.execute(select(*columns)))


@pytest.fixture
def two(database: Database, maker: Any) -> Two:
    return Two(maker(database))


def test_what_would_move_is_counted_before(two: Two) -> None:
    with two.database.reading() as session:
        pair = (session.get_one(Dataset, one.id) for one in (two.keep, two.gone))
        assert merge_datasets.preview(session, *pair) == Moves(2, 2, 2, 2, 0, ("Levels of Rivers", "RL"))


def test_what_both_say_is_kept_once_and_the_rest_moves(two: Two) -> None:
    two.merge()
    keep, other = two.keep.id, two.other.id
    assert two.said(
        Contribution.person_id, Contribution.dataset_id, Contribution.role, Contribution.state
    ) == [
        (two.ada.id, keep, "curated", ContributionState.ACCEPTED),
        (two.ben.id, keep, "checked", ContributionState.ACCEPTED),
        (two.ben.id, other, "curated", ContributionState.ACCEPTED),
    ]
    assert two.said(Endorsement.receiver_id, Endorsement.dataset_id) == [
        (two.ada.id, keep),
        (two.ben.id, keep),
    ]
    assert two.said(Use.person_id, Use.dataset_id, Use.kind) == [
        (two.ada.id, keep, UseKind.STUCK),
        (two.ben.id, keep, UseKind.WANTS),
        (two.ben.id, other, UseKind.USES),
    ]
    assert two.said(UnclaimedCredit.dataset_id, UnclaimedCredit.name) == [
        (keep, "Jo"), (keep, "Will"), (other, "Jo"),
    ]  # fmt: skip


def test_the_one_that_stays_has_both_names_and_what_it_did_not_say(two: Two) -> None:
    two.merge()
    with two.database.reading() as session:
        kept = session.get_one(Dataset, two.keep.id)
        assert (kept.title, kept.publisher and kept.publisher.name) == ("River Levels", "Defra")
        assert (kept.description, kept.tags) == ("Gauges.", ["rivers", "floods"])
        assert sorted(one.name for one in kept.aliases) == ["Levels of Rivers", "RL"]


def test_the_other_is_found_nowhere_and_its_address_leads_on(two: Two) -> None:
    two.merge()
    with two.database.reading() as session:
        assert [one.id for one in datasets.by_title(session, "Levels of Rivers")] == [two.keep.id]
        found = dataset_search.search(session, Wanted("rivers"))
        assert [one.id for one in found] == [two.keep.id]
        gone = session.get_one(Dataset, two.gone.id)
        assert datasets.after_merges(session, gone).id == two.keep.id


def test_what_people_say_they_do_not_mean_holds_for_the_one_that_stays(two: Two) -> None:
    for person, dataset, denied in (
        (two.ada, two.gone, True), (two.ada, two.keep, False), (two.ben, two.gone, False), (two.ben, two.other, True),
    ):  # fmt: skip
        two.make.add(
            DatasetMention(
                event_id=two.event.id,
                person_id=person.id,
                dataset_id=dataset.id,
                words="RL",
                not_meant=denied,
            )
        )
    two.merge()
    assert two.said(DatasetMention.person_id, DatasetMention.dataset_id, DatasetMention.not_meant) == [
        (two.ada.id, two.keep.id, True),
        (two.ben.id, two.other.id, True),
    ]


def test_a_second_merge_leads_from_the_first_entry_to_the_last(two: Two) -> None:
    two.merge()
    with pytest.raises(Refused, match="these two are one already$"):
        two.merge()
    with pytest.raises(Refused, match="these two are one already$"):
        two.merge(two.other, two.gone)
    two.merge(two.other, two.keep)
    with two.database.reading() as session:
        assert session.get_one(Dataset, two.gone.id).merged_into_id == two.other.id


def test_members_of_a_series_move_and_a_series_is_no_dataset(database: Database, maker: Any) -> None:
    make = maker(database)
    keep, gone = make.dataset("Soils", is_series=True), make.dataset("Soil maps", is_series=True)
    member, single = make.dataset("Soils of Kent", series_id=gone.id), make.dataset("Alone")
    with database.writing() as session:
        rows = {one.id: session.get_one(Dataset, one.id) for one in (keep, gone, single)}
        with pytest.raises(Refused, match="^One of them is a series"):
            merge_datasets.check(rows[keep.id], rows[single.id])
        with pytest.raises(Refused):
            merge_datasets.check(rows[keep.id], rows[keep.id])
        assert merge_datasets.preview(session, rows[keep.id], rows[gone.id]).members == 1
        merge_datasets.merge(session, rows[keep.id], rows[gone.id])
    with database.reading() as session:
        assert session.get_one(Dataset, member.id).series_id == keep.id
        assert session.get_one(Dataset, single.id).series_id is None
