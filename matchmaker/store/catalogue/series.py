"""Series that datasets seem to belong to, and other rows that an organiser may tidy up in the catalogue."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import literal_column, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from matchmaker.store.among import among
from matchmaker.store.catalogue.datasets import Dataset

MADE = "series"
"""The source of series that an organiser made here."""


@dataclass(frozen=True)
class Hinted:
    """A dataset that seems to belong to a series; `settled` once an organiser decided about it."""

    id: int
    public_id: str
    title: str
    publisher_id: int | None
    hint: str
    settled: bool
    series_id: int | None


def hinted(session: Session) -> list[Hinted]:
    """Return every dataset that seems to belong to a series, by title."""
    # Written out, so that the database sees that an index holds all of them.
    rows = session.execute(
        select(
            Dataset.id, Dataset.public_id, Dataset.title, Dataset.publisher_id, Dataset.series_hint,
            Dataset.hint_settled, Dataset.series_id,
        )
        .where(
            Dataset.series_hint > literal_column("''"),
            Dataset.merged_into_id.is_(None),
            Dataset.is_series.is_(False),
        )
        .order_by(Dataset.title_key, Dataset.id)
    )  # fmt: skip
    return [Hinted(*row) for row in rows]


def settle(session: Session, ids: Collection[int], series_id: int | None = None) -> None:
    """Keep that an organiser decided about these datasets, and that they belong to a series if one is given."""
    values: dict[str, object] = {"hint_settled": True}
    if series_id is not None:
        values["series_id"] = series_id
    session.execute(
        update(Dataset)
        .where(among(Dataset.id, ids))
        .values(values)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def parent_listed(session: Session, title_key: str, publisher_id: int | None) -> Dataset | None:
    """Return the dataset of this title and publisher that may itself become the series, the oldest first."""
    return session.scalar(
        select(Dataset)
        .where(
            Dataset.title_key == title_key,
            Dataset.publisher_id == publisher_id if publisher_id else Dataset.publisher_id.is_(None),
            Dataset.merged_into_id.is_(None),
            Dataset.series_id.is_(None),
        )
        .order_by(Dataset.is_series.desc(), Dataset.id)
        .limit(1)
    )


def added_by_people(session: Session, source: str) -> list[Dataset]:
    """Return the datasets that people added because no catalogue lists them, newest first."""
    return list(
        session.scalars(
            select(Dataset)
            .where(Dataset.source == source, Dataset.merged_into_id.is_(None))
            .options(joinedload(Dataset.publisher))
            .order_by(Dataset.id.desc())
        )
    )


def of_publisher(session: Session, publisher_id: int) -> list[Dataset]:
    """Return the datasets of a publisher with all that their search words are made of."""
    return list(
        session.scalars(
            select(Dataset)
            .where(Dataset.publisher_id == publisher_id)
            .options(
                joinedload(Dataset.publisher),
                selectinload(Dataset.aliases),
                selectinload(Dataset.subjects),
            )
            .order_by(Dataset.id)
        )
    )
