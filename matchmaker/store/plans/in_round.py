"""Who is there in one round, and who of them has no meeting in a version of the plan: asked of the database alone."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
)

from matchmaker.recognition.name_order import several_sought
from matchmaker.store.among import among_those
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, PLANNED, Presence, Registration, misses
from matchmaker.store.plans.plans import Plan, Seat
from matchmaker.store.session import Session, plainly

Named = tuple[int, str]
"""Somebody's inside id and name."""


class Asked(NamedTuple):
    """A question for ids and names, and what it is asked with; one like it is put together once."""

    question: Select[int, str]
    values: dict[str, Any]


def free(
    plan: Plan, event: Event, round_: Round, left_out: Collection[int], at_topics: Collection[int] = ()
) -> Asked:
    """Return the question for everybody who is there in a round and free.

    They have no meeting in it but one that is left out, and are not among those `at_topics`.
    """
    there, values = _there(plan, event, round_)
    return Asked(_free(there), {**values, "plan": plan.id, "left_out": [*left_out], "busy": [*at_topics]})


@cache
def _free(there: Select[int, str]) -> Select[int, str]:
    # Gathered once, and from an index alone: looked for person by person, SQLite takes a fifth longer, and twice as
    # long where it looks at each meeting whether it is left out. Asked first, as nearly everybody sits somewhere.
    in_round = Seat.round_number == bindparam("round", type_=Integer)
    sits = select(Seat.person_id).where(Seat.plan_id == bindparam("plan"), in_round)
    left = select(Seat.person_id).where(among_those(Seat.meeting_id, "left_out"), in_round)
    free = Registration.person_id.not_in(sits) | Registration.person_id.in_(left)
    others = _others(there).whereclause
    assert others is not None
    return _people().where(free, others)


def others(plan: Plan, event: Event, round_: Round, people: Collection[int]) -> Asked:
    """Return the question for everybody who is there in a round but these people."""
    there, values = _there(plan, event, round_)
    return Asked(_others(there), {**values, "busy": [*people]})


@cache
def _others(there: Select[int, str]) -> Select[int, str]:
    return there.where(~among_those(Registration.person_id, "busy"))


def first(session: Session, asked: Asked, limit: int) -> tuple[int, list[Named]]:
    """Return how many people a question finds, and the first of them by name: all are looked through once."""
    rows = plainly(session, _first(asked.question), {**asked.values, "most": limit}).all()
    return (rows[0][2] if rows else 0), [(person, name) for person, name, _ in rows]


def more_than(session: Session, asked: Asked, limit: int) -> bool:
    """Return whether a question finds more people than so many; no more of them than that are looked through."""
    rows = plainly(session, _some(asked.question), {**asked.values, "most": limit + 1}).all()
    return len(rows) > limit


@cache
def _some(question: Select[int, str]) -> Select[int]:
    return question.with_only_columns(Registration.person_id).limit(bindparam("most", type_=Integer))


@cache
def _first(question: Select[int, str]) -> Select[int, str, int]:
    every = func.count().over()
    most = bindparam("most", type_=Integer)
    return question.add_columns(every).order_by(Person.name, Person.id).limit(most)


def named(session: Session, asked: Asked, limit: int, query: str) -> list[Named]:
    """Return the first people, by name, whom a question finds and one of the names in a query, too.

    Names have commas between; every word of one must be in somebody's name. Case and accents do not count.
    """
    found = [
        and_(*(Person.name_key.contains(word, autoescape=True) for word in words))
        for words in several_sought(query)
    ]
    if not found:
        return []
    question = asked.question.where(or_(*found)).order_by(Person.name, Person.id).limit(limit)
    return [(person, name) for person, name in session.execute(question, asked.values)]


def _there(plan: Plan, event: Event, round_: Round) -> Asked:
    """Return the question for whom the plan is, and who are there for the whole of a round that has not begun."""
    starts, ends = (moment.astimezone(event.tz) for moment in (round_.starts_at, round_.ends_at))
    days = starts.date() - event.held_on, ends.date() - event.held_on
    question = _at_round(plan.unanswered, _sign(days[0]), _sign(days[1]))
    values = {
        "event": event.id, "round": round_.number, "begins": round_.starts_at,
        "starts": starts.time(), "ends": ends.time(),
    }  # fmt: skip
    return Asked(question, values)


def _sign(days: timedelta) -> int:
    """Return whether a day is before another, it or after it: -1, 0 or 1."""
    return (days > timedelta()) - (days < timedelta())


@cache
def _at_round(unanswered: bool, starts: int, ends: int) -> Select[int, str]:
    """Return the question of `_there`; a round may start, and end, before, on or after the local day of the event.

    Whoever arrives some time on the day is there when a round begins on a later one, and whoever leaves on it is
    there until a round ends on an earlier one. Who is checked in before they were expected is there (`hours.missed`).
    """
    asked: ColumnElement[bool] = (Registration.presence == Presence.HERE) | Registration.state.in_(PLANNED)
    has_come = true() if starts > 0 else false() if starts else Registration.arrives <= bindparam("starts")
    here = (Registration.presence == Presence.HERE) & (Registration.presence_at <= bindparam("begins"))
    stays = true() if ends < 0 else false() if ends else Registration.leaves >= bindparam("ends")
    return _people().where(
        Registration.event_id == bindparam("event"),
        Registration.state.in_(COMING),
        Registration.presence != Presence.ABSENT,
        true() if unanswered else asked,
        Registration.arrives.is_(None) | has_come | here,
        Registration.leaves.is_(None) | stays,
        ~misses(bindparam("round", type_=Integer)),
    )


def _people() -> Select[int, str]:
    return select(Person.id, Person.name).join(Registration, Registration.person_id == Person.id)
