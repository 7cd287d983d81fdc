"""What the page of datasets opens on: one's own, whom one could thank for them, and what is most wanted."""

from dataclasses import dataclass

from matchmaker.recognition.states import LIVE
from matchmaker.services import sight
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, endorsements, label_names
from matchmaker.store.credits.contributions import SHOWN, Contribution, UseKind
from matchmaker.store.credits.label_names import Unnamed
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

MOST = 5
"""So many people to thank, and so many most wanted datasets, are shown."""


@dataclass(frozen=True)
class OwnDataset:
    """A dataset the reader has to do with: the roles they say they had or agreed to, and their use of it."""

    dataset: Dataset
    roles: tuple[tuple[str, str], ...]
    use: UseKind | None


@dataclass(frozen=True)
class ToThank:
    """What a colleague did for one of the reader's datasets, as others may see it."""

    dataset: Dataset
    credit: Contribution


@dataclass(frozen=True)
class FirstLook:
    """What the page opens on; each list is short."""

    mine: list[OwnDataset]
    to_thank: list[ToThank]
    wanted: list[Unnamed]


def first_look(session: Session, reader: Person) -> FirstLook:
    """Return the reader's datasets by title, people to thank for them, and the most wanted without a name.

    A fixed number of queries.
    """
    mine = _mine(session, reader)
    return FirstLook(mine, _to_thank(session, reader, mine)[:MOST], label_names.most_wanted(session, MOST))


def _mine(session: Session, reader: Person) -> list[OwnDataset]:
    rows = [row for row in contributions.of_person(session, reader.id) if row.state in SHOWN]
    uses = {one.dataset_id: one for one in contributions.uses_of_people(session, [reader.id])}
    datasets = {row.dataset_id: row.dataset for row in rows} | {id_: one.dataset for id_, one in uses.items()}
    found = [
        OwnDataset(
            dataset,
            tuple((row.role, row.role_text) for row in rows if row.dataset_id == id_),
            uses[id_].kind if id_ in uses else None,
        )
        for id_, dataset in datasets.items()
    ]
    return sorted(found, key=lambda one: (one.dataset.title_key, one.dataset.id))


def _to_thank(session: Session, reader: Person, mine: list[OwnDataset]) -> list[ToThank]:
    """Return who did what for these datasets, each person once: whom the reader may see and has not thanked for it.

    Datasets the reader uses come first: there somebody else did the work.
    """
    datasets = {one.dataset.id: one for one in mine}
    thanked = {row.contribution_id for row in endorsements.given_by(session, reader.id) if row.state in LIVE}
    rows = [
        row
        for row in contributions.of_datasets(session, list(datasets))
        if row.state_for_others in SHOWN
        and row.person.show_name
        and row.person_id != reader.id
        and row.id not in thanked
    ]
    seen = sight.in_sight(session, reader, {row.person_id for row in rows})
    rows = [row for row in rows if row.person_id in seen]
    rows.sort(key=lambda row: (datasets[row.dataset_id].use is None, row.person.name.casefold(), row.id))
    first = {row.person_id: row for row in reversed(rows)}
    return [ToThank(datasets[row.dataset_id].dataset, row) for row in rows if first[row.person_id] is row]
