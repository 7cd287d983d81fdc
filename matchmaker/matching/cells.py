"""What two people have, ask for and give, thing by thing: every comparison of their lists, and the best of each pair.

Comparisons are made for many pairs at once, so many at a time as find room in memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.row_products import Floats, IdLists, Ints
from matchmaker.matching.vectors import CHANCE, Vectors

LIKENESS = 0.5
"""Things that read alike count this much of what the same thing counts."""

COMMONNESS = 0.5
"""How fast a shared thing says less as more people share it (see `rarity`)."""

NEED_MET = 0.6
"""From this likeness on, an offer is what was asked for: people never say it in the same words."""

OTHER_WORDS = 0.3
"""What likeness alone counts for a need in somebody's words: talk is alike, too (see `coverage`)."""

MEANING_FLOOR, MEANING_MET = 0.25, 0.6
"""The same of meanings alone, where a sentence model tells them: 9 in 10 needs and offers of strangers are less near
than the first.
"""

MOST = 40
"""So many datasets and topics of a person are compared with others' for likeness; the same ones are always found."""

CELLS_AT_ONCE = 500_000
"""Comparisons held in memory at a time: about 50 MB."""

Numbers = NDArray[np.signedinteger[Any]]

Comparison = Callable[[Vectors, Ints, Ints], "Cells"]


@dataclass(frozen=True, slots=True)
class Cells:
    """Comparisons between the lists of pairs: cell c compares `left[c]` with `right[c]` for `pair[c]`."""

    pair: Numbers
    left: Numbers
    right: Numbers
    value: Floats

    @classmethod
    def none(cls) -> "Cells":
        """Return no comparison."""
        nothing = np.zeros(0, dtype=np.int32)
        return cls(nothing, nothing, nothing, np.zeros(0))

    def at(self, kept: Ints | NDArray[np.bool_]) -> "Cells":
        """Return some of the cells."""
        return Cells(self.pair[kept], self.left[kept], self.right[kept], self.value[kept])

    def best(self, count: int) -> "Cells":
        """Keep the best `count` cells of each pair, best first."""
        return self.among_best(count).in_order().first(count)

    def among_best(self, count: int) -> "Cells":
        """Keep the cells of each pair that can be among its best `count`, whichever of equal ones come first."""
        least = self._kth_best(count)
        return self.at(np.flatnonzero((self.value > 0) & (self.value >= least[self.pair])))

    def in_order(self) -> "Cells":
        """Put the cells by pair, best first, and equal ones by what they compare."""
        return self.at(np.lexsort((self.right, self.left, -self.value, self.pair)))

    def first(self, count: int) -> "Cells":
        """Keep the first `count` cells of each pair; they stand by pair."""
        rank = np.arange(len(self.pair)) - np.searchsorted(self.pair, self.pair)
        return self.at(rank < count)

    def _kth_best(self, count: int) -> Floats:
        """Return the `count`-th highest of the different values of each pair, 0 where there are fewer."""
        rest, least = self.value, np.zeros(0)
        for _ in range(count):
            least = np.zeros(int(self.pair.max(initial=-1)) + 1)
            np.maximum.at(least, self.pair, rest)
            rest = np.where(rest < least[self.pair], rest, 0.0)
        return least

    def means(self, count: int, pairs: int) -> Floats:
        """Return for each of so many pairs the sum of its cells over `count`, at most 1."""
        return np.minimum(np.bincount(self.pair, self.value, minlength=pairs) / count, 1.0)

    def of_pairs(self, places: Ints) -> "Cells":
        """Return the cells of some pairs, which are numbered anew in this order; the cells stand by pair."""
        some = places.astype(self.pair.dtype)  # or all of the cells would be made as long
        start, end = np.searchsorted(self.pair, some), np.searchsorted(self.pair, some, side="right")
        counts = end - start
        pair = np.repeat(np.arange(len(places), dtype=self.pair.dtype), counts)
        here = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts - start, counts)
        return Cells(pair, self.left[here], self.right[here], self.value[here])

    @classmethod
    def joined(cls, some: Sequence["Cells"], before: Sequence[int]) -> "Cells":
        """Return the cells of some one after the other; so many pairs stand `before` those of each."""
        pair = np.concatenate([one.pair + first for one, first in zip(some, before, strict=True)])
        rest = (np.concatenate([getattr(one, name) for one in some]) for name in ("left", "right", "value"))
        return cls(pair, *rest)

    def short(self) -> "Cells":
        """Return the same with whole numbers of half the length, for as long as cells of many pairs are held."""
        pair, left, right = (one.astype(np.int32) for one in (self.pair, self.left, self.right))
        return Cells(pair, left, right, self.value)


