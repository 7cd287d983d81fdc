"""The directory: who agreed to be found by others who come, searched by what they said of themselves."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select, union_all

from matchmaker.store.among import among_those
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, seen
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration, RegistrationTopic
from matchmaker.store.session import Session, plainly
from matchmaker.store.suggestions.answers import Answer, AnswerKind


@dataclass(frozen=True)
class Sought:
    """Whom to look for: people with every one of these words (folded), of this organisation, on this topic."""

    words: str = ""
    organisation: str = ""
    topic_id: int | None = None


class PersonInDirectory(NamedTuple):
    """Somebody as the directory shows them; `id` is of the registration, `public_id` of the person."""

    id: int
    person_id: int
    public_id: str
    name: str
    pronouns: str
    job_title: str
    organisation: str
    show_name: bool
    offers: str
    topics: list[str]


def search(
    session: Session, event_id: int, reader_id: int, sought: Sought, limit: int = 20, offset: int = 0
) -> list[PersonInDirectory]:
    """Return who is found, by name, with their topics; never the reader. Three queries.

    The first reads nothing of a registration but what an index has, and the others the few that are shown.
    """
    asked = {**_of(event_id, reader_id), "limit": limit, "offset": offset}
    ids = list(plainly(session, _narrowed(_places(), sought), asked).scalars())
    if not ids:
        return []
    topics: dict[int, list[str]] = defaultdict(list)
    for one, name in plainly(session, _topics_of(), {"ids": ids}):
        topics[one].append(name)
    people = plainly(session, _people(), {"ids": ids})
    rows = {row[0]: PersonInDirectory._make((*row, topics[row[0]])) for row in people}
    return [rows[one] for one in ids if one in rows]


@cache
def _places() -> Select[int]:
    """Return the question who is found, in order."""
    limit, offset = (bindparam(name, type_=Integer) for name in ("limit", "offset"))
    found = select(Registration.id).join(Registration.person).where(*_found())
    return found.order_by(Person.name, Person.id).limit(limit).offset(offset)


@cache
def _people() -> Select[*tuple[Any, ...]]:
    """Return the question of what a list shows of registrations, by their `ids`."""
    who = (Registration.id, Registration.person_id, Person.public_id)
    told = (Person.name, Person.pronouns, Person.job_title, Person.organisation, Person.show_name)
    people = select(*who, *told, Registration.offers).join(Registration.person)
    return people.where(among_those(Registration.id, "ids"))


@cache
def _topics_of() -> Select[int, str]:
    """Return the question of the topics of registrations, by their `ids`."""
    return (
        select(RegistrationTopic.registration_id, Topic.name)
        .join(Topic, Topic.id == RegistrationTopic.topic_id)
        .where(among_those(RegistrationTopic.registration_id, "ids"))
        .order_by(Topic.name)
    )


def count(session: Session, event_id: int, reader_id: int, sought: Sought) -> int:
    """Return how many people `search` finds, on all its pages."""
    return plainly(session, _narrowed(_number(), sought), _of(event_id, reader_id)).scalar() or 0


@cache
def _number() -> Select[int]:
    return select(func.count(Registration.id)).where(*_found())


def one(session: Session, event_id: int, reader_id: int, person_id: int) -> Registration | None:
    """Return somebody whom the reader finds in the directory, or None."""
    query = select(Registration).where(*_found(), Registration.person_id == person_id)
    return session.scalar(query, _of(event_id, reader_id))


def organisations(session: Session, event_id: int, reader_id: int, most: int) -> list[tuple[str, int]]:
    """Return the organisations of most people whom the reader finds, each with how many; the largest first."""
    rows = plainly(session, _organisations(), {**_of(event_id, reader_id), "most": most})
    return [(name, number) for name, number in rows]


@cache
def _organisations() -> Select[str, int]:
    return (
        select(Person.organisation, func.count())
        .select_from(Registration)
        .join(Registration.person)
        .where(*_found(), Person.organisation != "")
        .group_by(Person.organisation)
        .order_by(func.count().desc(), Person.organisation)
        .limit(bindparam("most", type_=Integer))
    )


def topics(session: Session, event_id: int, reader_id: int, most: int) -> list[tuple[int, str, int]]:
    """Return the topics of most people whom the reader finds: id, name and how many; the largest first."""
    rows = plainly(session, _topics(), {**_of(event_id, reader_id), "most": most})
    return [(topic, name, number) for topic, name, number in rows]


@cache
def _topics() -> Select[int, str, int]:
    """Return the question of `topics`; people are counted before the topics are looked up, which halves its time."""
    counted = (
        select(RegistrationTopic.topic_id, func.count().label("people"))
        .join(Registration, Registration.id == RegistrationTopic.registration_id)
        .where(*_found())
        .group_by(RegistrationTopic.topic_id)
        .subquery()
    )
    return (
        select(Topic.id, Topic.name, counted.c.people)
        .join(counted, counted.c.topic_id == Topic.id)
        .order_by(counted.c.people.desc(), Topic.name)
        .limit(bindparam("most", type_=Integer))
    )


def datasets_of(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the titles of the datasets that others may read these people work on or use, by title. Two queries."""
    found: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for query in _datasets():
        for person_id, dataset_id, key, title in plainly(session, query, {"people": list(person_ids)}):
            found[person_id][dataset_id] = key, title
    return {
        person_id: [title for (_, title), _ in sorted((said, id_) for id_, said in several.items())]
        for person_id, several in found.items()
    }


