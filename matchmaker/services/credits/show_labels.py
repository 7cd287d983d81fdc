"""What may leave: the labels of datasets as each circle of readers may see them.

Every file, sheet, screen and public page takes its words from here. Nothing else decides who is named: only
what its receiver accepted is on a label, and further out only what its people agreed to as well.
"""

from collections.abc import Collection
from dataclasses import dataclass

from matchmaker.documents.credits.label_files import Labelled
from matchmaker.recognition.audience import Audience, narrow
from matchmaker.recognition.label import Label, Quotation, make_label
from matchmaker.recognition.rules import is_web_address
from matchmaker.services.credits import build_labels
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import audiences, endorsements
from matchmaker.store.session import Session

Addresses = dict[int, str]
"""Datasets → the address of their public label; a dataset without one is left out."""


@dataclass(frozen=True)
class Hung:
    """One thanks on the hall's screen, with the title of the dataset it is for."""

    title: str
    quotation: Quotation


def inside(session: Session, dataset_ids: Collection[int]) -> dict[int, Label]:
    """Return the labels of datasets as everybody who is signed in may read them."""
    told = build_labels.gather(session, dataset_ids)
    return {one: make_label(kept.credits, kept.thanks) for one, kept in told.items()}


def in_public(session: Session, dataset_ids: Collection[int]) -> dict[int, Label]:
    """Return the labels that anybody may read; a dataset for which nobody may be told of is left out.

    Told of are people of events that make their labels public, until these are erased, and whoever agreed to
    be named, for as long as they agree.
    """
    audience = audiences.public_audience(session)
    told = build_labels.gather(session, dataset_ids)
    labels = {one: make_label(*narrow(kept.credits, kept.thanks, audience)) for one, kept in told.items()}
    return {one: label for one, label in labels.items() if label.lines}


def on_screen(session: Session, event_id: int) -> list[Hung]:
    """Return the thanks that may be shown in the hall, oldest first: both people agreed to that."""
    agreed = audiences.on_screen(session, event_id)
    given = endorsements.at_event(session, event_id)
    titles = {one.dataset_id: one.contribution.dataset.title for one in given}
    told = build_labels.gather(session, titles)
    hung = []
    for one in given:
        alone = narrow(told[one.dataset_id].credits, [build_labels.thanks(one)], Audience(agreed, agreed))
        hung += [Hung(titles[one.dataset_id], quotation) for quotation in make_label(*alone).thanks]
    return hung


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


def of_event(session: Session, event_id: int) -> tuple[list[Dataset], dict[int, Label]]:
    """Return the datasets that people of an event are named for, by title, with their labels as read inside."""
    found = datasets.by_ids(session, audiences.datasets_of_event(session, event_id))
    labels = inside(session, [one.id for one in found])
    return [one for one in found if labels[one.id].lines], labels
