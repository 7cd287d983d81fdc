"""Finding what is behind each part of the scores of some pairs, and putting it into reasons.

What a line would carry is known before its words are looked for, which is dear; and what two texts have in common is
found once, however many pairs hold them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from matchmaker.matching.conviction import ENOUGH, Promising
from matchmaker.matching.evidence import Clue, Evidence, clues_at_most
from matchmaker.matching.own_words import add_own_words
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import MOST, SMALLEST, Explained, Reason, conviction, ordered
from matchmaker.matching.row_products import Floats, Ints
from matchmaker.matching.scores import GETTING, Compared, Weights, compared
from matchmaker.matching.shared_words import Left, SharedWords
from matchmaker.matching.vectors import Vectors

Pair = tuple[int, int]

COMPARED_AT_ONCE = 100_000
"""Pairs whose lists are compared at a time: half a kilobyte is held of each."""

EXPLAINED_AT_ONCE = 10_000
"""Pairs of which what is behind their scores is held at a time: some kB of each."""

_ROUNDED = 1e-6
"""Sums of strengths are not to fall short by their last digits."""

_OF_WORDS = 2
"""So many reasons are of words at most: those both use, and what both say in others."""


class Explanations:
    """The pairs of one event explained, each once, as the first of the two reads them."""

    def __init__(
        self,
        vectors: Vectors,
        weights: Weights | None = None,
        promising: Promising | None = None,
        whose: int | None = None,
    ) -> None:
        """Explain pairs of positions in `vectors.profiles`; with `whose` place only pairs with them may convince."""
        self.vectors, self.weights = vectors, weights or Weights()
        self.promising = promising or Promising(vectors, whose)
        self._words = SharedWords(Quotes(vectors), whose)
        self._found: dict[Pair, Explained] = {}
        self._weak: set[Pair] = set()

    def convincing(
        self, pairs: Sequence[Pair], known: Compared | None = None, places: Ints | None = None
    ) -> dict[Pair, Explained]:
        """Return those of these pairs that convince, explained.

        How their lists compare is `known` at these `places`, if it is known. What each has in words, which is dear,
        is looked for only where it could be enough, and which words both use only where that could be. O(pairs that
        are new); some at a time, as what is looked at is larger than what is told.
        """
        place_of = dict(zip(pairs, range(len(pairs)), strict=True))
        new = [
            (pair, at) for pair, at in place_of.items() if pair not in self._found and pair not in self._weak
        ]
        for some in (
            new[start : start + EXPLAINED_AT_ONCE] for start in range(0, len(new), EXPLAINED_AT_ONCE)
        ):
            lists = None
            if known is not None and places is not None:
                lists = known.of_pairs(places[[at for _, at in some]])
            self._look_at([pair for pair, _ in some], lists)
        likely = self.of([pair for pair in pairs if pair not in self._weak])
        return {pair: one for pair, one in likely.items() if one.convinces}

    def _look_at(self, pairs: Sequence[Pair], known: Compared | None) -> None:
        a, b = np.asarray(pairs, dtype=np.intp).T
        lists = known or compared(self.vectors, a, b)
        strong = np.flatnonzero(self.most(a, b, lists) >= ENOUGH)
        words = self._words.at_most(a[strong], b[strong]).tolist()
        told = _told(self._words, a[strong], b[strong], self.weights, lists.of_pairs(strong))
        self._weak.update(pairs)
        for place, pair in enumerate(pairs[at] for at in strong.tolist()):
            if told.may_convince(place, words[place]):
                self._weak.remove(pair)
                self._found[pair] = told.explained(place)

    def most(self, a: Ints, b: Ints, lists: Compared) -> Floats:
        """Return how strong the reasons of each pair can be at most, which is quick to know of many at once."""
        listed = self.promising.listed(a, b) + clues_at_most(self.vectors, lists)
        return np.asarray(listed + self._words.at_most(a, b) + _ROUNDED)

    def of(self, pairs: Sequence[Pair]) -> dict[Pair, Explained]:
        """Return the score and the reasons of each pair. O(pairs that are new)."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._found]
        if new:
            told = self._told(new)
            self._found |= {pair: told.explained(place) for place, pair in enumerate(new)}
        return {pair: self._found[pair] for pair in pairs}

    def _told(self, pairs: Sequence[Pair]) -> "_Told":
        places = np.asarray(pairs, dtype=np.intp)
        return _told(self._words, places[:, 0], places[:, 1], self.weights)


