"""The people of an event as plain values, some hundred at a time, for a file of all of them."""

from collections.abc import Collection, Sequence
from datetime import time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from matchmaker.store.among import among, among_those
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState, RegistrationTopic
from matchmaker.store.session import Session


class ListedRow(NamedTuple):
    """What a list says of somebody but for topics, addresses and datasets; `id` is of the registration."""

    id: int
    person_id: int
    name: str
    organisation: str
    job_title: str
    pronouns: str
    team: str
    bio: str
    offers: str
    needs: str
    arrives: time | None
    leaves: time | None
    step_free: bool
    quiet: bool
    access_needs: str
    diet: str
    fixed_table: int | None
    pool: Pool
    pool_reason: str
    trio_ok: bool


def in_order(session: Session, event_id: int, states: Sequence[RegistrationState]) -> list[int]:
    """Return the ids of the registrations of an event in one of these states, by name: one query."""
    return list(
        session.scalars(
            select(Registration.id)
            .join(Registration.person)
            .where(Registration.event_id == event_id, Registration.state.in_(states))
            .order_by(Person.name, Person.id)
        )
    )


def rows(session: Session, ids: Sequence[int]) -> list[ListedRow]:
    """Return these registrations in the order of their ids, without those that are gone: one query."""
    found = {row[0]: ListedRow(*row) for row in session.execute(_rows(), {"ids": [*ids]})}
    return [found[one] for one in ids if one in found]


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    columns = (getattr(Person if one in _OF_PERSON else Registration, one) for one in ListedRow._fields)
    return select(*columns).join(Registration.person).where(among_those(Registration.id, "ids"))


_OF_PERSON = frozenset(("name", "organisation", "job_title", "pronouns"))


def topics(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the topics of these registrations, by name: one query."""
    found: dict[int, list[str]] = {}
    for row_id, name in session.execute(
        select(RegistrationTopic.registration_id, Topic.name)
        .join(Topic, Topic.id == RegistrationTopic.topic_id)
        .where(among(RegistrationTopic.registration_id, ids))
        .order_by(Topic.name)
    ):
        found.setdefault(row_id, []).append(name)
    return found


def addresses(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """Return the address that mail to each of these people goes to, of those who have one: one query."""
    found: dict[int, str] = {}
    for person_id, email in session.execute(
        select(Address.person_id, Address.email)
        .where(among(Address.person_id, person_ids))
        .order_by(Address.position)
    ):
        found.setdefault(person_id, email)
    return found
