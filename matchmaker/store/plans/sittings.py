"""The meetings of plans as plain values: what pages and sheets read of thousands of meetings at once."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, func, select

from matchmaker.store.among import among, among_those
from matchmaker.store.base import JsonObject
from matchmaker.store.people import namesakes
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Session, plainly


class Sat(NamedTuple):
    """A meeting of a kept plan; the fields are those of `Meeting`, and `people` the ids of who sits there."""

    id: int
    round_number: int
    table_number: int
    score: float
    locked: bool
    people: tuple[int, ...]


def sittings(session: Session, plan_id: int, round_number: int | None = None) -> list[Sat]:
    """Return the meetings of a plan, or of one round of it, by round and table; also those that have lost all people.

    Two queries.
    """
    seats = select(Seat.meeting_id, Seat.person_id).where(Seat.plan_id == plan_id)
    meetings = select(
        Meeting.id, Meeting.round_number, Meeting.table_number, Meeting.score, Meeting.locked
    ).where(Meeting.plan_id == plan_id)
    if round_number is not None:
        seats = seats.where(Seat.round_number == round_number)
        meetings = meetings.where(Meeting.round_number == round_number)
    seated: dict[int, list[int]] = {}
    for meeting, person in session.execute(seats.order_by(Seat.person_id)):
        seated.setdefault(meeting, []).append(person)
    rows = session.execute(meetings.order_by(Meeting.round_number, Meeting.table_number))
    return [Sat(*row, tuple(seated.get(row[0], ()))) for row in rows]


def tables_of(
    session: Session, plan_id: int, round_number: int, people: Collection[int], left_out: Collection[int]
) -> dict[int, int]:
    """Return at which table each of these people has a meeting of a plan in a round, but for those left out.

    One query, or none for nobody.
    """
    asked = {**_asked(plan_id, round_number, left_out), "people": [*people]}
    return {person: table for person, table in plainly(session, _tables_of(), asked)} if people else {}


@cache
def _tables_of() -> Select[int, int]:
    return (
        select(Seat.person_id, Meeting.table_number)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(*_in_round(), Seat.plan_id == bindparam("plan"), Seat.round_number == bindparam("round"))
        .where(among_those(Seat.person_id, "people"))
    )


def tables_taken(session: Session, plan_id: int, round_number: int, left_out: Collection[int]) -> list[int]:
    """Return at which tables a plan has meetings in a round, but for those left out, in order. One query."""
    # As one line: a row for each of a thousand tables takes several times as long.
    line = plainly(session, _taken(), _asked(plan_id, round_number, left_out)).scalar()
    return sorted(map(int, line.split())) if line else []


def at_tables(
    session: Session, plan_id: int, round_number: int, tables: Collection[int], left_out: Collection[int]
) -> list[Sat]:
    """Return the meetings that a plan has at these tables in a round, but for those left out, by table. One query."""
    asked = {**_asked(plan_id, round_number, left_out), "tables": [*tables]}
    found: dict[tuple[int, int, int, float, bool], list[int]] = {}
    for meeting, number, table, score, locked, person in plainly(session, _at_tables(), asked):
        people = found.setdefault((meeting, number, table, score, locked), [])
        if person is not None:
            people.append(person)
    return [Sat(*one, tuple(people)) for one, people in found.items()]


@cache
def _taken() -> Select[str]:
    return select(func.aggregate_strings(cast(Meeting.table_number, String), " ")).where(*_in_round())


@cache
def _at_tables() -> Select[int, int, int, float, bool, int | None]:
    return (
        select(
            Meeting.id,
            Meeting.round_number,
            Meeting.table_number,
            Meeting.score,
            Meeting.locked,
            Seat.person_id,
        )
        .outerjoin(Seat, Seat.meeting_id == Meeting.id)
        .where(*_in_round(), among_those(Meeting.table_number, "tables"))
        .order_by(Meeting.table_number, Seat.person_id)
    )


@cache
def _in_round() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a meeting is of a plan, in a round and not left out, as `_asked` says."""
    return (
        Meeting.plan_id == bindparam("plan"),
        Meeting.round_number == bindparam("round"),
        ~among_those(Meeting.id, "left_out"),
    )


