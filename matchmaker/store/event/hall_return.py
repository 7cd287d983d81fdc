"""Applying what was changed in the hall, row by row, to the rows that are here.

Each column that changed there is written here if it is still as it was taken out. Where it was changed here too,
which only people's own choices can do, what was said here holds, and the difference is told. So nothing is
overwritten unseen, and what is gone here stays gone, with all that hangs on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    Integer,
    Table,
    UniqueConstraint,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from matchmaker.store import schema
from matchmaker.store.among import among
from matchmaker.store.archive_values import plain
from matchmaker.store.event.hall_file import HallFileError
from matchmaker.store.event.hall_installation import BATCH, RowChange
from matchmaker.store.event.hall_rows import SHARED, Row, value

PARKED = 1_000_000
"""What is added to numbers that change places, while they do."""


@dataclass(frozen=True)
class RowDifference:
    """A value that was changed on both sides: `here` holds. `row` is as it was in the hall, or before it went."""

    table: str
    column: str
    row: Row
    here: Any
    in_hall: Any


@dataclass
class Applied:
    """What was done: rows by table, differences, and what is left to whoever knows what people are.

    `same_person`: pairs of the id of somebody known here and of one made in the hall with the same address.
    """

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    fell_away: int = 0
    differences: list[RowDifference] = field(default_factory=list)
    same_person: list[tuple[int, int]] = field(default_factory=list)


def apply(connection: Connection, changes: dict[str, list[RowChange]]) -> Applied:
    """Apply the changes of all tables in the caller's transaction, and return what was done."""
    work = _Return(connection, Applied(), _gone_people(connection, changes))
    tables = [table for table in schema.metadata.sorted_tables if table.name in changes]
    for table in reversed(tables):
        work.remove(table, [one for one in changes[table.name] if one.new is None])
    for table in tables:
        work.change(table, [one for one in changes[table.name] if one.old and one.new])
        work.add(table, [one.new for one in changes[table.name] if one.old is None and one.new])
    return work.applied


def _gone_people(connection: Connection, changes: dict[str, list[RowChange]]) -> set[int]:
    """Return whom the rows from the hall name and who is neither known here nor new there."""
    named: set[int] = set()
    for name, some in changes.items():
        columns = [
            column.name
            for column in schema.metadata.tables[name].columns
            if any(key.column.table.name == "person" for key in column.foreign_keys)
        ]
        named |= {row[column] for one in some for row in (one.old, one.new) if row for column in columns}
    new = {one.new["id"] for one in changes.get("person", []) if one.old is None and one.new}
    person = schema.metadata.tables["person"]
    here = set(connection.scalars(select(person.c.id).where(among(person.c.id, named))))
    return named - here - new - {None}


