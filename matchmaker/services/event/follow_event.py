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
from matchmaker.store.plans import meetings_off, plans
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers

FEWEST_NEED = 3
"""From so many people on, who need a dataset, an organiser is told that nobody there can help."""

MOST_DATASETS = 20
WANTED = {False: "Pairs who both want to meet", True: "Pairs who both wanted to meet"}
"""Whether the event is over → the words for how many there are, or were."""


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

    Numbers by day end with the day of the event. Which meetings took place is what the report says.
    """
    wishes = answers.introduced_at(session, event.id)
    asked = answered.offices(session, event.id, {one for pair, _ in wishes for one in pair})
    office = in_one_spelling(asked)
    here = in_one_spelling(comers.offices_here(session, event.id))
    plan = plans.published_id(session, event.id)
    met = meetings_off.took_place(session, event, plan, at) if plan and here else []

    def by_day(counted: Counted) -> Counter[date]:
        days: Counter[date] = Counter()
        for moment, number in counted:
            days[moment.astimezone(event.tz).date()] += number
        return days

    said_yes, saved = answered.yes_and_profiles(session, event.id)
    happened = (
        ("People who said yes", by_day(said_yes)),
        ("Profiles saved", by_day(saved)),
        (WANTED[event.is_over(at)], by_day([(moment, 1) for _, moment in wishes])),
    )
    unmet = needed_datasets.unmet(session, event.id, FEWEST_NEED, MOST_DATASETS)
    today = at.astimezone(event.tz).date()
    every = [one for _, days in happened for one in days]
    latest = max(every, default=today)
    # Of an event whose day was moved before all that happened, it is shown all the same.
    day = event.held_on if any(one <= event.held_on for one in every) else latest
    return Progress(
        over_time(happened, min(max(today, latest), day)),
        report_event.matrix([pair for pair, _ in wishes if office.keys() >= {*pair}], office),
        report_event.matrix(met, here),
        unmet,
        bool(unmet) or needed_datasets.any_needed(session, event.id, FEWEST_NEED),
    )
