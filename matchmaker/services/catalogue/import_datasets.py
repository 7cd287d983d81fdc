"""Import the datasets of a catalogue. A dataset is recognised by its source and its id there.

A file never deletes: what its source no longer lists is marked so, and keeps its credits. Records that the
catalogue calls private are left out unless an organiser ticks them.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from matchmaker.intake.catalogue import CatalogueFile
from matchmaker.intake.dataset_rows import DatasetRow
from matchmaker.intake.problems import IntakeError
from matchmaker.services.attendee_lists.uploads import reading
from matchmaker.store.attendee_lists.imports import Import, ImportState
from matchmaker.store.base import JsonObject, normalised
from matchmaker.store.catalogue import datasets, imported, publishers
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.catalogue.imported import KeptDataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.session import Session

AT_ONCE = 200
"""How many datasets are held in memory while they are written."""


class RecordOutcome(enum.StrEnum):
    """What keeping a record would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Ruling:
    """What one record would do; `changed` names what differs from the dataset as it is kept.

    `dataset_id` is the dataset it updates. `rival_id` is one that has the same publisher and title but got no id
    from this source: the record takes its place if an organiser says so, else it is new.
    """

    row: DatasetRow
    key: str
    entry: RecordOutcome
    dataset_id: int | None = None
    changed: tuple[str, ...] = ()
    rival_id: int | None = None

    @property
    def unsure(self) -> bool:
        """Whether only its title could tell it apart, so that it waits for a yes."""
        return not self.row.source_id and not self.row.publisher


@dataclass(frozen=True)
class Yes:
    """What an organiser ticked: private records by key, records that take a dataset over by key, the unsure ones."""

    private: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    unsure: bool = False


@dataclass(frozen=True)
class CataloguePreview:
    """What a catalogue holds and what importing it would do; nothing is kept.

    `dropped` are the datasets (id and title) that this source listed before and no longer does; empty for a part
    of a catalogue, which says nothing of the rest.
    """

    file: CatalogueFile
    rulings: tuple[Ruling, ...]
    dropped: tuple[tuple[int, str], ...]

    @property
    def open(self) -> list[Ruling]:
        """The records that are imported without a tick."""
        return [one for one in self.rulings if not one.row.private and not one.unsure]

    @property
    def private(self) -> list[Ruling]:
        """The records that the catalogue calls private."""
        return [one for one in self.rulings if one.row.private]

    @property
    def unsure(self) -> list[Ruling]:
        """The records with neither id nor publisher."""
        return [one for one in self.rulings if one.unsure and not one.row.private]

    @property
    def rivals(self) -> list[Ruling]:
        """The records that may take over a dataset without an id."""
        return [one for one in self.rulings if one.rival_id is not None]

    def chosen(self, yes: Yes) -> list[Ruling]:
        """Return the records that are imported after this yes."""
        return [
            one
            for one in self.rulings
            if (one.key in yes.private if one.row.private else yes.unsure or not one.unsure)
        ]


def say_source(session: Session, row: Import, source: str) -> None:
    """Keep where the catalogue of an upload is from."""
    row.source = source
    session.flush()


def listed(session: Session, row: Import) -> CatalogueFile:
    """Return the datasets of an upload. Raises IntakeError for a file that is no catalogue, FileGone and NotRead."""
    found = reading(session, row)
    if found.catalogue is None:
        raise IntakeError(found.problem)
    return found.catalogue


def preview(session: Session, row: Import, file: CatalogueFile) -> CataloguePreview:
    """Return what importing the datasets of an upload would do.

    The datasets of the source pass by one at a time; none of their descriptions is held.
    """
    records = {key_of(record): record for record in file.rows}
    rulings: dict[str, Ruling] = {}
    titled: dict[str, int] = {}
    dropped = []
    for kept in imported.kept_of(session, row.source):
        record = records.get(kept.source_id)
        if record is not None:
            rulings[kept.source_id] = _rule(record, kept)
        elif not file.partial:
            dropped.append((kept.id, kept.title))
        if record is None and kept.keyed_by_title:
            titled[kept.source_id] = kept.id
    for key, record in records.items():
        if key not in rulings:
            rival = titled.get(_titled_key(record)) if record.source_id else None
            rulings[key] = Ruling(record, key, RecordOutcome.NEW, rival_id=rival)
    return CataloguePreview(file, tuple(rulings[key] for key in records), tuple(dropped))


def key_of(row: DatasetRow) -> str:
    """Return the id of a record at its source: its own, or publisher and title where it has none."""
    return row.source_id or _titled_key(row)


def _titled_key(row: DatasetRow) -> str:
    return normalised(f"{row.publisher} / {row.title}")[:1000]


