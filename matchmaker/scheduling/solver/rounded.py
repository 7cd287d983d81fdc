"""Make a half-integral choice of pairs whole.

Only a few dozen pairs are half chosen, so most of the choice stays. A small integer program over the pairs of
least reduced cost finds the whole choice that loses least (HiGHS, with a limit of nodes and never of time, so
that a plan does not depend on how busy the machine is). Should it find none, every second pair of each trail
of half-chosen pairs is taken, which loses half a pair on odd closed trails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from matchmaker.scheduling.solver.bridges import bridges
from matchmaker.scheduling.solver.choice import SCALE, Choice, Network
from matchmaker.scheduling.solver.clusters import Cluster
from matchmaker.scheduling.solver.model import Bools, Floats, Ints
from matchmaker.scheduling.solver.prices import Priced, Prices

NODES = 100
"""Nodes the integer program may branch into; it nearly always ends at the first."""
UNIT = SCALE // 1000
"""Units of the integer program's numbers, small enough that its tolerance of a millionth is none of ours."""
LOOKS = (1.5, 2.0, 3.0, 6.0, 12.0)
"""Pairs looked at again, as a multiple of the people, until they leave room to move."""
MANY, CHAINS = 20_000, (16, 64)
"""Of more than so many pairs, only those on the shortest chains between half-chosen trails are looked at first: so
many chains a trail.
"""
TRAIL_PASSES = 10
"""How often half-chosen pairs that are left are joined into trails anew."""
ENTRIES = 300
"""So many numbers of meetings may change with the chains."""
NOISE = 0.4
"""Of pairs that cost the same, those looked at are drawn by less than one unit."""
LEAST_LOOK = 3000
"""So few pairs are looked at whole."""


@dataclass(frozen=True)
class Whole:
    """Which pairs to take, shape (m,), and whether it is proven that no whole choice is worth more."""

    taken: Bools
    proven: bool


def round_choice(best: Priced, limits: list[Cluster]) -> Whole:
    """Return the best whole choice with no more pairs inside each cluster of `limits` than it can hold."""
    network, choice, price = best.network, best.choice, best.price
    choice = replace(choice, twice=_even_trails(network.first, network.second, choice.twice))
    half = choice.twice == 1
    if price is not None and (half.any() or limits):
        for look in _looks(network, choice, price, limits):
            found = _program(network, choice, price, look, limits)
            if found is not None:
                return found
    return Whole(trails(network.first, network.second, choice.twice, network.worth), proven=False)


@dataclass(frozen=True)
class _Look:
    """The pairs to look at again, and the reduced cost, in units, up to which entries are looked at."""

    pairs: Ints
    limit: float


def _looks(network: Network, choice: Choice, price: Prices, limits: list[Cluster]) -> Iterator[_Look]:
    """Yield ever more pairs to look at: on the shortest chains, then all those of least reduced cost."""
    pairs = len(price.pair)
    if pairs > MANY and not limits:
        entries = np.abs(price.meeting)
        few = min(len(entries), ENTRIES) - 1
        for each in CHAINS:
            yield _Look(bridges(network, choice, price.pair, each), float(np.partition(entries, few)[few]))
    touched = _touched(network.people, limits)
    for times in LOOKS:
        size = min(pairs, max(LEAST_LOOK, int(times * network.people)))
        # Where many pairs cost the same, less than one unit of noise picks among them evenly.
        cost_of = np.abs(price.pair) + np.random.default_rng(size).uniform(0, NOISE, pairs)
        limit = np.partition(cost_of, size - 1)[size - 1]
        inside = touched[network.first] | touched[network.second]
        yield _Look(np.flatnonzero((cost_of <= limit) | (choice.twice == 1) | inside), float(limit))


def _touched(people: int, limits: list[Cluster]) -> Bools:
    """Return who is in a cluster, shape (n,)."""
    touched = np.zeros(people, dtype=np.bool_)
    for cluster in limits:
        touched[list(cluster.people)] = True
    return touched


