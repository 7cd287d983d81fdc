"""The demo's series: surveys alike but for a code, named once for all; two more that wait for an organiser's look."""

from matchmaker.commands.demo_event.content import stable_id
from matchmaker.intake.series import stem
from matchmaker.recognition.states import ContributionState
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.catalogue.series import MADE
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

SERIES = "Agricultural Land Classification detailed Post 1988 surveys"
STEM = "Agricultural Land Classification detailed Post survey"
WAITING_STEM = "CCO ortho-rectified"
LEFT_OUT = 3
"""So many surveys are still proposed as new members."""
NAMED, NAMED_BY = "elodie-marchbanks", "ottilie-grange"
ALIASES = {"LIDAR Composite DSM 2017 - 2m": "EA LiDAR"}


def load_series(session: Session, catalogue: dict[str, Dataset], people: dict[str, Person]) -> None:
    """Write the series with who is named for it, proposals that wait, and other names."""
    alike = [one for one in catalogue.values() if stem(one.title) == STEM]
    series = Dataset(
        public_id=stable_id("dataset", "series"),
        source=MADE,
        source_id="demo",
        title=SERIES,
        is_series=True,
        description="Field surveys of how good the land is for farming, one report for each place surveyed.",
        tags=["agricultural land"],
        publisher=alike[0].publisher,
    )
    datasets.index(series)
    session.add(series)
    session.flush()
    for dataset in alike:
        dataset.series_hint = STEM
    for dataset in alike[:-LEFT_OUT]:
        dataset.series_id, dataset.hint_settled = series.id, True
    for dataset in catalogue.values():
        if stem(dataset.title) == WAITING_STEM:
            dataset.series_hint = WAITING_STEM
        if dataset.title in ALIASES:
            name = ALIASES[dataset.title]
            dataset.aliases.append(DatasetAlias(name=name, key=normalised(name)))
            datasets.index(dataset)
    session.add(
        Contribution(
            public_id=stable_id("contribution", "series"),
            person_id=people[NAMED].id,
            dataset_id=series.id,
            role="documented",
            state=ContributionState.ACCEPTED,
            declared_by_id=people[NAMED_BY].id,
        )
    )
    session.flush()
