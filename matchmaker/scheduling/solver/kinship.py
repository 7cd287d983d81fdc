"""Groups whose members never meet, or preferably do not, as arrays: a few columns hold a million pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.problem.parts import Kin, Meet

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Layers = tuple[Ints, ...]
"""Groups side by side: the number of each person's group in each layer, or -1, shape (n,)."""


@dataclass(frozen=True)
class Kinship:
    """Who is of one group, by what the group means, and the keys of pairs that both asked for."""

    never: Layers
    if_wanted: Layers
    rather_not: Layers
    wanted: frozenset[int]

    def forbids(self, a: Ints, b: Ints, keys: Ints) -> Bools:
        """Return which pairs (m,) never meet, for the groups they are of."""
        asked = np.isin(keys, list(self.wanted)) if self.wanted else np.zeros(len(keys), dtype=np.bool_)
        found: Bools = _alike(self.never, a, b) | _alike(self.if_wanted, a, b) & ~asked
        return found

    def parts(self, a: Ints, b: Ints, keys: Ints) -> Bools:
        """Return which pairs (m,) rather meet others, for the groups they are of."""
        asked = np.isin(keys, list(self.wanted)) if self.wanted else np.zeros(len(keys), dtype=np.bool_)
        found: Bools = _alike(self.rather_not, a, b) & ~asked
        return found

    def forbids_one(self, a: int, b: int, key: int) -> bool:
        """Whether one pair never meets, for the groups they are of."""
        return _one_alike(self.never, a, b) or key not in self.wanted and _one_alike(self.if_wanted, a, b)

    def parts_one(self, a: int, b: int, key: int) -> bool:
        """Whether one pair rather meets others, for the groups they are of."""
        return key not in self.wanted and _one_alike(self.rather_not, a, b)


def kinship(kin: Iterable[Kin], number: Mapping[str, int], wanted: Ints) -> Kinship:
    """Return the groups of `kin` for people by `number`; `wanted` are the keys of pairs who both asked."""
    several = list(kin)
    layers = {
        meet: _layers(
            [[number[one] for one in group.people] for group in several if group.meet is meet], len(number)
        )
        for meet in Meet
    }
    asked = frozenset(wanted.tolist()) if several else frozenset()
    return Kinship(layers[Meet.NEVER], layers[Meet.IF_WANTED], layers[Meet.RATHER_NOT], asked)


def _layers(groups: list[list[int]], people: int) -> Layers:
    """Return groups in as few layers as taking each where nobody is in one yet gives."""
    layers: list[Ints] = []
    for which, group in enumerate(groups):
        free = next((layer for layer in layers if (layer[group] < 0).all()), None)
        if free is None:
            free = np.full(people, -1, dtype=np.int64)
            layers.append(free)
        free[group] = which
    return tuple(layers)


def _alike(layers: Layers, a: Ints, b: Ints) -> Bools:
    found = np.zeros(len(a), dtype=np.bool_)
    for layer in layers:
        found |= (layer[a] == layer[b]) & (layer[a] >= 0)
    return found


def _one_alike(layers: Layers, a: int, b: int) -> bool:
    return any(layer[a] == layer[b] and layer[a] >= 0 for layer in layers)
