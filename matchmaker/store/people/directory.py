"""The directory: who agreed to be found by others who come, searched by what they said of themselves."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from matchmaker.store.among import among
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, seen
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration, RegistrationTopic
from matchmaker.store.session import Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind


@dataclass(frozen=True)
class Sought:
    """Whom to look for: people with every one of these words (folded), of this organisation, on this topic."""

    words: str = ""
    organisation: str = ""
    topic_id: int | None = None


def search(
    session: Session, event_id: int, reader_id: int, sought: Sought, limit: int = 20, offset: int = 0
) -> list[Registration]:
    """Return who is found, by name, with their person and topics; never the reader. Two queries."""
    return list(
        session.scalars(
            select(Registration)
            .join(Registration.person)
            .where(*_found(event_id, reader_id, sought))
            .options(contains_eager(Registration.person), selectinload(Registration.topics))
            .order_by(Person.name, Person.id)
            .limit(limit)
            .offset(offset)
        )
    )


def count(session: Session, event_id: int, reader_id: int, sought: Sought) -> int:
    """Return how many people `search` finds, on all its pages."""
    query = select(func.count(Registration.id)).join(Registration.person)
    return session.scalar(query.where(*_found(event_id, reader_id, sought))) or 0


def one(session: Session, event_id: int, reader_id: int, person_id: int) -> Registration | None:
    """Return somebody whom the reader finds in the directory, or None."""
    query = select(Registration).join(Registration.person)
    return session.scalar(
        query.where(*_found(event_id, reader_id, Sought()), Registration.person_id == person_id)
    )


def organisations(session: Session, event_id: int, reader_id: int, most: int) -> list[tuple[str, int]]:
    """Return the organisations of most people whom the reader finds, each with how many; the largest first."""
    rows = session.execute(
        select(Person.organisation, func.count())
        .select_from(Registration)
        .join(Registration.person)
        .where(*_found(event_id, reader_id, Sought()), Person.organisation != "")
        .group_by(Person.organisation)
        .order_by(func.count().desc(), Person.organisation)
        .limit(most)
    )
    return [(name, number) for name, number in rows]


def topics(session: Session, event_id: int, reader_id: int, most: int) -> list[tuple[Topic, int]]:
    """Return the topics of most people whom the reader finds, each with how many; the largest first."""
    rows = session.execute(
        select(Topic, func.count())
        .join(RegistrationTopic, RegistrationTopic.topic_id == Topic.id)
        .join(Registration, Registration.id == RegistrationTopic.registration_id)
        .join(Registration.person)
        .where(*_found(event_id, reader_id, Sought()))
        .group_by(Topic.id)
        .order_by(func.count().desc(), Topic.name)
        .limit(most)
    )
    return [(topic, number) for topic, number in rows]


def datasets_of(session: Session, person_ids: Collection[int]) -> dict[int, list[Dataset]]:
    """Return the datasets that others may read these people work on or use, by title. Two queries."""
    found: dict[int, dict[int, Dataset]] = defaultdict(dict)
    worked = (
        select(Contribution.person_id, Dataset)
        .join(Dataset, Dataset.id == Contribution.dataset_id)
        .where(among(Contribution.person_id, person_ids), seen())
    )
    uses = (
        select(Use.person_id, Dataset)
        .join(Dataset, Dataset.id == Use.dataset_id)
        .where(among(Use.person_id, person_ids))
    )
    for query in (worked, uses):
        for person_id, dataset in session.execute(query):
            found[person_id][dataset.id] = dataset
    return {
        person_id: sorted(several.values(), key=lambda dataset: (dataset.title_key, dataset.id))
        for person_id, several in found.items()
    }


def _found(event_id: int, reader_id: int, sought: Sought) -> list[ColumnElement[bool]]:
    """Return the conditions on a registration and its person; a block of either, at any event, hides both."""
    mine = select(Answer.about_id).where(Answer.person_id == reader_id, Answer.kind == AnswerKind.BLOCK)
    theirs = select(Answer.person_id).where(Answer.about_id == reader_id, Answer.kind == AnswerKind.BLOCK)
    found = [
        Registration.event_id == event_id,
        Registration.in_directory.is_(True),
        Registration.state.in_(COMING),
        Registration.person_id != reader_id,
        ~or_(Registration.person_id.in_(mine), Registration.person_id.in_(theirs)),
        *(Registration.directory_key.contains(word, autoescape=True) for word in sought.words.split()),
    ]
    if sought.organisation:
        found.append(Person.organisation == sought.organisation)
    if sought.topic_id is not None:
        about = select(RegistrationTopic.registration_id).where(RegistrationTopic.topic_id == sought.topic_id)
        found.append(Registration.id.in_(about))
    return found


def topic_names(session: Session, event_id: int) -> list[str]:
    """Return the names of the topics that somebody at an event works on, in alphabetical order."""
    here = (
        select(RegistrationTopic.topic_id)
        .join(Registration, Registration.id == RegistrationTopic.registration_id)
        .where(Registration.event_id == event_id)
    )
    return list(session.scalars(select(Topic.name).where(Topic.id.in_(here)).order_by(Topic.key)))
