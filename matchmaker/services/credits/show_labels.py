"""The labels of datasets as each circle of readers may see them: inside the event, in the hall, in public.

Every file, sheet, screen and public page takes its words from here. Nothing else decides who is named: only
what its receiver accepted is on a label, and further out only what its people agreed to as well.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from matchmaker.documents.credits.label_files import Labelled
from matchmaker.recognition.audience import Audience, names_to_leave_out, narrow
from matchmaker.recognition.label import Label, Quotation, Thanks, Voices, make_label, makers
from matchmaker.recognition.rules import is_web_address
from matchmaker.services.credits import build_labels
from matchmaker.services.credits.build_labels import KeptOfDataset
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import audiences, endorsements, labelled_datasets
from matchmaker.store.session import Session

AT_ONCE = 500

Addresses = dict[int, str]
"""Datasets → the address of their public label; a dataset without one is left out."""


@dataclass(frozen=True)
class Hung:
    """One thanks on the hall's screen, with the title of the dataset it is for."""

    title: str
    quotation: Quotation


def inside(session: Session, dataset_ids: Collection[int]) -> dict[int, Label]:
    """Return the labels of datasets as everybody who is signed in may read them."""
    return _inside(build_labels.gather(session, dataset_ids))


def _inside(told: dict[int, KeptOfDataset]) -> dict[int, Label]:
    return {one: kept.label() for one, kept in told.items()}


def in_public(session: Session, dataset_ids: Collection[int]) -> dict[int, Label]:
    """Return the labels that anybody may read; a dataset for which nobody may be told of is left out.

    Told of are people of events that make their labels public, until these are erased, and whoever agreed to
    be named, for as long as they agree.
    """
    return _in_public(session, build_labels.gather(session, dataset_ids))


def inside_and_public(
    session: Session, dataset_ids: Collection[int]
) -> tuple[dict[int, Label], dict[int, Label]]:
    """Return what `inside` and `in_public` do; what is kept is read once."""
    told = build_labels.gather(session, dataset_ids)
    return _inside(told), _in_public(session, told)


def makers_in_public(session: Session, dataset_ids: Collection[int]) -> dict[int, Voices]:
    """Return how many people the labels that `in_public` returns are from: all that a list says of each."""
    told = build_labels.gather_credits(session, dataset_ids)
    audience = audiences.public_audience(session, {one.person.id for some in told.values() for one in some})
    found = {one: makers(narrow(some, (), audience)[0]) for one, some in told.items()}
    return {one: people for one, people in found.items() if people.colleagues}


def _in_public(session: Session, told: dict[int, KeptOfDataset]) -> dict[int, Label]:
    people = {one.person.id for kept in told.values() for one in kept.credits}
    people |= {one.giver.id for kept in told.values() for one in kept.thanks}
    audience = audiences.public_audience(session, people)
    labels = {one: _for(audience, kept, kept.thanks) for one, kept in told.items()}
    return {one: label for one, label in labels.items() if label.lines}


def on_screen(session: Session, ids: Sequence[int]) -> list[Hung]:
    """Return these thanks, of those that may be shown in the hall: both people agreed to that."""
    given = {one.id: one for one in endorsements.by_ids(session, ids)}
    told = build_labels.gather(session, {one.dataset_id for one in given.values()})
    hung = []
    for one in (given[id_] for id_ in ids):
        both = frozenset({one.receiver_id} | ({one.giver_id} if one.giver_id else set()))
        alone = _for(Audience(both, both), told[one.dataset_id], [build_labels.thanks(one)])
        hung += [Hung(one.contribution.dataset.title, quotation) for quotation in alone.thanks]
    return hung


def _for(audience: Audience, kept: KeptOfDataset, thanks: Sequence[Thanks]) -> Label:
    """Return the label with these thanks as an audience may read it."""
    withheld = [*names_to_leave_out(kept.credits, thanks, audience), *kept.withheld]
    return make_label(*narrow(kept.credits, thanks, audience), withheld)


def labelled(found: Collection[Dataset], labels: dict[int, Label], addresses: Addresses) -> list[Labelled]:
    """Return datasets with their labels as files and sheets take them, in the order given."""
    return [
        Labelled(
            identifier=one.source_id,
            title=one.title,
            publisher=one.publisher.name if one.publisher else "",
            landing_page=one.url if is_web_address(one.url) else "",
            label=labels[one.id],
            public_page=addresses.get(one.id, ""),
        )
        for one in found
        if one.id in labels
    ]


def of_event(
    session: Session, event_id: int, limit: int = 1_000_000, offset: int = 0
) -> tuple[list[Dataset], dict[int, Label]]:
    """Return datasets that people of an event are named for, by title, with their labels as read inside."""
    ids = labelled_datasets.ids(session, labelled_datasets.of_event(event_id), limit, offset)
    labels = inside(session, ids)
    return datasets.by_ids(session, ids), labels


def every_of_event(session: Session, event_id: int) -> Iterator[Labelled]:
    """Yield what `of_event` returns as a table takes it, read some hundred at a time and then forgotten."""
    every = labelled_datasets.ids(session, labelled_datasets.of_event(event_id))
    for start in range(0, len(every), AT_ONCE):
        ids = every[start : start + AT_ONCE]
        labels = inside(session, ids)
        yield from labelled(datasets.by_ids(session, ids), labels, {})
        session.expunge_all()
