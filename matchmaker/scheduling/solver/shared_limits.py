"""Tighten a bound by what several people share: the tables that suit them, or a helper.

Of pairs that touch such a group, each needs one of its tables, or its helper, so that no plan has more of them than
there are over all rounds. A price on every such pair, paid back for as many as there may be, gives another bound on
the same plans (Lagrange); the price at which it is least is found on a convex line, by the crossing of two tangents.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.choice import Choice, Network, choose
from matchmaker.scheduling.solver.model import Bools, Ints
from matchmaker.scheduling.solver.timetable import Timetable

MOST_PAIRS, MOST_GROUPS, STEPS = 60_000, 8, 12
"""A network of more pairs is not looked at; nor are more groups, or more prices for one of them."""
CLOSE = 1e-5
"""Share of a bound by which it need not become less."""


@dataclass(frozen=True)
class SharingGroup:
    """People, given as (n,), who share something, and the most pairs that can touch them in each round and in all."""

    people: Bools
    places: Ints
    most: int


def shared(table: Timetable, problem: Problem, network: Network) -> list[SharingGroup]:
    """Return the groups who share tables or a helper, with how many pairs of a network can touch each."""
    found = sharing(table, problem)
    # In a trio three pairs are at one table.
    joined = [
        min(network.trios, int(network.in_trios[one.people].sum())) if network.trios else 0 for one in found
    ]
    return [replace(one, most=one.most + 2 * more) for one, more in zip(found, joined, strict=True)]


def sharing(table: Timetable, problem: Problem) -> list[SharingGroup]:
    """Return the groups of several who share tables or a helper, with how many meetings there can be of each."""
    return [one for one in (*_tables(table), *_helpers(table, problem)) if one.people.sum() > 1]


def _tables(table: Timetable) -> Iterator[SharingGroup]:
    """Yield those who are tied to the same tables, or to some of them."""
    model = table.model
    last = max(map(model.last_table, range(model.rounds)), default=0)
    several = {one for one in model.tied.values() if len(one) < last}
    for tables in sorted(several, key=sorted):
        people = [one for one, mine in model.tied.items() if mine <= tables]
        free = [
            sum(
                model.has_table(r, number) for number in tables - table.taken[r] - set(table.held[r].values())
            )
            for r in range(model.rounds)
        ]
        yield _group(table, people, np.array(free, dtype=np.int64))


def _helpers(table: Timetable, problem: Problem) -> Iterator[SharingGroup]:
    """Yield those who come with one helper, who has no place in a round in which one of them is settled."""
    number = {person: i for i, person in enumerate(table.model.ids)}
    for helped in problem.helpers.values():
        people = [number[one] for one in helped]
        taken = {round_ for round_, person in table.busy if person in people}
        places = [int(round_ not in taken) for round_ in range(table.model.rounds)]
        yield _group(table, people, np.array(places, dtype=np.int64))


def _group(table: Timetable, people: list[int], places: Ints) -> SharingGroup:
    """Return a group with its places (R,), of which each can be used for a pair if somebody is there for it."""
    model = table.model
    inside = np.zeros(model.people, dtype=np.bool_)
    inside[people] = True
    meetings = np.minimum(places, table.open()[:, inside].sum(axis=1))
    return SharingGroup(inside, meetings, int(meetings.sum()))


def lowered(network: Network, choice: Choice, groups: list[SharingGroup]) -> int:
    """Return by how many half units the bound that a best `choice` gives is lowered by what `groups` share."""
    if len(network.first) > MOST_PAIRS:
        return 0
    asked, best, paid = network, choice, 0
    for group in groups[:MOST_GROUPS]:
        touch = group.people[network.first] | group.people[network.second]
        if int(best.twice[touch].sum()) > 2 * group.most:
            price, best = _best_price(asked, best, touch, group.most)
            asked, paid = replace(asked, worth=asked.worth - price * touch), paid + 2 * group.most * price
    return max(0, choice.value - best.value - paid)


def _best_price(network: Network, free: Choice, touch: Bools, most: int) -> tuple[int, Choice]:
    """Return the price on the pairs that `touch` at which the bound is least, of those tried, and its choice.

    Without a price, `free` is the best choice, which has too many of them.
    """
    low, high = _Line(0, free, touch, most), _line(network, _too_dear(network), touch, most)
    found = min(low, high, key=lambda line: line.value)
    for _ in range(STEPS):
        price = low.meets(high)
        if not low.price < price < high.price or low.height(price) >= found.value * (1 - CLOSE):
            break
        line = _line(network, price, touch, most)
        found = min(found, line, key=lambda line: line.value)
        if line.slope == 0:
            break
        low, high = (line, high) if line.slope < 0 else (low, line)
    return found.price, found.choice


def _too_dear(network: Network) -> int:
    """Return a price at which no pair is worth choosing, whatever it gives the two of it."""
    each = int(network.level.max(initial=0)) + (network.mixing.each if network.mixing else 0)
    return int(network.worth.max(initial=0)) + 2 * each + 1


def _line(network: Network, price: int, touch: Bools, most: int) -> "_Line":
    return _Line(price, choose(replace(network, worth=network.worth - price * touch)), touch, most)


class _Line:
    """The bound at one price, in half units, and how it changes with the price."""

    def __init__(self, price: int, choice: Choice, touch: Bools, most: int) -> None:
        self.price, self.choice = price, choice
        self.slope = 2 * most - int(choice.twice[touch].sum())
        self.value = choice.value + 2 * most * price

    def height(self, price: int) -> int:
        """Return how high this line is at another price."""
        return self.value + self.slope * (price - self.price)

    def meets(self, other: "_Line") -> int:
        """Return the price at which this line meets another of greater slope."""
        gap = other.value - self.value - other.slope * other.price + self.slope * self.price
        return gap // (self.slope - other.slope)
