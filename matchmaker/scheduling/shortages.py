"""Say before planning which rounds have too few tables of a kind, and how many people at least must sit out.

Counting alone: nothing is planned. People who are tied to some tables are looked at by what they may use, in every
union of such sets where these are few; then everybody. O(sets × people × rounds).
"""

from dataclasses import dataclass
from itertools import combinations

from matchmaker.scheduling.problem.problem import Problem

FEW_SETS = 6
"""Up to so many different sets of tables, every union of them is looked at; of more, each one and all together."""


@dataclass(frozen=True)
class Shortage:
    """Too few tables for `people`, in `rounds` that are alike: `there` of them are there and can use `tables`.

    `tables` is None for all tables of the hall. At least `sit_out` of those there have no meeting in each such round.
    """

    people: tuple[str, ...]
    tables: frozenset[int] | None
    rounds: tuple[int, ...]
    there: int
    open: int
    sit_out: int


def shortages(problem: Problem) -> tuple[Shortage, ...]:
    """Return where tables are too few, the smallest set of tables first.

    A larger set is named only if more people sit out than its parts account for.
    """
    tied = _tied(problem)
    found: list[Shortage] = []
    for tables in _sets(set(tied.values())):
        people = {
            one.id for one in problem.people if tables is None or one.id in tied and tied[one.id] <= tables
        }
        by_figures: dict[tuple[int, int, int], list[int]] = {}
        for number, round_ in enumerate(problem.rounds, start=1):
            there = sum(
                one.id in people and (one.rounds is None or number in one.rounds) for one in problem.people
            )
            all_ = range(1, round_.tables + 1) if tables is None else tables
            open_ = sum(round_.has(table) for table in all_)
            beside = sum(one.seats for one in problem.host_tables if one.round == number)
            out = there - 2 * open_ - beside - (1 if problem.trios and open_ else 0)
            within = sum(
                one.sit_out for one in found
                if number in one.rounds and people.issuperset(one.people) and one.people != tuple(sorted(people))
            )  # fmt: skip
            if out > within:
                by_figures.setdefault((there, open_, out), []).append(number)
        for (there, open_, out), numbers in by_figures.items():
            found.append(Shortage(tuple(sorted(people)), tables, tuple(numbers), there, open_, out))
    return tuple(found)


def _tied(problem: Problem) -> dict[str, frozenset[int]]:
    """Return the tables, of those there are in some round, that everybody who is tied to some may use."""
    tied = {one: frozenset(tables) for one, tables in problem.allowed_tables.items()}
    for one, table in problem.fixed_table.items():
        tied[one] = tied.get(one, frozenset([table])) & {table}
    some = {
        table for tables in tied.values() for table in tables if any(one.has(table) for one in problem.rounds)
    }
    return {one: tables & some for one, tables in tied.items()}


def _sets(apart: set[frozenset[int]]) -> list[frozenset[int] | None]:
    """Return sets of tables joined in every way, the smallest first, and None for all tables."""
    joined = set(apart)
    if len(apart) <= FEW_SETS:
        for size in range(2, len(apart) + 1):
            joined |= {frozenset().union(*some) for some in combinations(apart, size)}
    else:
        joined.add(frozenset().union(*apart))
    return [*sorted(joined, key=lambda one: (len(one), sorted(one))), None]
