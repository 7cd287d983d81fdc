"""Which rows an event needs to run on a computer of its own, and nothing of other events.

Every table of the store has its place here; `tests/store/event/test_hall_rows.py` asks for it. What belongs to a
browser, a queue or an upload stays behind. Rows are told as values that JSON can hold, so that a row of one kind of
database can be compared with one of the other.
"""

import base64
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, TypeDecorator, or_, select
from sqlalchemy.types import Date, DateTime, LargeBinary, Time

from matchmaker.store import schema
from matchmaker.store.among import among
from matchmaker.store.archive_values import plain
from matchmaker.store.base import JsonObject, Numbers
from matchmaker.store.people.people import Person, mark_of
from matchmaker.store.people.personal import blank

Row = JsonObject
"""Column → value as JSON can hold it."""

STAY = frozenset({
    "attempt", "event_review", "file", "hall_copy", "import", "job", "kept_form", "label_change", "label_tally",
    "mail", "mailed_code", "personal_code", "plan_change", "plan_review", "profile_change", "publisher_tally",
    "sign_in", "topic_order",
})  # fmt: skip
"""Tables that are not taken out: of one browser, queue, upload or key, and what is kept beside plans, labels, topics.
Letters written in the hall come back."""
WORKED_OUT = frozenset({"suggestion", "text_meaning"})
"""Tables that are taken out and not brought back: they are worked out again from what was."""
OF_PEOPLE = frozenset({"address", "contribution", "dataset_use"})
"""Tables whose rows are somebody's, at whatever event."""
OF_DATASETS = frozenset({"dataset_alias", "dataset_subject", "dataset_term"})
SHARED = OF_PEOPLE | OF_DATASETS | {"dataset", "person", "publisher", "publisher_alias", "topic"}
"""Tables whose rows may be of several events, so that they may change on both sides at once."""
WITH_DETAILS = frozenset({"endorsement", "organiser", "registration"})
"""Tables whose rows name people of whom the hall needs more than their names: they sign in, or letters reach them."""


def taken() -> list[Table]:
    """Return the tables that are taken out, in the order in which they can be filled."""
    return [table for table in schema.metadata.sorted_tables if table.name not in STAY]


def brought_back() -> list[Table]:
    """Return the tables that are compared and brought back, in the order in which they can be filled."""
    return [table for table in taken() if table.name not in WORKED_OUT]


def of_event(table: Table) -> bool:
    """Whether every row of a table is of one event."""
    return table.name not in SHARED | STAY


def rows(connection: Connection, query: Select[Any]) -> Iterator[Row]:
    """Yield what a query finds as JSON can hold it."""
    for row in connection.execute(query).mappings():
        yield {name: plain(value) for name, value in row.items()}


def value(kind: Any, said: Any) -> Any:
    """Return what JSON holds as a column of this type takes it."""
    if said is None:
        return None
    if isinstance(kind, Numbers):
        return frozenset(int(one) for one in said.split(",") if one)
    inner = kind.impl if isinstance(kind, TypeDecorator) else kind
    for column_type, read in _READERS:
        if isinstance(inner, column_type):
            return read(said)
    return said


_READERS: tuple[tuple[Any, Any], ...] = (
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (LargeBinary, base64.b64decode),
)