def carry_out(session: Session, row: Import, file: CatalogueFile, yes: Yes) -> JsonObject:
    """Import all records that need no tick and those that have one; return the counts.

    Doing it again changes nothing.
    """
    found = preview(session, row, file)
    known = publishers.by_key(session)
    chosen = found.chosen(yes)
    taken = {one.key: one.rival_id for one in chosen if one.key in yes.over and one.rival_id}
    for part in _parts([one for one in chosen if one.entry is not RecordOutcome.UNCHANGED]):
        _write(session, row.source, part, taken, known)
    gone = [id_ for id_, _title in found.dropped if id_ not in taken.values()]
    imported.mark_listed(session, [one.dataset_id for one in chosen if one.dataset_id], listed=True)
    imported.mark_listed(session, gone, listed=False)
    row.state = ImportState.CONFIRMED
    entries = Counter(one.entry.value for one in chosen)
    row.summary = {
        **{entry.value: entries[entry.value] for entry in RecordOutcome},
        "private": sum(one.row.private for one in found.rulings) - sum(one.row.private for one in chosen),
        "unsure": 0 if yes.unsure else len(found.unsure),
        "taken": len(taken),
        "refused": len(found.file.problems),
        "dropped": len(gone),
    }
    session.flush()
    return row.summary


def _parts(rulings: list[Ruling]) -> Iterator[list[Ruling]]:
    for start in range(0, len(rulings), AT_ONCE):
        yield rulings[start : start + AT_ONCE]


def _write(
    session: Session,
    source: str,
    rulings: Iterable[Ruling],
    taken: Mapping[str, int],
    known: dict[str, Publisher],
) -> None:
    """Write some records, and forget them again so that a large file needs no more memory than a small one."""
    targets = {one.key: one.dataset_id or taken.get(one.key) for one in rulings}
    there = imported.to_update(session, {id_ for id_ in targets.values() if id_})
    written = []
    for ruling in rulings:
        dataset = there.get(targets[ruling.key] or 0)
        if dataset is None:
            dataset = Dataset(source=source, title=ruling.row.title)
        dataset.source_id = ruling.key
        dataset.keyed_by_title = not ruling.row.source_id
        dataset.in_last_import = True
        publisher = _publisher(session, ruling.row.publisher, known)
        with session.no_autoflush:
            _fill(dataset, ruling.row, publisher)
        session.add(dataset)
        written.append(dataset)
    session.flush()
    for dataset in written:
        session.expunge(dataset)


def _rule(row: DatasetRow, kept: KeptDataset) -> Ruling:
    changed = tuple(_differences(row, kept))
    outcome = RecordOutcome.CHANGED if changed else RecordOutcome.UNCHANGED
    return Ruling(row, kept.source_id, outcome, kept.id, changed)


def _differences(row: DatasetRow, kept: KeptDataset) -> Iterator[str]:
    columns: tuple[tuple[str, object, object], ...] = (
        ("title", row.title, kept.title),
        ("description", row.description, kept.description),
        ("tags", _tags(row), kept.tags),
        ("languages", _wordings(row), kept.wordings),
        ("licence", row.licence, kept.licence),
        ("address", row.url, kept.url),
        ("date", row.modified, kept.modified_on),
        ("series", row.series_hint, kept.series_hint),
    )
    if _publisher_key(row.publisher) not in kept.publisher_keys:
        yield "publisher"
    for label, new, old in columns:
        if new != old:
            yield label


def _publisher_key(name: str) -> str:
    return publishers.key_of(name)


def _tags(row: DatasetRow) -> list[str]:
    return list(dict.fromkeys([*row.tags, *row.themes]))


def _wordings(row: DatasetRow) -> list[JsonObject]:
    """Return what is said in each language, as it is kept."""
    return [{**asdict(wording), "tags": list(wording.tags)} for wording in row.languages]


def _fill(dataset: Dataset, row: DatasetRow, publisher: Publisher | None) -> None:
    """Bring a dataset to what its catalogue says; a title it had before stays as another name."""
    names = {alias.key for alias in dataset.aliases}
    if dataset.id and normalised(dataset.title) != normalised(row.title):
        old = dataset.title[:300]
        if normalised(old) not in names:
            dataset.aliases.append(DatasetAlias(name=old, key=normalised(old)))
    dataset.title = row.title
    dataset.publisher = publisher
    dataset.description = row.description
    dataset.tags = _tags(row)
    dataset.wordings = _wordings(row)
    dataset.licence = row.licence
    dataset.url = row.url
    dataset.modified_on = row.modified
    if row.series_hint != dataset.series_hint:
        dataset.series_hint, dataset.hint_settled = row.series_hint, False
    datasets.index(dataset)


def _publisher(session: Session, name: str, known: dict[str, Publisher]) -> Publisher | None:
    key = _publisher_key(name)
    if key and key not in known:
        made = publishers.find_or_add(session, name)
        assert made is not None
        known[key] = made
    return known.get(key)
