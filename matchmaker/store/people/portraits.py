"""What people at an event tell of themselves, as plain values: what matching needs of thousands at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from matchmaker.store.among import among
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration, RegistrationTopic
from matchmaker.store.session import Session


class Portrait(NamedTuple):
    """Somebody in their own words; the fields are those of `Registration` and `Person`, topics by their names."""

    registration_id: int
    person_id: int
    organisation: str
    show_name: bool
    team: str
    bio: str
    offers: str
    needs: str
    topics: tuple[str, ...] = ()


def at_event(session: Session, event_id: int, *, suggestible_only: bool) -> list[Portrait]:
    """Return what everybody tells who is coming, by name; `suggestible_only`: who may be suggested. Two queries."""
    which = (Registration.event_id == event_id) & Registration.state.in_(COMING)
    return _read(session, which & Registration.suggestible if suggestible_only else which)


def by_people(session: Session, event_id: int, person_ids: Collection[int]) -> list[Portrait]:
    """Return what these people tell at this event, by name: two queries."""
    return _read(session, (Registration.event_id == event_id) & among(Registration.person_id, person_ids))


def _read(session: Session, which: ColumnElement[bool]) -> list[Portrait]:
    named = session.execute(
        select(RegistrationTopic.registration_id, Topic.name)
        .join(Topic, Topic.id == RegistrationTopic.topic_id)
        .join(Registration, Registration.id == RegistrationTopic.registration_id)
        .where(which)
        .order_by(Topic.name)
    )
    topics: dict[int, list[str]] = defaultdict(list)
    for registration_id, name in named:
        topics[registration_id].append(name)
    rows = session.execute(
        select(
            Registration.id,
            Registration.person_id,
            Person.organisation,
            Person.show_name,
            Registration.team,
            Registration.bio,
            Registration.offers,
            Registration.needs,
        )
        .join(Registration.person)
        .where(which)
        .order_by(Person.name, Person.id)
    )
    return [Portrait(*row, tuple(topics.get(row[0], ()))) for row in rows]
