"""Series: one credit on a series stands on the label of each of its datasets."""

from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from matchmaker.documents.suggestions.reasons import reason_sentence
from matchmaker.matching.suggest import suggest
from matchmaker.services.credits import build_labels
from matchmaker.store.catalogue import datasets
from matchmaker.store.people import profiles


@pytest.fixture
def survey(make: Any) -> Any:
    """A series of two, and noise: another series with a credit of its own."""

    class Survey:
        series = make.dataset("Land survey", is_series=True)
        north = make.dataset("Land survey, sheet 1", series_id=series.id)
        south = make.dataset("Land survey, sheet 2", series_id=series.id)

    other = make.dataset("Sea survey", is_series=True)
    make.dataset("Sea survey 2020", series_id=other.id)
    make.contribution(make.person("Noise"), other, "collected")
    return Survey


def entries(database: Any, dataset: Any) -> list[tuple[str, str, bool, int]]:
    with database.reading() as session:
        label = build_labels.of_dataset(session, dataset.id).label
        return [
            (line.role.id, entry.shown, entry.from_series, len(entry.thanks))
            for line in label.lines
            for entry in line.entries
        ]


def test_a_credit_on_a_series_stands_on_the_label_of_each_member(sqlite: Any, make: Any, survey: Any) -> None:
    ada, ben = make.person("Ada"), make.person("Ben")
    of_series = make.contribution(ada, survey.series, "checked")
    make.contribution(ben, survey.north, "curated")
    make.endorsement(make.event(), ben, of_series)
    assert entries(sqlite, survey.series) == [("checked", "Ada", False, 1)]
    assert entries(sqlite, survey.north) == [("curated", "Ben", False, 0), ("checked", "Ada", True, 1)]
    assert entries(sqlite, survey.south) == [("checked", "Ada", True, 1)]


def test_members_are_listed_by_title_without_those_that_were_merged(
    sqlite: Any, make: Any, survey: Any
) -> None:
    make.dataset("Land survey, sheet 0", series_id=survey.series.id, merged_into_id=survey.south.id)
    with sqlite.reading() as session:
        titles = [one.title for one in datasets.members(session, survey.series.id)]
    assert titles == ["Land survey, sheet 1", "Land survey, sheet 2"]


def test_a_series_is_in_no_series(make: Any, survey: Any) -> None:
    with pytest.raises(IntegrityError, match="series_in_no_series"):
        make.dataset("Land", is_series=True, series_id=survey.series.id)


def test_who_worked_on_two_members_of_a_series_are_told_so(sqlite: Any, make: Any, survey: Any) -> None:
    event = make.event()
    ada, ben, cat = (make.registration(event, make.person(name)).person for name in ("Ada", "Ben", "Cat"))
    for person, dataset in (
        (ada, survey.north),
        (ben, survey.south),
        (cat, make.dataset("Land survey, sheet 3")),
    ):
        make.contribution(person, dataset, "curated")
    with sqlite.reading() as session:
        people = profiles.at_event(session, event.id)
        found = {one.id: one for one in suggest(people, catalogue=profiles.catalogue(session))[str(ada.id)]}
    assert str(cat.id) not in found
    said = [reason_sentence(asdict(reason), "Ben") for reason in found[str(ben.id)].reasons]
    assert any("Land survey" in one and "both" in one for one in said), said
