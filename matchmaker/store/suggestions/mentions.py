"""Mentions: the datasets that matching found named in what people write, and which of them were not meant.

They are found again each time suggestions are worked out; only that something was not meant is the person's own word,
and stays.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlalchemy import ForeignKey, Index, Select, String, bindparam, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.store.among import among_those
from matchmaker.store.base import Base
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.session import Session, plainly

LONGEST_WORDS = 300
AT_ONCE = 500

Named = Sequence[tuple[int, str]]
"""What one person names: the dataset's id and the words."""


class DatasetMention(Base):
    """That a person's words at an event seem to name a dataset; `not_meant` once they said that they do not."""

    __tablename__ = "dataset_mention"
    __table_args__ = (
        Index("ix_dataset_mention_person_id", "person_id"),
        Index("ix_dataset_mention_dataset_id", "dataset_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    not_meant: Mapped[bool] = mapped_column(default=False)

    dataset: Mapped[Dataset] = relationship()


def of_person(session: Session, event_id: int, person_id: int) -> list[DatasetMention]:
    """Return what a person's words name, and what they said is not meant, by words and title: one query."""
    return list(
        session.scalars(
            select(DatasetMention)
            .join(DatasetMention.dataset)
            .where(
                DatasetMention.event_id == event_id,
                DatasetMention.person_id == person_id,
                Dataset.merged_into_id.is_(None),
            )
            .order_by(DatasetMention.words, Dataset.title_key, Dataset.id)
        )
    )


def not_meant(session: Session, event_id: int, people: Collection[int] | None = None) -> dict[int, set[int]]:
    """Return the datasets that people at an event, or these, said they do not mean, by person: one query."""
    asked = {"event": event_id} | ({} if people is None else {"people": [*people]})
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, dataset_id in plainly(session, _not_meant(some=people is not None), asked):
        found[person_id].add(dataset_id)
    return found


@cache
def _not_meant(*, some: bool) -> Select[int, int]:
    query = select(DatasetMention.person_id, DatasetMention.dataset_id).where(
        DatasetMention.event_id == bindparam("event"), DatasetMention.not_meant
    )
    return query.where(among_those(DatasetMention.person_id, "people")) if some else query


def keep(session: Session, event_id: int, found: Mapping[int, Named]) -> None:
    """Keep what these people name in place of what was kept; what they said is not meant stays."""
    here = DatasetMention.event_id == event_id
    ids = sorted(found)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        mine = DatasetMention.person_id.in_(some)
        session.execute(delete(DatasetMention).where(here, mine, ~DatasetMention.not_meant))
        kept = session.execute(select(DatasetMention.person_id, DatasetMention.dataset_id).where(here, mine))
        denied = {(person_id, dataset_id) for person_id, dataset_id in kept}
        rows = {
            (one, dataset_id): words[:LONGEST_WORDS]
            for one in some
            for dataset_id, words in found[one]
            if (one, dataset_id) not in denied
        }
        if rows:
            session.execute(
                insert(DatasetMention),
                [
                    {
                        "event_id": event_id,
                        "person_id": one,
                        "dataset_id": dataset_id,
                        "words": words,
                        "not_meant": False,
                    }
                    for (one, dataset_id), words in rows.items()
                ],
            )


def hand_over(session: Session, from_id: int, to_id: int) -> None:
    """Give what one person said is not meant to another person; what their words name is found again later."""
    said = select(DatasetMention).where(DatasetMention.person_id == from_id, DatasetMention.not_meant)
    for one in session.scalars(said):
        key = {"event_id": one.event_id, "person_id": to_id, "dataset_id": one.dataset_id}
        session.merge(DatasetMention(**key, words=one.words, not_meant=True))
    session.flush()


def hand_over_dataset(session: Session, from_id: int, to_id: int) -> None:
    """Move what people said they do not mean to the dataset that this one has become."""
    said = select(DatasetMention).where(DatasetMention.dataset_id == from_id, DatasetMention.not_meant)
    for one in session.scalars(said):
        key = {"event_id": one.event_id, "person_id": one.person_id, "dataset_id": to_id}
        session.merge(DatasetMention(**key, words=one.words, not_meant=True))
    session.execute(delete(DatasetMention).where(DatasetMention.dataset_id == from_id))
    session.flush()


def mean(
    session: Session, event_id: int, person_id: int, dataset_ids: Collection[int], *, meant: bool
) -> None:
    """Keep that a person does, or does not, mean these datasets with the words that seem to name them."""
    session.execute(
        update(DatasetMention)
        .where(
            DatasetMention.event_id == event_id,
            DatasetMention.person_id == person_id,
            DatasetMention.dataset_id.in_(dataset_ids),
        )
        .values(not_meant=not meant)
    )
