"""Lay out the linear program that `joint` solves: what each column gains and which rows it is in, in whole units."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack, vstack

from matchmaker.scheduling.solver.choice import Network
from matchmaker.scheduling.solver.model import Bools, Ints
from matchmaker.scheduling.solver.programs import Laid
from matchmaker.scheduling.solver.shared_limits import SharingGroup

Part = tuple[Ints | int, Ints | int, Ints | int]
"""Rows, columns and values of some entries; a single number stands for all of them."""


@dataclass(frozen=True)
class HallShape:
    """What a network does not say: who may be in a trio (n,), who is open in each round (R, n), and who shares."""

    may_trio: Bools
    open_in: Bools
    groups: Sequence[SharingGroup]

    @cached_property
    def shared(self) -> Bools:
        """Return who shares something, shape (n,)."""
        shared: Bools = np.zeros(len(self.may_trio), dtype=np.bool_)
        for group in self.groups:
            shared |= group.people
        return shared

    @cached_property
    def apart(self) -> list[SharingGroup]:
        """Return the groups that are not within another."""
        return [
            one
            for one in self.groups
            if not any(
                (one.people <= two.people).all() and two.people.sum() > one.people.sum()
                for two in self.groups
            )
        ]

    @cached_property
    def places(self) -> Ints:
        """Return what meetings of a round can take up, shape (R,): people who share nothing, and places of groups."""
        none = np.zeros(len(self.open_in), dtype=np.int64)
        shared = sum((one.places for one in self.apart), none)
        others: Ints = self.open_in[:, ~self.shared].sum(axis=1)
        return others + shared

    def taken_up(self, *people: Ints) -> Ints:
        """Return how much of that each meeting of these people takes up; a group's place is taken up once by all."""
        alone = sum((~self.shared[one]).astype(np.int64) for one in people)
        taken: Ints = alone + sum(
            np.logical_or.reduce([group.people[one] for one in people]) for group in self.apart
        )
        return taken


