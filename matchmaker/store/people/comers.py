"""Who comes to an event, and who anybody is, as plain values: what plans need of thousands of people at once."""

from collections.abc import Collection
from datetime import datetime, time
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from matchmaker.store.among import among, among_those
from matchmaker.store.people import namesakes
from matchmaker.store.people.namesakes import AsTold
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import (
    COMING,
    PLANNED,
    Pool,
    Presence,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import Session, plainly


class NamedPerson(NamedTuple):
    """Somebody as a plan names them; the fields are those of `Person`, but for `name`.

    Of two at an event who have the same name, `name` says what tells them apart. Where the organisation stands with
    it, `beside` is said, and `own_name` is as they write it.
    """

    id: int
    name: str
    organisation: str
    job_title: str
    pronouns: str
    beside: str
    own_name: str


class Comer(NamedTuple):
    """Somebody who comes to an event, as planning reads them; the fields are those of `Registration` and `Person`.

    `name` and `beside` are those of `NamedPerson`.
    """

    person_id: int
    name: str
    organisation: str
    state: RegistrationState
    presence: Presence
    presence_at: datetime | None
    pool: Pool
    team: str
    arrives: time | None
    leaves: time | None
    away_rounds: frozenset[int]
    step_free: bool
    quiet: bool
    fixed_table: int | None
    most_meetings: int | None
    meetings_in_a_row: int | None
    helper: str
    large_print: bool
    access_needs: str
    diet: str
    trio_ok: bool
    pronouns: str
    badge_code: str
    beside: str


_COMER = (
    Registration.person_id,
    Person.name,
    Person.organisation,
    Registration.state,
    Registration.presence,
    Registration.presence_at,
    Registration.pool,
    Registration.team,
    Registration.arrives,
    Registration.leaves,
    Registration.away_rounds,
    Registration.step_free,
    Registration.quiet,
    Registration.fixed_table,
    Registration.most_meetings,
    Registration.meetings_in_a_row,
    Registration.helper,
    Registration.large_print,
    Registration.access_needs,
    Registration.diet,
    Registration.trio_ok,
    Person.pronouns,
    Registration.badge_code,
    Person.name,
)
_NAMED = (
    Person.id,
    Person.name,
    Person.organisation,
    Person.job_title,
    Person.pronouns,
    Person.name,
    Person.name,
)


def comers(session: Session, event_id: int, *conditions: ColumnElement[bool]) -> list[Comer]:
    """Return everybody who comes to an event or may, and meets the conditions, by name: two queries."""
    rows = session.execute(
        select(*_COMER)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.event_id == event_id, Registration.state.in_(COMING), *conditions)
        .order_by(Person.name, Person.id)
    )
    found = [*map(Comer._make, rows)]
    known = namesakes.told(session, event_id, [one.person_id for one in found] if conditions else None)
    return [_as_told(one, known.get(one.person_id)) for one in found]


def with_needs(session: Session, event_id: int, *conditions: ColumnElement[bool]) -> list[Comer]:
    """Return who comes, or may, has said what they need or eat, and meets the conditions: two queries."""
    one = Registration
    asks = or_(
        one.step_free, one.quiet, one.large_print, one.fixed_table.is_not(None), one.most_meetings.is_not(None),
        one.meetings_in_a_row.is_not(None), one.helper != "", one.access_needs != "", one.diet != "",
    )  # fmt: skip
    return comers(session, event_id, asks, *conditions)


def named(session: Session, person_ids: Collection[int], event_id: int) -> dict[int, NamedPerson]:
    """Return those of these people who are still known, by inside id, as an event names them: two queries."""
    known = namesakes.told(session, event_id, person_ids)
    rows = map(NamedPerson._make, plainly(session, _named(), {"people": [*person_ids]}))
    return {one.id: _as_told(one, known.get(one.id)) for one in rows}


AnyNamed = TypeVar("AnyNamed", NamedPerson, Comer)


def _as_told(one: AnyNamed, told: AsTold | None) -> AnyNamed:
    return one._replace(name=told.alone, beside=told.beside) if told else one


@cache
def _named() -> Select[*tuple[Any, ...]]:
    return select(*_NAMED).where(among_those(Person.id, "people"))


def offices_here(session: Session, event_id: int) -> dict[int, str]:
    """Return the organisation of everybody who is checked in at an event, by inside id: one query."""
    return {
        person: organisation for person, organisation in plainly(session, _offices(), {"event": event_id})
    }


@cache
def _offices() -> Select[int, str]:
    return (
        select(Person.id, Person.organisation)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == bindparam("event"), Registration.presence == Presence.HERE)
        .order_by(Person.name, Person.id)
    )


def with_address(session: Session, person_ids: Collection[int]) -> set[int]:
    """Return those of these people to whom mail can be sent: one query."""
    return set(session.scalars(select(Address.person_id).where(among(Address.person_id, person_ids))))


def count_planned(session: Session, event_id: int) -> int:
    """Return for how many people the next plan would be: who said yes or is here, and is not marked absent."""
    return session.scalar(_count_planned(), {"event": event_id}) or 0


@cache
def _count_planned() -> Select[int]:
    return select(func.count()).where(
        Registration.event_id == bindparam("event"),
        Registration.state.in_(COMING),
        Registration.presence != Presence.ABSENT,
        Registration.state.in_(PLANNED) | (Registration.presence == Presence.HERE),
    )
