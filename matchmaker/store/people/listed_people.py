"""An event's list, counted, and its first by name, for what asks about everybody on it at once.

To read thousands of people, in however few values each, takes longer than all else that a page does.
"""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    not_,
    select,
    true,
    type_coerce,
)

from matchmaker.recognition.name_order import folded
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session, plainly

Rule = tuple[Condition, str]
"""A condition, and what is said of those who meet it and no rule before."""


NAMED = 100
"""So many of each part are named before something is done to them; of the others it is said how many they are."""


class FirstPerson(NamedTuple):
    """Somebody who is named of many; the fields are those of `Person`."""

    name: str
    organisation: str
    id: int


class ListPart(NamedTuple):
    """Those of an event's list of whom the same is said: how many, and the first by name.

    `signs` say of each, in no order, who it is, in which state, and when they were invited, as the database has it.
    """

    people: int = 0
    first: Sequence[FirstPerson] = ()
    signs: Sequence[str] = ()


def parts(
    session: Session, event_id: int, conditions: Sequence[Condition], rules: Sequence[Rule], most: int = NAMED
) -> tuple[ListPart, dict[str, ListPart]]:
    """Return those who meet the conditions and no rule, and the others by what the first rule says that they meet.

    Only the first `most` of each part are named, and only of the first part there are signs. One query, and one for
    each part.
    """
    asked = {"event": event_id, "most": most}
    counted, named = _parts(tuple(conditions), tuple(rules))

    def first(words: str) -> list[FirstPerson]:
        return [FirstPerson._make(row) for row in plainly(session, named[words], asked)]

    signs, *counts = plainly(session, counted, asked).one()
    whom = signs.splitlines()
    return ListPart(len(whom), first("") if whom else (), whom), {
        words: ListPart(count, first(words)) for (_, words), count in zip(rules, counts, strict=True) if count
    }


@lru_cache(100)
def _parts(
    conditions: tuple[Condition, ...], rules: tuple[Rule, ...]
) -> tuple[Select[*tuple[Any, ...]], dict[str, Select[str, str, int]]]:
    """Return the questions of `parts`, which are put together once where conditions and rules are."""
    which = {words: those_of(rules, words) for words in ("", *(words for _, words in rules))}
    state = type_coerce(Registration.state, String)
    signs = cast(Registration.id, String) + state + func.coalesce(cast(Registration.invited_at, String), "")
    none = case((and_(true(), *which[""]), signs))
    here = Registration.event_id == bindparam("event")
    counted = select(
        func.coalesce(func.aggregate_strings(none, "\n"), ""),
        *(func.count().filter(*which[words]) for _, words in rules),
    )
    named = _by_name(select(Person.name, Person.organisation, Person.id)).limit(
        bindparam("most", type_=Integer)
    )
    return counted.join_from(Registration, Registration.person).where(here, *conditions), {
        words: named.where(here, *conditions, *one) for words, one in which.items()
    }


def those_of(rules: Sequence[Rule], said: str = "") -> list[Condition]:
    """Return the conditions that somebody meets the rule which says this, and none before; "" for no rule at all."""
    before = [words for _, words in rules].index(said) if said else len(rules)
    return [*(not_(rule) for rule, _ in rules[:before]), *(rule for rule, _ in rules[before : before + 1])]


def _by_name(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.join_from(Registration, Registration.person).order_by(Person.name, Person.id)


class ToChoose(NamedTuple):
    """Somebody to choose from a list; `public_id` is of the registration."""

    public_id: str
    name: str
    organisation: str
    person_id: int


def to_choose(session: Session, event_id: int, conditions: Collection[Condition]) -> list[ToChoose]:
    """Return those people, by name: one query."""
    query = _to_choose().where(Registration.event_id == event_id, *conditions)
    return list(map(ToChoose._make, plainly(session, query, {})))


@cache
def _to_choose() -> Select[*tuple[Any, ...]]:
    return _by_name(select(Registration.public_id, Person.name, Person.organisation, Person.id))


def namesake(session: Session, event_id: int, name: str, organisation: str) -> Registration | None:
    """Return the first on an event's list of this name and organisation, in any case, with accents or without."""
    called = Person.name_key == folded(name), Person.organisation_key == folded(organisation)
    return session.scalar(
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event_id, *called)
        .order_by(Registration.id)
        .limit(1)
    )