class JointRows:
    """The columns are pairs, entries of `level`, mixing of each person, odd rounds with a trio, and trios.

    The rows: people; meetings; trios; places; odd rounds; groups; mixing; pairs of the trios looked at.
    """

    def __init__(self, network: Network, shape: HallShape) -> None:
        """Lay out all but the pairs in trios; O(pairs + trios)."""
        self.network, self.shape, n = network, shape, network.people
        self.trios, self.sides = _triangles(network, shape.may_trio)
        self.pairs = np.arange(len(network.first))
        self.mixed_at = len(self.pairs) + len(network.level)
        self.odd_at = self.mixed_at + n
        self.columns = self.odd_at + 1
        half, odd = int((shape.places // 2).sum()), int((shape.places % 2).sum())
        mixing = network.mixing
        self.limit = np.array(
            [0] * n + [network.most, network.trios, half, 0] + [one.most for one in shape.groups]
            + ([0] * n if mixing is not None else []), dtype=np.int64,
        )  # fmt: skip
        due = np.zeros(n, dtype=np.int64) if mixing is None else mixing.due
        each = 0 if mixing is None else mixing.each
        ones = np.ones(self.mixed_at, dtype=np.int64)
        self.gain = np.concatenate([network.worth, network.level, np.full(n, each), [0]]).astype(np.int64)
        self.most = np.concatenate([ones, due, [odd]])
        self.worth: Ints = network.worth[self.sides].sum(axis=1)
        self.fixed, self.of_trios = self._fixed(), self._of_trios()

    def laid(self, chosen: Ints) -> Laid:
        """Return the program with the trios `chosen`, by their places."""
        in_trio, row = np.unique(self.sides[chosen].ravel(), return_inverse=True)
        column = self.columns + np.repeat(np.arange(len(chosen)), 3)
        each = np.arange(len(in_trio))
        once = _matrix(
            (np.append(row.ravel(), each), np.append(column, in_trio), 1),
            (len(in_trio), self.columns + len(chosen)),
        )
        return Laid(
            np.append(self.gain, self.worth[chosen]),
            np.append(self.most, np.ones(len(chosen), dtype=np.int64)),
            vstack([hstack([self.fixed, self.of_trios[:, chosen]]), once], format="csr"),
            np.append(self.limit, np.ones(len(in_trio), dtype=np.int64)),
            self.network.people,
        )

    def beyond(self, price: Ints, chosen: Ints) -> Ints:
        """Return what every trio gains beyond prices of a program with those `chosen`."""
        of_pair = self._of_pair(price, chosen)
        beyond: Ints = (
            self.worth - self.of_trios.T @ price[: len(self.limit)] - of_pair[self.sides].sum(axis=1)
        )
        return beyond

    def with_more(self, price: Ints, chosen: Ints, more: Ints) -> Ints:
        """Return prices of a program with `more` trios than those `chosen`; rows that are new cost nothing."""
        in_trio = np.unique(self.sides[more].ravel())
        return np.append(price[: len(self.limit)], self._of_pair(price, chosen)[in_trio])

    def _of_pair(self, price: Ints, chosen: Ints) -> Ints:
        of_pair = np.zeros(len(self.pairs), dtype=np.int64)
        of_pair[np.unique(self.sides[chosen].ravel())] = price[len(self.limit) :]
        return of_pair

    def _fixed(self) -> csr_matrix:
        """Return the rows of all columns but trios."""
        network, n, pairs = self.network, self.network.people, self.pairs
        ends = np.concatenate([network.first, network.second])
        entries = np.arange(len(pairs), self.mixed_at)
        two = np.flatnonzero(self.shape.taken_up(network.first, network.second) > 1)
        parts: list[Part] = [
            (ends, np.tile(pairs, 2), 1), (network.person, entries, -1), (n, pairs, 1), (n + 2, two, 1),
            # Each of these takes up two places, of which one is left over in rounds of an odd number (an odd-set
            # inequality). A trio that takes up three leaves none there, and two elsewhere.
            (n + 2, self.odd_at, -1), (n + 3, self.odd_at, 1),
        ]  # fmt: skip
        for i, group in enumerate(self.shape.groups):
            touch = np.flatnonzero(group.people[network.first] | group.people[network.second])
            parts.append((n + 4 + i, touch, 1))
        if network.mixing is not None:
            start, crossing = n + 4 + len(self.shape.groups), np.flatnonzero(network.mixing.cross)
            both = np.concatenate([network.first[crossing], network.second[crossing]])
            parts.append((start + both, np.tile(crossing, 2), -1))
            parts.append((start + np.arange(n), self.mixed_at + np.arange(n), 1))
        return _joined(parts, (len(self.limit), self.columns))

    def _of_trios(self) -> csc_matrix:
        """Return the same rows of all trios."""
        n, at = self.network.people, np.arange(len(self.trios))
        three, taken = np.repeat(at, 3), self.shape.taken_up(*self.trios.T)
        wide = (taken > 2).astype(np.int64)
        parts: list[Part] = [(self.trios.ravel(), three, 1), (n, at, 1), (n + 1, at, 1)]
        parts += [(n + 2, at, wide + (taken > 1)), (n + 3, at, -wide)]
        for i, group in enumerate(self.shape.groups):
            parts.append((n + 4 + i, np.flatnonzero(group.people[self.trios].any(axis=1)), 1))
        if self.network.mixing is not None:
            start = n + 4 + len(self.shape.groups)
            ab, ac, bc = self.network.mixing.cross[self.sides].astype(np.int64).T
            each = np.stack([ab + ac, ab + bc, ac + bc], axis=1)
            parts.append((start + self.trios.ravel(), three, -each.ravel()))
        return _joined(parts, (len(self.limit), len(self.trios))).tocsc()


def _joined(parts: Sequence[Part], shape: tuple[int, int]) -> csr_matrix:
    """Return a matrix of all these entries."""
    each = [np.broadcast_arrays(*np.atleast_1d(*part)) for part in parts]
    rows, columns, values = (np.concatenate(some) for some in zip(*each, strict=True))
    return _matrix((rows, columns, values), shape)


def _matrix(part: Part, shape: tuple[int, int]) -> csr_matrix:
    rows, columns, values = np.broadcast_arrays(*part)
    return csr_matrix((values.astype(np.int64), (rows, columns)), shape=shape)


def _triangles(network: Network, may_trio: Bools) -> tuple[Ints, Ints]:
    """Return all three people who may be in a trio and of whom every two are a pair, and the places of their pairs.

    Both ascend and have the shape (trios, 3); there are none in a network without trios.
    """
    n = network.people
    both = may_trio[network.first] & may_trio[network.second] & (network.trios > 0)
    place = np.full((n, n), -1, dtype=np.int64)
    place[network.first[both], network.second[both]] = np.flatnonzero(both)
    found = [np.zeros((0, 3), dtype=np.int64)]
    for a in np.unique(network.first[both]).tolist():
        near = np.flatnonzero(place[a] >= 0)
        b, c = np.nonzero(place[np.ix_(near, near)] >= 0)
        found.append(np.stack([np.full(len(b), a), near[b], near[c]], axis=1))
    people = np.concatenate(found)
    a, b, c = people.T
    return people, np.stack([place[a, b], place[a, c], place[b, c]], axis=1)
