"""Finding datasets: by words of title, other name, publisher and tag; by publisher and subject; by missing names.

A plain LIKE over one folded column, the same on both databases. 20,000 datasets are read in some milliseconds, so
that an index of its own, which the two databases would need in two ways, is not worth its upkeep.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matchmaker.store.base import normalised
from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits.label_names import is_listed, is_named


@dataclass(frozen=True)
class Wanted:
    """What is looked for: every word, of this publisher, about this subject (its key), without a name.

    Series are found like datasets, but not where names are missing: there their members are.
    """

    words: str = ""
    publisher_id: int | None = None
    subject: str = ""
    unnamed: bool = False


@dataclass(frozen=True)
class Found:
    """A dataset or series as lists show it; `datasets` is how many a series has."""

    id: int
    public_id: str
    title: str
    publisher: str
    is_series: bool
    in_last_import: bool
    datasets: int


def search(session: Session, wanted: Wanted, limit: int = 20, offset: int = 0) -> list[Found]:
    """Return the datasets that are `wanted`, by title; merged ones are not. % and _ are searched as they are."""
    columns = (
        Dataset.id,
        Dataset.public_id,
        Dataset.title,
        func.coalesce(Publisher.name, ""),
        Dataset.is_series,
        Dataset.in_last_import,
    )
    query = (
        select(*columns)
        .outerjoin(Publisher, Publisher.id == Dataset.publisher_id)
        .where(*_conditions(wanted))
        .order_by(Dataset.title_key, Dataset.id)
        .limit(limit)
        .offset(offset)
    )
    rows = session.execute(query).all()
    sizes = _sizes(session, [row.id for row in rows if row.is_series])
    return [Found(*row, sizes.get(row.id, 0)) for row in rows]


def _sizes(session: Session, series_ids: list[int]) -> dict[int, int]:
    """Return how many datasets these series have; one without any is left out."""
    if not series_ids:
        return {}
    rows = session.execute(
        select(Dataset.series_id, func.count())
        .where(Dataset.series_id.in_(series_ids), Dataset.merged_into_id.is_(None))
        .group_by(Dataset.series_id)
    )
    return {series: datasets for series, datasets in rows if series is not None}


def count(session: Session, wanted: Wanted) -> int:
    """Return how many datasets `search` finds, on all its pages."""
    return session.scalar(select(func.count(Dataset.id)).where(*_conditions(wanted))) or 0


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    words = normalised(wanted.words).split()
    found = [
        Dataset.merged_into_id.is_(None),
        *(Dataset.search_key.contains(word, autoescape=True) for word in words),
    ]
    if wanted.publisher_id is not None:
        found.append(Dataset.publisher_id == wanted.publisher_id)
    if wanted.subject:
        about = select(DatasetSubject.dataset_id).where(DatasetSubject.key == wanted.subject)
        found.append(Dataset.id.in_(about))
    if wanted.unnamed:
        found += [is_listed(), ~is_named()]
    return found
