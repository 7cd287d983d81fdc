"""The hall of an event: its rounds and tables, counted, paged and found by number."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, String, bindparam, cast, func, select

from matchmaker.store.event.events import HallTable, Round
from matchmaker.store.session import Session, plainly


@dataclass(frozen=True)
class TableCounts:
    """How many tables for meetings an event has, whether any is step-free, or quiet, and how many are for topics."""

    number: int
    step_free: bool
    quiet: bool
    for_topics: int


@dataclass(frozen=True)
class TableKind:
    """Tables that are alike, by number."""

    seats: int
    step_free: bool
    quiet: bool
    for_topics: bool
    numbers: tuple[int, ...]


def count_tables(session: Session, event_id: int) -> TableCounts:
    """Return the tables of an event in numbers: one query."""
    number, step_free, quiet, for_topics = plainly(session, _counts(), {"event": event_id}).one()
    return TableCounts(number, bool(step_free), bool(quiet), for_topics)


@cache
def _counts() -> Select[int, int, int, int]:
    meets = HallTable.for_topics.is_(False)
    return select(
        func.count().filter(meets),
        func.count().filter(meets, HallTable.step_free),
        func.count().filter(meets, HallTable.quiet),
        func.count().filter(HallTable.for_topics),
    ).where(HallTable.event_id == bindparam("event"))


def some_tables(session: Session, event_id: int, limit: int, offset: int) -> list[HallTable]:
    """Return some of an event's tables, in order."""
    asked = {"event": event_id, "limit": limit, "offset": offset}
    return list(session.scalars(_some_tables(), asked))


@cache
def _some_tables() -> Select[HallTable]:
    return (
        select(HallTable)
        .where(HallTable.event_id == bindparam("event"))
        .order_by(HallTable.number)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def kinds_of_tables(session: Session, event_id: int) -> list[TableKind]:
    """Return the tables of an event, those alike together, by their first number: one query."""
    rows = plainly(session, _kinds_of_tables(), {"event": event_id})
    kinds = [
        TableKind(seats, step_free, quiet, for_topics, _in_order(numbers))
        for seats, step_free, quiet, for_topics, numbers in rows
    ]
    return sorted(kinds, key=lambda one: one.numbers)


@cache
def _kinds_of_tables() -> Select[int, bool, bool, bool, str]:
    kind = (HallTable.seats, HallTable.step_free, HallTable.quiet, HallTable.for_topics)
    here = HallTable.event_id == bindparam("event")
    return select(*kind, _NUMBERS).where(here).group_by(*kind)


def last_table(session: Session, event_id: int) -> int:
    """Return the highest number of an event's tables, 0 if it has none."""
    return session.scalar(_last_table(), {"event": event_id}) or 0


@cache
def _last_table() -> Select[int]:
    return select(func.max(HallTable.number)).where(HallTable.event_id == bindparam("event"))


def table_numbers(session: Session, event_id: int) -> list[int]:
    """Return the numbers of an event's tables for meetings, in order."""
    return [*_in_order(plainly(session, _table_numbers(), {"event": event_id}).scalar() or "")]


@cache
def _table_numbers() -> Select[str]:
    here = HallTable.event_id == bindparam("event")
    return select(_NUMBERS).where(here, HallTable.for_topics.is_(False))


_NUMBERS = func.aggregate_strings(cast(HallTable.number, String), " ")
"""The numbers of tables in one line, as a row for each of thousands takes twice as long."""


def _in_order(numbers: str) -> tuple[int, ...]:
    return tuple(sorted(map(int, numbers.split())))


def numbers_between(session: Session, event_id: int, first: int, last: int) -> set[int]:
    """Return the numbers of an event's tables from one number to another."""
    return set(
        session.scalars(
            select(HallTable.number).where(
                HallTable.event_id == event_id, HallTable.number.between(first, last)
            )
        )
    )


def round_numbered(session: Session, event_id: int, number: int) -> Round | None:
    """Return the event's round of this number."""
    return session.scalar(select(Round).where(Round.event_id == event_id, Round.number == number))


def table_numbered(session: Session, event_id: int, number: int) -> HallTable | None:
    """Return the event's table of this number."""
    return session.scalar(select(HallTable).where(HallTable.event_id == event_id, HallTable.number == number))
