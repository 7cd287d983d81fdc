"""Namesakes at an event: people of one name, and the word, or else the number, that tells each from the others."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from matchmaker.recognition.name_order import folded
from matchmaker.store.among import among_those
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.plans.plans import Plan, Seat
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
    namesakes alone; a second where no word of theirs tells some apart. None for nobody.
    """
    if person_ids is not None and not person_ids:
        return {}
    if person_ids is None:
        found = plainly(session, _shared(), {"event": event_id})
    else:
        found = plainly(session, _called_as(), {"event": event_id, "people": [*person_ids]})
    return _as_told(session, event_id, [(*row,) for row in found])


def _as_told(session: Session, event_id: int, rows: Sequence[About]) -> dict[int, AsTold]:
    word = apart(rows)
    word |= _numbers(session, event_id, [one[0] for some in alike(rows) for one in some])
    return {
        person: AsTold(
            f"{name} ({word[person]})", name if word[person] == organisation else f"{name} ({word[person]})"
        )
        for person, name, organisation, _ in rows
        if person in word
    }


def names_at(session: Session, event_id: int, names: Mapping[int, str]) -> dict[int, str]:
    """Return how an event names people where their organisation does not stand beside it, by inside id as `names`."""
    known = told(session, event_id, names)
    return {one: known[one].alone if one in known else name for one, name in names.items()}


def told_in_plan(session: Session, plan: Plan, people: Collection[Person]) -> dict[int, AsTold]:
    """Return how attendees read the names of these people, by inside id.

    Told apart are those who sit in the same plan, as its paper lies on the tables: with whoever is on the list, each
    reader would see that somebody was invited, or said no.
    """
    asked = {"plan": plan.id, "people": [one.id for one in people]}
    rows = [(*row,) for row in plainly(session, _called_in_plan(), asked)] if people else []
    known = _as_told(session, plan.event_id, rows)
    return {one.id: known.get(one.id, AsTold(one.name, one.name)) for one in people}


def alike_at(session: Session, event_id: int) -> list[list[About]]:
    """Return those who come to an event and whom nothing but a number tells from each other, as `alike` does."""
    return alike([(*row,) for row in plainly(session, _shared(), {"event": event_id})])


def apart(people: Iterable[About]) -> dict[int, str]:
    """Return what tells each of these people from those of the same name: nothing of whoever shares it with nobody.

    It is the organisation or, where that is the same, the job title.

    >>> apart([(1, "Ana Ray", "Peat", "Chemist"), (2, "Ana Ráy", "Peat", "Diver"), (3, "Ana Ray", "Moor", "Diver")])
    {1: 'Chemist', 2: 'Peat, Diver', 3: 'Moor'}
    """
    return {one[0]: word for those in _of_one_name(people) for one, word in _worded(those) if word}


def alike(people: Iterable[About]) -> list[list[About]]:
    """Return those of one name whom no word of theirs tells from each other, name by name.

    >>> alike([(1, "Ana Ray", "Peat", ""), (2, "Ana Ráy", "Peat", ""), (3, "Ana Ray", "Moor", "")])
    [[(1, 'Ana Ray', 'Peat', ''), (2, 'Ana Ráy', 'Peat', '')]]
    """
    left = ([one for one, word in _worded(those) if not word] for those in _of_one_name(people))
    return [some for some in left if len(some) > 1]


def _of_one_name(people: Iterable[About]) -> list[list[About]]:
    same: dict[str, list[About]] = defaultdict(list)
    for one in people:
        same[folded(one[1])].append(one)
    return [those for those in same.values() if len(those) > 1]


def _worded(those: Sequence[About]) -> Iterator[tuple[About, str]]:
    offered = [
        {word: folded(word) for word in _offered(organisation, title)} for _, _, organisation, title in those
    ]
    said = Counter(key for some in offered for key in {*some.values()})
    for one, some in zip(those, offered, strict=True):
        yield one, next((word for word, key in some.items() if said[key] == 1), "")


def _numbers(session: Session, event_id: int, people: Collection[int]) -> dict[int, str]:
    """Return which of their name each of these people is, in the order in which an event came to know them.

    Whoever is not coming any more is counted, too: a number that is printed stays theirs until somebody before
    them is erased or merged, and is the same whoever else a page or a plan is about. One query, or none for nobody.
    """
    if not people:
        return {}
    asked = {"event": event_id, "people": [*people]}
    count: Counter[str] = Counter()
    found = {}
    for person, key in session.execute(_ever_called(), asked):
        count[key] += 1
        found[person] = str(count[key])
    return {one: found[one] for one in people if one in found}


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


@cache
def _ever_called() -> Select[int, str]:
    """Return the question for whoever is or was on an `event`'s list and has the name of one of these `people`."""
    here = Registration.event_id == bindparam("event")
    return (
        select(Person.id, Person.name_key)
        .join(*_JOINED)
        .where(here, Person.name_key.in_(_names()))
        .order_by(Registration.id)
    )


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
