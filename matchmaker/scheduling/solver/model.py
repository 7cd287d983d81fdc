"""A problem as arrays, with everything that is impossible taken out.

People are numbered in an order drawn from the seed, so that neither the alphabet nor the order of rows
decides ties. Rounds and tables stay numbered from 1 in values that leave the room; inside, rounds are columns
0 to R − 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.solver.kinship import Kinship
from matchmaker.scheduling.solver.limits import Limits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST_PEOPLE_TO_FILL_WHOLLY = 300
"""Up to this many people, every pair that may fill a place is considered; beyond, a random selection."""


@dataclass(frozen=True)
class Double:
    """What a pair who meet for two rounds are worth: score, whether both asked, whether rather not."""

    score: float
    wished: bool
    reluctant: bool


@dataclass(frozen=True)
class Model:
    """n people, R rounds, and the m pairs who may meet in at least one round.

    `present` (n, R): is there. `seatable` (n, R): is there and some table of that round may seat them. `tables`
    (R,): how many can be used, beside those `closed` in each round. `first` < `second`, `score`, `wished`,
    `reluctant` (m,): the pairs, in ascending order of (first, second). `tied` holds those with a fixed table or
    only some allowed, and the tables they may use. `banned` and `apart` hold the keys of pairs that never, or
    rather not, meet, beside those of one group of `kin`. `limits` are those on people's meetings, `reach` (n,)
    the most each can have. `doubles` are pairs, by key, who meet for two rounds; they are not among the others,
    and are `banned` there. `pool` (n,) is the number of each person's pool, or -1; `due` (n,) of how many people
    of another pool they should meet.
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
    closed: tuple[frozenset[int], ...]
    reluctant: Bools
    apart: frozenset[int]
    limits: Limits
    reach: Ints
    doubles: Mapping[int, Double]
    pool: Ints
    due: Ints
    kin: Kinship

    @property
    def people(self) -> int:
        """How many people there are (n)."""
        return len(self.ids)

    @property
    def rounds(self) -> int:
        """How many rounds there are (R)."""
        return len(self.tables)

    @cached_property
    def keys(self) -> Ints:
        """Return the key of each pair, shape (m,), ascending."""
        keys: Ints = self.first * self.people + self.second
        return keys

    @property
    def cross(self) -> Bools:
        """Return which pairs, shape (m,), are of two pools."""
        return self._of_two_pools(self.first, self.second)

    def _of_two_pools(self, a: Ints, b: Ints) -> Bools:
        two: Bools = (self.pool[a] != self.pool[b]) & (self.pool[a] >= 0) & (self.pool[b] >= 0)
        return two

    def mixed(self, keys: Ints) -> Ints:
        """Return how many people of another pool each person meets, shape (n,), if the pairs with `keys` do."""
        a, b = np.divmod(keys, max(1, self.people))
        ends = np.stack([a, b])[:, self._of_two_pools(a, b)]
        mixed: Ints = np.bincount(ends.ravel(), minlength=self.people)
        return mixed

    def key(self, a: int, b: int) -> int:
        """Return one number for a pair, whichever way round it is given."""
        n = len(self.ids)
        return a * n + b if a < b else b * n + a

    def is_banned(self, key: int) -> bool:
        """Whether a pair never meets."""
        return key in self.banned or self.kin.forbids_one(*divmod(key, self.people), key)

    def is_apart(self, key: int) -> bool:
        """Whether a pair rather meets others."""
        return key in self.apart or self.kin.parts_one(*divmod(key, self.people), key)

    def capacity(self) -> Ints:
        """Return the most meetings each round can hold, shape (R,): tables, or half of the people there."""
        capacity: Ints = np.minimum(self.tables, self.seatable.sum(axis=0) // 2)
        return capacity

    def share_a_table(self, people: tuple[int, ...], round_: int) -> bool:
        """Whether round `round_` has a table at which all of `people` may sit."""
        sets = [self.tied[person] for person in people if person in self.tied]
        if not sets:
            return bool(self.tables[round_] > 0)
        return any(self.has_table(round_, table) for table in frozenset.intersection(*sets))

    def last_table(self, round_: int) -> int:
        """Return the greatest number that a table of round `round_` has, closed ones included."""
        return int(self.tables[round_]) + len(self.closed[round_])

    def has_table(self, round_: int, table: int) -> bool:
        """Whether round `round_` has a table of that number that can be used."""
        return 1 <= table <= self.last_table(round_) and table not in self.closed[round_]


def distinct(numbers: Ints) -> Ints:
    """Return the distinct `numbers`, ascending; by sorting, which is faster here than numpy's hashing."""
    ordered: Ints = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def among(keys: Ints, chosen: Ints) -> Bools:
    """Return which of `keys`, distinct and ascending, are among `chosen`, in any order; either may be empty."""
    found = np.zeros(len(keys), dtype=np.bool_)
    found[places_of(keys, chosen)] = True
    return found


def places_of(keys: Ints, chosen: Ints) -> Ints:
    """Return where in `keys`, distinct and ascending, each of `chosen` is, without those that are not there."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    places: Ints = np.minimum(np.searchsorted(keys, chosen), len(keys) - 1)
    found: Ints = places[keys[places] == chosen]
    return found
