"""Where people sit next: the desk says it of everybody in its list."""

from collections.abc import Collection
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, null, select, union_all

from matchmaker.store.among import among_those
from matchmaker.store.plans.plans import Meeting, Seat
from matchmaker.store.plans.talks import Talk, TalkSeat
from matchmaker.store.session import Session, plainly


class NextPlace(NamedTuple):
    """Where somebody sits in a round; `meeting_id` is None at a topic."""

    round_number: int
    table: int
    meeting_id: int | None


def places_ahead(
    session: Session, plan_id: int, person_ids: list[int], rounds: Collection[int]
) -> dict[int, list[NextPlace]]:
    """Return where each of these people sits in these rounds of a plan, at a topic or not, in order: one query."""
    asked = {"plan": plan_id, "people": person_ids, "rounds": [*rounds]}
    found: dict[int, list[NextPlace]] = {}
    rows = plainly(session, _places(), asked).all()
    for person_id, *place in sorted(rows, key=itemgetter(1)):
        found.setdefault(person_id, []).append(NextPlace._make(place))
    return found


def people_of(session: Session, meeting_ids: Collection[int]) -> dict[int, list[int]]:
    """Return who sits at these meetings, by the id of each: one query."""
    found: dict[int, list[int]] = {}
    for meeting_id, person_id in plainly(session, _people(), {"meetings": [*meeting_ids]}):
        found.setdefault(meeting_id, []).append(person_id)
    return found


@cache
def _people() -> Select[int, int]:
    return select(Seat.meeting_id, Seat.person_id).where(among_those(Seat.meeting_id, "meetings"))


@cache
def _places() -> CompoundSelect[int, int, int, int | None]:
    """Return the question of `places_ahead`, which is put together once."""
    plan_id = bindparam("plan", type_=Integer)
    meetings = (
        select(Seat.person_id, Meeting.round_number, Meeting.table_number, Meeting.id)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(
            Seat.plan_id == plan_id,
            among_those(Seat.person_id, "people"),
            among_those(Seat.round_number, "rounds"),
        )
    )
    at_topics = (
        select(TalkSeat.person_id, Talk.round_number, Talk.table_number, null())
        .join(Talk, Talk.id == TalkSeat.talk_id)
        .where(
            TalkSeat.plan_id == plan_id,
            Talk.topic_id.is_not(None),
            among_those(TalkSeat.person_id, "people"),
            among_those(TalkSeat.round_number, "rounds"),
        )
    )
    return union_all(meetings, at_topics)