def _program(
    network: Network, choice: Choice, price: Prices, look: _Look, limits: list[Cluster]
) -> Whole | None:
    """Return the best whole choice that differs from `choice` only in the pairs of `look`, and at clusters.

    None if there is none in which everybody keeps their number of meetings, give or take what costs as
    little.
    """
    pairs, limit, touched = look.pairs, look.limit, _touched(network.people, limits)
    everything = len(pairs) == len(network.first)
    entries = np.flatnonzero((np.abs(price.meeting) <= limit) | touched[network.person] | everything)
    kept, counted = choice.twice == 2, choice.used == 2
    kept[pairs] = counted[entries] = False
    need = np.bincount(network.person[counted], minlength=network.people)
    need -= np.bincount(network.first[kept], minlength=network.people)
    need -= np.bincount(network.second[kept], minlength=network.people)
    need -= _odd_ones(network, price, pairs, entries, counted, need)
    columns = np.arange(len(pairs) + len(entries))
    mixing = _mixing_rows(network, price, pairs, kept, len(columns))
    ends = np.concatenate([network.first[pairs], network.second[pairs], network.person[entries]])
    sign = np.concatenate([np.ones(2 * len(pairs)), -np.ones(len(entries))])
    at = np.concatenate([columns[: len(pairs)], columns])
    balance = csr_matrix((sign, (ends, at)), shape=(network.people, len(columns) + len(mixing.cost)))
    rows = np.flatnonzero(np.diff(balance.indptr))
    constraints = [LinearConstraint(balance[rows], need[rows], need[rows]), *mixing.constraints]
    # Away from the optimum, what is lost is the reduced cost; in points, the program's numbers are near 1.
    cost: Floats = np.concatenate([price.pair[pairs], price.meeting[entries] - price.gate, mixing.cost])
    if len(entries):
        all_entries = np.zeros(len(cost))
        all_entries[len(pairs) : len(columns)] = 1
        most = min(2 * network.most - int(counted.sum()), len(entries))
        # Every pair has two ends.
        most -= (most + int(need.sum())) % 2
        constraints.append(LinearConstraint(all_entries[None, :], -np.inf, most))
    for cluster in limits:
        inside = np.zeros(network.people, dtype=bool)
        inside[list(cluster.people)] = True
        within = inside[network.first] & inside[network.second]
        row = np.zeros(len(cost))
        row[: len(pairs)] = within[pairs]
        constraints.append(LinearConstraint(row[None, :], -np.inf, cluster.most - int((within & kept).sum())))
    options = {"node_limit": NODES, "mip_rel_gap": 0.0}
    answer = milp(
        cost / UNIT, integrality=np.arange(len(cost)) < len(columns),
        bounds=Bounds(0, np.concatenate([np.ones(len(columns)), mixing.most])),
        constraints=constraints, options=options,
    )  # fmt: skip
    if answer.x is None:
        return None
    found: Bools = kept
    found[pairs] = answer.x[: len(pairs)] > 0.5
    # Whatever is not looked at loses more than `limit` by itself.
    enough = everything or choice.value - 2 * worth_of(network, found) < 2 * (limit - NOISE)
    return Whole(found, proven=enough and answer.status == 0)


def worth_of(network: Network, taken: Bools) -> int:
    """Return what a whole choice of pairs (m,) is worth, in units."""
    ends = np.concatenate([network.first[taken], network.second[taken]])
    had = np.bincount(ends, minlength=network.people)
    nth = np.arange(len(network.person)) - np.searchsorted(network.person, network.person)
    worth = int(network.worth[taken].sum()) + int(network.level[nth < had[network.person]].sum())
    if network.mixing is not None:
        mixed = network.mixing.had(network, taken.astype(np.int64))
        worth += network.mixing.each * int(np.minimum(mixed, network.mixing.due).sum())
    return worth


def _odd_ones(
    network: Network, price: Prices, pairs: Ints, entries: Ints, counted: Bools, need: Ints
) -> Ints:
    """Return who has one meeting less, as people who can only be paired among themselves need an odd number of ends.

    That is whoever loses least by it, shape (n,). No choice gives such people all they need, and a program that has
    to find that out may take hours.
    """
    n = network.people
    links = csr_matrix((np.ones(len(pairs)), (network.first[pairs], network.second[pairs])), shape=(n, n))
    _, group = connected_components(links, directed=False)
    odd = np.bincount(group, need).astype(np.int64) % 2 == 1
    odd[group[network.person[entries]]] = False
    less: Ints = np.zeros(n, dtype=np.int64)
    could = np.flatnonzero(counted & odd[group[network.person]] & (need[network.person] > 0))
    for entry in could[np.argsort(np.abs(price.meeting[could]), kind="stable")].tolist():
        person = int(network.person[entry])
        if odd[group[person]]:
            less[person], odd[group[person]] = 1, False
    return less


@dataclass(frozen=True)
class _Mixing:
    """What mixing adds to an integer program: columns, with the `cost` and the `most` of each, and constraints."""

    cost: Floats
    most: Floats
    constraints: list[LinearConstraint]


