"""Writing the meetings of a plan, and removing them, in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert

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
    """Add meetings with their seats to a plan, in bulk: two statements for some thousand."""
    new = list(meetings)
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        ids = session.scalars(
            insert(Meeting).returning(Meeting.id, sort_by_parameter_order=True),
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
        session.execute(
            insert(Seat),
            [
                {
                    "meeting_id": meeting_id,
                    "plan_id": plan.id,
                    "round_number": one.round_number,
                    "person_id": person,
                }
                for meeting_id, one in zip(ids, some, strict=True)
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
