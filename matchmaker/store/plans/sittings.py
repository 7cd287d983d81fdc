"""The meetings of plans as plain values: what pages and sheets read of thousands of meetings at once."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from matchmaker.store.among import among
from matchmaker.store.base import JsonObject
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.plans.plans import Meeting, Seat
from matchmaker.store.session import Session


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


class Seated(NamedTuple):
    """A meeting of a kept plan with the names of who sits there, by their ids."""

    id: int
    round_number: int
    table_number: int
    names: dict[int, str]


def at_tables(session: Session, plan_id: int, tables: Collection[int]) -> list[Seated]:
    """Return the meetings of a plan at these tables, by round and table: one query."""
    return _seated(session, Meeting.plan_id == plan_id, among(Meeting.table_number, tables))


def with_people(session: Session, plan_id: int, people: Collection[int]) -> list[Seated]:
    """Return the meetings of a plan in which any of these people sit, by round and table: one query."""
    theirs = select(Seat.meeting_id).where(Seat.plan_id == plan_id, among(Seat.person_id, people))
    return _seated(session, Meeting.plan_id == plan_id, Meeting.id.in_(theirs))


def _seated(session: Session, *where: ColumnElement[bool]) -> list[Seated]:
    rows = session.execute(
        select(Meeting.id, Meeting.round_number, Meeting.table_number, Person.id, Person.name)
        .join(Seat, Seat.meeting_id == Meeting.id)
        .join(Person, Person.id == Seat.person_id)
        .where(*where)
        .order_by(Meeting.round_number, Meeting.table_number, Person.id)
    )
    found: dict[int, Seated] = {}
    for meeting, number, table, person, name in rows:
        found.setdefault(meeting, Seated(meeting, number, table, {})).names[person] = name
    return list(found.values())


def with_everybody_here(
    session: Session, event_id: int, plan_id: int, rounds: Collection[int]
) -> list[tuple[int, ...]]:
    """Return who sat in each meeting of a plan in these rounds, of two people or more, who were all checked in.

    One query.
    """
    here = select(Registration.person_id).where(
        Registration.event_id == event_id, Registration.presence == Presence.HERE
    )
    lacking = select(Seat.meeting_id).where(Seat.plan_id == plan_id, Seat.person_id.not_in(here))
    people: dict[int, list[int]] = {}
    for meeting, person in session.execute(
        select(Seat.meeting_id, Seat.person_id)
        .where(Seat.plan_id == plan_id, among(Seat.round_number, rounds), Seat.meeting_id.not_in(lacking))
        .order_by(Seat.meeting_id, Seat.person_id)
    ):
        people.setdefault(meeting, []).append(person)
    return [tuple(some) for some in people.values() if len(some) > 1]


def reasons(session: Session, plan_id: int) -> dict[int, list[JsonObject]]:
    """Return the reasons of each meeting of a plan, by its id, as in `Meeting.why`: one query."""
    rows = session.execute(select(Meeting.id, Meeting.why).where(Meeting.plan_id == plan_id))
    return {meeting: why for meeting, why in rows}
