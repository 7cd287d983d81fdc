"""The people of an event, named, chosen and counted by the database."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, contains_eager

from matchmaker.matching.profile import ENOUGH_WORDS
from matchmaker.recognition.name_order import several_sought, sought
from matchmaker.store.among import among, among_those
from matchmaker.store.credits.contributions import SHOWN, Contribution, Use
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import (
    COMING,
    PLANNED,
    Presence,
    Registration,
    RegistrationState,
    RegistrationTopic,
)
from matchmaker.store.session import Session, plainly

Condition = ColumnElement[bool]


@cache
def coming() -> Condition:
    """Return the condition that somebody is suggested and planned."""
    return Registration.state.in_(COMING)


@cache
def on_the_list(*, over: bool) -> Condition:
    """Return the condition that somebody has not said no or, once the event is over, came and said so afterwards."""
    return or_(coming(), Registration.presence == Presence.HERE) if over else coming()


@cache
def here(*, over: bool) -> Condition:
    """Return the condition that somebody is here or, once the event is over, that they were: also if they left."""
    return and_(on_the_list(over=over), Registration.presence == Presence.HERE)


def attends() -> Condition:
    """Return the condition that somebody said yes, or was checked in, also if they have left since."""
    return or_(Registration.state.in_(PLANNED), Registration.presence == Presence.HERE)


def expects_answer() -> Condition:
    """Return the condition that somebody is invited and has not answered, by a word or by coming or staying away."""
    invited = Registration.state == RegistrationState.INVITED
    return and_(invited, Registration.presence == Presence.EXPECTED)


@cache
def anybody() -> Condition:
    """Return the condition that everybody meets."""
    return true()


def with_public_id(public_ids: Collection[str]) -> Condition:
    """Return the condition that somebody's registration has one of these public ids."""
    return among(Registration.public_id, public_ids)


def nearly_empty() -> Condition:
    """Return the condition that so little is known of somebody that they should be asked for more."""
    topic = exists().where(RegistrationTopic.registration_id == Registration.id)
    credit = exists().where(Contribution.person_id == Registration.person_id, Contribution.state.in_(SHOWN))
    use = exists().where(Use.person_id == Registration.person_id)
    return and_(Registration.words < ENOUGH_WORDS, not_(topic), not_(credit), not_(use))


def without_address() -> Condition:
    """Return the condition that mail cannot reach somebody."""
    return not_(exists().where(Address.person_id == Registration.person_id))


def all_day() -> Condition:
    """Return the condition that nothing is known against somebody being there for the whole day."""
    return and_(
        Registration.presence != Presence.ABSENT,
        Registration.arrives.is_(None),
        Registration.leaves.is_(None),
        Registration.away_rounds == frozenset(),
    )


def named(query: str, *, by_name: bool = True) -> list[Condition]:
    """Return the conditions that every word of `query` is somewhere in the name or the organisation.

    Case and accents do not count, and words may come in any order. With `by_name` one of them is in the name itself.
    """
    words = sought(query)
    found: list[Condition] = [
        or_(
            Person.name_key.contains(word, autoescape=True),
            Person.organisation_key.contains(word, autoescape=True),
        )
        for word in words
    ]
    if words and by_name:
        found.append(or_(*(Person.name_key.contains(word, autoescape=True) for word in words)))
    return found


def any_named(query: str) -> Condition:
    """Return the condition that one of the names in `query`, with commas between, finds somebody."""
    return or_(false(), *(and_(*named(" ".join(words))) for words in several_sought(query)))


def coming_with(person_id: int, without: Collection[int]) -> list[Condition]:
    """Return the conditions that somebody else comes to an event with a person and lets their name be shown."""
    mine = select(Registration.event_id).where(
        Registration.person_id == person_id, Registration.state.in_(COMING)
    )
    there = select(Registration.person_id).where(
        Registration.event_id.in_(mine), Registration.state.in_(COMING)
    )
    return [
        Person.id != person_id,
        Person.id.in_(there),
        Person.show_name.is_(True),
        not_(among(Person.id, without)),
    ]


def is_person(public_ids: Collection[str]) -> Condition:
    """Return the condition that a person has one of these public ids."""
    return among(Person.public_id, public_ids)


def people(session: Session, conditions: list[Condition], most: int) -> list[Person]:
    """Return up to `most` people, of any event, who meet the conditions, by name."""
    query = select(Person).where(*conditions).order_by(Person.name, Person.id).limit(most)
    return list(session.scalars(query))


