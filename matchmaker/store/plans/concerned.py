"""Whom a version of the plan seats in a round or at some tables: counted by the database, and the first by name."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select, union

from matchmaker.store.among import among
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Session, plainly


@dataclass(frozen=True)
class Concerned:
    """How many people a change concerns, and the first of them by name, each with their organisation."""

    count: int
    first: list[tuple[str, str]]


def in_round(session: Session, plan: Plan, number: int, most: int) -> Concerned:
    """Return who has a seat in a round, in a meeting or at a talk: one query."""
    return _concerned(
        session,
        select(Seat.person_id).where(Seat.plan_id == plan.id, Seat.round_number == number),
        select(TalkSeat.person_id).where(TalkSeat.plan_id == plan.id, TalkSeat.round_number == number),
        most,
    )


def at_tables(session: Session, plan: Plan, tables: Collection[int], most: int) -> Concerned:
    """Return who has a seat at one of these tables, in a meeting or at a talk: one query.

    Its rounds are named, so that the database finds each table by plan, round and number.
    """
    meetings = select(Seat.person_id).join(Meeting, Meeting.id == Seat.meeting_id)
    talks = select(TalkSeat.person_id).join(Talk, Talk.id == TalkSeat.talk_id)
    return _concerned(
        session,
        meetings.where(
            Meeting.plan_id == plan.id,
            among(Meeting.round_number, plan.rounds),
            among(Meeting.table_number, tables),
        ),
        talks.where(
            Talk.plan_id == plan.id, among(Talk.round_number, plan.rounds), among(Talk.table_number, tables)
        ),
        most,
    )


def _concerned(session: Session, meetings: Select[int], talks: Select[int], most: int) -> Concerned:
    # Counted apart: beside each name, SQLite keeps all names to give the first of them.
    ids = union(meetings, talks).cte()
    every = select(func.count()).select_from(ids).scalar_subquery()
    question = (
        select(Person.name, Person.organisation, every)
        .join(ids, ids.c.person_id == Person.id)
        .order_by(Person.place_key, Person.id)
        .limit(most)
    )
    rows = plainly(session, question, {}).all()
    return Concerned(rows[0][2] if rows else 0, [(name, organisation) for name, organisation, _ in rows])
