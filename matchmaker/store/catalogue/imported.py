"""The datasets of one catalogue as an import compares and changes them: too many ever to hold in memory at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from matchmaker.store.among import among
from matchmaker.store.base import JsonObject
from matchmaker.store.catalogue import publishers
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher


@dataclass(frozen=True)
class KeptDataset:
    """What is kept of a dataset that came from a catalogue, as values; `publisher_keys` are all its names."""

    id: int
    source_id: str
    title: str
    description: str
    tags: list[str]
    wordings: list[JsonObject]
    licence: str
    url: str
    modified_on: date | None
    series_hint: str
    keyed_by_title: bool
    publisher_keys: frozenset[str]


def kept_of(session: Session, source: str) -> Iterator[KeptDataset]:
    """Yield every dataset that came from `source`, some hundred in memory at a time, by id."""
    names: dict[int | None, set[str]] = defaultdict(set)
    names[None] = {""}
    for key, publisher in publishers.by_key(session).items():
        names[publisher.id].add(key)
    keys = {id_: frozenset(found) for id_, found in names.items()}
    columns = (
        Dataset.id, Dataset.source_id, Dataset.title, Dataset.description, Dataset.tags, Dataset.wordings,
        Dataset.licence, Dataset.url, Dataset.modified_on, Dataset.series_hint, Dataset.keyed_by_title,
        Dataset.publisher_id,
    )  # fmt: skip
    rows = session.execute(
        select(*columns).where(Dataset.source == source).order_by(Dataset.id).execution_options(yield_per=500)
    )
    for row in rows:
        values = row._asdict()
        values["publisher_keys"] = keys[values.pop("publisher_id")]
        yield KeptDataset(**values)


def to_update(session: Session, ids: Collection[int]) -> dict[int, Dataset]:
    """Return these datasets by id, with all that belongs to them."""
    rows = session.scalars(
        select(Dataset)
        .where(among(Dataset.id, ids))
        .options(
            selectinload(Dataset.publisher).selectinload(Publisher.aliases),
            selectinload(Dataset.aliases),
            selectinload(Dataset.subjects),
        )
    )
    return {row.id: row for row in rows}


def mark_listed(session: Session, ids: Sequence[int], *, listed: bool) -> None:
    """Keep whether the last import of their source listed these datasets."""
    session.execute(
        update(Dataset)
        .where(among(Dataset.id, ids), Dataset.in_last_import.is_not(listed))
        .values(in_last_import=listed)
        .execution_options(synchronize_session=False)
    )
