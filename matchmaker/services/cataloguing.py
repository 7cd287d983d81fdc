"""Cataloguing: import the datasets of a catalogue, known by where they come from and their id there.

A file never deletes: what its source no longer lists is marked so, and keeps its credits. Records that the
catalogue calls private are left out unless an organiser ticks them.
"""

import enum
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from matchmaker.intake.catalogue import CatalogueFile, read_catalogue
from matchmaker.intake.dataset_rows import DatasetRow
from matchmaker.services.importing import content
from matchmaker.store import datasets, publishers
from matchmaker.store.base import JsonObject, normalised
from matchmaker.store.datasets import Dataset, DatasetAlias
from matchmaker.store.imports import Import, ImportState
from matchmaker.store.publishers import Publisher
from matchmaker.store.session import Session


class Entry(enum.StrEnum):
    """What keeping a record would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Ruling:
    """What one record would do; `changed` names what differs from the dataset as it is kept."""

    row: DatasetRow
    key: str
    entry: Entry
    dataset: Dataset | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a catalogue holds and what importing it would do; nothing is kept.

    `dropped` are the datasets that this source listed before and no longer does; empty for a part of a
    catalogue, which says nothing of the rest.
    """

    file: CatalogueFile
    rulings: tuple[Ruling, ...]
    dropped: tuple[Dataset, ...]

    @property
    def open(self) -> list[Ruling]:
        """The records that are imported without a tick."""
        return [ruling for ruling in self.rulings if not ruling.row.private]

    @property
    def private(self) -> list[Ruling]:
        """The records that need one."""
        return [ruling for ruling in self.rulings if ruling.row.private]


def preview(session: Session, row: Import) -> Preview:
    """Return what importing would do. Raises IntakeError for a file that is no catalogue, and FileGone."""
    file = read_catalogue(content(row), row.file_name)
    kept = datasets.by_source(session, row.source)
    rulings = tuple(_rule(record, kept) for record in file.rows)
    keys = {ruling.key for ruling in rulings}
    dropped = () if file.partial else tuple(one for key, one in kept.items() if key not in keys)
    return Preview(file, rulings, dropped)


def key_of(row: DatasetRow) -> str:
    """Return the id of a record at its source: its own, or publisher and title where it has none."""
    return row.source_id or normalised(f"{row.publisher} / {row.title}")[:1000]


def carry_out(session: Session, row: Import, ticked: Collection[str]) -> JsonObject:
    """Import all open records and the private ones whose keys are `ticked`; return the counts.

    Doing it again changes nothing.
    """
    found = preview(session, row)
    known = publishers.by_key(session)
    chosen = [one for one in found.rulings if not one.row.private or one.key in ticked]
    for ruling in chosen:
        dataset = ruling.dataset
        if dataset is None:
            dataset = Dataset(source=row.source, source_id=ruling.key, title=ruling.row.title)
            session.add(dataset)
        if ruling.entry is not Entry.UNCHANGED:
            _fill(dataset, ruling.row, _publisher(session, ruling.row.publisher, known))
        dataset.in_last_import = True
    for dataset in found.dropped:
        dataset.in_last_import = False
    row.state = ImportState.CONFIRMED
    entries = Counter(one.entry.value for one in chosen)
    row.summary = {
        **{entry.value: entries[entry.value] for entry in Entry},
        "private": len(found.rulings) - len(chosen),
        "refused": len(found.file.problems),
        "dropped": len(found.dropped),
    }
    session.flush()
    return row.summary


def _rule(row: DatasetRow, kept: Mapping[str, Dataset]) -> Ruling:
    key = key_of(row)
    dataset = kept.get(key)
    if dataset is None:
        return Ruling(row, key, Entry.NEW)
    changed = tuple(_differences(row, dataset))
    return Ruling(row, key, Entry.CHANGED if changed else Entry.UNCHANGED, dataset, changed)


def _differences(row: DatasetRow, dataset: Dataset) -> Iterator[str]:
    publisher = dataset.publisher.key if dataset.publisher else ""
    columns: tuple[tuple[str, str | date | list[str] | None, object], ...] = (
        ("title", row.title, dataset.title),
        ("publisher", _publisher_key(row.publisher), publisher),
        ("description", row.description, dataset.description),
        ("tags", _tags(row), dataset.tags),
        ("licence", row.licence, dataset.licence),
        ("address", row.url, dataset.url),
        ("date", row.modified, dataset.modified_on),
    )
    for label, new, old in columns:
        if new != old:
            yield label


def _publisher_key(name: str) -> str:
    return normalised(" ".join(name.split())[:300])


def _tags(row: DatasetRow) -> list[str]:
    return list(dict.fromkeys([*row.tags, *row.themes]))


def _fill(dataset: Dataset, row: DatasetRow, publisher: Publisher | None) -> None:
    """Bring a dataset to what its catalogue says; a title it had before stays as another name."""
    names = {alias.key for alias in dataset.aliases}
    if dataset.title_key and dataset.title_key != normalised(row.title):
        old = dataset.title[:300]
        if normalised(old) not in names:
            dataset.aliases.append(DatasetAlias(name=old, key=normalised(old)))
    dataset.title = row.title
    dataset.publisher = publisher
    dataset.description = row.description
    dataset.tags = _tags(row)
    dataset.licence = row.licence
    dataset.url = row.url
    dataset.modified_on = row.modified
    datasets.index(dataset)


def _publisher(session: Session, name: str, known: dict[str, Publisher]) -> Publisher | None:
    key = _publisher_key(name)
    if key and key not in known:
        made = publishers.find_or_add(session, name)
        assert made is not None
        known[key] = made
    return known.get(key)
