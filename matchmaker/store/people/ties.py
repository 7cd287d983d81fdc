"""What ties people to an event, so that they cannot be taken off its list as if they had never been on it."""

from collections.abc import Collection

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from matchmaker.store.among import among
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.talks import TalkSeat


def tied(session: Session, event_id: int, person_ids: Collection[int]) -> set[int]:
    """Return who of these sits in a plan, or at or for a topic, or gave or received thanks at an event: one query."""
    return set(
        session.scalars(
            union(
                select(Seat.person_id)
                .join(Plan, Plan.id == Seat.plan_id)
                .where(Plan.event_id == event_id, among(Seat.person_id, person_ids)),
                select(TalkSeat.person_id)
                .join(Plan, Plan.id == TalkSeat.plan_id)
                .where(Plan.event_id == event_id, among(TalkSeat.person_id, person_ids)),
                select(TableTopic.host_id).where(
                    TableTopic.event_id == event_id, among(TableTopic.host_id, person_ids)
                ),
                select(Endorsement.giver_id).where(
                    Endorsement.event_id == event_id, among(Endorsement.giver_id, person_ids)
                ),
                select(Endorsement.receiver_id).where(
                    Endorsement.event_id == event_id, among(Endorsement.receiver_id, person_ids)
                ),
            )
        )
    )
