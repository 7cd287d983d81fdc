"""How many people are in each part of an event's list, counted by the database."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select

from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session, plainly


class ListParts:
    """Parts of an event's list, by name, of everybody or of those who meet more conditions.

    How many are in each is one question, which is put together once for as long as this is kept.
    """

    def __init__(
        self,
        rules: Mapping[str, Condition],
        of: Collection[Condition] = (),
        *,
        beside: Mapping[str, Condition] | None = None,
    ) -> None:
        """Take what puts somebody into each part; somebody may be in several.

        With `beside`, which is what more there is to some of the rules, these are of state and presence alone: the
        database asks them of those who stand alike, in which order an index has them, and not of each.
        """
        self.standing, self.of, self.beside = rules, of, beside
        more = beside or {}
        self.rules = {name: and_(rule, more[name]) if name in more else rule for name, rule in rules.items()}

    @cached_property
    def question(self) -> Select[Any]:
        """How many people of an `event` are in each part, of those who stand alike or of all."""
        query = select(*self._counts()).select_from(Registration)
        query = query.where(Registration.event_id == bindparam("event"))
        if self.beside is not None:
            query = query.group_by(Registration.state, Registration.presence)
        return query.join(Registration.person).where(*self.of) if self.of else query

    def _counts(self) -> list[ColumnElement[Any]]:
        if self.beside is None:
            return [func.count().filter(rule).label(name) for name, rule in self.rules.items()]
        every = func.count()
        more = {name: every.filter(rule) for name, rule in self.beside.items()}
        return [
            case((rule, more.get(name, every)), else_=0).label(name) for name, rule in self.standing.items()
        ]


def count_parts(session: Session, event_id: int, parts: ListParts) -> dict[str, int]:
    """Return how many people of an event are in each part of the list: one query."""
    rows = plainly(session, parts.question, {"event": event_id}).all()
    return {name: sum(row[place] for row in rows) for place, name in enumerate(parts.rules)}
