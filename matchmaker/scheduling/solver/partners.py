"""Everybody's possible partners, best first, among pairs who are open in a common round."""

import numpy as np

from matchmaker.scheduling.solver.model import Bools, Ints, Model
from matchmaker.scheduling.solver.stakes import Stakes


class Partners:
    """For each person the (partner, worth) of their pairs, best first; sorted only for those who are asked
    for.

    Worth is in whole units and counts a wish, and what a
    partner of another pool is worth. Setting up is O(pairs × log), each person asked for O(their
    pairs).
    """

    def __init__(self, model: Model, weights: Stakes, offered: Bools) -> None:
        """Take note of the `offered` pairs (m,) of a model; they are laid out when first asked for."""
        self._model, self._weights, self._offered = model, weights, offered
        self._lists: dict[int, list[tuple[int, int]]] = {}
        self._worths: dict[int, dict[int, int]] = {}

    def _lay_out(self) -> None:
        model, offered = self._model, self._offered
        worth = self._weights.one_by_one(model)[offered]
        first, second = model.first[offered], model.second[offered]
        person = np.concatenate([first, second])
        order = np.argsort(person, kind="stable")
        self._other: Ints = np.concatenate([second, first])[order]
        self._worth: Ints = np.tile(worth, 2)[order]
        self._start = np.searchsorted(person[order], np.arange(model.people + 1)).tolist()

    def of(self, person: int) -> list[tuple[int, int]]:
        """Return the partners of `person` with what a meeting with them is worth, best first."""
        if person not in self._lists:
            if not self._lists:
                self._lay_out()
            part = slice(self._start[person], self._start[person + 1])
            order = np.argsort(-self._worth[part], kind="stable")
            others, worth = self._other[part][order].tolist(), self._worth[part][order].tolist()
            self._lists[person] = list(zip(others, worth, strict=True))
        return self._lists[person]

    def worth(self, a: int, b: int) -> int:
        """Return what a meeting of two people is worth; 0 where they are not listed."""
        if a not in self._worths:
            self._worths[a] = dict(self.of(a))
        return self._worths[a].get(b, 0)
