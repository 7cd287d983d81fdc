"""Reissue the published plan when its times or its place change: the same meetings, as a new version.

What is on paper and in people's mail says when and where, so a change of these is a change of the plan.
"""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.services.plans import mail_plan, plan_sheets
from matchmaker.services.plans.hall import rounds_there
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.services.plans.when_and_where import Moved, WhenAndWhere, as_it_stands
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people.comers import NamedPerson, with_address
from matchmaker.store.plans import new_meetings, planned_people, plans, talks
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Reissued:
    """The new version, the one it replaces, and what changed in when and where it is held."""

    now: Review
    before: Review
    moved: Moved


@dataclass(frozen=True)
class StalePaper:
    """What a change makes wrong: how many slips, badges, table cards and topic cards, whether lists; and who is told.

    `times` is whether what has the times of rounds is wrong: the list by surname, the run sheet, the caterer's
    numbers and blank slips. `past` is whether every round would have begun by now: then all paper is wrong and nobody
    is told. `told` get mail, `unreached` have no address. `clash` are people who, by the hours they
    gave, were there for the whole of a round that they are planned in, and no longer are. `again` are the rounds,
    by number, that have begun and would not have.
    """

    slips: int
    cards: int
    topic_cards: int
    badges: int
    times: bool
    past: bool
    told: tuple[str, ...]
    unreached: tuple[str, ...]
    clash: tuple[str, ...]
    again: tuple[int, ...]


def reissue(
    session: Session, event: Event, before: WhenAndWhere, made_by_id: int | None, at: datetime
) -> Reissued | None:
    """Publish the same meetings again after a change of times or place; None if no published plan is touched.

    `before` is the event's when and where before the change, which has been made. Rounds that have begun do not
    count.
    """
    events.lock(session, event.id)
    published, now = plans.published(session, event.id), as_it_stands(event)
    if published is None:
        return None
    moved = before.moved_to(now, published)
    moved = Moved(moved.rounds - begun(event, at), moved.tables, moved.place, moved.day)
    if not moved or review(session, event, published).faults:
        return None
    published.when_and_where = before.kept()
    published.state = PlanState.SUPERSEDED
    session.flush()
    again = _copy(session, published, made_by_id, at)
    again.when_and_where = now.kept()
    session.flush()
    return Reissued(review(session, event, again), review(session, event, published), moved)


def _copy(session: Session, plan: Plan, made_by_id: int | None, at: datetime) -> Plan:
    again = Plan(
        event_id=plan.event_id,
        version=plans.next_version(session, plan.event_id),
        state=PlanState.PUBLISHED,
        problem=plan.problem,
        certificate=plan.certificate,
        prices=plan.prices,
        rounds=list(plan.rounds),
        tables=list(plan.tables),
        fixed_rounds=list(plan.fixed_rounds),
        unanswered=plan.unanswered,
        made_by_id=made_by_id,
        made_at=at,
        published_at=at,
    )
    session.add(again)
    session.flush()
    planned_people.note(session, again, [(a, b) for a, b in plan.introduced])
    new_meetings.copy_meetings(session, plan, again)
    talks.copy(session, plan, again)
    # The same meetings under the same problem have passed the same check.
    again.passed = plan.passed
    session.flush()
    return again


def stale_paper(session: Session, made: Reissued, at: datetime) -> StalePaper:
    """Return what of paper and mail a reissued plan makes wrong."""
    told = mail_plan.audience(made.now, made.before, at)
    reached = with_address(session, [one.person.id for one in told])

    past = made.moved.day and begun(made.now.event, at) >= {*made.now.plan.rounds}

    def count(key: str) -> int:
        # What changes of a slip is told of rounds ahead alone; here it is the day.
        which = key.removeprefix("changed-") if past else key
        return plan_sheets.sheet(which, made.now, plan_sheets.replaced(session, made.now, key), at).count

    return StalePaper(
        slips=count("changed-slips"),
        cards=count("changed-cards"),
        topic_cards=count("changed-topic-cards"),
        badges=count("changed-badges"),
        times=past or bool(made.moved.rounds),
        past=past,
        told=tuple(one.person.name for one in told if one.person.id in reached),
        unreached=tuple(one.person.name for one in told if one.person.id not in reached),
        clash=tuple(one.name for one in _clashing(made, at)),
        again=tuple(sorted(_begin_again(made, at))),
    )


def _begin_again(made: Reissued, at: datetime) -> set[int]:
    had_begun = {one.number for one in made.before.times.rounds.values() if one.starts_at <= at}
    return had_begun & made.moved.rounds - begun(made.now.event, at)


def _clashing(made: Reissued, at: datetime) -> list[NamedPerson]:
    ahead = made.moved.rounds - begun(made.now.event, at)
    there, hours = made.now.hall.there, {one.person_id: one for one in made.now.comers}
    before, day = made.before.times, made.now.event
    return [
        person
        for one, person in made.now.people.items()
        if one in there
        and one in hours
        and (
            (made.now.planned[one] & ahead) - there[one]
            & rounds_there(day, hours[one], before.rounds.values())
        )
    ]
