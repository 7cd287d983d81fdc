"""Writing the meetings of a plan, copying and removing them, in bulk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, literal, select, text, update
from sqlalchemy.orm import aliased

from matchmaker.store.base import JsonObject
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Session

AT_ONCE = 2000
"""So many meetings are written by one statement."""


@dataclass(frozen=True)
class NewMeeting:
    """A meeting to keep; `why` as in Meeting."""

    round_number: int
    table_number: int
    people: tuple[int, ...]
    score: float
    why: list[JsonObject]
    locked: bool


def add_meetings(session: Session, plan: Plan, meetings: Iterable[NewMeeting]) -> None:
    """Add meetings with their seats to a plan, in bulk: two statements for some thousand.

    Of many, PostgreSQL is told after the first how large the table is: how it finds the meeting of a seat is decided
    once, and in a table that was empty it would go through all meetings of the round for every seat.
    """
    new = list(meetings)
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        # Asked for the ids in order, SQLAlchemy sends SQLite a statement a meeting.
        written = session.execute(
            insert(Meeting).returning(Meeting.id, Meeting.round_number, Meeting.table_number),
            [
                {
                    "plan_id": plan.id,
                    "round_number": one.round_number,
                    "table_number": one.table_number,
                    "score": one.score,
                    "why": one.why,
                    "locked": one.locked,
                }
                for one in some
            ],
        )
        ids = {(number, table): meeting_id for meeting_id, number, table in written}
        if start == 0 and len(new) > AT_ONCE and session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE meeting"))
        # Asked for what it inserts, SQLAlchemy sends a thousand rows in a statement, and not a statement a row.
        session.execute(
            insert(Seat).returning(Seat.meeting_id),
            [
                {
                    "meeting_id": ids[one.round_number, one.table_number],
                    "plan_id": plan.id,
                    "round_number": one.round_number,
                    "person_id": person,
                }
                for one in some
                for person in one.people
            ],
        )
    session.expire(plan, ["meetings"])


def remove_meetings(session: Session, plan: Plan) -> None:
    """Remove all meetings of a plan with their seats."""
    session.execute(
        delete(Meeting).where(Meeting.plan_id == plan.id), execution_options={"synchronize_session": False}
    )
    session.expire(plan, ["meetings"])


def copy_meetings(session: Session, plan: Plan, again: Plan) -> None:
    """Give a plan without meetings those of another, each seat with who stands in and who was told that it is off."""
    carried = ("round_number", "table_number", "score", "why", "locked")
    session.execute(
        insert(Meeting).from_select(
            ["plan_id", *carried],
            select(literal(again.id), *(getattr(Meeting, one) for one in carried)).where(
                Meeting.plan_id == plan.id
            ),
        )
    )
    old, new = aliased(Meeting), aliased(Meeting)
    same = (new.round_number == old.round_number) & (new.table_number == old.table_number)
    kept = ("person_id", "round_number", "stands_in", "off_since", "told_off_at")
    session.execute(
        insert(Seat).from_select(
            ["meeting_id", "plan_id", *kept],
            select(new.id, literal(again.id), *(getattr(Seat, one) for one in kept))
            .join(old, old.id == Seat.meeting_id)
            .join(new, (new.plan_id == again.id) & same)
            .where(Seat.plan_id == plan.id),
        )
    )
    session.expire(again, ["meetings"])


def note_stand_ins(session: Session, plan: Plan, named: Mapping[tuple[int, int], list[int]]) -> None:
    """Write beside each seat of a plan who could stand in there, by round number and person."""
    seats = session.execute(
        select(Seat.meeting_id, Seat.round_number, Seat.person_id).where(Seat.plan_id == plan.id)
    )
    rows = [
        {"meeting_id": meeting, "person_id": person, "stands_in": named[number, person]}
        for meeting, number, person in seats
        if named.get((number, person))
    ]
    if rows:
        session.execute(update(Seat), rows)
