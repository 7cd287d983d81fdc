"""Kinds of tables, and what can be done with a table of each kind.

Two tables are of one kind if they suit the same people, of those who can only sit at some tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from matchmaker.scheduling.solver.model import Model
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable


@dataclass(frozen=True)
class TableUse:
    """A way to use a table in a round: its people, what it is worth in points, and the kind of table if that matters.

    One person alone stands for a meeting with somebody whom the program does not look at.
    """

    round: int
    people: tuple[int, ...]
    kind: frozenset[int] | None
    worth: float
    wished: int = 0


Kinds = dict[frozenset[int], list[int]]
"""Tables of a round that are left, by who of those tied may use them."""


def kinds_of(table: Timetable, round_: int, waiting: Sequence[int]) -> Kinds:
    """Return the tables of a round that are left for those `waiting` for one, by who of them may use them."""
    kinds: Kinds = {}
    gone = set(table.held[round_].values()) | table.taken[round_]
    tied = table.model.tied
    for number in sorted(frozenset().union(*(tied[one] for one in waiting))):
        if number not in gone and table.model.has_table(round_, number):
            kinds.setdefault(frozenset(one for one in waiting if number in tied[one]), []).append(number)
    return kinds


def all_entries(table: Timetable, weights: Stakes) -> Iterator[TableUse]:
    """Yield every way in which pairs, and trios, could still meet in `table`."""
    model = table.model
    worths = (
        (weights.one_by_one(model) - weights.wish * weights.scale * model.wished) / weights.scale
    ).tolist()
    pairs = [
        (a, b, worth, int(wished))
        for a, b, worth, wished in zip(
            model.first.tolist(), model.second.tolist(), worths, model.wished.tolist(), strict=True
        )
        if model.key(a, b) not in table.met
    ]
    known = {model.key(a, b): (worth, wished) for a, b, worth, wished in pairs}
    with_trio = {round_ for round_, people, _ in table.settled if len(people) == 3}
    for round_ in range(model.rounds):
        row = table.at[round_]
        waiting = [one for one in model.tied if row[one] == FREE]
        kinds = kinds_of(table, round_, waiting)
        groups: list[tuple[tuple[int, ...], float, int]] = [
            ((a, b), worth, wished) for a, b, worth, wished in pairs if row[a] == row[b] == FREE
        ]
        if round_ not in with_trio:
            agreed = [one for one in range(model.people) if model.may_trio[one] and row[one] == FREE]
            groups += _trios(model, agreed, known)
        for people, worth, wished in groups:
            tied = [one for one in people if one in model.tied]
            for kind in [kind for kind in kinds if kind.issuperset(tied)] if tied else [None]:
                yield TableUse(round_, people, kind, worth, wished)


def _trios(
    model: Model, agreed: list[int], known: dict[int, tuple[float, int]]
) -> Iterator[tuple[tuple[int, ...], float, int]]:
    """Yield every three people who may all meet, what that is worth, and how many wishes it grants."""
    for trio in combinations(agreed, 3):
        keys = [model.key(a, b) for a, b in combinations(trio, 2)]
        if all(one in known for one in keys):
            yield trio, sum(known[one][0] for one in keys), sum(known[one][1] for one in keys)


def settle_entries(table: Timetable, entries: Sequence[TableUse]) -> None:
    """Let the people of `entries` meet at tables of their kinds; one alone is kept a table."""
    for round_ in range(table.model.rounds):
        waiting = [one for one in table.model.tied if table.at[round_][one] == FREE]
        kinds = kinds_of(table, round_, waiting)
        for entry in entries:
            if entry.round != round_:
                continue
            number = kinds[entry.kind].pop() if entry.kind is not None else 0
            for one in entry.people if number else ():
                if one in table.model.tied:
                    table.held[round_][one] = number
            if len(entry.people) == 3:
                table.settle(round_, entry.people, number)
            elif len(entry.people) == 2:
                table.add(round_, *sorted(entry.people))
