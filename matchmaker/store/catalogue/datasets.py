"""Datasets: entries of catalogues, with their publisher, series and other names."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.event import listens_for
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from matchmaker.store.among import among, among_those
from matchmaker.store.base import Base, Json, JsonObject, UtcDateTime, new_public_id, normalised, now
from matchmaker.store.catalogue import search_terms
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.session import Session, plainly

AT_ONCE = 500
LONGEST_TITLE = 1000
LONGEST_SUBJECT = 200
_HINTED = text("series_hint > ''")
_MERGED = text("merged_into_id IS NOT NULL")


class Dataset(Base):
    """An entry of a catalogue, known by (source, source_id); people may add one that no catalogue lists.

    A series is a row of its own (`is_series`): datasets that are one in people's minds, by month, by place, by
    survey. It is credited, thanked for and used like any dataset; its members point to it with `series_id`.
    `series_hint` is the series a dataset seems to belong to, as its catalogue or title says; `hint_settled` once
    an organiser has decided about it.
    `search_key` is title, other names, publisher and tags as they are compared, for one portable search.
    `keyed_by_title`: its catalogue gave no id, so `source_id` is made of publisher and title.
    `wordings` is what the catalogue says in each language: objects of language, title, description and tags.
    `in_last_import` false: the source no longer lists it; its credits stay.
    """

    __tablename__ = "dataset"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("series_id IS NULL OR NOT is_series", name="series_in_no_series"),
        Index("ix_dataset_title_key", "title_key"),
        Index("ix_dataset_hinted", "title_key", sqlite_where=_HINTED, postgresql_where=_HINTED),
        # Without the many that are merged into none, through all of which SQLite goes if it has looked at some alone.
        Index("ix_dataset_merged_into_id", "merged_into_id", sqlite_where=_MERGED, postgresql_where=_MERGED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
    source: Mapped[str] = mapped_column(String(100))
    source_id: Mapped[str] = mapped_column(String(1000))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    title_key: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    publisher_id: Mapped[int | None] = mapped_column(
        ForeignKey("publisher.id", ondelete="SET NULL"), index=True
    )
    is_series: Mapped[bool] = mapped_column(default=False)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("dataset.id", ondelete="SET NULL"), index=True)
    series_hint: Mapped[str] = mapped_column(String(1000), default="")
    hint_settled: Mapped[bool] = mapped_column(default=False)
    tags: Mapped[list[str]] = mapped_column(Json, default=list)
    wordings: Mapped[list[JsonObject]] = mapped_column(Json, default=list)
    licence: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(2000), default="")
    modified_on: Mapped[date | None]
    keyed_by_title: Mapped[bool] = mapped_column(default=False)
    in_last_import: Mapped[bool] = mapped_column(default=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("dataset.id", ondelete="SET NULL"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    publisher: Mapped[Publisher | None] = relationship()
    aliases: Mapped[list["DatasetAlias"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="DatasetAlias.name"
    )
    subjects: Mapped[list["DatasetSubject"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="DatasetSubject.key"
    )
    series: Mapped["Dataset | None"] = relationship(foreign_keys=[series_id], remote_side=[id])


class DatasetSubject(Base):
    """A tag or theme of a dataset, as a row, so that datasets can be found and counted by it."""

    __tablename__ = "dataset_subject"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))


class DatasetAlias(Base):
    """Another name people use for a dataset, such as MAGIC."""

    __tablename__ = "dataset_alias"
    __table_args__ = (UniqueConstraint("dataset_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(300), index=True)


def by_public_id(session: Session, public_id: str) -> Dataset | None:
    """Return the dataset an address in the browser names, without its other names, which two pages show."""
    return session.scalar(_named(), {"public_id": public_id})


@cache
def _named() -> Select[Dataset]:
    """Return the question of `by_public_id`, which is put together once, as are those below."""
    named = select(Dataset).where(Dataset.public_id == bindparam("public_id"))
    return named.options(joinedload(Dataset.publisher))


def series_of(session: Session, dataset_ids: Collection[int]) -> dict[int, int]:
    """Return the series of those of these datasets that belong to one."""
    rows = plainly(session, _series_of(), {"ids": [*dataset_ids]})
    return {dataset_id: series_id for dataset_id, series_id in rows if series_id is not None}


@cache
def _series_of() -> Select[int, int | None]:
    of_these = among_those(Dataset.id, "ids"), Dataset.series_id.is_not(None)
    return select(Dataset.id, Dataset.series_id).where(*of_these)


def by_public_ids(session: Session, public_ids: Collection[str]) -> list[Dataset]:
    """Return those of these datasets that are there, with their publishers, by id."""
    return list(
        session.scalars(
            select(Dataset)
            .where(among(Dataset.public_id, public_ids))
            .options(joinedload(Dataset.publisher))
            .order_by(Dataset.id)
        )
    )


def existing(session: Session, dataset_ids: Collection[int]) -> set[int]:
    """Return those of these datasets that are there: a fixed number of values a query."""
    ids = sorted(dataset_ids)
    found: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found |= set(session.scalars(select(Dataset.id).where(Dataset.id.in_(some))))
    return found


def hold(session: Session, dataset_ids: Collection[int]) -> None:
    """Read these datasets again as they are now, and let nobody else change them until the transaction ends."""
    query = select(Dataset).where(among(Dataset.id, dataset_ids)).order_by(Dataset.id)
    session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def by_ids(session: Session, dataset_ids: Collection[int]) -> list[Dataset]:
    """Return those of these datasets that were not merged, with their publishers, by title."""
    return list(session.scalars(_by_ids(), {"ids": [*dataset_ids]}))


@cache
def _by_ids() -> Select[Dataset]:
    return (
        select(Dataset)
        .where(among_those(Dataset.id, "ids"), Dataset.merged_into_id.is_(None))
        .options(joinedload(Dataset.publisher))
        .order_by(Dataset.title_key, Dataset.id)
    )


class Titled(NamedTuple):
    """What a list shows of a dataset; "" for a publisher that is not known."""

    public_id: str
    title: str
    publisher: str


def titled(session: Session, dataset_ids: Collection[int]) -> dict[int, Titled]:
    """Return those of these datasets that were not merged, by id, as a list shows them."""
    rows = plainly(session, _titled(), {"ids": [*dataset_ids]})
    return {id_: Titled(public_id, title, publisher or "") for id_, public_id, title, publisher in rows}


@cache
def _titled() -> Select[int, str, str, str | None]:
    shown = select(Dataset.id, Dataset.public_id, Dataset.title, Publisher.name)
    return shown.outerjoin(Dataset.publisher).where(
        among_those(Dataset.id, "ids"), Dataset.merged_into_id.is_(None)
    )


def series_titles(session: Session, dataset_ids: Collection[int]) -> dict[int, str]:
    """Return the title of the series that each of these datasets belongs to, or is; the others are left out."""
    series = aliased(Dataset)
    rows = session.execute(
        select(Dataset.id, series.title)
        .join(series, or_(series.id == Dataset.series_id, and_(Dataset.is_series, series.id == Dataset.id)))
        .where(among(Dataset.id, dataset_ids))
    )
    return {dataset_id: title for dataset_id, title in rows}


def members(session: Session, series_id: int) -> list[Dataset]:
    """Return the datasets of a series, by title, with their publishers."""
    return list(
        session.scalars(
            select(Dataset)
            .where(Dataset.series_id == series_id, Dataset.merged_into_id.is_(None))
            .options(joinedload(Dataset.publisher))
            .order_by(Dataset.title_key, Dataset.id)
        )
    )


def by_title(session: Session, title: str) -> list[Dataset]:
    """Return the unmerged datasets whose title or other name is exactly `title`, in any case and spacing."""
    key = normalised(title)
    return list(
        session.scalars(
            select(Dataset)
            .outerjoin(DatasetAlias)
            .where(or_(Dataset.title_key == key, DatasetAlias.key == key), Dataset.merged_into_id.is_(None))
            .options(joinedload(Dataset.publisher))
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
            among(Dataset.title_key, keys), Dataset.merged_into_id.is_(None)
        )
    )
    by_alias = session.execute(
        select(DatasetAlias.key, Dataset)
        .join(Dataset, Dataset.id == DatasetAlias.dataset_id)
        .where(among(DatasetAlias.key, keys), Dataset.merged_into_id.is_(None))
    )
    found: dict[str, list[Dataset]] = {}
    for key, dataset in [*by_title, *by_alias]:
        same = found.setdefault(key, [])
        if dataset not in same:
            same.append(dataset)
    return found


def titles_with(session: Session, signs: Collection[str]) -> set[str]:
    """Return the titles and other names of unmerged datasets, as they are compared, that hold any of these signs."""
    titles = select(Dataset.title_key).where(
        or_(*(Dataset.title_key.contains(sign) for sign in signs)), Dataset.merged_into_id.is_(None)
    )
    names = (
        select(DatasetAlias.key)
        .join(Dataset, Dataset.id == DatasetAlias.dataset_id)
        .where(or_(*(DatasetAlias.key.contains(sign) for sign in signs)), Dataset.merged_into_id.is_(None))
    )
    return {*session.scalars(titles), *session.scalars(names)}


def subject_name(session: Session, key: str) -> str:
    """Return a subject as its datasets write it, "" for one that no dataset has."""
    return session.scalar(select(func.min(DatasetSubject.name)).where(DatasetSubject.key == key)) or ""


def after_merges(session: Session, dataset: Dataset) -> Dataset:
    """Return the dataset that this one has become part of, or itself."""
    seen = {dataset.id}
    while dataset.merged_into_id is not None and dataset.merged_into_id not in seen:
        dataset = session.get_one(Dataset, dataset.merged_into_id)
        seen.add(dataset.id)
    return dataset


def any_there(session: Session) -> bool:
    """Return whether there is any dataset, of a catalogue or added by hand."""
    return session.scalar(_any_id()) is not None


@cache
def _any_id() -> Select[int]:
    return select(Dataset.id).limit(1)


def described(
    session: Session, dataset_ids: Collection[int] | None = None
) -> list[tuple[int, str, str, list[str]]]:
    """Return (id, title, description, tags) of these datasets, or of every unmerged one, by id: one query."""
    asked = {} if dataset_ids is None else {"datasets": [*dataset_ids]}
    rows = plainly(session, _described(some=dataset_ids is not None), asked)
    return [(id_, title, description, tags) for id_, title, description, tags in rows]


@cache
def _described(*, some: bool) -> Select[int, str, str, list[str]]:
    which = among_those(Dataset.id, "datasets") if some else Dataset.merged_into_id.is_(None)
    told = select(Dataset.id, Dataset.title, Dataset.description, Dataset.tags)
    return told.where(which).order_by(Dataset.id)


def other_names(session: Session) -> dict[int, list[str]]:
    """Return the other names of every dataset that has some, in order: one query."""
    rows = session.execute(select(DatasetAlias.dataset_id, DatasetAlias.name).order_by(DatasetAlias.name))
    found: dict[int, list[str]] = {}
    for dataset_id, name in rows:
        found.setdefault(dataset_id, []).append(name)
    return found


@listens_for(Session, "after_flush")
def _keep_search_terms(session: Session, _flushed: object) -> None:
    """Bring what datasets can be found by up to date with what was just written."""
    changed = [
        one
        for one in (*session.new, *session.dirty)
        if isinstance(one, Dataset)
        and (inspect(one).attrs.search_key.history.added or inspect(one).attrs.description.history.added)
    ]
    if changed:
        search_terms.keep(session, {one.id: _searched(one) for one in changed})


def _searched(dataset: Dataset) -> search_terms.Fields:
    return (
        dataset.title,
        [alias.name for alias in dataset.aliases],
        dataset.tags or (),
        dataset.description,
        _publisher_names(dataset),
    )


def _publisher_names(dataset: Dataset) -> list[str]:
    publisher = dataset.publisher
    return [publisher.name, *(one.name for one in publisher.aliases)] if publisher else []


def index(dataset: Dataset) -> None:
    """Bring what is searched and browsed up to date with title, other names, publisher and tags."""
    aliases = (alias.name for alias in dataset.aliases)
    names = [dataset.title, *aliases, *_publisher_names(dataset), *(dataset.tags or ())]
    dataset.title_key = normalised(dataset.title)[:LONGEST_TITLE]
    dataset.search_key = normalised(" ".join(names))
    wanted = {
        normalised(tag)[:LONGEST_SUBJECT]: tag[:LONGEST_SUBJECT] for tag in reversed(dataset.tags or ())
    }
    kept = {row.key: row for row in dataset.subjects if row.key in wanted}
    dataset.subjects = [
        kept.get(key) or DatasetSubject(key=key, name=name) for key, name in wanted.items() if key
    ]
