"""Choose the pairs of all rounds at once, and prove how good any choice could be.

"Each person at most b meetings" is a b-matching. Its relaxation, in which a pair may be half chosen, is half
of a min-cost flow on the double cover: each person appears once on the left and once on the right, each pair
as two arcs of capacity 1 (Edmonds and Johnson 1970; Anstee, "A polynomial algorithm for b-matchings", 1987).
The network solver is exact on whole numbers, so scores are scaled to integers. What a plan is worth beyond
its scores, fairness and wishes, enters as arcs of decreasing worth for a person's 1st, 2nd, … meeting and as
a worth of wished pairs; mixing, which is worth most for a person's first few partners of another pool, as a second
node of each person. About O(pairs × log(people × worth)) in practice: 0.15 s at 5,000 people and 200,000
pairs. As the worths weigh on the time, a network is first solved with those of meetings cut down to the size of a
score, and that answer is kept if it is provably the best by the whole worths, too.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.solver.model import Bools, Floats, Ints

SCALE = 10_000_000
"""Whole-number units of one point of score."""

SIT_OUT = 16
"""Points of score that the first sit-out of a person weighs; the k-th weighs k times as much."""


@dataclass(frozen=True)
class Network:
    """What may be chosen: m pairs among n people, and what each choice is worth in units of 1 / SCALE.

    `first`, `second`, `worth` (m,): the pairs. `person`, `level` (k,): one entry for each meeting a person
    may have, in order of person and best first. `most` is the most meetings of all rounds together; `trios` of them
    may have a third person, and `in_trios` (n,) says in how many of these each may be. With `hub`, a person may also
    meet somebody who is not listed, for nothing. With `mixing`, partners of another pool are worth more as long as
    some are due.
    """

    people: int
    first: Ints
    second: Ints
    worth: Ints
    person: Ints
    level: Ints
    most: int
    trios: int = 0
    in_trios: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    hub: bool = False
    mixing: "Mixed | None" = None

    def same_as(self, other: "Network") -> bool:
        """Whether two networks ask for the same choice."""
        arrays = ("first", "second", "worth", "person", "level", "in_trios")
        numbers = (self.people, self.most, self.trios, self.hub)
        same = numbers == (other.people, other.most, other.trios, other.hub) and all(
            np.array_equal(getattr(self, name), getattr(other, name)) for name in arrays
        )
        if self.mixing is None or other.mixing is None:
            return same and self.mixing is other.mixing
        return same and np.array_equal(self.mixing.due, other.mixing.due)

    @property
    def sides(self) -> tuple[Ints, Ints]:
        """Return both people of each pair, shape (m,); those of two pools by their second number, n + person."""
        if self.mixing is None:
            return self.first, self.second
        offset = self.people * self.mixing.cross
        return self.first + offset, self.second + offset


@dataclass(frozen=True)
class Mixed:
    """What mixing asks of a choice: which pairs `cross` pools (m,), how many of them are `due` to each person (n,),
    and what `each` of these is worth beside its score, in units.
    """

    cross: Bools
    due: Ints
    each: int

    def had(self, network: Network, times: Ints) -> Ints:
        """Return how often each person is in a pair that crosses, of which each counts `times` (m,), shape (n,)."""
        crossing = np.flatnonzero(self.cross & (times > 0))
        ends = np.concatenate([network.first[crossing], network.second[crossing]])
        had: Ints = np.bincount(ends, np.tile(times[crossing], 2), network.people).astype(np.int64)
        return had


@dataclass(frozen=True)
class Choice:
    """An optimal half-integral choice: `twice` (m,) is 0, 1 or 2 for each pair; `value` its worth, in half
    units.

    `used` (k,) says how often, 0 to 2, each entry of `Network.level` is used; `spare` what is left of 2 ×
    `most`.
    """

    twice: Ints
    used: Ints
    spare: int
    value: int


def choose(network: Network) -> Choice:
    """Return a choice of the greatest worth; `value` / 2 bounds every whole choice from above."""
    eased = _eased(network)
    if eased is not None:
        choice = _solve(eased)
        beyond = network.level - eased.level
        gained = int((beyond * choice.used).sum())
        if gained == _most_beyond(network, beyond):
            return replace(choice, value=choice.value + gained)
    return _solve(network)


def _eased(network: Network) -> Network | None:
    """Return `network` with meetings worth little more than the best pair, in the same order; None if they are.

    Costs of the size of the scores are solved in half the time.
    """
    best = int(network.worth.max(initial=0))
    levels, rank = np.unique(network.level, return_inverse=True)
    # Where everybody can have all their meetings, it does not matter which of them are worth more.
    step = 0 if 2 * network.most >= len(network.level) else best
    level = np.minimum(network.level, best // 2 + step * rank)
    if network.mixing is not None or best <= 0 or len(levels) == 0 or levels[-1] <= 2 * int(level.max()):
        return None
    if np.diff(levels).min(initial=step) < step:
        # What is cut off must fall from meeting to meeting, too.
        return None
    return replace(network, level=level)


def _most_beyond(network: Network, beyond: Ints) -> int:
    """Return the most that any choice can gain if entries gain `beyond` (k,), which falls for each person.

    A choice that is the best without and gains as much is the best with it, too.
    """
    if not network.trios and not network.hub:
        # Nobody has more meetings than partners.
        ends = np.concatenate([network.first, network.second])
        partners = np.bincount(ends, minlength=network.people)
        nth = np.arange(len(beyond)) - np.searchsorted(network.person, network.person)
        beyond = beyond[nth < partners[network.person]]
    return 2 * int(np.sort(beyond)[::-1][: 2 * network.most + network.trios].sum())


def _solve(network: Network) -> Choice:
    """Return a choice of the greatest worth, by the network solver."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - heavy: a compiled solver

    n, m, k = network.people, len(network.first), len(network.person)
    if k == 0 or 2 * network.most + network.trios == 0 or m == 0 and not network.hub:
        return Choice(np.zeros(m, dtype=np.int64), np.zeros(k, dtype=np.int64), 2 * network.most, 0)
    source, sink, gate_in, gate_out, trio_in, trio_out, hub = range(2 * n, 2 * n + 7)
    left, right, everyone = network.person, n + network.person, np.arange(n)
    through = 2 * network.most + network.trios
    arcs = _Arcs()
    # A partner of another pool is met from a node beside the person's own, on the way to which the due ones gain.
    beside = 2 * n + 7
    first, second = network.sides
    first, second = (np.where(side < n, side, beside + side - n) for side in (first, second))
    arcs.add(first, n + second, 1, -network.worth)
    arcs.add(second, n + first, 1, -network.worth)
    arcs.add(gate_in, left, 1, -network.level)
    arcs.add(right, gate_out, 1, -network.level)
    arcs.add(source, np.array([gate_in]), through, 0)
    arcs.add(gate_out, np.array([sink]), through, 0)
    if network.trios:
        # Each of three people meets two others in one meeting: three more ends on either side.
        arcs.add(source, np.array([trio_in]), 3 * network.trios, 0)
        arcs.add(trio_in, everyone, network.in_trios, 0)
        arcs.add(n + everyone, trio_out, network.in_trios, 0)
        arcs.add(trio_out, np.array([sink]), 3 * network.trios, 0)
    if network.hub:
        arcs.add(everyone, hub, through, 0)
        arcs.add(hub, n + everyone, through, 0)
    if network.mixing is not None:
        _add_mixing(arcs, network.mixing, beside + everyone, everyone, hub if network.hub else None)
    total = through + 3 * network.trios
    # What is not worth choosing runs past the people.
    arcs.add(source, np.array([sink]), total, 0)
    solver = min_cost_flow.SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(*arcs.columns())
    solver.set_node_supply(source, total)
    solver.set_node_supply(sink, -total)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the network solver ended with {status}")
    flow = np.asarray(solver.flows(numbers[: 2 * m + 2 * k + 1]))
    levels = flow[2 * m : -1]
    spare = through - int(flow[-1])
    return Choice(flow[:m] + flow[m : 2 * m], levels[:k] + levels[k:], spare, -int(solver.optimal_cost()))


