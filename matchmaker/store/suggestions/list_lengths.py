"""How long each list of suggestions was when it was last worked out, so that those somebody left can be told apart.

A list is short because somebody left it, or because there is nobody else whom its reader would have a reason to meet:
only the first can be filled again. Lists are shortened by whatever deletes suggestions, so what is kept is the length
of before, and not a mark that each of these would have to leave.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import ForeignKey, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.store.among import among
from matchmaker.store.base import Base
from matchmaker.store.suggestions.suggestions import Suggestion


class ListLength(Base):
    """That `entries` were found for the list of `person`, or that it has had so many since somebody joined it."""

    __tablename__ = "list_length"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    entries: Mapped[int]


def note(session: Session, event_id: int, lengths: Mapping[int, int], *, everybody: bool = False) -> None:
    """Keep how many entries were found for the lists of these people, and forget the others' for `everybody`.

    Who left, objected or was blocked while it was worked out is counted: their place is to be filled again.
    """
    _forget(session, event_id, None if everybody else lengths)
    if lengths:
        rows = [
            {"event_id": event_id, "person_id": one, "entries": entries} for one, entries in lengths.items()
        ]
        session.execute(insert(ListLength), rows)


def note_grown(session: Session, event_id: int, person_ids: Collection[int]) -> None:
    """Take these people's lists, which somebody joined, as full as they are now, but for those still shorter.

    Three statements.
    """
    grown = set(person_ids) - short(session, event_id, person_ids).keys()
    _forget(session, event_id, grown)
    now = (
        select(Suggestion.event_id, Suggestion.person_id, func.count())
        .where(Suggestion.event_id == event_id, among(Suggestion.person_id, grown))
        .group_by(Suggestion.event_id, Suggestion.person_id)
    )
    session.execute(insert(ListLength).from_select(["event_id", "person_id", "entries"], now))


def _forget(session: Session, event_id: int, person_ids: Collection[int] | None) -> None:
    gone = delete(ListLength).where(ListLength.event_id == event_id)
    if person_ids is not None:
        gone = gone.where(among(ListLength.person_id, person_ids))
    session.execute(gone, execution_options={"synchronize_session": False})


def short(session: Session, event_id: int, person_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return how many are left on each list that somebody left since it was worked out, by person id: one query.

    With `person_ids` only these people's.
    """
    left = (
        select(func.count())
        .select_from(Suggestion)
        .where(Suggestion.event_id == event_id, Suggestion.person_id == ListLength.person_id)
        .scalar_subquery()
    )
    query = select(ListLength.person_id, left).where(
        ListLength.event_id == event_id, left < ListLength.entries
    )
    if person_ids is not None:
        query = query.where(among(ListLength.person_id, person_ids))
    return {person_id: number for person_id, number in session.execute(query)}
