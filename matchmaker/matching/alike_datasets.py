"""The datasets of two people that are the same or read alike: the best comparisons of each of many pairs.

Some people have dozens, and each is in many pairs. So what a person has is compared with what all their partners have
at once, where each is looked at once; and of what a partner's dataset is to each of the person's own only the best
can be among the best of the pair.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.cells import LIKENESS, MOST, Cells, rarity
from matchmaker.matching.row_products import Floats, IdLists, Ints, distinct, table_of
from matchmaker.matching.vectors import Vectors

_HELD = "_datasets_held"
"""By this name vectors have what is held with them."""

PAIRS_AT_ONCE = 400_000
"""Pairs whose datasets are compared at a time where many are: what somebody has is looked up once for all of them."""

HELD = 500_000
"""So many comparisons are held before the best of each pair are kept."""


@dataclass(frozen=True, slots=True)
class ComparedDatasets:
    """The datasets of some pairs compared: of each pair all that can be among the best `count`."""

    count: int
    codes: Ints
    """A number for each pair, in ascending order."""
    cells: Cells


def hold_datasets(vectors: Vectors, count: int, a: Ints, b: Ints) -> None:
    """Compare the datasets of many pairs once, `a[i] < b[i]` in ascending order, for whoever asks for some again.

    Held are 20 bytes for each of about `count` comparisons of a pair.
    """
    starts = range(0, max(len(a), 1), PAIRS_AT_ONCE)
    portions = (slice(start, start + PAIRS_AT_ONCE) for start in starts)
    cells = Cells.joined([_compared(vectors, count, a[some], b[some]).short() for some in portions], starts)
    vars(vectors)[_HELD] = ComparedDatasets(count, a * len(vectors.profiles) + b, cells)


def best_datasets(vectors: Vectors, count: int, a: Ints, b: Ints) -> Cells:
    """Return the best `count` comparisons of a dataset of `a[i]` with one of `b[i]`, pair by pair, best first.

    The same dataset counts 1, another half the cosine; common ones less. Of each person `MOST` are compared for
    likeness; the same ones are always found. O(datasets of everybody's partners × their terms × their own datasets),
    but for pairs that are held.
    """
    held: ComparedDatasets | None = vars(vectors).get(_HELD)
    if held is None or held.count != count:
        return _compared(vectors, count, a, b).first(count).short()
    codes = np.minimum(a, b) * len(vectors.profiles) + np.maximum(a, b)
    place = np.minimum(np.searchsorted(held.codes, codes), max(len(held.codes) - 1, 0))
    there = held.codes[place] == codes if len(held.codes) else np.zeros(len(a), dtype=np.bool_)
    known, new = np.flatnonzero(there), np.flatnonzero(~there)
    old = held.cells.of_pairs(place[known])
    turned = a[known[old.pair]] > b[known[old.pair]]
    if not len(new) and not np.any(turned):
        return old.first(count)
    found = [replace(_turned_back(old, turned), pair=known[old.pair])]
    if len(new):
        fresh = _compared(vectors, count, a[new], b[new])
        found.append(replace(fresh, pair=new[fresh.pair]))
    return _joined(found).best(count).short()


def _compared(vectors: Vectors, count: int, a: Ints, b: Ints) -> Cells:
    """Return of each pair all that can be among the best `count`, best first."""
    if not np.any((vectors.datasets.counts[a] > 0) & (vectors.datasets.counts[b] > 0)):
        return Cells.none()
    compare = _Partners(vectors, count)
    pair, item = vectors.datasets.shared(a, b)
    same = Cells(pair, item, item, compare.rare[item] * compare.rare[item])
    turned = _has_less(vectors.datasets, a, b)
    mine, theirs = np.where(turned, (b, a), (a, b))
    alike = _held_together(compare.beside(who, some, theirs[some]) for who, some in _by_person(mine))
    found = [_turned_back(one, turned[one.pair]).among_best(count).short() for one in alike]
    return _joined([same.short(), *found]).among_best(count).in_order()


def _has_less(lists: IdLists, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Return for each pair whether `a` has less to compare in all of them, and is better looked at as a partner."""
    people = len(lists.start) - 1
    weight = lists.counts * (np.bincount(a, minlength=people) + np.bincount(b, minlength=people))
    return np.asarray(weight[a] < weight[b])


def _by_person(mine: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield each person and the places at which they stand."""
    order = np.argsort(mine, kind="stable")
    starts = np.flatnonzero(np.diff(mine[order], prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(order)]):
        yield int(mine[order[start]]), order[start:end]


class _Partners:
    """Compares what people have with what their partners have, one person after the other."""

    def __init__(self, vectors: Vectors, count: int) -> None:
        """Find the best `count` for each dataset of a partner."""
        self.vectors, self.rows = vectors, vectors.rows
        self.lists, self.texts = vectors.datasets.first(MOST), vectors.dataset_texts
        self.rare, self.count = np.sqrt(rarity(vectors.dataset_people)), count
        self._numbers = np.zeros(self.rows.shape[1], dtype=self.rows.indices.dtype)

    def beside(self, person: int, pairs: Ints, partners: Ints) -> Cells:
        """Return for each dataset of each partner the best of this person's, which stand on the left."""
        own = self.lists.items[self.lists.start[person] : self.lists.start[person + 1]]
        place, item = self.lists.each(partners)
        theirs, row = distinct(item, len(self.texts))
        values = self._values(own, theirs)
        least = np.partition(values, -self.count, axis=1)[:, [-self.count]] if len(own) > self.count else 0.0
        which, column = np.nonzero((values >= least) & (values > 0))
        best = IdLists(np.searchsorted(which, np.arange(len(theirs) + 1)), np.arange(len(which)))
        cell, at = best.each(row)
        return Cells(pairs[place[cell]], own[column[at]], item[cell], values[which[at], column[at]])

    def _values(self, own: Ints, theirs: Ints) -> Floats:
        """Return what each of `theirs` has in common with each of a person's own: 0 where they are the same."""
        few, many = self.texts[own], self.texts[theirs]
        products = self.vectors.beside(few, many)
        if products is None:
            products = table_of(self.rows[few], self.rows[many], self._numbers)
        values = LIKENESS * np.clip(products, 0.0, 1.0) * (self.rare[theirs][:, np.newaxis] * self.rare[own])
        values[theirs[:, np.newaxis] == own] = 0.0
        return np.asarray(values)


def _held_together(some: Iterable[Cells]) -> Iterator[Cells]:
    """Yield cells of several people at once, as many as are to be held."""
    waiting, held = list[Cells](), 0
    for one in some:
        waiting.append(one)
        held += len(one.pair)
        if held > HELD:
            yield _joined(waiting)
            waiting, held = [], 0
    if waiting:
        yield _joined(waiting)


def _joined(some: list[Cells]) -> Cells:
    return Cells.joined(some, [0] * len(some))


def _turned_back(cells: Cells, turned: NDArray[np.bool_]) -> Cells:
    """Return cells with left and right exchanged in some."""
    left, right = np.where(turned, (cells.right, cells.left), (cells.left, cells.right))
    return Cells(cells.pair, left, right, cells.value)
