"""How good it would be for two people to meet: one number in [0, 1], and the parts it is made of.

For person a, meeting b is worth what they share plus what b can give that a asks for, and a little for what a
can give b (people like to be of use). The pair's score is the harmonic mean of what it is worth to each, so
that both count and one direction of need is enough to raise it.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from matchmaker.matching.alike_datasets import best_datasets
from matchmaker.matching.cells import (
    Cells,
    best_of_each,
    mean_of_best,
    need_cells,
    topic_cells,
)
from matchmaker.matching.row_products import Floats, Ints, row_products
from matchmaker.matching.vectors import Vectors

BEST = 3
"""Over two lists, so many of the best comparisons are averaged."""

GETTING = 0.6
"""Of a met need, this part is worth something to the one who asks, the rest to the one who gives."""

FAINT = 0.02
"""A cosine of meanings below this is drawn out towards 0, which it never reaches."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts; they sum to 1. The defaults were chosen on made-up events (docs/matching.md)."""

    datasets: float = 0.17
    topics: float = 0.06
    bio: float = 0.05
    words: float = 0.08
    needs: float = 0.60
    acquaintances: float = 0.04

    def __post_init__(self) -> None:
        """Refuse weights that would take the score out of [0, 1]."""
        if min(astuple(self)) < 0 or abs(sum(astuple(self)) - 1) > 1e-9:
            raise ValueError("weights must be 0 or more and sum to 1")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is behind the scores of some pairs (a, b): each an array of shape (pairs,), values in [0, 1]."""

    datasets: Floats
    topics: Floats
    bio: Floats
    words: Floats
    acquaintances: Floats
    a_gets: Floats
    b_gets: Floats

    def worth(self, weights: Weights) -> tuple[Floats, Floats]:
        """Return what the meeting is worth to a and to b."""
        shared = (
            weights.datasets * self.datasets
            + weights.topics * self.topics
            + weights.bio * self.bio
            + weights.words * self.words
            + weights.acquaintances * self.acquaintances
        )
        to_a = shared + weights.needs * (GETTING * self.a_gets + (1 - GETTING) * self.b_gets)
        to_b = shared + weights.needs * (GETTING * self.b_gets + (1 - GETTING) * self.a_gets)
        return to_a, to_b

    def scores(self, weights: Weights) -> Floats:
        """Return the harmonic mean of both worths, in [0, 1], 0 where neither has anything."""
        to_a, to_b = self.worth(weights)
        both = to_a + to_b
        return np.divide(2 * to_a * to_b, both, out=np.zeros_like(both), where=both > 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """Some pairs (a, b) with the parts behind their scores, and the best `BEST` cells behind each part."""

    parts: Parts
    datasets: Cells
    topics: Cells
    a_asks: Cells
    """What a asks for against what b can give."""
    b_asks: Cells

    def of_pairs(self, places: Ints) -> "Compared":
        """Return some of the pairs, in this order."""
        cells = (self.datasets, self.topics, self.a_asks, self.b_asks)
        parts = Parts(*(getattr(self.parts, one.name)[places] for one in fields(Parts)))
        return Compared(parts, *(one.of_pairs(places) for one in cells))

    @classmethod
    def joined(cls, some: Sequence["Compared"]) -> "Compared":
        """Return the pairs of some, at least one, one after the other."""
        parts = (np.concatenate([getattr(one.parts, part.name) for one in some]) for part in fields(Parts))
        before = np.cumsum([0, *(len(one.parts.words) for one in some[:-1])]).tolist()
        kinds = ("datasets", "topics", "a_asks", "b_asks")
        cells = (Cells.joined([getattr(one, kind) for one in some], before) for kind in kinds)
        return cls(Parts(*parts), *cells)


@dataclass(frozen=True, slots=True)
class ComparedNeeds:
    """How well what each of some pairs (a, b) asks for is met by the other, as in `Parts` and `Compared`."""

    a_gets: Floats
    b_gets: Floats
    a_asks: Cells
    b_asks: Cells

    def of_pairs(self, places: Ints) -> "ComparedNeeds":
        """Return some of the pairs, in this order."""
        asks = (one.of_pairs(places) for one in (self.a_asks, self.b_asks))
        return ComparedNeeds(self.a_gets[places], self.b_gets[places], *asks)

    def turned(self) -> "ComparedNeeds":
        """Return the pairs the other way round."""
        return ComparedNeeds(self.b_gets, self.a_gets, self.b_asks, self.a_asks)


def acquaintance_part(vectors: Vectors, a: Ints, b: Ints) -> Floats:
    """Return s / (1 + s), where s is the Adamic-Adar sum over the acquaintances both have."""
    shared = row_products(vectors.acquaintances, a, b) if vectors.acquaintances.nnz else np.zeros(len(a))
    return shared / (1 + shared)


def score_parts(vectors: Vectors, a: Ints, b: Ints) -> Parts:
    """Return the parts behind the scores of the pairs `a[i]`, `b[i]` (positions in `vectors.profiles`).

    Symmetric: the same pair the other way round has the same parts with the two directions exchanged, to the
    bit. O(pairs × (items of a × items of b + terms)).
    """
    asks, gives = vectors.asks.of, vectors.gives.of
    return _parts(
        vectors,
        a,
        b,
        best_datasets(vectors, BEST, a, b).means(BEST, len(a)),
        mean_of_best(topic_cells, BEST, vectors, a, b, vectors.topics, vectors.topics),
        mean_of_best(need_cells, 1, vectors, a, b, asks, gives),
        mean_of_best(need_cells, 1, vectors, b, a, asks, gives),
    )


def compared(vectors: Vectors, a: Ints, b: Ints, needs: ComparedNeeds | None = None) -> Compared:
    """Return the parts that `score_parts` gives of these pairs, with the cells that they are made of.

    How well the needs of each are met can be known already.
    """
    datasets = best_datasets(vectors, BEST, a, b)
    topics = best_of_each(topic_cells, BEST, vectors, a, b, vectors.topics, vectors.topics)
    met = needs or compared_needs(vectors, a, b)
    means = (datasets.means(BEST, len(a)), topics.means(BEST, len(a)))
    parts = _parts(vectors, a, b, *means, met.a_gets, met.b_gets)
    return Compared(parts, datasets, topics, met.a_asks, met.b_asks)


def compared_needs(vectors: Vectors, a: Ints, b: Ints) -> ComparedNeeds:
    """Return what `compared` does of what each asks for alone."""
    asks, gives = vectors.asks.of, vectors.gives.of
    a_asks = best_of_each(need_cells, BEST, vectors, a, b, asks, gives)
    b_asks = best_of_each(need_cells, BEST, vectors, b, a, asks, gives)
    a_gets, b_gets = (one.best(1).means(1, len(a)) for one in (a_asks, b_asks))
    return ComparedNeeds(a_gets, b_gets, a_asks, b_asks)


def _parts(
    vectors: Vectors, a: Ints, b: Ints, datasets: Floats, topics: Floats, a_gets: Floats, b_gets: Floats
) -> Parts:
    low, high = np.minimum(a, b), np.maximum(a, b)
    return Parts(
        datasets=datasets,
        topics=topics,
        bio=np.clip(row_products(vectors.bio_rows, low, high), 0, 1),
        words=_words_part(vectors, low, high),
        acquaintances=acquaintance_part(vectors, low, high),
        a_gets=a_gets,
        b_gets=b_gets,
    )


def _words_part(vectors: Vectors, a: Ints, b: Ints) -> Floats:
    """Return the cosines over everything people say; meanings that point apart give a little, in their order.

    So no two pairs are equal only because both are less than nothing.
    """
    cosines = vectors.alike(a, b)
    if not vectors.has_meanings:
        return np.clip(cosines, 0, 1)
    says = np.diff(vectors.centres.indptr) > 0
    faint = FAINT * np.exp(np.minimum(cosines / FAINT, 1.0) - 1)
    return np.where(says[a] & says[b], np.clip(np.where(cosines < FAINT, faint, cosines), 0, 1), 0.0)
