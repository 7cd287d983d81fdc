"""Check the rules that span several meetings: meetings of two rounds, rests, and supporters who come with several."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from matchmaker.scheduling.checker.lookup import Fault, Lookup
from matchmaker.scheduling.problem.plan import Meeting, Plan

Seats = dict[str, dict[int, int | str]]
"""By person and round, the table, or the corner of a talk."""


def limit_faults(hall: Lookup, plan: Plan) -> Iterator[Fault]:
    """Yield the limits that meetings and seats at host tables break."""
    seats: Seats = defaultdict(dict)
    for meeting in plan.held:
        for person in meeting.people:
            seats[person][meeting.round] = meeting.table
    for talk in plan.talks:
        for person in talk.people:
            seats[person][talk.round] = talk.corner
    yield from _rest_faults(hall, seats)
    yield from _helper_faults(hall, seats)


def _rest_faults(hall: Lookup, seats: Seats) -> Iterator[Fault]:
    for person, rest in hall.rests.items():
        if rest.most is not None and len(seats[person]) > rest.most:
            words = f"{person} has {len(seats[person])} meetings, and asks for at most {rest.most}."
            yield Fault("rests", words)
        row = max(hall.rows(seats[person]), default=0)
        if rest.in_a_row is not None and row > rest.in_a_row:
            words = f"{person} has {row} meetings in a row, and asks for at most {rest.in_a_row}."
            yield Fault("rests", words)


def _helper_faults(hall: Lookup, seats: Seats) -> Iterator[Fault]:
    for name, people in hall.helpers.items():
        tables: dict[int, set[int | str]] = defaultdict(set)
        for person in people:
            for number, table in seats[person].items():
                tables[number].add(table)
        for number in sorted(number for number, several in tables.items() if len(several) > 1):
            words = f"Round {number}: people who come with {name} are at {len(tables[number])} tables."
            yield Fault("helpers", words)


def double_faults(hall: Lookup, meetings: Iterable[Meeting]) -> Iterator[Fault]:
    """Yield the pairs who meet, but not for two rounds in a row at one table by themselves."""
    held: dict[frozenset[str], list[tuple[int, int, int]]] = defaultdict(list)
    for meeting in meetings if hall.double else ():
        for pair in map(frozenset, combinations(meeting.people, 2)):
            if pair in hall.double:
                held[pair].append((meeting.round, meeting.table, len(meeting.people)))
    for pair, places in held.items():
        number, table, _ = min(places)
        in_a_row = sorted(places) == [(number, table, 2), (number + 1, table, 2)]
        if not in_a_row or number + 1 in hall.breaks:
            names = " and ".join(sorted(pair))
            yield Fault("double", f"{names} meet for two rounds in a row at one table, or not at all.")
