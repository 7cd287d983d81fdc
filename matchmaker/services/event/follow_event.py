"""Following an event: how answers come in, which organisations meet, and what nobody there can help with."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from matchmaker.documents.plans.over_time import OverTime, over_time
from matchmaker.documents.plans.report import OrganisationMatrix
from matchmaker.matching.organisations import in_one_spelling
from matchmaker.services.event import report_event
from matchmaker.store.credits import needed_datasets
from matchmaker.store.credits.needed_datasets import NeededDataset
from matchmaker.store.event.events import Event
from matchmaker.store.people import answered, comers
from matchmaker.store.people.answered import Counted
from matchmaker.store.plans import plans
from matchmaker.store.plans.sittings import with_everybody_here
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

FEWEST_NEED = 3
"""From so many people on, who need a dataset, an organiser is told that nobody there can help."""

MOST_DATASETS = 20


@dataclass(frozen=True)
class Progress:
    """How an event is going; `grown` is None before anybody answered. The matrices hide small groups.

    `unmet` are datasets that FEWEST_NEED people need and nobody there can help with, of those that are `needed`.
    """

    grown: OverTime | None
    wishes: OrganisationMatrix
    held: OrganisationMatrix
    unmet: list[NeededDataset]
    needed: bool


def progress(session: Session, event: Event, at: datetime) -> Progress:
    """Return how an event is going, as it stands. A number of queries that does not grow with the event.

    Numbers by day end with the day of the event. A meeting took place if its round is over and everybody in
    it was checked in.
    """
    wishes = answers.introduced_at(session, event.id)
    asked = answered.offices(session, event.id, {one for pair, _ in wishes for one in pair})
    office = in_one_spelling(asked)
    here = in_one_spelling(comers.offices_here(session, event.id))
    plan = plans.published(session, event.id)
    met = with_everybody_here(session, event.id, plan.id, event.rounds_over(at)) if plan and here else []

    def by_day(counted: Counted) -> Counter[date]:
        days: Counter[date] = Counter()
        for moment, number in counted:
            days[moment.astimezone(event.tz).date()] += number
        return days

    said_yes, saved = answered.yes_and_profiles(session, event.id)
    happened = (
        ("People who said yes", by_day(said_yes)),
        ("Profiles saved", by_day(saved)),
        ("Pairs who both want to meet", by_day([(moment, 1) for _, moment in wishes])),
    )
    unmet = needed_datasets.unmet(session, event.id, FEWEST_NEED, MOST_DATASETS)
    today = at.astimezone(event.tz).date()
    latest = max((one for _, days in happened for one in days), default=today)
    return Progress(
        over_time(happened, min(max(today, latest), event.held_on)),
        report_event.matrix([pair for pair, _ in wishes if office.keys() >= {*pair}], office),
        report_event.matrix(met, here),
        unmet,
        bool(unmet) or needed_datasets.any_needed(session, event.id, FEWEST_NEED),
    )
