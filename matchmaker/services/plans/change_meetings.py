"""Arranging meetings by hand: what one change makes of a day, why it may be refused, and what follows from it.

People, rounds and tables are the event's own; values in, values out. Sentences name people, and mask why two of
them cannot meet where they said so themselves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from matchmaker.services.plans import rest_limits
from matchmaker.services.plans.hall import Hall, ordered
from matchmaker.services.plans.keep_meetings import Held
from matchmaker.services.plans.place_topics import HeldTalk
from matchmaker.services.refused import Refused


@dataclass(frozen=True)
class Sitting(Held):
    """A meeting that can be moved about, unless it is locked."""

    locked: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Its round and table, by which a page names it."""
        return self.round, self.table


Sittings = tuple[Sitting, ...]
Act = Callable[[Sittings], Sittings]
"""A change: it takes all meetings of a day and returns them as they are afterwards. Raises Refused."""


def move(place: tuple[int, int], to: tuple[int, int]) -> Act:
    """Move a meeting to another table or round; in one round, meetings change tables if the other is taken."""

    def act(day: Sittings) -> Sittings:
        one, taken = _open(day, place), _at(day, to)
        if taken is None or taken is one:
            return _changed(day, {one: replace(one, round=to[0], table=to[1])})
        if to[0] != place[0]:
            raise Refused(f"Table {to[1]} is taken in round {to[0]}. Choose another table.")
        _open(day, to)
        return _changed(day, {one: replace(one, table=to[1]), taken: replace(taken, table=place[1])})

    return act


def swap(place: tuple[int, int], leaves: int, comes: int) -> Act:
    """Let somebody take another person's seat; if they sat elsewhere in that round, the two change places."""

    def act(day: Sittings) -> Sittings:
        one = _open(day, place)
        if leaves not in one.people or comes in one.people:
            raise Refused("This meeting has changed since you opened the page. Look at it again.")
        changed = {one: replace(one, people=_with(one, leaves, comes))}
        elsewhere = next((x for x in day if x.round == one.round and comes in x.people), None)
        if elsewhere is not None:
            _open(day, elsewhere.place)
            changed[elsewhere] = replace(elsewhere, people=_with(elsewhere, comes, leaves))
        return _changed(day, changed)

    return act


def add(place: tuple[int, int], people: Iterable[int]) -> Act:
    """Add a meeting at a free table."""

    def act(day: Sittings) -> Sittings:
        if _at(day, place) is not None:
            raise Refused(f"Table {place[1]} is taken in round {place[0]}. Choose another table.")
        return (*day, Sitting(*place, tuple(sorted(set(people)))))

    return act


def remove(place: tuple[int, int]) -> Act:
    """Take a meeting out."""

    def act(day: Sittings) -> Sittings:
        one = _open(day, place)
        return tuple(x for x in day if x is not one)

    return act


def lock(place: tuple[int, int], *, locked: bool) -> Act:
    """Lock a meeting, or unlock it."""

    def act(day: Sittings) -> Sittings:
        one = _find(day, place)
        return _changed(day, {one: replace(one, locked=locked)})

    return act


def lock_round(number: int, *, locked: bool) -> Act:
    """Lock every meeting of a round, or unlock them."""
    return lambda day: tuple(replace(x, locked=locked) if x.round == number else x for x in day)


def objection(
    hall: Hall, day: Sittings, one: Sitting, names: Mapping[int, str], talks: Iterable[HeldTalk] = ()
) -> str:
    """Return why a meeting cannot be in this day, beside these talks, as a sentence, or ""."""
    others = [x for x in day if x is not one]
    if len(one.people) not in (2, 3):
        return "A meeting needs two people, or three who agreed to that."
    if one.round not in hall.rounds:
        return f"There is no round {one.round} in the programme."
    if one.table not in hall.tables:
        for_topics = any(table.number == one.table for table in hall.places.tables)
        return (
            f"Table {one.table} is for topics."
            if for_topics
            else f"There is no table {one.table} in the hall."
        )
    if one.round in hall.places.only:
        return f"Round {one.round} is for table topics alone."
    if words := next(_at_talks(hall, talks, one, names), ""):
        return words
    for look in (_of_each, _of_three, _between, _limits):
        if words := next(look(hall, others, one, names), ""):
            return words
    return ""


