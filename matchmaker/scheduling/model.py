"""A problem as arrays, with everything that is impossible taken out.

People are numbered in an order drawn from the seed, so that neither the alphabet nor the order of rows
decides ties. Rounds and tables stay numbered from 1 in values that leave the room; inside, rounds are columns
0 to R − 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.problem import Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_PEOPLE_TO_FILL_WHOLLY = 300
"""Up to this many people, every pair that may fill a place is considered; beyond, a random selection."""


@dataclass(frozen=True)
class Model:
    """n people, R rounds, and the m pairs who may meet in at least one round.

    `present` (n, R): is there. `seatable` (n, R): is there and some table of that round may seat them.
    `tables` (R,). `first` < `second`, `score`, `wished` (m,): the pairs, in ascending order of (first,
    second). `tied` holds those with a fixed table or only some allowed, and the tables they may use.
    """

    ids: tuple[str, ...]
    present: Bools
    seatable: Bools
    tables: Ints
    first: Ints
    second: Ints
    score: Floats
    wished: Bools
    tied: Mapping[int, frozenset[int]]
    may_trio: Bools
    banned: frozenset[int]
    fill: bool

    @property
    def people(self) -> int:
        """How many people there are (n)."""
        return len(self.ids)

    @property
    def rounds(self) -> int:
        """How many rounds there are (R)."""
        return len(self.tables)

    @property
    def keys(self) -> Ints:
        """Return the key of each pair, shape (m,), ascending."""
        keys: Ints = self.first * self.people + self.second
        return keys

    def key(self, a: int, b: int) -> int:
        """Return one number for a pair, whichever way round it is given."""
        n = len(self.ids)
        return a * n + b if a < b else b * n + a

    def capacity(self) -> Ints:
        """Return the most meetings each round can hold, shape (R,): tables, or half of the people there."""
        capacity: Ints = np.minimum(self.tables, self.seatable.sum(axis=0) // 2)
        return capacity

    def share_a_table(self, people: tuple[int, ...], round_: int) -> bool:
        """Whether round `round_` has a table at which all of `people` may sit."""
        sets = [self.tied[person] for person in people if person in self.tied]
        if not sets:
            return bool(self.tables[round_] > 0)
        common = frozenset.intersection(*sets)
        return any(table <= self.tables[round_] for table in common)


def distinct(numbers: Ints) -> Ints:
    """Return the distinct `numbers`, ascending; by sorting, which is faster here than numpy's hashing."""
    ordered: Ints = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def among(keys: Ints, chosen: Ints) -> Bools:
    """Return which of `keys` are among `chosen`, which ascends and may be empty."""
    if not len(chosen):
        return np.zeros(len(keys), dtype=np.bool_)
    found: Bools = chosen[np.minimum(np.searchsorted(chosen, keys), len(chosen) - 1)] == keys
    return found


def build(problem: Problem, seed: int) -> Model:
    """Return the model of `problem`; O(people × rounds + pairs) and a sort."""
    ids = sorted(person.id for person in problem.people)
    ids = [ids[i] for i in np.random.default_rng([seed, 1]).permutation(len(ids))]
    number = {person: i for i, person in enumerate(ids)}
    n, rounds = len(ids), len(problem.rounds)
    tables = np.array([round_.tables for round_ in problem.rounds], dtype=np.int64)
    present = np.ones((n, rounds), dtype=bool)
    for person in problem.people:
        if person.rounds is not None:
            present[number[person.id]] = False
            present[number[person.id], [there - 1 for there in person.rounds]] = True
    tied = _tied(problem, number)
    seatable = present & (tables > 0)[None, :]
    for one, allowed in tied.items():
        seatable[one] &= np.array([any(table <= most for table in allowed) for most in tables], dtype=bool)
    banned = _keys(problem.forbidden, number)
    first, second, score, wished = _pairs(problem, number, banned, seed)
    keep: Bools = np.asarray((seatable[first] & seatable[second]).any(axis=1))
    for e in np.flatnonzero(keep & np.isin(first, list(tied)) & np.isin(second, list(tied))):
        common = tied[int(first[e])] & tied[int(second[e])]
        together = np.flatnonzero(seatable[first[e]] & seatable[second[e]])
        keep[e] = any(table <= tables[r] for r in together for table in common)
    trio: Bools = np.full(n, problem.trios is True, dtype=np.bool_)
    if isinstance(problem.trios, frozenset):
        trio[np.array([number[person] for person in problem.trios])] = True
    return Model(
        tuple(ids), present, seatable, tables, first[keep], second[keep], score[keep], wished[keep],
        tied, trio, frozenset(banned.tolist()), problem.fill,
    )  # fmt: skip


def _tied(problem: Problem, number: Mapping[str, int]) -> dict[int, frozenset[int]]:
    """Return the tables that people with a fixed table, or only some allowed, may use."""
    tied = {number[person]: frozenset(tables) for person, tables in problem.allowed_tables.items()}
    for person, table in problem.fixed_table.items():
        fixed = frozenset([table])
        tied[number[person]] = tied.get(number[person], fixed) & fixed
    return dict(sorted(tied.items()))


def _keys(pairs: tuple[tuple[str, str], ...], number: Mapping[str, int]) -> Ints:
    """Return the sorted distinct keys (smaller × n + larger) of `pairs`."""
    if not pairs:
        return np.zeros(0, dtype=np.int64)
    return distinct(_key_of([a for a, _ in pairs], [b for _, b in pairs], number))


def _key_of(some: list[str], others: list[str], number: Mapping[str, int]) -> Ints:
    """Return the key of each pair of one of `some` and one of `others`."""
    a = np.array(list(map(number.__getitem__, some)), dtype=np.int64)
    b = np.array(list(map(number.__getitem__, others)), dtype=np.int64)
    return np.minimum(a, b) * len(number) + np.maximum(a, b)


def _unlisted(n: int, rounds: int, seed: int) -> Ints:
    """Return keys of pairs to fill with: all, or for a large event some at random, enough for everybody."""
    if n <= MOST_PEOPLE_TO_FILL_WHOLLY:
        a, b = np.triu_indices(n, 1)
    else:
        rng = np.random.default_rng([seed, 2])
        a = np.repeat(np.arange(n), 20 + 2 * rounds)
        b = rng.integers(0, n, len(a))
        a, b = np.minimum(a, b)[a != b], np.maximum(a, b)[a != b]
    return distinct(a.astype(np.int64) * n + b)


def _pairs(
    problem: Problem, number: Mapping[str, int], banned: Ints, seed: int
) -> tuple[Ints, Ints, Floats, Bools]:
    """Return the listed and wished pairs that are not banned; a wish that is not listed scores 0."""
    n = len(number)
    listed_keys = _key_of([a for a, _, _ in problem.pairs], [b for _, b, _ in problem.pairs], number)
    given = np.array([score for _, _, score in problem.pairs], dtype=np.float64)
    wished_keys = _keys(problem.wanted, number)
    more = _unlisted(n, len(problem.rounds), seed) if problem.fill else wished_keys
    keys = distinct(np.concatenate([listed_keys, wished_keys, more]))
    score = np.zeros(len(keys))
    score[np.searchsorted(keys, listed_keys)] = given
    allowed = ~among(keys, banned)
    keys, score = keys[allowed], score[allowed]
    divisor = max(n, 1)
    return keys // divisor, keys % divisor, score, among(keys, wished_keys)
