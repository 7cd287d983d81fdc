"""What ties people to an event, so that they cannot be taken off its list as if they had never been on it."""

from collections.abc import Collection

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from matchmaker.store.among import among
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.talks import TalkSeat


def tied(session: Session, event_id: int, person_ids: Collection[int]) -> set[int]:
    """Return who of these sits in a plan, or at or for a topic, or gave or received thanks at an event: one query."""
    seats = exists().where(Plan.event_id == event_id, Plan.id == Seat.plan_id, Seat.person_id == Person.id)
    at_topics = exists().where(
        Plan.event_id == event_id, Plan.id == TalkSeat.plan_id, TalkSeat.person_id == Person.id
    )
    hosts = exists().where(TableTopic.event_id == event_id, TableTopic.host_id == Person.id)
    gave = exists().where(Endorsement.event_id == event_id, Endorsement.giver_id == Person.id)
    received = exists().where(Endorsement.event_id == event_id, Endorsement.receiver_id == Person.id)
    # Each person is looked up until something ties them: what everybody has of each kind is ten times as much.
    ties = or_(seats, at_topics, hosts, gave, received)
    return set(session.scalars(select(Person.id).where(among(Person.id, person_ids), ties)))
