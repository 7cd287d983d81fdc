"""What of the published plan falls away as somebody comes later, or leaves earlier, than it knows."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.store.event.events import Event
from matchmaker.store.people import hours
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans, talks
from matchmaker.store.plans.table_topics import TopicState
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Missed:
    """How many meetings fall away, and the titles of the table topics that are not held without their host."""

    meetings: int = 0
    topics: tuple[str, ...] = ()


def missed_meetings(session: Session, event: Event, registration: Registration, at: datetime) -> Missed:
    """Return what somebody has in rounds that have not begun and at which they are not there.

    Whoever would meet them, or come to their topic, is told by the clock, as of anything that falls away. Three
    queries, and one for the people of talks.
    """
    plan = plans.published(session, event.id)
    missed = hours.missed(event, registration) & {one.number for one in event.rounds if one.starts_at > at}
    if plan is None or not missed:
        return Missed()
    me = registration.person_id
    hosted = [
        one.topic.title
        for one in talks.of_person(session, plan.id, me)
        if one.round_number in missed and one.topic.host_id == me and one.topic.state is TopicState.ACCEPTED
    ]
    theirs = plans.meetings_of(session, plan.id, me)
    return Missed(sum(one.round_number in missed for one in theirs), tuple(dict.fromkeys(hosted)))
