"""Where people sit next: the desk says it of everybody in its list."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy import CompoundSelect, Integer, bindparam, select, union_all
from sqlalchemy.orm import Session

from matchmaker.store.among import among_those
from matchmaker.store.plans.plans import Meeting, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat


@dataclass(frozen=True)
class NextPlace:
    """Where somebody sits next."""

    round_number: int
    table: int


def next_places(
    session: Session, plan_id: int, person_ids: list[int], rounds: Collection[int]
) -> dict[int, NextPlace]:
    """Return where each of these people sits first in these rounds of a plan, at a topic or not: one query."""
    asked = {"plan": plan_id, "people": person_ids, "rounds": [*rounds]}
    found: dict[int, tuple[int, int]] = {}
    # Asked past the mapper, which has nothing to do here: each has a place in every round.
    for person_id, number, table in session.connection().execute(_places(), asked).all():
        if person_id not in found or number < found[person_id][0]:
            found[person_id] = (number, table)
    return {person_id: NextPlace(*place) for person_id, place in found.items()}


@cache
def _places() -> CompoundSelect[int, int, int]:
    """Return the question of `next_places`, which is put together once."""
    plan_id = bindparam("plan", type_=Integer)
    meetings = (
        select(Seat.person_id, Meeting.round_number, Meeting.table_number)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(
            Seat.plan_id == plan_id,
            among_those(Seat.person_id, "people"),
            among_those(Seat.round_number, "rounds"),
        )
    )
    at_topics = (
        select(TalkSeat.person_id, Talk.round_number, Talk.table_number)
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .where(
            TalkSeat.plan_id == plan_id,
            Talk.topic_id.is_not(None),
            among_those(TalkSeat.person_id, "people"),
            among_those(TalkSeat.round_number, "rounds"),
        )
    )
    return union_all(meetings, at_topics)
