"""Publishers of datasets, and the other names that stand for them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from matchmaker.store.among import among
from matchmaker.store.base import Base, normalised

LONGEST_NAME = 300


class Publisher(Base):
    """Who publishes a dataset.

    `stands_alone` once an organiser has said that the name is no other spelling of one that looks like it.
    """

    __tablename__ = "publisher"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    key: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    stands_alone: Mapped[bool] = mapped_column(default=False)

    aliases: Mapped[list["PublisherAlias"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="PublisherAlias.name"
    )


class PublisherAlias(Base):
    """Another name or spelling of a publisher, such as EA; files that use it mean this publisher."""

    __tablename__ = "publisher_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    key: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)


class ListedPublisher(NamedTuple):
    """What a list of all publishers says of each."""

    id: int
    name: str
    stands_alone: bool


def listed(session: Session) -> list[ListedPublisher]:
    """Return all publishers, the oldest first: one query."""
    rows = session.execute(
        select(Publisher.id, Publisher.name, Publisher.stands_alone).order_by(Publisher.id)
    )
    return [ListedPublisher(*row) for row in rows]


def by_id(session: Session, publisher_id: int) -> Publisher | None:
    """Return the publisher with this inside id."""
    return session.get(Publisher, publisher_id)


def names(session: Session, publisher_ids: Collection[int]) -> dict[int, str]:
    """Return what these publishers are called: one query."""
    rows = session.execute(select(Publisher.id, Publisher.name).where(among(Publisher.id, publisher_ids)))
    return {id_: name for id_, name in rows}


def by_key(session: Session) -> dict[str, Publisher]:
    """Return every publisher by its key, and by those of its other names."""
    rows = {row.id: row for row in session.scalars(select(Publisher).order_by(Publisher.id))}
    aliases = session.execute(select(PublisherAlias.key, PublisherAlias.publisher_id))
    return {row.key: row for row in rows.values()} | {key: rows[owner] for key, owner in aliases}


def named(session: Session, name: str) -> Publisher | None:
    """Return the publisher of this name or other name, in any case and spacing."""
    key = key_of(name)
    return session.scalar(select(Publisher).where(Publisher.key == key)) or session.scalar(
        select(Publisher).join(PublisherAlias).where(PublisherAlias.key == key)
    )


def find_or_add(session: Session, name: str) -> Publisher | None:
    """Return the publisher of this name or other name, added if new; None for no name."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        return None
    publisher = named(session, name)
    if publisher is None:
        publisher = Publisher(name=name, key=key_of(name))
        session.add(publisher)
        session.flush()
    return publisher


def key_of(name: str) -> str:
    """Return a publisher's name as it is compared."""
    return normalised(" ".join(name.split())[:LONGEST_NAME])[:LONGEST_NAME]
