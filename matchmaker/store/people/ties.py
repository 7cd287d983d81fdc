"""What ties people to an event, so that they cannot be taken off its list as if they had never been on it."""

from sqlalchemy import exists, or_

from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.plans.talks import TalkSeat


def tied() -> Condition:
    """Return the condition that somebody sits in a plan or at a topic, hosts one, or gave or received thanks."""
    here, who = Registration.event_id, Registration.person_id
    # Each person is looked up until something ties them: what everybody has of each kind is ten times as much.
    return or_(
        exists().where(Plan.event_id == here, Plan.id == Seat.plan_id, Seat.person_id == who),
        exists().where(Plan.event_id == here, Plan.id == TalkSeat.plan_id, TalkSeat.person_id == who),
        exists().where(TableTopic.event_id == here, TableTopic.host_id == who),
        exists().where(Endorsement.event_id == here, Endorsement.giver_id == who),
        exists().where(Endorsement.event_id == here, Endorsement.receiver_id == who),
    )
