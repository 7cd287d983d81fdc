"""Titles that people named in a list and no dataset has yet: kept until a catalogue brings them."""

import enum
from collections.abc import Collection
from functools import cache

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from matchmaker.store.among import among, among_those
from matchmaker.store.base import Base, choice, one_of
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.people.registrations import Registration

LONGEST_TITLE = 500


class NamedAs(enum.StrEnum):
    """What somebody said they have to do with a dataset; of two uses the later one says more."""

    MADE = "made"
    USES = "uses"
    WANTS = "wants"
    STUCK = "stuck"


class WaitingTitle(Base):
    """That a registered person named a dataset by a title; `title_key` is how titles are compared."""

    __tablename__ = "waiting_title"
    __table_args__ = (UniqueConstraint("registration_id", "title_key", "kind"), one_of("kind", NamedAs))

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    title_key: Mapped[str] = mapped_column(String(LONGEST_TITLE), index=True)
    kind: Mapped[NamedAs] = mapped_column(choice(NamedAs))

    registration: Mapped[Registration] = relationship()


def of_registrations(session: Session, registration_ids: Collection[int]) -> list[WaitingTitle]:
    """Return what these registrations wait for, in the order it was named: one query."""
    return list(session.scalars(_of_registrations(), {"registrations": [*registration_ids]}))


@cache
def _of_registrations() -> Select[WaitingTitle]:
    theirs = among_those(WaitingTitle.registration_id, "registrations")
    return select(WaitingTitle).where(theirs).order_by(WaitingTitle.id)


def that_have_come(session: Session) -> list[WaitingTitle]:
    """Return those titles, of all events, that some dataset has by now, with the registrations: two queries.

    Nobody else links them until the transaction ends.
    """
    titles = select(Dataset.title_key).where(Dataset.merged_into_id.is_(None))
    names = (
        select(DatasetAlias.key)
        .join(Dataset, Dataset.id == DatasetAlias.dataset_id)
        .where(Dataset.merged_into_id.is_(None))
    )
    query = (
        select(WaitingTitle)
        .where(or_(WaitingTitle.title_key.in_(titles), WaitingTitle.title_key.in_(names)))
        .options(joinedload(WaitingTitle.registration))
        .order_by(WaitingTitle.id)
        .with_for_update(of=WaitingTitle)
    )
    return list(session.scalars(query))


def keys(session: Session) -> set[str]:
    """Return all titles that anybody waits for, as they are compared."""
    return set(session.scalars(select(WaitingTitle.title_key).distinct()))


def of_whoever_waits_for(session: Session, titles: Collection[str]) -> list[WaitingTitle]:
    """Return all that those wait for who wait for any of these, as they are compared: of all events, one query.

    In the order it was named. Nobody else links them until the transaction ends.
    """
    whose = select(WaitingTitle.registration_id).where(among(WaitingTitle.title_key, titles))
    query = select(WaitingTitle).where(WaitingTitle.registration_id.in_(whose)).order_by(WaitingTitle.id)
    return list(session.scalars(query.with_for_update(of=WaitingTitle)))