def _crossed(left: IdLists, right: IdLists, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
    """Return (pair, left item, right item) for every item of `left[a]` against every item of `right[b]`."""
    heights, widths = left.counts[a], right.counts[b]
    sizes = heights * widths
    pair = np.repeat(np.arange(len(a)), sizes)
    within, width = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes), widths[pair]
    row = within // width
    return (
        pair,
        left.items[left.start[a][pair] + row],
        right.items[right.start[b][pair] + within - row * width],
    )


def _compared(lists: IdLists, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the same for what a and b have alike: each of the first `MOST` with each, and all that is the same."""
    few = lists.first(MOST)
    pair, left, right = _crossed(few, few, a, b)
    if few is lists:
        return pair, left, right
    other = left != right
    both, item = lists.shared(a, b)
    return (
        np.concatenate([pair[other], both]),
        np.concatenate([left[other], item]),
        np.concatenate([right[other], item]),
    )


def rarity(people: Ints) -> Floats:
    """Return how much sharing a thing says when `people` have it: 1 for two, ⅔ for four, ½ for eight…"""
    return np.asarray(1 / (1 + COMMONNESS * np.log2(np.maximum(people, 2) / 2)))


def topic_cells(vectors: Vectors, a: Ints, b: Ints) -> Cells:
    """Compare the topics of a with those of b: 1 if the same, else half the cosine; common less."""
    pair, left, right = _compared(vectors.topics, a, b)
    texts, rare = vectors.topic_texts, np.sqrt(rarity(vectors.topic_people))
    alike = LIKENESS * vectors.cosines(texts[left], texts[right])
    return Cells(pair, left, right, np.where(left == right, 1.0, alike) * (rare[left] * rare[right]))


def need_cells(vectors: Vectors, asker: Ints, giver: Ints) -> Cells:
    """Compare what each asker asks for with what the giver can give: named, or else alike; chance counts 0."""
    asks, gives = vectors.asks, vectors.gives
    pair, left, right = _crossed(asks.of, gives.of, asker, giver)
    same = (asks.datasets[left] == gives.datasets[right]) & (asks.datasets[left] >= 0)
    texts = (asks.texts[left], gives.texts[right])
    alike = np.clip((vectors.need_cosines(*texts) - CHANCE) / (NEED_MET - CHANCE), 0.0, 1.0)
    if vectors.has_meanings:
        near = vectors.meaning_cosines(*texts) - MEANING_FLOOR
        near = np.clip(near / (MEANING_MET - MEANING_FLOOR), 0.0, 1.0)
        alike = np.where(
            (asks.datasets[left] < 0) & (gives.datasets[right] < 0), np.maximum(alike, near), alike
        )
    in_words = vectors.covering.met(*texts, vectors.ask_shares[left])
    kept = np.flatnonzero(same | (alike > 0) | (in_words > 0))  # of many comparisons few say anything
    pair, left, right = (one[kept] for one in (pair, left, right))
    same, alike, in_words = same[kept], alike[kept], in_words[kept]
    likely = np.maximum(
        in_words, np.where(asks.datasets[left] >= 0, 1.0, OTHER_WORDS * vectors.ask_shares[left]) * alike
    )
    two_datasets = (asks.datasets[left] >= 0) & (gives.datasets[right] >= 0)
    likely = np.where(two_datasets, LIKENESS * likely, likely)
    return Cells(pair, left, right, np.where(same, 1.0, likely) * asks.weights[left] * gives.weights[right])


def mean_of_best(
    compare: Comparison, count: int, vectors: Vectors, a: Ints, b: Ints, left: IdLists, right: IdLists
) -> Floats:
    """Return for each pair the sum of its best `count` cells over `count`: what is missing counts 0."""
    means = np.zeros(len(a))
    for start, end in _portions(a, b, left, right):
        best = compare(vectors, a[start:end], b[start:end]).best(count)
        means[start:end] = best.means(count, end - start)
    return means


def best_of_each(
    compare: Comparison, count: int, vectors: Vectors, a: Ints, b: Ints, left: IdLists, right: IdLists
) -> Cells:
    """Return the best `count` cells of each pair."""
    starts, found = [0], [Cells.none()]
    if not np.any((left.counts[a] > 0) & (right.counts[b] > 0)):
        return found[0]
    for start, end in _portions(a, b, left, right):
        starts.append(start)
        found.append(compare(vectors, a[start:end], b[start:end]).best(count).short())
    return Cells.joined(found, starts)


def _portions(a: Ints, b: Ints, left: IdLists, right: IdLists) -> Iterator[tuple[int, int]]:
    """Yield from where to where of the pairs to compare at once, so that the cells find room in memory."""
    cells = np.minimum(left.counts[a], MOST) * np.minimum(right.counts[b], MOST) + left.counts[a]
    chunk = np.cumsum(cells) // CELLS_AT_ONCE
    starts = np.flatnonzero(np.diff(chunk, prepend=-1))
    yield from pairwise([*starts.tolist(), len(a)])