def explain(vectors: Vectors, a: Ints, b: Ints, weights: Weights) -> Iterator[Explained]:
    """Yield the score and the reasons of each pair `a[i]`, `b[i]`, as `a[i]` reads them. O(pairs)."""
    words = SharedWords(Quotes(vectors))
    for start in range(0, len(a), COMPARED_AT_ONCE):
        some = slice(start, start + COMPARED_AT_ONCE)
        lists = compared(vectors, a[some], b[some])
        for first in range(start, min(some.stop, len(a)), EXPLAINED_AT_ONCE):
            here = np.arange(first, min(first + EXPLAINED_AT_ONCE, some.stop, len(a)))
            told = _told(words, a[here], b[here], weights, lists.of_pairs(here - start))
            named = words.may_be_told(a[here], b[here]).tolist()
            for place, (clues, may) in enumerate(zip(told.clues, named, strict=True)):
                yield told.explained(place) if clues or may else told.unexplained(place)


@dataclass(frozen=True, slots=True)
class _Told:
    """Some pairs with their clues, of which the reasons are made when they are asked for."""

    a: Ints
    b: Ints
    evidence: Evidence
    clues: list[list[Clue]]
    scores: Floats
    once: Floats
    """What something that both have counts of the score, for each pair."""
    weights: Weights
    words: SharedWords
    _reasons: dict[int, list[Reason]] = field(default_factory=dict)
    _left: dict[int, Left] = field(default_factory=dict)

    def may_convince(self, place: int, words: float) -> bool:
        """Whether the reasons of a pair could be enough, if the words both use add so much at most.

        What is quick to know is looked at first: how strong what is behind them can be; which words both use
        beside those of datasets that are told; what is told of each; and what then is left to words.
        """
        clues, words_of = self.clues[place], self.words.at_most_beside
        most = sum(one.at_most for one in clues) + _ROUNDED
        if most + words < ENOUGH:
            return False
        beside = words_of(
            int(self.a[place]), int(self.b[place]), (one.text for one in clues if one.text >= 0)
        )
        if most + beside < ENOUGH:
            return False
        if sum(one.strength for one in self._without_words(place)) + _ROUNDED + beside < ENOUGH:
            return False
        left = self._left_to_words(place)
        named = [one for one in self._without_words(place) if one.share >= SMALLEST]
        if len(named) + _OF_WORDS > MOST:  # words may push another off the card
            return True
        pair = int(self.a[place]), int(self.b[place])
        words = self.words.at_most_of(left, self._without_words(place), pair)
        return conviction(named) + _ROUNDED + words >= ENOUGH

    def explained(self, place: int) -> Explained:
        """Return the score and the reasons of a pair, and forget what was worked out for them: some kB a pair."""
        score = float(self.scores[place])
        if score <= 0:
            return Explained(score, ())
        left, reasons = self._left_to_words(place), self._without_words(place)
        del self._left[place], self._reasons[place]
        pair = int(self.a[place]), int(self.b[place])
        self.words.tell(reasons, left, *pair)
        add_own_words(self.words.quotes, reasons, self.evidence.joined[place], pair)
        return Explained(score, ordered(reasons))

    def unexplained(self, place: int) -> Explained:
        """Return what `explained` does of a pair that has neither clues nor words that could be told."""
        score = float(self.scores[place])
        return Explained(score, ordered([]) if score > 0 else ())

    def _without_words(self, place: int) -> list[Reason]:
        if place not in self._reasons:
            reasons = self._reasons[place] = list[Reason]()
            for clue in self.clues[place]:
                clue.tell(reasons)
        return self._reasons[place]

    def _left_to_words(self, place: int) -> Left:
        if place not in self._left:
            once, pair = self.once[place], (int(self.a[place]), int(self.b[place]))
            self._left[place] = self.words.left(
                self._without_words(place),
                self.evidence.texts[place],
                pair,
                once * self.weights.bio,
                once * self.weights.words,
            )
        return self._left[place]


def _told(words: SharedWords, a: Ints, b: Ints, weights: Weights, known: Compared | None = None) -> _Told:
    cells = known or compared(words.vectors, a, b)
    scores = cells.parts.scores(weights)
    to_a, to_b = cells.parts.worth(weights)
    both = np.where(scores > 0, to_a + to_b, 1.0)
    for_a, for_b = 2 * (to_b / both) ** 2, 2 * (to_a / both) ** 2
    once = np.divide(for_a + for_b, scores, out=np.zeros_like(scores), where=scores > 0)
    a_asks = weights.needs * (GETTING * for_a + (1 - GETTING) * for_b)
    b_asks = weights.needs * (GETTING * for_b + (1 - GETTING) * for_a)
    scale = np.divide(1.0, scores, out=np.zeros_like(scores), where=scores > 0)
    evidence = Evidence(words.quotes, a, b, cells)
    clues: list[list[Clue]] = [[] for _ in a]
    for some in (
        evidence.datasets(once * weights.datasets),
        evidence.topics(once * weights.topics),
        evidence.needs(a_asks * scale, turned=False),
        evidence.needs(b_asks * scale, turned=True),
        evidence.acquaintances(once * weights.acquaintances * cells.parts.acquaintances),
    ):
        for clue in some:
            clues[clue.pair].append(clue)
    return _Told(a, b, evidence, clues, scores, once, weights, words)
