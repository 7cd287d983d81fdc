"""Finding datasets: by what is typed, the best first; by publisher and subject; by missing names.

What is typed is matched by stems, beginnings, near spellings and words that mean much the same (`search_words`), in
titles, other names, tags, descriptions and publishers (`search_terms`). Datasets that have all words come first, then
those that fit best.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Float, Integer, Select, String, column, func, select, values
from sqlalchemy.orm import Session

from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.search_terms import DatasetTerm
from matchmaker.store.catalogue.search_words import meant_by
from matchmaker.store.credits.label_names import is_listed, is_named


@dataclass(frozen=True)
class Wanted:
    """What is looked for: in these words, of this publisher, about this subject (its key), without a name.

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


MOST_RANKED = 400
"""So many datasets are found by words at most: nobody reads on."""

WORTH_SHOWING = 0.25
"""Where no dataset has all words, those are shown that fit at least this part as well as the best."""


def search(session: Session, wanted: Wanted, limit: int = 20, offset: int = 0) -> list[Found]:
    """Return the datasets that are `wanted`: the best first, without words by title; merged ones are not.

    A fixed number of queries.
    """
    query = _listed(wanted)
    if wanted.words.strip():
        ids = _ranked(session, wanted)[offset : offset + limit]
        rows = sorted(session.execute(query.where(Dataset.id.in_(ids))).all(), key=lambda row: ids.index(row.id))
    else:
        query = query.order_by(Dataset.title_key, Dataset.id).limit(limit).offset(offset)
        rows = list(session.execute(query).all())
    sizes = _sizes(session, [row.id for row in rows if row.is_series])
    return [Found(*row, sizes.get(row.id, 0)) for row in rows]


def _listed(wanted: Wanted) -> Select[tuple[int, str, str, str, bool, bool]]:
    columns = (
        Dataset.id,
        Dataset.public_id,
        Dataset.title,
        func.coalesce(Publisher.name, ""),
        Dataset.is_series,
        Dataset.in_last_import,
    )
    return (
        select(*columns)
        .outerjoin(Publisher, Publisher.id == Dataset.publisher_id)
        .where(*_conditions(wanted))
    )


def _ranked(session: Session, wanted: Wanted) -> list[int]:
    """Return the datasets that fit the words, the best first: those with all words, then those worth showing."""
    words, meant = meant_by(session, wanted.words)
    if not meant:
        return []
    kinds = (column("word", Integer), column("term", String), column("factor", Float))
    options = values(*kinds, name="meant").data([(one.word, one.term, one.factor) for one in meant]).cte("meant")
    each = (
        select(
            DatasetTerm.dataset_id,
            options.c.word,
            func.max(DatasetTerm.weight * options.c.factor).label("value"),
        )
        .join(options, options.c.term == DatasetTerm.term)
        .group_by(DatasetTerm.dataset_id, options.c.word)
        .subquery()
    )
    value = func.sum(each.c.value)
    whole = func.count() == words
    rows = session.execute(
        select(Dataset.id, whole, value)
        .join(each, each.c.dataset_id == Dataset.id)
        .where(*_conditions(wanted))
        .group_by(Dataset.id, Dataset.title_key)
        .order_by(whole.desc(), value.desc(), Dataset.title_key, Dataset.id)
        .limit(MOST_RANKED)
    ).all()
    best = max((row[2] for row in rows), default=0.0)
    return [id_ for id_, has_all, fits in rows if has_all or fits >= WORTH_SHOWING * best]


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
    """Return how many datasets `search` finds, on all its pages: at most `MOST_RANKED` by words."""
    if wanted.words.strip():
        return len(_ranked(session, wanted))
    return session.scalar(select(func.count(Dataset.id)).where(*_conditions(wanted))) or 0


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Dataset.merged_into_id.is_(None)]
    if wanted.publisher_id is not None:
        found.append(Dataset.publisher_id == wanted.publisher_id)
    if wanted.subject:
        about = select(DatasetSubject.dataset_id).where(DatasetSubject.key == wanted.subject)
        found.append(Dataset.id.in_(about))
    if wanted.unnamed:
        found += [is_listed(), ~is_named()]
    return found
