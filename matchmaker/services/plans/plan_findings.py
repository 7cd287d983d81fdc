"""Say all there is to say of one version of the plan: how full and fair it is, and what stands against it.

It is worked out from the whole plan and everybody at the event, and is small, so that it can be kept (`kept_reviews`)
and a page reads of the plan itself only the part that it shows. It can be written as JSON; sentences are for
organisers.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matchmaker.services.plans import changed_since, edit_by_hand, mail_plan, plan_warnings, tell_partners
from matchmaker.services.plans.fewest_meetings import fewest_meetings
from matchmaker.services.plans.plan_changes import changes
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.talks_on import HeldTalks, held_talks
from matchmaker.store.base import JsonObject
from matchmaker.store.event.events import Event
from matchmaker.store.people import namesakes
from matchmaker.store.people.comers import with_address
from matchmaker.store.people.people import Person
from matchmaker.store.plans import planned_people, plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.session import Session

MOST = 100
"""So many sentences or names of a kind are kept; of the others, how many there are."""
MOST_SHARES = 50


@dataclass(frozen=True)
class Talked:
    """A topic in a round: where, its title and host, who comes to it, and everybody who was planned for it."""

    round_number: int
    table_number: int
    topic: int
    title: str
    host: str
    coming: tuple[int, ...]
    planned: tuple[int, ...]
    held: bool


@dataclass(frozen=True)
class PlanFindings:
    """What is found of a version; where it is at fault, nothing but the `faults`.

    Of lists that grow with the event there are the first, as {"first": […], "count": n}. `tables` are those in use,
    `lost` the people and rounds of talks whose topic is gone, `off` the ids of the meetings that cannot take place,
    and `gaps` how many meetings and talks to come cannot. `since` is who and what has changed at the event since it
    was made (`changed_since`). `news` has who would be told if it were published now, and `left_out` the ids of the
    meetings of a draft that are left out when it is changed by hand.
    """

    faults: tuple[str, ...] = ()
    certificate: JsonObject | None = None
    figures: JsonObject | None = None
    warnings: JsonObject | None = None
    unmet: JsonObject | None = None
    gave_way: JsonObject | None = None
    fewest: JsonObject | None = None
    stars: int | None = None
    stars_bound: int | None = None
    talks: tuple[Talked, ...] = ()
    lost: tuple[tuple[int, int], ...] = ()
    changes: JsonObject | None = None
    shares: JsonObject | None = None
    tables: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    gaps: int = 0
    news: JsonObject | None = None
    left_out: tuple[int, ...] = ()
    since: JsonObject | None = None


def listed(items: Sequence[Any], most: int = MOST) -> JsonObject:
    """Return the first of a list, and how many there are."""
    return {"first": list(items[:most]), "count": len(items)}


def as_json(found: PlanFindings) -> JsonObject:
    """Return findings as they are kept."""
    return asdict(found)


def from_json(kept: JsonObject) -> PlanFindings:
    """Return findings that were kept."""
    lists = {name: tuple(kept[name]) for name in ("faults", "tables", "off", "left_out")}
    talks = tuple(
        Talked(**{**one, "coming": tuple(one["coming"]), "planned": tuple(one["planned"])})
        for one in kept["talks"]
    )
    lost = tuple((person, number) for person, number in kept["lost"])
    return PlanFindings(**{**kept, **lists, "talks": talks, "lost": lost})


def find(session: Session, seen: Review, at: datetime, instead_of: Plan | None = None) -> PlanFindings:
    """Work out what there is to say of a version as things stand. O(meetings), some seconds for 5,000 people.

    It is compared with the one it replaced, or would; a version that was published before, with the one that it is to
    be published `instead_of`.
    """
    if seen.faults:
        return PlanFindings(faults=seen.faults)
    head = instead_of or plans.replaced_by(session, seen.plan)
    before = seen.beside(head) if head else None
    fewest = fewest_meetings(seen)
    on = {meeting.id for meeting, _ in seen.meetings}
    used = {meeting.table_number for meeting, _ in seen.meetings} | {
        one.table_number for one, _ in seen.talks
    }
    return PlanFindings(
        certificate=_certificate(seen),
        figures={
            "meetings": len(seen.sat),
            "fewest": seen.fewest,
            "most": seen.most,
            "sit_outs": seen.sit_outs,
        },
        warnings=listed(plan_warnings.plan_warnings(seen)),
        unmet=listed([asdict(one) for one in seen.unmet]),
        gave_way=listed(seen.gave_way),
        fewest=asdict(fewest) if fewest else None,
        stars=seen.certificate.get("stars"),
        stars_bound=seen.certificate.get("stars_bound"),
        talks=tuple(_talked(seen.held, seen.people, seen.name_of)),
        lost=tuple((person, number) for person, number, _ in seen.lost_at_talks),
        changes=asdict(changes(seen, before, at)) if before else None,
        shares=listed(
            [
                {"name": one.person.name, "meetings": one.meetings, "possible": one.possible}
                for one in seen.shares
            ],
            MOST_SHARES,
        ),
        tables=tuple(sorted(used)),
        off=tuple(one.id for one in seen.sat if one.id not in on),
        gaps=tell_partners.gaps(session, seen.event, seen.plan.id, at),
        since=changed_since.as_json(changed_since.who_changed(session, seen.event, seen.plan, at)),
        left_out=_left_out(session, seen, at) if seen.plan.state is PlanState.DRAFT else (),
        news=_news(session, seen, before, at) if seen.plan.state is not PlanState.PUBLISHED else None,
    )


def find_for_changing(session: Session, seen: Review, at: datetime) -> PlanFindings:
    """Work out of what `find` does for a draft only what the pages for changing it by hand show. O(meetings)."""
    if seen.faults:
        return PlanFindings(faults=seen.faults)
    return PlanFindings(
        talks=tuple(_talked(seen.held, seen.people, seen.name_of)), left_out=_left_out(session, seen, at)
    )


def _news(session: Session, seen: Review, before: Review | None, at: datetime) -> JsonObject:
    """Return who would get a letter if a version were published now, and who has no address for one."""
    told = mail_plan.audience(seen, before, at)
    reached = with_address(session, [one.person.id for one in told])
    return {
        "told": listed([one.person.name for one in told if one.person.id in reached]),
        "unreached": listed([one.person.name for one in told if one.person.id not in reached]),
    }


def _left_out(session: Session, seen: Review, at: datetime) -> tuple[int, ...]:
    """Return the ids of the meetings that no longer keep every rule."""
    left_out = edit_by_hand.left_out(session, seen, at)
    return tuple(one.id for one in seen.sat if (one.round_number, one.table_number) in left_out)


def _certificate(seen: Review) -> JsonObject:
    return {
        "people": seen.size,
        "meetings": len(seen.sat),
        "talks": len(seen.planned_talks),
        "fewest": seen.fewest,
        "most": seen.most,
        "wishes": seen.wishes,
        "wishes_met": seen.wishes - len(seen.certificate["unmet"]),
        "gap": seen.gap,
        "kept": "changes" in seen.certificate,
    }


def talks_now(session: Session, event: Event, plan: Plan) -> tuple[Talked, ...]:
    """Return the talks of a version as `find` does, without reading the rest of it. O(people at talks)."""
    held = held_talks(session, event.id, plan.id)
    if not held.talks:
        return ()
    at_talks = {seat.person_id for one in held.talks for seat in one.seats}
    everybody = at_talks | {one.topic.host_id for one in held.talks}
    names = namesakes.names_at(
        session, event.id, {one.topic.host_id: one.topic.host.name for one in held.talks}
    )
    coming = planned_people.still_coming(session, plan, everybody)
    return tuple(_talked(held, coming, lambda host: names[host.id]))


def _talked(held: HeldTalks, people: Collection[int], name_of: Callable[[Person], str]) -> Iterator[Talked]:
    """Yield the talks of a version with who of these people comes to each."""
    for talk in held.talks:
        here, is_on = held.able[talk.id] & {*people}, held.is_on(talk, people)
        yield Talked(
            talk.round_number,
            talk.table_number,
            talk.topic.id,
            talk.topic.title,
            name_of(talk.topic.host),
            tuple(seat.person_id for seat in talk.seats if seat.person_id in here) if is_on else (),
            tuple(seat.person_id for seat in talk.seats),
            is_on,
        )
