"""The overview: what is waiting for an organiser, and how far the event is, in a few numbers."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.event import places
from matchmaker.services.plans import kept_reviews
from matchmaker.services.plans.hall import planned_for
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.store import mail
from matchmaker.store.catalogue import datasets
from matchmaker.store.credits import endorsements, moderation, unclaimed
from matchmaker.store.event import hall
from matchmaker.store.event.events import Event
from matchmaker.store.people import guest_list, profiles, registrations
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
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
    free: int
    """How many free places can be offered to those who wait: none from the day of the event on."""
    day_has_come: bool
    over: bool
    refused_mail: int
    thanks: int
    reports: int
    unclaimed: int
    """Credits of people without an account, and of teams, that nobody has answered."""


def oversee(session: Session, event: Event, at: datetime) -> Overview:
    """Return where an event stands at a moment. A fixed number of queries, which count and load nobody."""
    invited = Registration.state == RegistrationState.INVITED
    people = guest_list.count_parts(
        session,
        event.id,
        {
            "coming": guest_list.coming(),
            "confirmed": guest_list.coming() & ~invited,
            "here": guest_list.coming() & (Registration.presence == Presence.HERE),
            "not_invited": guest_list.expects_answer() & Registration.invited_at.is_(None),
            "no_answer": guest_list.expects_answer() & Registration.invited_at.is_not(None),
            "nearly_empty": guest_list.coming() & guest_list.nearly_empty(),
            "asking": Registration.state == RegistrationState.PENDING,
            "waiting": Registration.state == RegistrationState.WAITING,
            "step_free": guest_list.coming() & Registration.step_free & Registration.fixed_table.is_(None),
            "quiet": guest_list.coming() & Registration.quiet & Registration.fixed_table.is_(None),
        },
    )
    tables = hall.count_tables(session, event.id)
    latest, published = plans.latest(session, event.id), plans.published(session, event.id)
    shown = published or latest
    off = kept_reviews.gaps(session, event, published, at) if published else 0
    newer = latest if off and latest is not published else None
    return Overview(
        set_up=bool(event.place and event.purpose and event.inside_domains),
        datasets=datasets.any_there(session),
        coming=people["coming"],
        confirmed=people["confirmed"],
        here=people["here"],
        not_invited=people["not_invited"],
        no_answer=people["no_answer"],
        nearly_empty=people["nearly_empty"],
        rounds=len(event.rounds),
        tables=tables.number,
        no_step_free=people["step_free"] if tables.number and not tables.step_free else 0,
        no_quiet=people["quiet"] if tables.number and not tables.quiet else 0,
        latest=latest,
        published=published,
        meetings=plans.meeting_count(session, shown.id) if shown else 0,
        planned=shown.people if shown else 0,
        changes=_changes(session, event, latest, at) if latest else ChangedSincePlan(),
        off=off,
        mended=newer is not None and not kept_reviews.gaps(session, event, newer, at),
        asking=people["asking"],
        free=places.count_next(session, event, at) if people["waiting"] else 0,
        day_has_come=event.day_has_come(at),
        over=event.is_over(at),
        refused_mail=mail.count_refused(session, event.id),
        thanks=endorsements.count_accepted(session, event.id),
        reports=moderation.count_open(session, event.id),
        unclaimed=unclaimed.count_waiting(session, event.id),
    )


def _changes(session: Session, event: Event, plan: Plan, at: datetime) -> ChangedSincePlan:
    left, joined = plans.count_changes(session, plan, begun(event, at))
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