def _at_talks(hall: Hall, talks: Iterable[HeldTalk], one: Sitting, names: Mapping[int, str]) -> Iterator[str]:
    for talk in talks:
        for person in talk.people & set(one.people) if talk.round == one.round else ():
            yield f"{names[person]} is at a table topic in round {one.round}, at table {talk.table}."
        for a, b in one.pairs - set(hall.introduced) if not one.locked else ():
            if {a, b} <= talk.people:
                yield f"{names[a]} and {names[b]} are at a table topic together in round {talk.round}."


def _of_each(hall: Hall, others: list[Sitting], one: Sitting, names: Mapping[int, str]) -> Iterator[str]:
    for person in one.people:
        if one.round not in hall.there.get(person, ()):
            yield f"{names[person]} is not here in round {one.round}."
        elif busy := next((x for x in others if x.round == one.round and person in x.people), None):
            yield f"{names[person]} already sits at table {busy.table} in round {one.round}."
        elif not hall.may_sit(person, one.table):
            yield f"{names[person]} {hall.unsuited(person, one.table)}."


def _of_three(hall: Hall, others: list[Sitting], one: Sitting, names: Mapping[int, str]) -> Iterator[str]:
    if len(one.people) == 3:
        for person in set(one.people) - hall.trios:
            yield f"{names[person]} has not agreed to a meeting of three."
        if any(len(x.people) == 3 and x.round == one.round for x in others):
            yield f"Round {one.round} has a meeting of three already, and there can be only one."


def _between(hall: Hall, others: list[Sitting], one: Sitting, names: Mapping[int, str]) -> Iterator[str]:
    for a, b in combinations(one.people, 2):
        pair, both = ordered(a, b), f"{names[a]} and {names[b]}"
        if pair in hall.excluded:
            yield f"{both} must not be paired, as an organiser has said or because they have met."
        elif pair in hall.declined:
            yield f"{both} cannot meet."
        elif pair in hall.kin:
            yield f"{both} are of one team or organisation."
        elif met := next((x for x in others if pair in x.pairs), None):
            yield f"{both} already meet in round {met.round}."


def _limits(hall: Hall, others: list[Sitting], one: Sitting, names: Mapping[int, str]) -> Iterator[str]:
    return rest_limits.broken(hall, rest_limits.seats([*others, one]), names, set(one.people))


def consequences(
    before: Sittings, after: Sittings, wished: Iterable[tuple[int, int]], names: Mapping[int, str]
) -> list[str]:
    """Return what follows from a change beside it: who has no meeting then, and which wishes end."""
    were = {(x.round, person) for x in before for person in x.people}
    are = {(x.round, person) for x in after for person in x.people}
    words = [
        f"{names[person]} then has no meeting in round {number}." for number, person in sorted(were - are)
    ]
    met, meet = ({pair for x in day for pair in x.pairs} for day in (before, after))
    words += [
        f"{names[a]} and {names[b]} both asked to meet, and then do not."
        for a, b in sorted(met - meet)
        if (a, b) in set(wished)
    ]
    return words


def _with(one: Sitting, leaves: int, comes: int) -> tuple[int, ...]:
    return tuple(sorted({*one.people, comes} - {leaves}))


def _at(day: Sittings, place: tuple[int, int]) -> Sitting | None:
    return next((one for one in day if one.place == place), None)


def _find(day: Sittings, place: tuple[int, int]) -> Sitting:
    found = _at(day, place)
    if found is None:
        raise Refused("This meeting is no longer there. Look at the round again.")
    return found


def _open(day: Sittings, place: tuple[int, int]) -> Sitting:
    """Return the meeting at a place. Raises Refused if there is none, or if it is locked."""
    found = _find(day, place)
    if found.locked:
        raise Refused(f"The meeting at table {place[1]} in round {place[0]} is locked. Unlock it first.")
    return found


def _changed(day: Sittings, changes: Mapping[Sitting, Sitting]) -> Sittings:
    return tuple(changes.get(one, one) for one in day)
