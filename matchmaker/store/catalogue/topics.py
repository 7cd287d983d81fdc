"""Topics: subjects from a shared, mergeable vocabulary."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.base import Base, normalised


class Topic(Base):
    """A subject; one that was merged points to the one that took its place."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(100), unique=True)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("topic.id", ondelete="SET NULL"), index=True
    )


def find_or_add(session: Session, name: str) -> Topic:
    """Return the topic called `name` in any case and spacing, following merges; add it if there is none."""
    name = " ".join(name.split())[:100]
    key = normalised(name)
    topic = session.scalar(select(Topic).where(Topic.key == key))
    if topic is None:
        topic = Topic(name=name, key=key)
        session.add(topic)
        session.flush()
    while topic.merged_into_id is not None:
        topic = session.get_one(Topic, topic.merged_into_id)
    return topic


def by_key(session: Session) -> dict[str, Topic]:
    """Return every topic by its key, merged ones under theirs as the topic that took their place."""
    rows = {row.id: row for row in session.scalars(select(Topic).order_by(Topic.id))}
    found = {}
    for row in rows.values():
        topic = row
        while topic.merged_into_id is not None:
            topic = rows[topic.merged_into_id]
        found[row.key] = topic
    return found
