"""Following an event: how answers come in, which organisations meet, and what nobody there can help with."""

from dataclasses import dataclass
from datetime import date, datetime

from matchmaker.documents.plans.over_time import OverTime, over_time
from matchmaker.documents.plans.report import OrganisationMatrix
from matchmaker.services.event import report_event
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import needed_datasets
from matchmaker.store.event.events import Event
from matchmaker.store.people.answered import answered
from matchmaker.store.plans import plans
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

FEWEST_NEED = 3
"""From so many people on, who need a dataset, an organiser is told that nobody there can help."""

MOST_DATASETS = 20


@dataclass(frozen=True)
class Progress:
    """How an event is going; `grown` is None before anybody answered. The matrices hide small groups."""

    grown: OverTime | None
    wishes: OrganisationMatrix
    held: OrganisationMatrix
    unmet: list[tuple[Dataset, int]]


def progress(session: Session, event: Event, at: datetime) -> Progress:
    """Return how an event is going, as it stands. A fixed number of queries.

    Numbers by day end with the day of the event. A meeting took place if everybody in it was checked in.
    """
    people = answered(session, event.id)
    office = {one.person_id: one.organisation for one in people}
    here = {one.person_id for one in people if one.here}
    wishes = answers.introduced_at(session, event.id)
    plan = plans.published(session, event.id)
    planned = [one.people for one in sittings(session, plan.id)] if plan else []
    met = [group for group in planned if len(group) > 1 and here.issuperset(group)]

    def day(moment: datetime) -> date:
        return moment.astimezone(event.tz).date()

    happened = (
        ("People who said yes", [day(one.yes_at) for one in people if one.yes_at]),
        ("Profiles saved", [day(one.profile_at) for one in people if one.profile_at]),
        ("Pairs who both want to meet", [day(moment) for _, moment in wishes]),
    )
    latest = max((one for _, days in happened for one in days), default=day(at))
    return Progress(
        over_time(happened, min(max(day(at), latest), event.held_on)),
        report_event.matrix([pair for pair, _ in wishes if office.keys() >= {*pair}], office),
        report_event.matrix(met, office),
        needed_datasets.unmet(session, event.id, FEWEST_NEED, MOST_DATASETS),
    )
