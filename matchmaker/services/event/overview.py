"""Overseeing: what waits for an organiser, and where an event stands in a few numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from matchmaker.matching.profile import Profile
from matchmaker.services.plans import tell_partners
from matchmaker.services.plans.hall import planned_for
from matchmaker.services.plans.keep_meetings import begun, rounds_planned
from matchmaker.store import mail
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import endorsements, moderation, unclaimed
from matchmaker.store.event.events import Event
from matchmaker.store.people import profiles, registrations
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


@dataclass(frozen=True)
class GuestStanding:
    """A registration, and whether so little is known of the person that they should be asked for more."""

    registration: Registration
    nearly_empty: bool

    @property
    def coming(self) -> bool:
        """Whether they are suggested and planned."""
        return self.registration.state in COMING


@dataclass(frozen=True)
class ChangedSincePlan:
    """What is no longer as it was when a plan was made."""

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
    refused_mail: int
    thanks: int
    reports: int
    unclaimed: int
    """Credits of people without an account, and of teams, that nobody has answered."""


def guests(session: Session, event: Event) -> list[GuestStanding]:
    """Return everybody on an event's list, by name. Six queries, whatever the number."""
    rows = registrations.at_event(session, event.id)
    linked = profiles.linked(session, [one.person_id for one in rows])
    return [GuestStanding(one, one.person_id not in linked and _says_little(one)) for one in rows]


def _says_little(one: Registration) -> bool:
    topics = tuple(topic.name for topic in one.topics)
    said = Profile(str(one.person_id), bio=one.bio, topics=topics, offers=one.offers, needs=one.needs)
    return said.is_sparse


def oversee(session: Session, event: Event) -> Overview:
    """Return where an event stands. A fixed number of queries."""
    everybody = guests(session, event)
    coming = [one.registration for one in everybody if one.coming]
    invited = [one for one in coming if one.state is RegistrationState.INVITED]
    latest, published = plans.latest_head(session, event.id), plans.published_head(session, event.id)
    shown = published or latest
    at = datetime.now(UTC)
    off = tell_partners.gaps(session, event, published.id, at) if published else 0
    newer = latest if off and latest is not published else None
    return Overview(
        coming=len(coming),
        confirmed=len(coming) - len(invited),
        here=sum(one.presence is Presence.HERE for one in coming),
        not_invited=sum(one.invited_at is None for one in invited),
        no_answer=sum(one.invited_at is not None for one in invited),
        nearly_empty=sum(one.coming and one.nearly_empty for one in everybody),
        rounds=len(event.rounds),
        tables=len(event.tables),
        no_step_free=_without(event, "step_free", coming),
        no_quiet=_without(event, "quiet", coming),
        latest=latest,
        published=published,
        meetings=plans.meeting_count(session, shown.id) if shown else 0,
        planned=len(shown.problem["people"]) if shown else 0,
        changes=_changes(session, event, latest, coming) if latest else ChangedSincePlan(),
        off=off,
        mended=newer is not None and not tell_partners.gaps(session, event, newer.id, at),
        refused_mail=len(mail.refused(session, event.id)),
        thanks=endorsements.count_accepted(session, event.id),
        reports=moderation.count_open(session, event.id),
        unclaimed=unclaimed.count_waiting(session, event.id),
    )


def _without(event: Event, need: str, coming: Sequence[Registration]) -> int:
    """Return how many need a kind of table while the hall has tables and none of that kind."""
    if not event.tables or any(getattr(table, need) for table in event.tables):
        return 0
    return sum(getattr(one, need) and one.fixed_table is None for one in coming)


def _changes(session: Session, event: Event, plan: Plan, coming: Sequence[Registration]) -> ChangedSincePlan:
    over = begun(event, datetime.now(UTC))
    planned = {one for one, rounds in rounds_planned(plan).items() if rounds - over or not rounds}
    there = {one.person_id for one in planned_for(coming, unanswered=plan.unanswered)}
    # Two who cannot be paired are not counted, whoever of them it was that changed their mind.
    known = _pairs(plan.problem, "wanted") | _pairs(plan.problem, "forbidden")
    new = {pair for pair in answers.introductions(session, event.id) if there.issuperset(pair)} - known
    return ChangedSincePlan(
        left=len(planned - there),
        joined=len(there - planned),
        introductions=len(new - profiles.apart(session, event.id, there)) if new else 0,
        hall=plan.rounds != [one.number for one in event.rounds]
        or plan.tables != [one.number for one in event.tables],
    )


def _pairs(problem: JsonObject, name: str) -> set[profiles.Pair]:
    return {profiles.pair(a, b) for a, b in problem.get(name, ())}
