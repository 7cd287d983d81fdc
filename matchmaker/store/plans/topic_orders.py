"""In which order each reader has the table topics, and why, as a job has found it: beside them, and safe to lose."""

from collections.abc import Collection, Mapping
from functools import cache

from sqlalchemy import ForeignKey, Select, String, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base, Json
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session, plainly

Ranked = tuple[tuple[int, str], ...]
"""The places of topics among those open to a reader, the closest first, each with why it is, in a sentence or ""."""


class TopicOrder(Base):
    """What was found for `person`; `made_from` is a digest of all that it was found from."""

    __tablename__ = "topic_order"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    made_from: Mapped[str] = mapped_column(String(64))
    ranked: Mapped[list[tuple[int, str]]] = mapped_column(Json)


def found_from(session: Session, event_id: int, person_id: int, made_from: str) -> Ranked | None:
    """Return what was found for a person from just this, if it was: one query."""
    asked = {"event": event_id, "person": person_id, "made_from": made_from}
    kept = plainly(session, _found_from(), asked).scalar()
    return None if kept is None else tuple((place, because) for place, because in kept)


@cache
def _found_from() -> Select[list[tuple[int, str]]]:
    return select(TopicOrder.ranked).where(
        TopicOrder.event_id == bindparam("event"),
        TopicOrder.person_id == bindparam("person"),
        TopicOrder.made_from == bindparam("made_from"),
    )


def marks(session: Session, event_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Return what the orders of these people at an event were found from, by person: one query."""
    query = select(TopicOrder.person_id, TopicOrder.made_from).where(
        TopicOrder.event_id == event_id, among(TopicOrder.person_id, person_ids)
    )
    return {person_id: made_from for person_id, made_from in session.execute(query)}


def keep(session: Session, event_id: int, found: Mapping[int, tuple[str, Ranked]]) -> None:
    """Keep what was found for these people, and from what, in place of what was kept. Two statements."""
    forget(session, event_id, found)
    rows = [
        {"event_id": event_id, "person_id": one, "made_from": made_from, "ranked": ranked}
        for one, (made_from, ranked) in found.items()
    ]
    if rows:
        session.execute(insert(TopicOrder), rows)


def forget(session: Session, event_id: int, person_ids: Collection[int]) -> None:
    """Remove what was found for these people: it quotes what they said of themselves."""
    here = TopicOrder.event_id == event_id, among(TopicOrder.person_id, person_ids)
    session.execute(delete(TopicOrder).where(*here), execution_options={"synchronize_session": False})


def forget_topics_of(session: Session, host_id: int) -> None:
    """Remove what was found for anybody at events where this person hosts a topic: it may quote them."""
    hosted = select(TableTopic.event_id).where(TableTopic.host_id == host_id)
    session.execute(
        delete(TopicOrder).where(TopicOrder.event_id.in_(hosted)),
        execution_options={"synchronize_session": False},
    )