def _mixing_rows(network: Network, price: Prices, pairs: Ints, kept: Bools, columns: int) -> _Mixing:
    """Return two columns, after `columns` others, for each person of `pairs` to whom somebody of another pool is due.

    How many of those due they meet, and how many beyond; together, as many as of their pairs that cross are taken.
    """
    mixing = network.mixing
    if mixing is None:
        return _Mixing(np.zeros(0), np.zeros(0), [])
    crossing = np.flatnonzero(mixing.cross[pairs])
    ends = np.concatenate([network.first[pairs[crossing]], network.second[pairs[crossing]]])
    place, at = np.tile(crossing, 2)[mixing.due[ends] > 0], ends[mixing.due[ends] > 0]
    people, row = np.unique(at, return_inverse=True)
    count = len(people)
    each = np.arange(count)
    values = np.concatenate([np.ones(len(place)), -np.ones(2 * count)])
    rows = np.concatenate([row, each, each])
    in_columns = np.concatenate([place, columns + np.arange(2 * count)])
    taken = -mixing.had(network, kept.astype(np.int64))[people]
    matrix = csr_matrix((values, (rows, in_columns)), shape=(count, columns + 2 * count))
    bonus = price.bonus[people]
    cost = np.concatenate([bonus - mixing.each, bonus])
    most = np.concatenate([mixing.due[people], np.full(count, np.inf)])
    return _Mixing(cost, most, [LinearConstraint(matrix, taken, taken)] if count else [])


def trails(first: Ints, second: Ints, twice: Ints, worth: Ints) -> Bools:
    """Return which pairs to take, shape (m,): whole ones, and every second one of each half-chosen trail."""
    taken: Bools = twice == 2
    for trail in _trails(first, second, twice):
        even, odd = trail[0::2], trail[1::2]
        if len(even) > len(odd) and _closed(trail, first, second):
            # Taking both ends would give one person a meeting too many: the weakest pair is left.
            weakest = int(np.argmin(worth[trail]))
            trail = trail[weakest:] + trail[:weakest]
            even, odd = [], trail[1::2]
        taken[odd if worth[odd].sum() > worth[even].sum() else even] = True
    return taken


def _even_trails(first: Ints, second: Ints, twice: Ints) -> Ints:
    """Return `twice` with closed trails of even length made whole, which changes nobody's meetings nor the worth.

    Where ties are many, so are half-chosen pairs, and only what cannot be settled this way is left.
    """
    twice = twice.copy()
    for _ in range(TRAIL_PASSES):
        before = np.count_nonzero(twice == 1)
        for trail in _trails(first, second, twice):
            whole = len(trail) % 2 == 0 and _closed(trail, first, second)
            for cycle in [trail] if whole else _cycles(trail, first, second):
                if len(cycle) % 2 == 0:
                    twice[cycle[0::2]], twice[cycle[1::2]] = 2, 0
        if np.count_nonzero(twice == 1) == before:
            break
    return twice


def _cycles(trail: list[int], first: Ints, second: Ints) -> Iterator[list[int]]:
    """Yield the simple cycles that a walk along `trail` closes; what is left of it is a path."""
    if len(trail) < 2:
        return
    ends = [(int(first[e]), int(second[e])) for e in trail[:2]]
    person = ends[0][0] if ends[0][1] in ends[1] else ends[0][1]
    people, pairs = [person], list[int]()
    place = {person: 0}
    for e in trail:
        person = int(first[e] + second[e]) - person
        pairs.append(e)
        if person in place:
            at = place[person]
            yield pairs[at:]
            for gone in people[at + 1 :]:
                del place[gone]
            del people[at + 1 :], pairs[at:]
        else:
            place[person] = len(people)
            people.append(person)


def _trails(first: Ints, second: Ints, twice: Ints) -> Iterator[list[int]]:
    """Yield trails that cover each half-chosen pair once, open ones first."""
    at: dict[int, list[int]] = {}
    for e in np.flatnonzero(twice == 1).tolist():
        at.setdefault(int(first[e]), []).append(e)
        at.setdefault(int(second[e]), []).append(e)
    used: set[int] = set()
    for start in sorted(at, key=lambda person: (len(at[person]) % 2 == 0, person)):
        while trail := _walk(start, at, used, first, second):
            yield trail


def _walk(start: int, at: dict[int, list[int]], used: set[int], first: Ints, second: Ints) -> list[int]:
    trail: list[int] = []
    person = start
    while True:
        edges = at.get(person, [])
        while edges and edges[-1] in used:
            edges.pop()
        if not edges:
            return trail
        e = edges.pop()
        used.add(e)
        trail.append(e)
        person = int(first[e] + second[e] - person)


def _closed(trail: list[int], first: Ints, second: Ints) -> bool:
    """Whether a trail of three or more pairs ends where it starts."""
    ends = np.bincount(np.concatenate([first[trail], second[trail]]))
    return bool((ends % 2 == 0).all())
