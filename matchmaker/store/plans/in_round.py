"""Who is there in one round, and who of them has no meeting in a version of the plan: asked of the database alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, true

from matchmaker.recognition.name_order import several_sought
from matchmaker.store.among import among
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, PLANNED, Presence, Registration, misses
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.session import Session

Named = tuple[int, str]
"""Somebody's inside id and name."""

Asked = Select[int, str]
"""A question for ids and names."""


def free(
    plan: Plan, event: Event, round_: Round, left_out: Collection[int], at_topics: Collection[int] = ()
) -> Asked:
    """Return the question for everybody who is there in a round and free.

    They have no meeting in it but one that is left out, and are not among those `at_topics`.
    """
    sits = exists().where(
        Seat.plan_id == plan.id,
        Seat.round_number == round_.number,
        Seat.person_id == Registration.person_id,
        ~among(Seat.meeting_id, left_out),
    )
    return _there(plan, event, round_).where(~sits, ~among(Registration.person_id, at_topics))


def others(plan: Plan, event: Event, round_: Round, people: Collection[int]) -> Asked:
    """Return the question for everybody who is there in a round but these people."""
    return _there(plan, event, round_).where(~among(Registration.person_id, people))


def first(session: Session, asked: Asked, limit: int) -> tuple[int, list[Named]]:
    """Return how many people a question finds, and the first of them by name: all are looked through once."""
    every = func.count().over()
    rows = session.execute(asked.add_columns(every).order_by(Person.name, Person.id).limit(limit)).all()
    return (rows[0][2] if rows else 0), [(person, name) for person, name, _ in rows]


def named(session: Session, asked: Asked, limit: int, query: str) -> list[Named]:
    """Return the first people, by name, whom a question finds and one of the names in a query, too.

    Names have commas between; every word of one must be in somebody's name. Case and accents do not count.
    """
    found = (
        and_(*(Person.name_key.contains(word, autoescape=True) for word in words))
        for words in several_sought(query)
    )
    asked = asked.where(or_(false(), *found))
    rows = session.execute(asked.order_by(Person.name, Person.id).limit(limit))
    return [(person, name) for person, name in rows]


def _there(plan: Plan, event: Event, round_: Round) -> Asked:
    """Return the question for whom the plan is, and who are there for the whole of a round that has not begun."""
    asked: ColumnElement[bool] = (Registration.presence == Presence.HERE) | Registration.state.in_(PLANNED)
    starts, ends = (moment.astimezone(event.tz) for moment in (round_.starts_at, round_.ends_at))
    return (
        select(Person.id, Person.name)
        .join(Registration, Registration.person_id == Person.id)
        .where(
            Registration.event_id == event.id,
            Registration.state.in_(COMING),
            Registration.presence != Presence.ABSENT,
            true() if plan.unanswered else asked,
            Registration.arrives.is_(None) | _has_come(event, starts),
            Registration.leaves.is_(None) | _stays(event, ends),
            ~misses(literal(round_.number)),
        )
    )


def _has_come(event: Event, starts: datetime) -> ColumnElement[bool]:
    """Return the condition that whoever arrives some time on the day is there when a round begins, in local time."""
    if starts.date() != event.held_on:
        return true() if starts.date() > event.held_on else false()
    return Registration.arrives <= starts.time()


def _stays(event: Event, ends: datetime) -> ColumnElement[bool]:
    """Return the condition that whoever leaves some time on the day is there until a round ends."""
    if ends.date() != event.held_on:
        return true() if ends.date() < event.held_on else false()
    return Registration.leaves >= ends.time()
