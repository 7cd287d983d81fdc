"""Finding datasets: by what is typed, the best first; by publisher and subject; by missing names.

What is typed is matched by stems, beginnings, near spellings and words that mean much the same (`search_words`), in
titles, other names, tags, descriptions and publishers (`search_terms`). Datasets that have all words come first, then
those that fit best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select

from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.search_terms import DatasetTerm
from matchmaker.store.catalogue.search_words import Meant, meant_by
from matchmaker.store.credits.label_names import is_listed, is_named
from matchmaker.store.session import Session, plainly


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
class DatasetFound:
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

FREQUENT = 1000
"""A stem that more datasets have finds none by itself where the search has rarer ones."""

WORTH_SHOWING = 0.25
"""Where no dataset has all words, those are shown that fit at least this part as well as the best."""


def search(session: Session, wanted: Wanted, limit: int = 20, offset: int = 0) -> list[DatasetFound]:
    """Return the datasets that are `wanted`: the best first, without words by title; merged ones are not.

    A fixed number of queries.
    """
    if wanted.words.strip():
        return _told(session, _ranked(session, wanted)[0][offset : offset + limit])
    query = select(Dataset.id).where(*_conditions(wanted)).order_by(Dataset.title_key, Dataset.id)
    return _told(session, list(session.scalars(query.limit(limit).offset(offset))))


@dataclass(frozen=True)
class FoundPage:
    """A page of what is found: `count` on all pages, of which so many are series and so many have all words.

    A series counts as no dataset elsewhere: its members do. By words at most `MOST_RANKED` are counted.
    """

    found: list[DatasetFound]
    count: int
    series: int
    whole: int


def search_page(session: Session, wanted: Wanted, size: int, page: int) -> FoundPage:
    """Return page number `page`, from 1, of `size` of the datasets that are wanted; one past the last is empty."""
    if wanted.words.strip():
        ids, whole = _ranked(session, wanted)
        series = session.scalar(select(func.count()).where(Dataset.id.in_(ids), Dataset.is_series)) or 0
        return FoundPage(_told(session, ids[(page - 1) * size : page * size]), len(ids), series, whole)
    found = search(session, wanted, size, (page - 1) * size)
    series = (
        session.scalar(select(func.count(Dataset.id)).where(*_conditions(wanted), Dataset.is_series)) or 0
    )
    in_all = count(session, wanted)
    return FoundPage(found, in_all, series, in_all)


def with_all_words(session: Session, wanted: Wanted, limit: int) -> list[DatasetFound]:
    """Return those datasets alone that have every word, the best first."""
    ids, whole = _ranked(session, wanted)
    return _told(session, ids[: min(whole, limit)])


def _told(session: Session, ids: Sequence[int]) -> list[DatasetFound]:
    """Return these datasets, in this order, as lists show them."""
    rows = plainly(session, _shown(), {"ids": ids}).all()
    sizes = _sizes(session, [row[0] for row in rows if row[4]])
    found = {
        row[0]: DatasetFound(row[0], row[1], row[2], row[3], row[4], row[5], sizes.get(row[0], 0))
        for row in rows
    }
    return [found[one] for one in ids if one in found]


@cache
def _shown() -> Select[int, str, str, str, bool, bool]:
    """Return the question of `_told`, which is put together once, as is the next."""
    return (
        select(
            Dataset.id,
            Dataset.public_id,
            Dataset.title,
            func.coalesce(Publisher.name, ""),
            Dataset.is_series,
            Dataset.in_last_import,
        )
        .outerjoin(Publisher, Publisher.id == Dataset.publisher_id)
        .where(Dataset.id.in_(bindparam("ids", expanding=True)))
    )


@cache
def _weights() -> Select[int, str, float]:
    return select(DatasetTerm.dataset_id, DatasetTerm.term, DatasetTerm.weight).where(
        DatasetTerm.dataset_id.in_(bindparam("found", expanding=True)),
        DatasetTerm.term.in_(bindparam("terms", expanding=True)),
    )


def _ranked(session: Session, wanted: Wanted) -> tuple[list[int], int]:
    """Return the datasets that fit the words, the best first, and how many of them, at the beginning, have them all.

    Stems that many datasets have only put those in order that were found by rarer ones, if there are any.
    """
    words, meant = meant_by(session, wanted.words)
    if not meant:
        return [], 0
    found = _candidates(session, wanted, meant)
    rows = plainly(session, _weights(), {"found": found, "terms": list({one.term for one in meant})})
    options: dict[str, list[Meant]] = {}
    for one in meant:
        options.setdefault(one.term, []).append(one)
    values: dict[int, dict[int, float]] = {one: {} for one in found}
    for dataset_id, term, weight in rows:
        mine = values[dataset_id]
        for one in options[term]:
            mine[one.word] = max(mine.get(one.word, 0.0), weight * one.factor)
    fits = {one: sum(mine.values()) for one, mine in values.items()}
    best = max(fits.values(), default=0.0)
    whole = {one for one, mine in values.items() if len(mine) == words}
    shown = [one for one in found if one in whole or fits[one] >= WORTH_SHOWING * best]
    return sorted(shown, key=lambda one: (one not in whole, -fits[one])), len(whole)


def _candidates(session: Session, wanted: Wanted, meant: Sequence[Meant]) -> list[int]:
    """Return at most `MOST_RANKED` datasets by the words of a search that fewest have, likely ones first."""
    rare = {one.term for one in meant if one.datasets <= FREQUENT}
    if wanted.publisher_id is not None or wanted.subject:
        terms = {one.term for one in meant}
        there = exists().where(DatasetTerm.dataset_id == Dataset.id, DatasetTerm.term.in_(terms))
        few = select(Dataset.id).where(*_conditions(wanted), there).order_by(Dataset.title_key, Dataset.id)
        return list(session.scalars(few.limit(MOST_RANKED)))
    if rare:
        # Put together before the datasets are looked at, or SQLite looks at all of them.
        fit = (
            select(
                DatasetTerm.dataset_id,
                func.count().label("words"),
                func.sum(DatasetTerm.weight).label("value"),
            )
            .where(DatasetTerm.term.in_(rare))
            .group_by(DatasetTerm.dataset_id)
            .subquery()
        )
        query = select(Dataset.id).join(fit, fit.c.dataset_id == Dataset.id).where(*_conditions(wanted))
        query = query.order_by(fit.c.words.desc(), fit.c.value.desc(), Dataset.title_key, Dataset.id)
    else:
        rarest = min(meant, key=lambda one: one.datasets).term
        query = select(Dataset.id).join(DatasetTerm, DatasetTerm.dataset_id == Dataset.id)
        query = query.where(DatasetTerm.term == rarest, *_conditions(wanted))
        query = query.order_by(DatasetTerm.weight.desc(), DatasetTerm.dataset_id.desc())
    return list(session.scalars(query.limit(MOST_RANKED)))


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
        return len(_ranked(session, wanted)[0])
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