def is_anybody(session: Session, conditions: list[Condition]) -> bool:
    """Whether there is a person, of any event, who meets the conditions: nobody is put in order for that."""
    return session.scalar(select(Person.id).where(*conditions).limit(1)) is not None


def everybody(session: Session, event_id: int, conditions: Collection[Condition]) -> list[Registration]:
    """Return all the people who meet the conditions, with people and addresses, by name."""
    return list(
        session.scalars(
            select(Registration)
            .join(Registration.person)
            .where(Registration.event_id == event_id, *conditions)
            .options(contains_eager(Registration.person).selectinload(Person.addresses))
            .order_by(Person.name, Person.id)
        )
    )


def of_people(session: Session, event_id: int, person_ids: Collection[int]) -> list[Registration]:
    """Return how these people are registered, with the people."""
    return everybody(session, event_id, [among(Registration.person_id, person_ids)])


def public_ids(session: Session, event_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Return what names the registration of each of these people in addresses, by inside id of the person."""
    asked = select(Registration.person_id, Registration.public_id)
    rows = session.execute(
        asked.where(Registration.event_id == event_id, among(Registration.person_id, person_ids))
    )
    return {person_id: public_id for person_id, public_id in rows}


def names(session: Session, event_id: int) -> list[str]:
    """Return the names of everybody on an event's list, by name, and nothing else of them."""
    query = select(Person.name).join(Registration, Registration.person_id == Person.id)
    return list(session.scalars(query.where(Registration.event_id == event_id).order_by(Person.name)))


def of_organisations(names: Collection[str]) -> Condition:
    """Return the condition that somebody is of one of these organisations, written just so."""
    return Person.organisation.in_(sorted(names))


def organisations(session: Session, event_id: int) -> dict[str, int]:
    """Return how many people who are coming are of each organisation, as it is written: one query."""
    rows = session.execute(
        select(Person.organisation, func.count())
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == event_id, coming(), Person.organisation != "")
        .group_by(Person.organisation)
    )
    return {name: number for name, number in rows}


def count(session: Session, event_id: int, conditions: list[Condition]) -> int:
    """Return how many people of an event meet the conditions; nobody is looked up where there are none."""
    query = select(func.count()).select_from(Registration).where(Registration.event_id == event_id)
    if conditions:
        query = query.join(Registration.person).where(*conditions)
    return session.scalar(query) or 0


@dataclass(frozen=True)
class PeopleAlike:
    """The people of an event who stand alike, in numbers.

    `step_free` and `quiet` are how many of them need such a table and are not to sit at one table all day.
    """

    state: RegistrationState
    presence: Presence
    people: int
    invited: int
    nearly_empty: int
    step_free: int
    quiet: int


def standings(session: Session, event_id: int) -> list[PeopleAlike]:
    """Return the people of an event in numbers, by their state and whether they are here: one query, of one index."""
    return [PeopleAlike(*row) for row in plainly(session, _standings(), {"event": event_id})]


@cache
def _standings() -> Select[*tuple[Any, ...]]:
    anywhere = Registration.fixed_table.is_(None)
    return (
        select(
            Registration.state,
            Registration.presence,
            func.count(),
            func.count(Registration.invited_at),
            func.count().filter(nearly_empty()),
            func.count().filter(Registration.step_free, anywhere),
            func.count().filter(Registration.quiet, anywhere),
        )
        .where(Registration.event_id == bindparam("event"))
        .group_by(Registration.state, Registration.presence)
    )


def nearly_empty_of(session: Session, event_id: int, person_ids: list[int]) -> set[int]:
    """Return which of these people of an event have a nearly empty profile."""
    return set(plainly(session, _nearly_empty_of(), {"event": event_id, "people": person_ids}).scalars())


@cache
def _nearly_empty_of() -> Select[int]:
    """Return the question of `nearly_empty_of`, which is put together once."""
    return select(Registration.person_id).where(
        Registration.event_id == bindparam("event"),
        among_those(Registration.person_id, "people"),
        nearly_empty(),
    )


def addresses(session: Session, event_id: int, conditions: list[Condition], most: int) -> list[str]:
    """Return up to `most` addresses that mail to these people goes to, by name."""
    earlier = aliased(Address)
    first = (
        select(func.min(earlier.position))
        .where(earlier.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    return list(
        session.scalars(
            select(Address.email)
            .join(Person, Person.id == Address.person_id)
            .join(Registration, Registration.person_id == Person.id)
            .where(Registration.event_id == event_id, Address.position == first, *conditions)
            .order_by(Person.place_key, Person.name, Person.id)
            .limit(most)
        )
    )
