"""What each meeting and each person's time is worth at the optimum: the duals of the relaxed choice.

A pair's reduced cost says how much the total loses if the pair is forced against the choice. Pairs of great
reduced cost need not be looked at again, which is what makes the exact rounding small. The duals are shortest
distances in the residual network (Bellman and Ford), found by whole-array steps: O(pairs) each, some 80 steps
at 5,000 people.
"""

from dataclasses import dataclass

import numpy as np

from matchmaker.scheduling.solver.choice import Choice, Mixed, Network, choose
from matchmaker.scheduling.solver.model import Bools, Floats, Ints

FAR = 2**62
TIGHT = 1e-5
"""Share of the best score by which a bound on it may be too great."""


@dataclass(frozen=True)
class Priced:
    """An optimal choice of a network, and its prices; None where it allows trios or has a hub."""

    network: Network
    choice: Choice
    price: "Prices | None"


@dataclass(frozen=True)
class Prices:
    """Reduced costs in units, at least 0 where a choice is 0, at most 0 where it is whole: of `pair` (m,) and
    of each entry of `Network.level`, `meeting` (k,). `person` (n,) is what one more meeting of a person is worth
    to the others, `gate` the price of a meeting's end where tables are short, `bonus` (n,) what one more partner of
    another pool is worth beside the score.
    """

    pair: Floats
    meeting: Floats
    person: Floats
    gate: float
    bonus: Floats


def priced(network: Network) -> Priced:
    """Return an optimal choice of `network` with its prices."""
    choice = choose(network)
    plain = not network.trios and not network.hub
    return Priced(network, choice, prices(network, choice) if plain else None)


def most_score(network: Network, fair: Priced) -> int:
    """Return the worth of the best choice of `network`, in half units, or something barely above it.

    `fair` is the best choice of the same pairs with fairness and wishes on top. Where everybody can have all
    meetings, fairness costs nothing, and its prices bound the score too, which is proven by the weak duality
    of linear programs; only where that bound is not tight is the choice made anew.
    """
    if fair.price is not None:
        upper = _dual(network, fair.price)
        if upper - int((network.worth * fair.choice.twice).sum()) <= TIGHT * upper:
            return upper
    return choose(network).value


def _dual(network: Network, price: "Prices") -> int:
    """Return the bound, in half units, that the prices of people and of a meeting's end prove for `network`."""
    gate = max(0, round(2 * price.gate))
    person = np.maximum(np.rint(2 * price.person).astype(np.int64), gate)
    beyond = 2 * network.worth - person[network.first] - person[network.second]
    own = (person - gate)[network.person] + 2 * network.level
    return int(2 * network.most * gate + np.maximum(own, 0).sum() + np.maximum(beyond, 0).sum())


def prices(network: Network, choice: Choice) -> Prices:
    """Return the reduced costs at an optimal `choice` of `network`, which has neither trios nor a hub."""
    (first, second), worth = network.sides, network.worth
    open_, busy = choice.twice < 2, choice.twice > 0
    out = _SortedArcs(
        np.concatenate([first[open_], second[open_]]),
        np.concatenate([second[open_], first[open_]]),
        -np.tile(worth[open_], 2),
    )
    back = _SortedArcs(
        np.concatenate([second[busy], first[busy]]),
        np.concatenate([first[busy], second[busy]]),
        np.tile(worth[busy], 2),
    )
    add = _least(network, choice.used < 2, -network.level)
    drop = _least(network, choice.used > 0, network.level)
    # Where there is mixing, everybody has a second node, from which and at which those of other pools are met.
    n, nodes = network.people, network.people * (1 if network.mixing is None else 2)
    left, right = np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.int64)
    gate_in = gate_out = 0
    while True:
        before = (left.copy(), right.copy(), gate_in, gate_out)
        left[:n] = np.minimum(left[:n], add + gate_in)
        left = back.relax(right, left)
        right[:n] = np.minimum(right[:n], drop + gate_out)
        right = out.relax(left, right)
        if network.mixing is not None:
            _relax_mixing(network, network.mixing, choice, left, right)
        gate_in = min(gate_in, int((left[:n] + drop).min(initial=FAR)), gate_out if choice.spare else FAR)
        gate_out = min(gate_out, int((right[:n] + add).min(initial=FAR)), gate_in)
        settled = gate_in == before[2] and gate_out == before[3]
        if settled and np.array_equal(left, before[0]) and np.array_equal(right, before[1]):
            break
    node, gate = (left - right) / 2, (gate_in - gate_out) / 2
    pair = node[first] + node[second] - worth
    person = node[:n]
    bonus = np.zeros(n) if network.mixing is None else np.clip(person - node[n:], 0, network.mixing.each)
    return Prices(pair, gate - person[network.person] - network.level, person, gate, bonus)


def _relax_mixing(network: Network, mixing: Mixed, choice: Choice, left: Ints, right: Ints) -> None:
    """Shorten the distances (2n,) along the ways between each person's two nodes, in place."""
    n = network.people
    had = mixing.had(network, choice.twice)
    # On the way to the second node, those due gain; back from it, what was gained is lost.
    gain = np.where(had < 2 * mixing.due, mixing.each, 0)
    loss = np.where(had > 2 * mixing.due, 0, np.where((had > 0) & (mixing.due > 0), mixing.each, FAR // 2))
    left[n:] = np.minimum(left[n:], left[:n] - gain)
    left[:n] = np.minimum(left[:n], left[n:] + loss)
    right[:n] = np.minimum(right[:n], right[n:] - gain)
    right[n:] = np.minimum(right[n:], right[:n] + loss)


class _SortedArcs:
    """Arcs sorted by head, so that the best way into each head is one pass."""

    def __init__(self, tail: Ints, head: Ints, cost: Ints) -> None:
        order = np.argsort(head, kind="stable")
        self.tail, self.cost, sorted_head = tail[order], cost[order], head[order]
        self.start = np.flatnonzero(np.diff(sorted_head, prepend=-1))
        self.head = sorted_head[self.start]

    def relax(self, from_: Ints, to: Ints) -> Ints:
        """Return the distances `to`, shortened where an arc from `from_` is shorter."""
        if len(self.start):
            shorter = np.minimum.reduceat(from_[self.tail] + self.cost, self.start)
            to[self.head] = np.minimum(to[self.head], shorter)
        return to


def _least(network: Network, among: Bools, cost: Ints) -> Ints:
    """Return the least cost of each person's entries `among`, shape (n,); FAR / 2 where there is none."""
    least = np.full(network.people, FAR // 2, dtype=np.int64)
    np.minimum.at(least, network.person[among], cost[among])
    return least
