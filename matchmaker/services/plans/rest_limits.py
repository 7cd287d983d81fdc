"""Limits on meetings: how many somebody can manage in a day, and supporters who cannot be at two tables at once.

What somebody needs is for organisers and for the person; sentences here are for organisers. Values in, values out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from matchmaker.documents.counts import plural
from matchmaker.scheduling.problem.parts import Rest
from matchmaker.store.base import normalised
from matchmaker.store.event.events import Event
from matchmaker.store.people.comers import Comer
from matchmaker.store.people.registrations import Registration

if TYPE_CHECKING:
    from matchmaker.services.plans.hall import Hall

BREAK = timedelta(minutes=15)
"""A pause between two rounds that is at least this long is a rest."""

Seats = Mapping[int, Mapping[int, int]]
"""By person and round, the table."""


class Meets(Protocol):
    """A meeting: where, when and who."""

    @property
    def round(self) -> int: ...  # noqa: D102
    @property
    def table(self) -> int: ...  # noqa: D102
    @property
    def people(self) -> Collection[int]: ...  # noqa: D102


def rests(people: Iterable[Comer]) -> dict[int, Rest]:
    """Return what each of these people can bear, for those who cannot meet others all day."""
    return {
        row.person_id: Rest(row.most_meetings, row.meetings_in_a_row)
        for row in people
        if row.most_meetings is not None or row.meetings_in_a_row is not None
    }


def helpers(people: Iterable[Comer]) -> dict[str, frozenset[int]]:
    """Return, by the name of a supporter, the people who come with them, where these are two or more."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in people:
        if name := normalised(row.helper):
            found[name].add(row.person_id)
    return {name: frozenset(group) for name, group in sorted(found.items()) if len(group) > 1}


def limits(row: Registration) -> list[str]:
    """Return what the organisers have noted of one person, in words for that person."""
    found = []
    if row.most_meetings is not None:
        found.append(f"at most {plural(row.most_meetings, 'meeting')} in the day")
    if row.meetings_in_a_row is not None:
        found.append(f"at most {plural(row.meetings_in_a_row, 'meeting')} in a row")
    if row.helper:
        found.append(f"you come with {row.helper}")
    return found


def breaks(event: Event) -> frozenset[int]:
    """Return the rounds that begin after a break."""
    in_order = sorted(event.rounds, key=lambda one: one.starts_at)
    return frozenset(
        after.number for one, after in pairwise(in_order) if after.starts_at - one.ends_at >= BREAK
    )


def seats(meetings: Iterable[Meets]) -> dict[int, dict[int, int]]:
    """Return where everybody sits in which round."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for one in meetings:
        for person in one.people:
            found[person][one.round] = one.table
    return found


def longest_row(hall: "Hall", rounds: Collection[int]) -> int:
    """Return the most of these rounds that follow each other with neither a free round nor a break between."""
    longest = row = 0
    for number in hall.rounds:
        row = 0 if number not in rounds else 1 if number in hall.breaks else row + 1
        longest = max(longest, row)
    return longest


def raised(hall: "Hall", past: Seats) -> dict[int, Rest]:
    """Return what people can bear, but never less than the meetings they have had."""
    return {
        person: Rest(
            None if rest.most is None else max(rest.most, len(past.get(person, ()))),
            None if rest.in_a_row is None else max(rest.in_a_row, longest_row(hall, past.get(person, ()))),
        )
        for person, rest in hall.rests.items()
    }


def limited(hall: "Hall") -> frozenset[int]:
    """Return everybody who rests, or shares a supporter with somebody."""
    return frozenset(hall.rests).union(*hall.helpers.values())


def broken(
    hall: "Hall", at: Seats, names: Mapping[int, str], among: Collection[int] | None = None
) -> Iterator[str]:
    """Yield in a sentence each limit that these seats break, of the people `among` if given."""
    for person, rest in hall.rests.items():
        mine = at.get(person, {})
        if among is not None and person not in among:
            continue
        if rest.most is not None and len(mine) > rest.most:
            yield f"{names[person]} asks for at most {plural(rest.most, 'meeting')}, and has {len(mine)}."
        row = longest_row(hall, mine)
        if rest.in_a_row is not None and row > rest.in_a_row:
            yield f"{names[person]} asks for at most {plural(rest.in_a_row, 'meeting')} in a row, and has {row}."
    for group in hall.helpers.values():
        if among is None or not group.isdisjoint(among):
            yield from _apart(hall, at, names, group)


def _apart(hall: "Hall", at: Seats, names: Mapping[int, str], group: frozenset[int]) -> Iterator[str]:
    """Yield each round in which people with one supporter are at several tables."""
    for number in hall.rounds:
        here = {person: at[person][number] for person in sorted(group) if number in at.get(person, {})}
        if len(set(here.values())) > 1:
            who = " and ".join(names[person] for person in here)
            yield f"Round {number}: {who} come with the same supporter, and are at different tables."