@dataclass
class _Return:
    """One bringing back: `ids` has, for each table, the rows made in the hall that are here under another id."""

    connection: Connection
    applied: Applied
    gone_people: set[int]
    ids: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def remove(self, table: Table, changes: Iterable[RowChange]) -> None:
        """Take away rows that are gone in the hall, unless somebody changed them here."""
        for one in changes:
            assert one.old is not None
            here = self._row(table, one.old)
            if here is None:
                continue
            touched = next(
                (
                    column.name
                    for column in table.columns
                    if not column.foreign_keys and here[column.name] != one.old[column.name]
                ),
                None,
            )
            if touched is not None:
                self._differ(table, touched, one.old, here[touched], None)
                continue
            self.connection.execute(delete(table).where(_key(table, one.old)))
            _count(self.applied.gone, table)

    def change(self, table: Table, changes: Iterable[RowChange]) -> None:
        """Write the columns that were changed in the hall, where they are here as they were taken out."""
        waiting: list[tuple[Row, dict[str, Any]]] = []
        for one in changes:
            assert one.old is not None
            assert one.new is not None
            here = self._row(table, one.old)
            wanted = self._wanted(table, one.old, one.new, here) if here is not None else {}
            if wanted:
                waiting.append((one.new, wanted))
        left = self._write(table, waiting)
        if left and table.name not in SHARED:
            left = self._change_places(table, left)
        for row, wanted in left:
            for name, said in wanted.items():
                self._differ(table, name, row, None, plain(said))

    def _change_places(
        self, table: Table, left: list[tuple[Row, dict[str, Any]]]
    ) -> list[tuple[Row, dict[str, Any]]]:
        """Write rows that take each other's numbers: these wait beside the others until all are free."""
        for row, wanted in left:
            counted = {name for name in wanted if isinstance(table.c[name].type, Integer)}
            moved = {name: wanted[name] + PARKED for name in counted if wanted[name] is not None}
            if moved:
                self.connection.execute(update(table).where(_key(table, row)).values(moved))
        still = self._write(table, left)
        if still:
            raise HallFileError(
                f"{len(still)} rows of “{table.name}” stand in the way of each other. Nothing was changed. "
                "Keep the file, and ask whoever looks after this installation."
            )
        return []

    def add(self, table: Table, new: Iterable[Row]) -> None:
        """Put in rows that are new in the hall; what is here already under another id is known by it from now on."""
        ready = []
        for row in new:
            row = self._here(table, row)
            if table.name == "meeting":
                row["why"] = [
                    one for one in row["why"] if not {one.get("reader"), one.get("other")} & self.gone_people
                ]
            # Rows without an id of their own may have been made alike on both sides, also those of one event.
            may_be_here = table.name in SHARED or "id" not in table.c
            if not (may_be_here and self._known(table, row)):
                ready.append(row)
        for start in range(0, len(ready), BATCH):
            some = self._with_parents(table, ready[start : start + BATCH])
            values = [{c.name: value(c.type, row[c.name]) for c in table.columns} for row in some]
            if values:
                self.connection.execute(insert(table), values)
                _count(self.applied.new, table, len(values))

    def _row(self, table: Table, old: Row) -> Row | None:
        found = self.connection.execute(select(table).where(_key(table, old))).mappings().one_or_none()
        return None if found is None else {name: plain(said) for name, said in found.items()}

    def _wanted(self, table: Table, old: Row, new: Row, here: Row) -> dict[str, Any]:
        """Return what to write into a row that is here."""
        ours, wanted = self._here(table, new), {}
        for column in table.columns:
            name = column.name
            if old[name] == new[name] or here[name] == ours[name]:
                continue
            if here[name] != old[name]:
                self._differ(table, name, new, here[name], new[name])
            elif self._parent_is_here(table, name, ours):
                wanted[name] = value(column.type, ours[name])
        return wanted

    def _parent_is_here(self, table: Table, name: str, row: Row) -> bool:
        keys = [key for key in table.c[name].foreign_keys if key.column.name == "id"]
        if row[name] is None or not keys:
            return True
        target = keys[0].column
        return self.connection.scalar(select(target).where(target == row[name])) is not None

    def _write(
        self, table: Table, waiting: list[tuple[Row, dict[str, Any]]]
    ) -> list[tuple[Row, dict[str, Any]]]:
        """Write what can be, again and again while one makes room for another; return what cannot."""
        while waiting:
            left = []
            for row, wanted in waiting:
                try:
                    with self.connection.begin_nested():
                        self.connection.execute(update(table).where(_key(table, row)).values(wanted))
                except IntegrityError:
                    left.append((row, wanted))
                else:
                    _count(self.applied.changed, table)
            if len(left) == len(waiting):
                return left
            waiting = left
        return []

    def _here(self, table: Table, row: Row) -> Row:
        """Return a row of the hall that names others by the ids they have here."""
        here = dict(row)
        for name in row:
            known = self.ids.get(_target(table, name))
            if known is not None:
                here[name] = known.get(row[name], row[name])
        return here

    def _known(self, table: Table, row: Row) -> bool:
        """Whether a row that is new in the hall is here already; then it goes by its id here."""
        for names in _unique(table):
            same = and_(*(table.c[name] == value(table.c[name].type, row[name]) for name in names))
            there = self.connection.execute(select(table).where(same)).mappings().first()
            if there is None:
                continue
            if table.name == "address" and there["person_id"] != row["person_id"]:
                self.applied.same_person.append((there["person_id"], row["person_id"]))
            if "id" in table.c:
                self.ids.setdefault(table.name, {})[row["id"]] = there["id"]
            return True
        return False

    def _with_parents(self, table: Table, some: list[Row]) -> list[Row]:
        """Return the rows whose people, datasets and so on are here; others lose the reference, or fall away."""
        for constraint in table.foreign_key_constraints:
            names = [column.name for column in constraint.columns]
            there = self._parents(constraint, {row[names[0]] for row in some})
            kept = []
            for row in some:
                said = tuple(row[name] for name in names)
                if None in said or said in there:
                    kept.append(row)
                elif constraint.ondelete == "SET NULL":
                    kept.append({**row, **dict.fromkeys(names)})
                else:
                    self.applied.fell_away += 1
            some = kept
        return some

    def _parents(self, constraint: ForeignKeyConstraint, first: set[Any]) -> set[tuple[Any, ...]]:
        targets = [key.column for key in constraint.elements]
        found = self.connection.execute(select(*targets).where(among(targets[0], first)))
        return {tuple(plain(one) for one in row) for row in found}

    def _differ(self, table: Table, column: str, row: Row, here: Any, in_hall: Any) -> None:
        self.applied.differences.append(RowDifference(table.name, column, row, here, in_hall))


def _target(table: Table, name: str) -> str:
    """Return the table whose id a column holds, also where it is named through another that holds it; "" for none."""
    column = table.c[name]
    for key in column.foreign_keys:
        if key.column.name == "id":
            return key.column.table.name
        return _target(key.column.table, key.column.name)
    return ""


def _unique(table: Table) -> list[list[str]]:
    """Return the columns by which a row of a table that events share is the same one everywhere."""
    found = [[c.name for c in one.columns] for one in table.constraints if isinstance(one, UniqueConstraint)]
    found += [[c.name for c in one.columns] for one in table.indexes if one.unique]
    if "id" not in table.c:
        found.append([column.name for column in table.primary_key])
    return [names for names in found if "id" not in names]


def _key(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def _count(counts: dict[str, int], table: Table, more: int = 1) -> None:
    counts[table.name] = counts.get(table.name, 0) + more
