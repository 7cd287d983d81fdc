"""The hall of an event: its rounds and tables, counted, paged and found by number."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, String, bindparam, case, cast, func, select

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
        func.count(case((meets, 1))),
        func.count(case((meets & HallTable.step_free, 1))),
        func.count(case((meets & HallTable.quiet, 1))),
        func.count(case((HallTable.for_topics, 1))),
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
    kind = (HallTable.seats, HallTable.step_free, HallTable.quiet, HallTable.for_topics)
    rows = session.execute(
        select(HallTable.number, *kind).where(HallTable.event_id == event_id).order_by(HallTable.number)
    )
    found: dict[tuple[int, bool, bool, bool], list[int]] = {}
    for number, seats, step_free, quiet, for_topics in rows:
        found.setdefault((seats, step_free, quiet, for_topics), []).append(number)
    return [TableKind(*words, tuple(numbers)) for words, numbers in found.items()]


def last_table(session: Session, event_id: int) -> int:
    """Return the highest number of an event's tables, 0 if it has none."""
    return session.scalar(_last_table(), {"event": event_id}) or 0


@cache
def _last_table() -> Select[int]:
    return select(func.max(HallTable.number)).where(HallTable.event_id == bindparam("event"))


def table_numbers(session: Session, event_id: int) -> list[int]:
    """Return the numbers of an event's tables for meetings, in order."""
    return sorted(map(int, (plainly(session, _table_numbers(), {"event": event_id}).scalar() or "").split()))


@cache
def _table_numbers() -> Select[str]:
    """Return the question of `table_numbers`: in one line, as a row for each of thousands takes twice as long."""
    here = HallTable.event_id == bindparam("event")
    numbers = func.aggregate_strings(cast(HallTable.number, String), " ")
    return select(numbers).where(here, HallTable.for_topics.is_(False))


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