def selected(connection: Connection, event_id: int) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Yield each table that is taken out with the rows that the event needs, references to others emptied.

    People: who is at the event, organises it, or is named by a row of it. Of those who are only named, as of somebody
    who is off the list and still kept apart from others, there are the name and marks of addresses, so that whoever
    lets them in finds who they are. Datasets: the catalogue, without those that people of other events added. Topics:
    those that its people chose.
    """
    chosen = _Chosen(connection, event_id)
    there: dict[str, set[Any]] = {}
    for table in taken():
        found = rows(connection, select(table).where(chosen.rule(table)).order_by(*table.primary_key))
        if table.name in ("person", "dataset", "publisher", "topic", "event"):
            kept = list(found)
            there[table.name] = {row["id"] for row in kept}
            found = iter(kept)
        if table.name in ("person", "address"):
            found = chosen.without_details(table, found)
        yield table, _without_others(table, found, there)


def _without_others(table: Table, found: Iterator[Row], there: dict[str, set[Any]]) -> Iterator[Row]:
    """Yield rows; who and what is not taken out is not named by them."""
    loose = [
        (column.name, key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
        if column.nullable and key.column.name == "id" and key.column.table.name in SHARED | {"event"}
    ]
    for row in found:
        for name, target in loose:
            if row[name] is not None and row[name] not in there[target]:
                row[name] = None
        yield row


class _Chosen:
    """The rows of one event: for each table, the rule by which they are found."""

    def __init__(self, connection: Connection, event_id: int) -> None:
        """Find the people and datasets first, on which the other rules stand."""
        self.event_id, self.connection = event_id, connection
        self.tables = schema.metadata.tables
        self.people = self._named("person")
        self.here = self._named("person", WITH_DETAILS)
        self.topics = self._named("topic")
        topic = self.tables["topic"].c
        self.topics |= self._ids(topic.merged_into_id, among(topic.id, self.topics))
        dataset = self.tables["dataset"].c
        named = self._named("dataset")
        for name in ("contribution", "dataset_use"):
            said = self.tables[name].c
            named |= self._ids(said.dataset_id, among(said.person_id, self.here))
        ours = or_(
            dataset.added_by_id.is_(None), among(dataset.added_by_id, self.here), among(dataset.id, named)
        )
        self.datasets = self._ids(dataset.id, ours)
        self.publishers = self._ids(dataset.publisher_id, ours)

    def rule(self, table: Table) -> ColumnElement[bool]:
        """Return which rows of a table are taken out."""
        by_id = {
            "event": {self.event_id}, "person": self.people, "dataset": self.datasets, "publisher": self.publishers,
            "topic": self.topics,
        }  # fmt: skip
        if table.name in by_id:
            return among(table.c.id, by_id[table.name])
        if table.name == "contribution":
            return among(table.c.person_id, self.here) & self._open_here(table)
        if table.name in OF_PEOPLE:
            return among(table.c.person_id, self.people if table.name == "address" else self.here)
        if table.name in OF_DATASETS:
            return among(table.c.dataset_id, self.datasets)
        if table.name == "publisher_alias":
            return among(table.c.publisher_id, self.publishers)
        return self._of_event(table)

    def without_details(self, table: Table, found: Iterator[Row]) -> Iterator[Row]:
        """Yield rows of people or addresses, with what the hall needs of those who are neither there nor thanked."""
        for row in found:
            if row["id" if table.name == "person" else "person_id"] in self.here:
                yield row
            elif table.name == "person":
                yield {**row, **blank(Person)}
            else:
                yield {**row, "email": mark_of(row["email"])}

    def _open_here(self, credits: Table) -> ColumnElement[bool]:
        """What another event keeps sealed would be open in the hall, so it stays."""
        endorsement = self.tables["endorsement"].c
        thanked = select(endorsement.contribution_id).where(endorsement.event_id == self.event_id)
        sealed = credits.c.sealed_by_id
        return or_(sealed.is_(None), sealed == self.event_id, credits.c.id.in_(thanked))

    def _ids(self, column: Any, rule: ColumnElement[bool]) -> set[int]:
        return set(self.connection.scalars(select(column).where(rule, column.is_not(None)).distinct()))

    def _of_event(self, table: Table) -> ColumnElement[bool]:
        """Return which rows of a table of events are of this one: by the event itself, or by what they belong to."""
        if "event_id" in table.c:
            return table.c.event_id == self.event_id
        for name, owner in (
            ("registration_id", "registration"),
            ("plan_id", "plan"),
            ("topic_id", "table_topic"),
        ):
            if name in table.c:
                ids = select(self.tables[owner].c.id).where(self.tables[owner].c.event_id == self.event_id)
                return table.c[name].in_(ids)
        raise AssertionError(f"say in hall_rows to what rows of {table.name} belong")

    def _named(self, target: str, tables: Collection[str] = ()) -> set[int]:
        """Return the ids of all rows of `target` that a row of this event names, in one of `tables` if there are."""
        found: set[int] = set()
        for table in taken():
            if not of_event(table) or table.name == "event" or (tables and table.name not in tables):
                continue
            for column in table.columns:
                points = {key.column.table.name for key in column.foreign_keys}
                # A contribution is named together with whose it is and of what.
                with_credit = table.name == "endorsement" and column.name == _WITH_CREDIT.get(target)
                if target in points or with_credit:
                    found |= self._ids(column, self._of_event(table))
        return found


_WITH_CREDIT = {"person": "receiver_id", "dataset": "dataset_id"}
"""Target → the column by which an endorsement names one through its contribution."""
