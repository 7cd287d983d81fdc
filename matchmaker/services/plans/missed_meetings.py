"""How many meetings of the published plan fall away as somebody comes later, or leaves earlier, than it knows."""

from datetime import datetime

from matchmaker.store.event.events import Event
from matchmaker.store.people import hours
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans
from matchmaker.store.session import Session


def missed_meetings(session: Session, event: Event, registration: Registration, at: datetime) -> int:
    """Return how many meetings somebody has in rounds that have not begun and at which they are not there.

    Whoever would meet them is told by the clock, as of any meeting that falls away. Two queries.
    """
    plan = plans.published(session, event.id)
    missed = hours.missed(event, registration) & {one.number for one in event.rounds if one.starts_at > at}
    if plan is None or not missed:
        return 0
    theirs = plans.meetings_of(session, plan.id, registration.person_id)
    return sum(one.round_number in missed for one in theirs)
