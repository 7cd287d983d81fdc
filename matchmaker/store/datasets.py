"""Datasets: entries of catalogues, with their publisher, series and other names."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from matchmaker.store.base import Base, Json, UtcDateTime, new_public_id, normalised, now


class Publisher(Base):
    """Who publishes a dataset."""

    __tablename__ = "publisher"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(300), unique=True)


class Series(Base):
    """Datasets that are one in people's minds: by month, by place, by survey."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    title: Mapped[str] = mapped_column(String(1000))
    publisher_id: Mapped[int | None] = mapped_column(ForeignKey("publisher.id", ondelete="SET NULL"))


class Dataset(Base):
    """An entry of a catalogue, known by (source, source_id); people may add one that no catalogue lists.

    `search_key` is title, other names, publisher and tags as they are compared, for one portable search.
    `in_last_import` false: the source no longer lists it; its credits stay.
    """

    __tablename__ = "dataset"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_dataset_title_key", "title_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    source: Mapped[str] = mapped_column(String(100))
    source_id: Mapped[str] = mapped_column(String(1000))
    title: Mapped[str] = mapped_column(String(1000))
    title_key: Mapped[str] = mapped_column(String(1000))
    search_key: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    publisher_id: Mapped[int | None] = mapped_column(
        ForeignKey("publisher.id", ondelete="SET NULL"), index=True
    )
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"), index=True)
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    licence: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    modified_on: Mapped[date | None]
    in_last_import: Mapped[bool] = mapped_column(default=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("dataset.id", ondelete="SET NULL"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    publisher: Mapped[Publisher | None] = relationship()
    aliases: Mapped[list["DatasetAlias"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="DatasetAlias.name"
    )


class DatasetAlias(Base):
    """Another name people use for a dataset, such as MAGIC."""

    __tablename__ = "dataset_alias"
    __table_args__ = (UniqueConstraint("dataset_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(300), index=True)


def by_public_id(session: Session, public_id: str) -> Dataset | None:
    """Return the dataset an address in the browser names."""
    return session.scalar(
        select(Dataset)
        .where(Dataset.public_id == public_id)
        .options(selectinload(Dataset.publisher), selectinload(Dataset.aliases))
    )


def by_source(session: Session, source: str) -> dict[str, Dataset]:
    """Return every dataset that came from `source`, by its id there."""
    rows = session.scalars(
        select(Dataset)
        .where(Dataset.source == source)
        .options(selectinload(Dataset.publisher), selectinload(Dataset.aliases))
        .order_by(Dataset.id)
    )
    return {row.source_id: row for row in rows}


def by_title(session: Session, title: str) -> list[Dataset]:
    """Return the unmerged datasets whose title or other name is exactly `title`, in any case and spacing."""
    key = normalised(title)
    return list(
        session.scalars(
            select(Dataset)
            .outerjoin(DatasetAlias)
            .where(or_(Dataset.title_key == key, DatasetAlias.key == key), Dataset.merged_into_id.is_(None))
            .options(selectinload(Dataset.publisher))
            .order_by(Dataset.id)
            .distinct()
        )
    )


def by_titles(session: Session, titles: Collection[str]) -> dict[str, list[Dataset]]:
    """Return the unmerged datasets with these titles or other names, by the name as it is compared.

    A name that no dataset has is left out; two datasets of one title are both there.
    """
    keys = {normalised(title) for title in titles}
    by_title = session.execute(
        select(Dataset.title_key, Dataset).where(
            Dataset.title_key.in_(keys), Dataset.merged_into_id.is_(None)
        )
    )
    by_alias = session.execute(
        select(DatasetAlias.key, Dataset)
        .join(Dataset, Dataset.id == DatasetAlias.dataset_id)
        .where(DatasetAlias.key.in_(keys), Dataset.merged_into_id.is_(None))
    )
    found: dict[str, list[Dataset]] = {}
    for key, dataset in [*by_title, *by_alias]:
        same = found.setdefault(key, [])
        if dataset not in same:
            same.append(dataset)
    return found


def search(session: Session, words: str, limit: int = 20, offset: int = 0) -> list[Dataset]:
    """Return unmerged datasets in whose title, other names, publisher or tags every word occurs, by title.

    No words: all of them. A plain LIKE, the same on both databases; % and _ are searched as they are.
    """
    return list(
        session.scalars(
            _found(select(Dataset), words)
            .options(selectinload(Dataset.publisher))
            .order_by(Dataset.title_key, Dataset.id)
            .limit(limit)
            .offset(offset)
        )
    )


def count_found(session: Session, words: str) -> int:
    """Return how many datasets `search` finds for these words, on all its pages."""
    return session.scalar(_found(select(func.count(Dataset.id)), words)) or 0


def _found(query: Select[Any], words: str) -> Select[Any]:
    query = query.where(Dataset.merged_into_id.is_(None))
    for word in normalised(words).split():
        query = query.where(Dataset.search_key.contains(word, autoescape=True))
    return query


def after_merges(session: Session, dataset: Dataset) -> Dataset:
    """Return the dataset that this one has become part of, or itself."""
    seen = {dataset.id}
    while dataset.merged_into_id is not None and dataset.merged_into_id not in seen:
        dataset = session.get_one(Dataset, dataset.merged_into_id)
        seen.add(dataset.id)
    return dataset


def all_for_matching(session: Session) -> list[Dataset]:
    """Return every unmerged dataset with its publisher, by id: the texts that rarity is counted over."""
    return list(
        session.scalars(
            select(Dataset)
            .where(Dataset.merged_into_id.is_(None))
            .options(selectinload(Dataset.publisher))
            .order_by(Dataset.id)
        )
    )


def search_text(dataset: Dataset, publisher: str, aliases: list[str]) -> str:
    """Return what `search` looks in for this dataset."""
    return normalised(" ".join([dataset.title, *aliases, publisher, *(dataset.tags or ())]))


def publishers(session: Session) -> dict[str, Publisher]:
    """Return every publisher by its key."""
    return {row.key: row for row in session.scalars(select(Publisher).order_by(Publisher.id))}


def find_or_add_publisher(session: Session, name: str) -> Publisher | None:
    """Return the publisher of this name in any case and spacing, added if new; None for no name."""
    name = " ".join(name.split())[:300]
    if not name:
        return None
    key = normalised(name)
    publisher = session.scalar(select(Publisher).where(Publisher.key == key))
    if publisher is None:
        publisher = Publisher(name=name, key=key)
        session.add(publisher)
        session.flush()
    return publisher
