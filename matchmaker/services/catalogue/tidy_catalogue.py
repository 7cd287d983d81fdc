"""Tidying the catalogue: series out of proposals, other names of datasets and publishers. Only organisers do it."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from matchmaker.intake.text import spelling
from matchmaker.recognition.rules import tidy
from matchmaker.services.attendee_lists import link_titles
from matchmaker.services.refused import Refused
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import datasets, publishers, series
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.catalogue.publishers import ListedPublisher, Publisher, PublisherAlias
from matchmaker.store.catalogue.series import MADE, Hinted
from matchmaker.store.session import Session

ALIAS_LONGEST = 300
SMALLEST = 2
"""How many datasets are worth a new series."""


@dataclass(frozen=True)
class Proposal:
    """Datasets that seem to be one series; `series` is the one they would join, None for a new one."""

    title: str
    publisher_id: int | None
    members: tuple[Hinted, ...]
    series_id: int | None = None

    @property
    def public_id(self) -> str:
        """The address of the proposal: that of its first dataset."""
        return self.members[0].public_id


def proposals(session: Session) -> list[Proposal]:
    """Return the series nobody has decided about yet, the largest first.

    One that was dismissed does not come back with its next month; one that was made is asked about its new members.
    """
    groups: dict[tuple[int | None, str], list[Hinted]] = defaultdict(list)
    for one in series.hinted(session):
        groups[one.publisher_id, normalised(one.hint)].append(one)
    found = []
    for (publisher_id, _key), all_ in groups.items():
        open_ = tuple(one for one in all_ if not one.settled and one.series_id is None)
        joined = next((one.series_id for one in all_ if one.series_id is not None), None)
        dismissed = joined is None and any(one.settled for one in all_)
        if open_ and not dismissed and (joined or len(open_) >= SMALLEST):
            found.append(Proposal(open_[0].hint, publisher_id, open_, joined))
    return sorted(found, key=lambda one: (-len(one.members), one.title.casefold()))


def make_series(session: Session, proposal: Proposal, title: str, ticked: Collection[str]) -> Dataset:
    """Put the ticked datasets of a proposal into a series; the others stay by themselves. Raises Refused.

    A dataset of that very title and publisher becomes the series: catalogues list the whole beside its parts.
    """
    title = tidy(title)
    chosen = [one for one in proposal.members if one.public_id in ticked]
    if not chosen:
        raise Refused("Tick the datasets that belong to the series, or say that they are none")
    whole: Dataset | None = None
    if proposal.series_id is not None:
        whole = session.get_one(Dataset, proposal.series_id)
    else:
        if not 1 <= len(title) <= datasets.LONGEST_TITLE:
            raise Refused("Enter a title for the series, of at most 1,000 characters")
        listed = series.parent_listed(session, normalised(title), proposal.publisher_id)
        whole = listed if listed and listed.id not in {one.id for one in chosen} else None
    if whole is None:
        whole = Dataset(
            source=MADE,
            source_id=secrets.token_urlsafe(12),
            title=title,
            publisher_id=proposal.publisher_id,
            tags=[],
        )
        session.add(whole)
        session.flush()
    whole.is_series = True
    datasets.index(whole)
    session.flush()
    whole_id = whole.id
    series.settle(session, [one.id for one in chosen], whole_id)
    rest = [one.id for one in proposal.members if one.public_id not in ticked and one.id != whole_id]
    series.settle(session, rest)
    return session.get_one(Dataset, whole_id)


def dismiss(session: Session, proposal: Proposal) -> None:
    """Record that these datasets are not a series, so that nobody is asked again."""
    series.settle(session, [one.id for one in proposal.members])


def leave_series(session: Session, dataset: Dataset) -> None:
    """Take a dataset out of its series; it is not proposed for it again."""
    dataset.series_id = None
    dataset.hint_settled = True
    session.flush()


def add_alias(session: Session, dataset: Dataset, name: str) -> None:
    """Keep another name of a dataset, which is searched like its title. Raises Refused."""
    name = tidy(name)
    if not 1 <= len(name) <= ALIAS_LONGEST:
        raise Refused("Enter another name, of at most 300 characters")
    if not has_name(dataset, name):
        dataset.aliases.append(DatasetAlias(name=name, key=normalised(name)[:ALIAS_LONGEST]))
    datasets.index(dataset)
    session.flush()
    link_titles.link(session)


def has_name(dataset: Dataset, name: str) -> bool:
    """Whether this is the dataset's title or one of its other names, in any case."""
    key = normalised(name)[:ALIAS_LONGEST]
    return key == normalised(dataset.title)[:ALIAS_LONGEST] or key in {one.key for one in dataset.aliases}


def remove_alias(session: Session, dataset: Dataset, name: str) -> None:
    """Forget another name of a dataset."""
    dataset.aliases = [one for one in dataset.aliases if one.name != name]
    datasets.index(dataset)
    session.flush()


def spellings(listed: Iterable[ListedPublisher]) -> list[tuple[ListedPublisher, ListedPublisher]]:
    """Return pairs of publishers whose names differ in case, accents, punctuation, "the" or "&": perhaps one.

    `listed` are all there are. The first of a name is compared with each other that `keep_apart` was not told of.
    """
    groups: dict[str, list[ListedPublisher]] = defaultdict(list)
    for one in listed:
        groups[spelling(one.name)].append(one)
    return [(first, one) for first, *others in groups.values() for one in others if not one.stands_alone]


def keep_apart(session: Session, publisher: Publisher) -> None:
    """Record that two publishers with similar names are different ones, so that nobody is asked again."""
    publisher.stands_alone = True
    session.flush()


def same_publisher(session: Session, keep: Publisher, gone: Publisher) -> None:
    """Make two publishers one: the datasets move, and the other's names stand for the one that stays."""
    if keep.id == gone.id:
        return
    moved = series.of_publisher(session, gone.id)
    names = [gone.name, *(one.name for one in gone.aliases)]
    for dataset in moved:
        dataset.publisher = keep
    session.flush()
    session.delete(gone)
    session.flush()
    for name in names:
        session.add(PublisherAlias(publisher_id=keep.id, name=name, key=publishers.key_of(name)))
    _reindex(session, keep)


def name_publisher(session: Session, publisher: Publisher, name: str) -> None:
    """Keep another name of a publisher; files that use it mean this one. Raises Refused for a name in use."""
    name = tidy(name)
    if not 1 <= len(name) <= publishers.LONGEST_NAME:
        raise Refused("Enter another name, of at most 300 characters")
    known = publishers.named(session, name)
    if known is not None and known.id != publisher.id:
        raise Refused(f"“{name}” is already the name of {known.name}. Make the two one instead")
    if known is None:
        session.add(PublisherAlias(publisher_id=publisher.id, name=name, key=publishers.key_of(name)))
        _reindex(session, publisher)


def _reindex(session: Session, publisher: Publisher) -> None:
    """Let the search know the publisher's names."""
    session.flush()
    session.refresh(publisher, ["aliases"])
    for dataset in series.of_publisher(session, publisher.id):
        datasets.index(dataset)
    session.flush()
