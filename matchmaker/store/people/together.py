"""Which event two people share, or one was last at, for thanks and reports to belong to; and who has met before."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import CompoundSelect, Integer, Select, String, bindparam, case, exists, select, union
from sqlalchemy.orm import Session, aliased

from matchmaker.store.among import among_those
from matchmaker.store.event.event_roles import Organiser, organises
from matchmaker.store.event.events import Event
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Plan, PlanState, Seat


def newest_common_event(session: Session, one_id: int, other_id: int, rather: str = "") -> Event | None:
    """Return the latest event that both come to, or that whose public id is `rather` if they come to it."""
    return session.scalar(_newest_common_event(), {"one": one_id, "other": other_id, "rather": rather})


@cache
def _newest_common_event() -> Select[Event]:
    """Return the question of `newest_common_event`, which is put together once."""
    other = aliased(Registration)
    return (
        select(Event)
        .join(Registration, Registration.event_id == Event.id)
        .join(other, other.event_id == Event.id)
        .where(
            Registration.person_id == bindparam("one", type_=Integer),
            Registration.state.in_(COMING),
            other.person_id == bindparam("other", type_=Integer),
            other.state.in_(COMING),
        )
        .order_by(
            case((Event.public_id == bindparam("rather", type_=String), 0), else_=1),
            Event.held_on.desc(),
            Event.id.desc(),
        )
        .limit(1)
    )


def newest_event_of(session: Session, person_id: int) -> Event | None:
    """Return the latest event that a person comes to or organises, unless its data is erased."""
    coming = select(Registration.event_id).where(
        Registration.person_id == person_id, Registration.state.in_(COMING)
    )
    organised = select(Organiser.event_id).where(Organiser.person_id == person_id, organises())
    return session.scalar(
        select(Event)
        .where(Event.id.in_(union(coming, organised)), Event.erased_at.is_(None))
        .order_by(Event.held_on.desc(), Event.id.desc())
        .limit(1)
    )


def newest_seen(session: Session, viewer_id: int, person_id: int) -> Registration | None:
    """Return how a person is registered at the latest event at which a viewer sees what they wrote of their work.

    There the person has said yes, having read who sees it, and the viewer comes or organises. All see their own.
    """
    return session.scalar(_newest_seen(), {"viewer": viewer_id, "person": person_id})


@cache
def _newest_seen() -> Select[Registration]:
    """Return the question of `newest_seen`, which is put together once."""
    viewer_id = bindparam("viewer", type_=Integer)
    viewers = union(
        select(Registration.event_id).where(
            Registration.person_id == viewer_id, Registration.state.in_(COMING)
        ),
        select(Organiser.event_id).where(Organiser.person_id == viewer_id, organises()),
    )
    return (
        select(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.person_id == bindparam("person", type_=Integer),
            Registration.state == RegistrationState.CONFIRMED,
            Registration.event_id.in_(viewers),
        )
        .order_by(Event.held_on.desc(), Event.id.desc())
        .limit(1)
    )


def sharing_an_event(session: Session, person_id: int, others: Collection[int]) -> set[int]:
    """Return which of the `others` are coming to, or organise, an event that this person comes to or organises.

    One query, whatever the number.
    """
    return set(session.scalars(_sharing_an_event(), {"person": person_id, "others": [*others]}))


@cache
def _sharing_an_event() -> CompoundSelect[int]:
    """Return the question of `sharing_an_event`, which is put together once."""
    person_id = bindparam("person", type_=Integer)
    mine = union(
        select(Registration.event_id).where(
            Registration.person_id == person_id, Registration.state.in_(COMING)
        ),
        select(Organiser.event_id).where(Organiser.person_id == person_id, organises()),
    ).scalar_subquery()
    return union(
        select(Registration.person_id).where(
            Registration.event_id.in_(mine),
            Registration.state.in_(COMING),
            among_those(Registration.person_id, "others"),
        ),
        select(Organiser.person_id).where(
            Organiser.event_id.in_(mine), organises(), among_those(Organiser.person_id, "others")
        ),
    )


def met_before(session: Session, event_id: int) -> set[tuple[int, int]]:
    """Return the pairs, lower id first, of people registered at an event who met at an earlier one.

    They sat together in the plan published there, in a meeting that was not seen to fall away; neither was marked as
    not here, and neither said that the meeting did not take place. One query.
    """
    this = select(Event.held_on).where(Event.id == event_id).scalar_subquery()
    registered = select(Registration.person_id).where(Registration.event_id == event_id)
    one, other = aliased(Seat), aliased(Seat)
    absent = exists().where(
        Registration.event_id == Event.id,
        Registration.person_id.in_((one.person_id, other.person_id)),
        Registration.presence == Presence.ABSENT,
    )
    denied = exists().where(
        Encounter.event_id == Event.id,
        Encounter.took_place.is_(False),
        Encounter.person_id.in_((one.person_id, other.person_id)),
        Encounter.other_id.in_((one.person_id, other.person_id)),
    )
    rows = session.execute(
        select(one.person_id, other.person_id)
        .join(other, (other.meeting_id == one.meeting_id) & (other.person_id > one.person_id))
        .join(Plan, Plan.id == one.plan_id)
        .join(Event, Event.id == Plan.event_id)
        .where(
            Plan.state == PlanState.PUBLISHED,
            Event.id != event_id,
            Event.held_on < this,
            one.off_since.is_(None),
            one.person_id.in_(registered),
            other.person_id.in_(registered),
            ~absent,
            ~denied,
        )
    )
    return {(a, b) for a, b in rows}