def _add_mixing(arcs: "_Arcs", mixing: Mixed, beside: Ints, everyone: Ints, hub: int | None) -> None:
    """Add the ways from each person's node to the one beside it, and the same on the right."""
    n = len(everyone)
    for tail, head in ((everyone, beside), (n + beside, n + everyone)):
        arcs.add(tail, head, mixing.due, -mixing.each)
        arcs.add(tail, head, len(mixing.cross) + n, 0)
    if hub is not None:
        # Somebody who is not listed may be of any pool.
        arcs.add(beside, hub, mixing.due, 0)
        arcs.add(hub, n + beside, mixing.due, 0)


class _Arcs:
    """The arcs of a network, collected column by column."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Ints, Ints, Ints]] = []

    def add(self, tail: Ints | int, head: Ints | int, room: Ints | int, cost: Ints | int) -> None:
        """Add arcs; a single number stands for all of them."""
        columns = np.broadcast_arrays(tail, head, room, cost)
        self.parts.append((columns[0], columns[1], columns[2], columns[3]))

    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Ints, Ints]:
        """Return tails, heads, capacities and costs of all arcs, in the order they were added."""
        tails, heads, rooms, costs = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        return tails.astype(np.int32), heads.astype(np.int32), rooms.astype(np.int64), costs.astype(np.int64)


def whole(score: Floats, scale: int = SCALE) -> Ints:
    """Return scores as whole numbers of 1 / `scale`."""
    rounded: Ints = np.rint(score * scale).astype(np.int64)
    return rounded
