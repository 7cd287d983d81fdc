"""Say what has changed at an event since a version of its plan was made, in a few numbers."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.plans.hall import planned_for
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.store.event import hall
from matchmaker.store.event.events import Event
from matchmaker.store.people import profiles, registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.store.plans import planned_people
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


@dataclass(frozen=True)
class ChangedSincePlan:
    """What has changed since a plan was made."""

    left: int = 0
    joined: int = 0
    introductions: int = 0
    hall: bool = False
    """Whether its rounds or tables are not those of the event any more."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.left or self.joined or self.introductions or self.hall)


def changed_since(session: Session, event: Event, plan: Plan, at: datetime) -> ChangedSincePlan:
    """Return what has changed since a plan was made, as things stand. O(people and answers)."""
    left, joined = planned_people.count_changes(session, plan, begun(event, at))
    return ChangedSincePlan(
        left=left,
        joined=joined,
        introductions=_new_introductions(session, event, plan),
        hall=plan.rounds != [one.number for one in event.rounds]
        or plan.tables != hall.table_numbers(session, event.id),
    )


def _new_introductions(session: Session, event: Event, plan: Plan) -> int:
    """Return how many pairs agreed to meet since the plan was made and can be paired, whoever changed their mind."""
    new = set(answers.introductions(session, event.id)) - {(a, b) for a, b in plan.introduced}
    if not new:
        return 0
    both = {one for pair in new for one in pair}
    rows = registrations.of_people(session, event.id, both)
    coming = [row for row in rows if row.state in COMING]
    there = {row.person_id for row in planned_for(coming, unanswered=plan.unanswered)}
    return len({pair for pair in new if there.issuperset(pair)} - profiles.apart(session, event.id, both))
