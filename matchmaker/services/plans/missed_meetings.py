"""How many meetings of the published plan somebody misses who comes later, or leaves earlier, than it knows."""

from datetime import datetime

from matchmaker.services.plans.hall import rounds_there
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans
from matchmaker.store.session import Session


def missed_meetings(session: Session, event: Event, registration: Registration, at: datetime) -> int:
    """Return how many meetings somebody has in rounds that have not begun and at which they are not there.

    Whoever would meet them hears of it only once another version is published. Two queries.
    """
    plan = plans.published(session, event.id)
    there = rounds_there(event, registration)
    missed = {one.number for one in event.rounds if one.starts_at > at and one.number not in there}
    if plan is None or not missed:
        return 0
    theirs = plans.meetings_of(session, plan.id, registration.person_id)
    return sum(one.round_number in missed for one in theirs)