@cache
def _datasets() -> tuple[Select[int, int, str, str], ...]:
    """Return the questions of `datasets_of`: what people worked on, and what they use."""
    told = Dataset.id, Dataset.title_key, Dataset.title
    worked = select(Contribution.person_id, *told).join(Dataset, Dataset.id == Contribution.dataset_id)
    uses = select(Use.person_id, *told).join(Dataset, Dataset.id == Use.dataset_id)
    return (
        worked.where(among_those(Contribution.person_id, "people"), seen()),
        uses.where(among_those(Use.person_id, "people")),
    )


def _of(event_id: int, reader_id: int) -> dict[str, int]:
    return {"event": event_id, "reader": reader_id}


@cache
def _found() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on a registration; a block of either, at any event, hides both.

    They are of the `event` and the `reader` that are asked for: putting them together takes longer than asking.
    """
    event_id, reader_id = bindparam("event", type_=Integer), bindparam("reader", type_=Integer)
    mine = select(Answer.about_id).where(Answer.person_id == reader_id, Answer.kind == AnswerKind.BLOCK)
    theirs = select(Answer.person_id).where(Answer.about_id == reader_id, Answer.kind == AnswerKind.BLOCK)
    # One list, as SQLite looks for each of thousands of people in every list there is.
    never = union_all(select(reader_id), mine, theirs)
    return (
        Registration.event_id == event_id,
        Registration.in_directory.is_(True),
        Registration.state.in_(COMING),
        Registration.person_id.not_in(never),
    )


def _narrowed(query: Select[Any], sought: Sought) -> Select[Any]:
    """Return a question about people in the directory, of those alone who are sought."""
    for word in sought.words.split():
        query = query.where(Registration.directory_key.contains(word, autoescape=True))
    if sought.organisation:
        of = select(Person.id).where(Person.organisation == sought.organisation)
        query = query.where(Registration.person_id.in_(of))
    if sought.topic_id is not None:
        about = select(RegistrationTopic.registration_id).where(RegistrationTopic.topic_id == sought.topic_id)
        query = query.where(Registration.id.in_(about))
    return query


def topic_names(session: Session, event_id: int) -> list[str]:
    """Return the names of the topics that somebody at an event works on, in alphabetical order."""
    return list(plainly(session, _topic_names(), {"event": event_id}).scalars())


@cache
def _topic_names() -> Select[str]:
    """Return the question of `topic_names`, which is put together once."""
    here = (
        select(RegistrationTopic.topic_id)
        .join(Registration, Registration.id == RegistrationTopic.registration_id)
        .where(Registration.event_id == bindparam("event", type_=Integer))
    )
    return select(Topic.name).where(Topic.id.in_(here)).order_by(Topic.key)
