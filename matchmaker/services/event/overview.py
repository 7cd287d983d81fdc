"""The overview: what is waiting for an organiser, and how far the event is, in a few numbers."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.event import places
from matchmaker.services.plans import kept_reviews
from matchmaker.services.plans.changed_since import ChangedSincePlan
from matchmaker.store.catalogue import datasets
from matchmaker.store.event import hall
from matchmaker.store.event.events import Event
from matchmaker.store.event.in_numbers import in_numbers
from matchmaker.store.people import guest_list
from matchmaker.store.people.registrations import COMING, PLANNED, Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Overview:
    """An event in numbers of people, rounds, tables, letters and thanks; and its plans."""

    set_up: bool
    """Whether it is said where the event is, what the data is used for, and who counts as inside."""
    datasets: bool
    """Whether there is any dataset to choose."""
    coming: int
    confirmed: int
    here: int
    not_invited: int
    no_answer: int
    nearly_empty: int
    rounds: int
    tables: int
    no_step_free: int
    """How many need a step-free table while none is marked so."""
    no_quiet: int
    latest: Plan | None
    published: Plan | None
    meetings: int
    """Meetings of the published plan, or of the newest if none is published."""
    planned: int
    """People in that plan."""
    changes: ChangedSincePlan
    off: int
    """Meetings of the published plan, in rounds that have not begun, that cannot take place."""
    mended: bool
    """Whether all meetings of a newer version can."""
    asking: int
    """How many ask for a place."""
    waiting: int
    """How many wait for a place, or have been offered one."""
    free: int
    """How many free places can be offered to those who wait: none from the day of the event on."""
    day_has_come: bool
    over: bool
    refused_mail: int
    thanks: int
    reports: int
    unclaimed: int
    """Credits of people without an account, and of teams, that nobody has answered."""


def missing(event: Event) -> tuple[str, ...]:
    """Return the columns that invitations and the privacy notice need and nobody has filled, in the form's order."""
    return tuple(name for name in ("place", "purpose", "inside_domains") if not getattr(event, name))


def oversee(session: Session, event: Event, at: datetime) -> Overview:
    """Return where an event stands at a moment. A fixed number of queries, which count and load nobody."""
    standing = guest_list.standings(session, event.id)
    over = event.is_over(at)
    # Once it is over, they are those whom the report counts as well (`guest_list.attends`).
    coming = [
        one
        for one in standing
        if (one.state in PLANNED or one.presence is Presence.HERE if over else one.state in COMING)
    ]
    expected = [
        one for one in coming if one.state is RegistrationState.INVITED and one.presence is Presence.EXPECTED
    ]
    in_state = Counter[RegistrationState]()
    for one in standing:
        in_state[one.state] += one.people
    tables = hall.count_tables(session, event.id)
    latest, published = plans.latest(session, event.id), plans.published(session, event.id)
    shown = published or latest
    meetings, gaps, changes = 0, 0, ChangedSincePlan()
    if shown and latest:
        meetings, gaps, changes = kept_reviews.counted(session, event, shown, latest, at)
    numbers = in_numbers(session, event.id)
    off = gaps if published else 0
    newer = latest if off and latest is not published else None
    return Overview(
        set_up=not missing(event),
        datasets=datasets.any_there(session),
        coming=sum(one.people for one in coming),
        confirmed=in_state[RegistrationState.CONFIRMED],
        here=sum(one.people for one in coming if one.presence is Presence.HERE),
        not_invited=sum(one.people - one.invited for one in expected),
        no_answer=sum(one.invited for one in expected),
        nearly_empty=sum(one.nearly_empty for one in coming),
        rounds=len(event.rounds),
        tables=tables.number,
        no_step_free=sum(one.step_free for one in coming) if tables.number and not tables.step_free else 0,
        no_quiet=sum(one.quiet for one in coming) if tables.number and not tables.quiet else 0,
        latest=latest,
        published=published,
        meetings=meetings,
        planned=shown.people if shown else 0,
        changes=changes,
        off=off,
        mended=newer is not None and not kept_reviews.gaps(session, event, newer, at),
        asking=in_state[RegistrationState.PENDING],
        waiting=in_state[RegistrationState.WAITING] + in_state[RegistrationState.OFFERED],
        free=places.count_next(session, event, at) if in_state[RegistrationState.WAITING] else 0,
        day_has_come=event.day_has_come(at),
        over=over,
        refused_mail=numbers.refused_mail,
        thanks=numbers.thanks,
        reports=numbers.reports,
        unclaimed=numbers.unclaimed,
    )