def _asked(plan_id: int, round_number: int, left_out: Collection[int]) -> dict[str, Any]:
    return {"plan": plan_id, "round": round_number, "left_out": [*left_out]}


def seats_in(session: Session, plan_id: int, rounds: Collection[int]) -> list[tuple[int, int, int]]:
    """Return (round, meeting, person) for every seat of a plan in these rounds. One query."""
    rows = plainly(session, _seats_in(), {"plan": plan_id, "rounds": [*rounds]})
    return [(number, meeting, person) for number, meeting, person in rows]


@cache
def _seats_in() -> Select[int, int, int]:
    here = Seat.plan_id == bindparam("plan"), among_those(Seat.round_number, "rounds")
    return select(Seat.round_number, Seat.meeting_id, Seat.person_id).where(*here)


class Seated(NamedTuple):
    """A meeting of a kept plan with the names of who sits there, by their ids; namesakes are told apart."""

    id: int
    round_number: int
    table_number: int
    names: dict[int, str]


def names_at(
    session: Session, plan: Plan, tables: Collection[int], left_out: Collection[int]
) -> dict[tuple[int, int], list[str]]:
    """Return who sits at these tables in the rounds of a plan, by table and round, but in meetings left out.

    Two queries.
    """
    asked = {"plan": plan.id, "rounds": plan.rounds, "tables": [*tables]}
    rows = plainly(session, _of_tables(), asked).all()
    told = namesakes.told(session, plan.event_id, {row[3] for row in rows})
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for meeting, number, table, person, name in rows:
        if meeting not in left_out:
            found[table, number].append(told[person].alone if person in told else name)
    return found


@cache
def _of_tables() -> Select[int, int, int, int, str]:
    # By its rounds, too: SQLite would go through the meetings at all tables.
    return _seats_named().where(
        among_those(Meeting.round_number, "rounds"), among_those(Meeting.table_number, "tables")
    )


def meetings_of(plan_id: int, people: Collection[int]) -> Select[int]:
    """Return the question for the meetings of a plan in which any of these people sit.

    Read by person: SQLite would go through every seat of the plan, as it does not know how few sit there for one.
    """
    return select(Seat.meeting_id).where(Seat.plan_id + 0 == plan_id, among(Seat.person_id, people))


def with_people(session: Session, plan: Plan, people: Collection[int]) -> list[Seated]:
    """Return the meetings of a plan in which any of these people sit, by round and table: two queries."""
    question = _seats_named().where(Meeting.id.in_(meetings_of(plan.id, people)))
    rows = plainly(session, question, {"plan": plan.id}).all()
    told = namesakes.told(session, plan.event_id, {person for _, _, _, person, _ in rows})
    found: dict[int, Seated] = {}
    for meeting, number, table, person, name in rows:
        if meeting not in found:
            found[meeting] = Seated(meeting, number, table, {})
        found[meeting].names[person] = told[person].alone if person in told else name
    return list(found.values())


@cache
def _seats_named() -> Select[int, int, int, int, str]:
    """Return the question for who sits in each meeting of a `plan`, by round and table.

    In the order of seats, which an index has: by the people themselves SQLite sorts them all.
    """
    return (
        select(Meeting.id, Meeting.round_number, Meeting.table_number, Person.id, Person.name)
        .join(Seat, Seat.meeting_id == Meeting.id)
        .join(Person, Person.id == Seat.person_id)
        .where(Meeting.plan_id == bindparam("plan"))
        .order_by(Meeting.round_number, Meeting.table_number, Seat.person_id)
    )


def reasons(session: Session, plan_id: int) -> dict[int, list[JsonObject]]:
    """Return the reasons of each meeting of a plan, by its id, as in `Meeting.why`: one query."""
    rows = session.execute(select(Meeting.id, Meeting.why).where(Meeting.plan_id == plan_id))
    return {meeting: why for meeting, why in rows}
