"""Look at the rules that hold over several meetings: rests, and helpers whom several people need."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from matchmaker.scheduling.checking_hall import Fault, Hall
from matchmaker.scheduling.plan import Meeting

Seats = dict[str, dict[int, int]]
"""By person and round, the table."""


def limit_faults(hall: Hall, meetings: Iterable[Meeting]) -> Iterator[Fault]:
    """Yield the limits that `meetings` break."""
    seats: Seats = defaultdict(dict)
    for meeting in meetings:
        for person in meeting.people:
            seats[person][meeting.round] = meeting.table
    yield from _rest_faults(hall, seats)
    yield from _helper_faults(hall, seats)


def _rest_faults(hall: Hall, seats: Seats) -> Iterator[Fault]:
    for person, rest in hall.rests.items():
        if rest.most is not None and len(seats[person]) > rest.most:
            words = f"{person} has {len(seats[person])} meetings, and asks for at most {rest.most}."
            yield Fault("rests", words)
        row = max(hall.rows(seats[person]), default=0)
        if rest.in_a_row is not None and row > rest.in_a_row:
            words = f"{person} has {row} meetings in a row, and asks for at most {rest.in_a_row}."
            yield Fault("rests", words)


def _helper_faults(hall: Hall, seats: Seats) -> Iterator[Fault]:
    for name, people in hall.helpers.items():
        tables: dict[int, set[int]] = defaultdict(set)
        for person in people:
            for number, table in seats[person].items():
                tables[number].add(table)
        for number in sorted(number for number, several in tables.items() if len(several) > 1):
            words = f"Round {number}: people who need {name} are at {len(tables[number])} tables."
            yield Fault("helpers", words)
