"""Namesakes at an event: people of one name, and the word that tells each of them from the others."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from matchmaker.recognition.name_order import folded
from matchmaker.store.among import among_those
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.plans.plans import Seat
from matchmaker.store.session import Session, plainly

About = tuple[int, str, str, str]
"""Somebody's inside id, name, organisation and job title."""


class AsTold(NamedTuple):
    """How an event's pages and papers name one of two who have the same name.

    That is `alone`, and `beside` their organisation where that stands with it.
    """

    alone: str
    beside: str


def told(session: Session, event_id: int, person_ids: Collection[int] | None = None) -> dict[int, AsTold]:
    """Return how those who come to an event are named who share their name with another, by inside id.

    Case and accents make no other name. One query, which looks at everybody who comes, or at these people and their
    namesakes alone.
    """
    if person_ids is None:
        found = plainly(session, _shared(), {"event": event_id})
    else:
        found = plainly(session, _called_as(), {"event": event_id, "people": [*person_ids]})
    return _as_told([(*row,) for row in found])


def _as_told(rows: Sequence[About]) -> dict[int, AsTold]:
    word = apart(rows)
    return {
        person: AsTold(
            f"{name} ({word[person]})", name if word[person] == organisation else f"{name} ({word[person]})"
        )
        for person, name, organisation, _ in rows
        if person in word
    }


def names_at(session: Session, event_id: int, people: Collection[Person]) -> dict[int, str]:
    """Return how an event names these people where their organisation does not stand beside it, by inside id."""
    return _alone(people, told(session, event_id, [one.id for one in people]) if people else {})


def names_in_plan(session: Session, plan_id: int, people: Collection[Person]) -> dict[int, str]:
    """Return how attendees read the names of these people, by inside id, where no organisation stands beside them.

    Told apart are those who sit in the same plan, as its paper lies on the tables: with whoever is on the list, each
    reader would see that somebody was invited, or said no.
    """
    asked = {"plan": plan_id, "people": [one.id for one in people]}
    rows = [(*row,) for row in plainly(session, _called_in_plan(), asked)] if people else []
    return _alone(people, _as_told(rows))


def _alone(people: Iterable[Person], known: Mapping[int, AsTold]) -> dict[int, str]:
    return {one.id: known[one.id].alone if one.id in known else one.name for one in people}


def apart(people: Iterable[About]) -> dict[int, str]:
    """Return what tells each of these people from those of the same name: nothing of whoever shares it with nobody.

    It is the organisation or, where that is the same, the job title.

    >>> apart([(1, "Ana Ray", "Peat", "Chemist"), (2, "Ana Ráy", "Peat", "Diver"), (3, "Ana Ray", "Moor", "Diver")])
    {1: 'Chemist', 2: 'Peat, Diver', 3: 'Moor'}
    """
    same: dict[str, list[About]] = defaultdict(list)
    for one in people:
        same[folded(one[1])].append(one)
    found: dict[int, str] = {}
    for those in same.values():
        if len(those) > 1:
            offered = {person: _offered(organisation, title) for person, _, organisation, title in those}
            said = Counter(word for some in offered.values() for word in {*map(folded, some)})
            for person, some in offered.items():
                found[person] = next((word for word in some if said[folded(word)] == 1), "")
    return {person: word for person, word in found.items() if word}


def _offered(organisation: str, job_title: str) -> tuple[str, ...]:
    both = f"{organisation}, {job_title}" if organisation and job_title else ""
    return tuple(word for word in (organisation, job_title, both) if word)


@cache
def _shared() -> Select[int, str, str, str]:
    """Return the question for whoever comes to an `event` as others of their name do."""
    twice = select(Person.name_key).join(*_JOINED).where(*_comes()).group_by(Person.name_key)
    return _about().where(Person.name_key.in_(twice.having(func.count() > 1)))


@cache
def _called_as() -> Select[int, str, str, str]:
    """Return the question for whoever comes to an `event` and has the name of one of these `people`."""
    return _about().where(Person.name_key.in_(_names()))


@cache
def _called_in_plan() -> Select[int, str, str, str]:
    """Return the question for whoever sits in a `plan` and has the name of one of these `people`."""
    sits = exists().where(Seat.person_id == Person.id, Seat.plan_id == bindparam("plan"))
    return select(*_ABOUT).where(Person.name_key.in_(_names()), sits).order_by(Person.id)


def _names() -> Select[str]:
    """Return the question for those names of these `people` that anybody else has, which are few."""
    other = aliased(Person)
    shares = (other.name_key == Person.name_key) & (other.id != Person.id)
    return select(Person.name_key).join(other, shares).where(among_those(Person.id, "people"))


_JOINED = (Registration, Registration.person_id == Person.id)


def _comes() -> tuple[ColumnElement[bool], ...]:
    return Registration.event_id == bindparam("event"), Registration.state.in_(COMING)


_ABOUT = (Person.id, Person.name, Person.organisation, Person.job_title)


def _about() -> Select[int, str, str, str]:
    return select(*_ABOUT).join(*_JOINED).where(*_comes()).order_by(Person.id)
