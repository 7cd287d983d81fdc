"""Why two people should meet: the score taken apart exactly, each part with both people's own words.

The harmonic mean of two sums splits exactly over the terms of both (Euler's theorem for a function of degree
1), so every reason carries a definite share and the shares add up to 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import floor
from typing import Literal

import numpy as np

from matchmaker.matching.phrases import content_of
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.rows import Floats, Ints, product_terms
from matchmaker.matching.scores import (
    BEST,
    GETTING,
    LIKENESS,
    Cells,
    Weights,
    dataset_cells,
    need_cells,
    score_parts,
    topic_cells,
)
from matchmaker.matching.vectors import Vectors

Kind = Literal["dataset", "need", "topic", "words", "acquaintance", "semantic", "other"]

LIKE = 0.2
"""Two different titles, topics or texts must be at least so alike for their likeness to be named."""

ALIKE = 0.35
"""Two topics without a word in common must be at least so alike for it to be named."""

CLEAR = 0.4
"""A need and an offer that share no phrase worth naming must meet at least so well to be named.

For two datasets the phrase must be more than one word.
"""

LIKELY = 0.12
"""A need and an offer must meet at least so well to be named; what chance does is taken off already."""

SMALLEST = 0.04
"""A reason with a smaller share is not worth a line."""

ONE_WORD = 0.1
"""A single word that both use must carry this share to be told."""

STRONG = 0.15
"""Reasons from this share on are told rarest first; the others follow by share."""

MOST = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a suggestion, as seen by the person who reads it.

    `what` is the thing shared: a dataset's title, a topic, a need, words both use. `share` is the part of the
    score it carries, in [0, 1]. `mine` and `theirs` are each person's own words, "" where there are none.
    `people` says how many people here share the thing (for a need about a dataset, how many here could help;
    0 where counting means nothing). `asker` says, for a need, who asks: "mine" if the reader does and the
    other can help, "theirs" the other way round.
    """

    kind: Kind
    what: str
    share: float
    mine: str = ""
    theirs: str = ""
    people: int = 0
    asker: Literal["", "mine", "theirs"] = ""

    def turned(self, share: float) -> "Reason":
        """Return the same reason with this share as the other of the two reads it."""
        asker: Literal["", "mine", "theirs"] = (
            "" if not self.asker else "theirs" if self.asker == "mine" else "mine"
        )
        return Reason(self.kind, self.what, share, self.theirs, self.mine, self.people, asker)


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair's score and its reasons as the first of the two reads them; "other" is last."""

    score: float
    reasons: tuple[Reason, ...]

    def for_other(self) -> tuple[Reason, ...]:
        """Return the reasons as the second of the two reads them."""
        return tuple(reason.turned(reason.share) for reason in self.reasons)


def explain(vectors: Vectors, a: Ints, b: Ints, weights: Weights) -> list[Explained]:
    """Return the score and the reasons of each pair `a[i]`, `b[i]`, as `a[i]` reads them. O(pairs)."""
    parts = score_parts(vectors, a, b)
    scores = parts.scores(weights)
    to_a, to_b = parts.worth(weights)
    both = np.where(scores > 0, to_a + to_b, 1.0)
    for_a, for_b = 2 * (to_b / both) ** 2, 2 * (to_a / both) ** 2
    once = np.divide(for_a + for_b, scores, out=np.zeros_like(scores), where=scores > 0)
    a_asks = weights.needs * (GETTING * for_a + (1 - GETTING) * for_b)
    b_asks = weights.needs * (GETTING * for_b + (1 - GETTING) * for_a)
    scale = np.divide(1.0, scores, out=np.zeros_like(scores), where=scores > 0)
    evidence = _Evidence(vectors, a, b)
    found: list[list[Reason]] = [[] for _ in a]
    evidence.datasets(found, once * weights.datasets)
    evidence.topics(found, once * weights.topics)
    evidence.needs(found, a_asks * scale, turned=False)
    evidence.needs(found, b_asks * scale, turned=True)
    evidence.acquaintances(found, once * weights.acquaintances * parts.acquaintances)
    for place in np.flatnonzero(scores > 0):
        evidence.words(found[place], int(place), once[place] * weights.bio, once[place] * weights.words)
    return [
        Explained(float(score), _ordered(reasons) if score > 0 else ())
        for score, reasons in zip(scores, found, strict=True)
    ]


def _ordered(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Put strong reasons first, the rarest of them in front, and sum up the rest as "other"."""
    named = sorted((one for one in reasons if one.share >= SMALLEST), key=lambda one: -one.share)[:MOST]
    named.sort(key=lambda one: (one.share < STRONG, one.share >= STRONG and _commonness(one), -one.share))
    # Meanings that point apart take something away, so that the rest can be more than the whole.
    whole = max(1.0, sum(one.share for one in named))
    named = [replace(one, share=floor(one.share / whole * 1e6 + 1e-6) / 1e6) for one in named]
    total = 0.0  # summed from left to right, so that adding the last share gives 1 to the bit
    for reason in named:
        total += reason.share
    return (*named, Reason("other", "", max(0.0, 1.0 - total)))


def _commonness(reason: Reason) -> int:
    """How many people could be meant: a need in somebody's own words is theirs alone."""
    if reason.kind == "acquaintance":
        return 10**9
    return reason.people or (1 if reason.kind == "need" else 10**9)


class _Evidence:
    """Finds what is behind each part of the scores of some pairs."""

    def __init__(self, vectors: Vectors, a: Ints, b: Ints) -> None:
        self.vectors, self.a, self.b = vectors, a, b
        self.quotes = Quotes(vectors)
        self.texts: dict[tuple[int, int], int] = {}
        """The text of the dataset that a reason of a pair names, by (pair, place of the reason)."""

    def datasets(self, found: list[list[Reason]], scale: Floats) -> None:
        """Add the datasets both have, and pairs of datasets that read alike."""
        best = dataset_cells(self.vectors, self.a, self.b).best(BEST)
        for pair, left, right, value in _rows(best):
            share = float(scale[pair]) * value / BEST
            if left == right:
                what, mine, theirs = self.quotes.shared_dataset(self.a[pair], self.b[pair], left)
                people = int(self.vectors.dataset_people[left])
                self.texts[pair, len(found[pair])] = int(self.vectors.dataset_texts[left])
                found[pair].append(Reason("dataset", what, share, mine, theirs, people))
            elif value >= LIKE * LIKENESS:
                a, b = int(self.a[pair]), int(self.b[pair])
                texts = self.vectors.dataset_texts
                named = self.quotes.common(texts[left], texts[right], self.quotes.link(a, left))
                kind: Kind = "words" if named.phrases else "semantic"
                if share >= SMALLEST and (named.phrases or self.vectors.has_meanings):
                    mine, theirs = self.quotes.stands(a, left), self.quotes.stands(b, right)
                    _add(found[pair], Reason(kind, named.what, share, mine, theirs, named.people))

    def topics(self, found: list[list[Reason]], scale: Floats) -> None:
        """Add the topics both have, and topics that read alike."""
        best = topic_cells(self.vectors, self.a, self.b).best(BEST)
        for pair, left, right, value in _rows(best):
            mine = self.quotes.topic(self.a[pair], left)
            theirs = self.quotes.topic(self.b[pair], right)
            share = float(scale[pair]) * value / BEST
            if left == right:
                people = int(self.vectors.topic_people[left])
                what = self.quotes.phrases.in_sentence(mine)
                found[pair].append(Reason("topic", what, share, mine, theirs, people))
            elif value >= LIKE * LIKENESS and self._say_the_same(left, right):
                mine, theirs = map(self.quotes.phrases.in_sentence, (mine, theirs))
                found[pair].append(Reason("topic", f"{mine} and {theirs}", share, mine, theirs))

    def _say_the_same(self, left: int, right: int) -> bool:
        """Whether two topics are alike for more than a word such as "quality"."""
        texts = self.vectors.topic_texts[[left, right]]
        one, other = (set(content_of(self.vectors.texts[text])) for text in texts)
        if one & other:
            return bool(self.quotes.common(int(texts[0]), int(texts[1])).phrases)
        return bool(self.vectors.cosines(texts[:1], texts[1:])[0] >= ALIKE)

    def needs(self, found: list[list[Reason]], scale: Floats, *, turned: bool) -> None:
        """Add what a asks for and b can give; `turned`, what b asks for and a can give."""
        asks, gives = self.vectors.asks, self.vectors.gives
        asker, giver = (self.b, self.a) if turned else (self.a, self.b)
        for pair, ask, give, value in _rows(need_cells(self.vectors, asker, giver).best(1)):
            asked, given = int(asks.datasets[ask]), int(gives.datasets[give])
            same = asked == given and asked >= 0
            if not same and value < LIKELY:
                continue
            mine = self.quotes.need(asker[pair], asked, asks.texts[ask], asking=True)
            theirs = self.quotes.need(giver[pair], given, gives.texts[give], asking=False)
            about = self.quotes.link(asker[pair], asked)
            named = self.quotes.common(int(asks.texts[ask]), int(gives.texts[give]), about, asked=True)
            two_datasets = asked >= 0 and given >= 0
            if not same and value < CLEAR and max(map(len, named.tokens), default=0) <= int(two_datasets):
                continue
            what = self.vectors.titles[asked] if same else named.what or mine
            people = int(np.sum(gives.datasets[gives.of.items] == asked)) if same else 0
            share = float(scale[pair] * value)
            reason = Reason("need", what, share, mine, theirs, people, "mine")
            found[pair].append(reason.turned(share) if turned else reason)

    def acquaintances(self, found: list[list[Reason]], shares: Floats) -> None:
        """Add the series both worked on, and that both know the same people, whose names are theirs to tell."""
        for pair in np.flatnonzero(shares > 0):
            columns, carried = product_terms(self.vectors.acquaintances, int(self.a[pair]), int(self.b[pair]))
            whole = carried / carried.sum() * shares[pair]
            titles = [self.vectors.circles[column] for column in columns.tolist()]
            people = np.asarray([not title for title in titles])
            if people.any():
                share, count = float(whole[people].sum()), int(people.sum())
                found[pair].append(Reason("acquaintance", "people you both know", share, people=count))
            for title, share in zip(titles, whole.tolist(), strict=True):
                if title:
                    found[pair].append(Reason("acquaintance", title, share))

    def words(self, found: list[Reason], pair: int, bio: float, words: float) -> None:
        """Add the rarest words both use, with what these words and the characters inside them carry."""
        a, b = int(self.a[pair]), int(self.b[pair])
        columns, carried = product_terms(self.vectors.centres, a, b)
        carried *= words
        bio_columns, bio_carried = product_terms(self.vectors.bio_rows, a, b)
        carried[np.searchsorted(columns, bio_columns)] += bio * bio_carried  # what a bio says, a centre says
        self._hand_over(found, pair, columns, carried)
        self._add_meaning(found, a, b, float(carried[columns >= self.vectors.language.size].sum()))
        told = {word for reason in found for word in content_of(reason.what)}
        named = self.quotes.in_common(a, b, columns, carried, told)
        share = float(carried[np.isin(columns, named.columns, assume_unique=True)].sum())
        if named.phrases and share >= (SMALLEST if max(map(len, named.tokens)) > 1 else ONE_WORD):
            mine, theirs = (self.quotes.quotation(person, named) for person in (a, b))
            found.append(Reason("words", named.what, share, mine, theirs, named.people))

    def _add_meaning(self, found: list[Reason], a: int, b: int, share: float) -> None:
        """Add that both say much the same in other words, if the sentence model finds so."""
        if share >= SMALLEST:
            mine, theirs = self.quotes.nearest(a, b, LIKE)
            if mine:
                found.append(Reason("semantic", "", share, mine, theirs))

    def _hand_over(self, found: list[Reason], pair: int, columns: Ints, carried: Floats) -> None:
        """Give what the words of each named reason carry to that reason, and leave 0 there.

        For a shared dataset these are the words of its description, too: both have them only because of it.
        """
        for place, reason in enumerate(found):
            named = self.quotes.phrases.columns_of(content_of(reason.what))
            if (pair, place) in self.texts:
                rows, text = self.vectors.rows, self.texts[pair, place]
                described = rows.indices[rows.indptr[text] : rows.indptr[text + 1]]
                named = np.union1d(named, described[described < self.vectors.language.size])
            inside = np.isin(columns, named, assume_unique=True)
            found[place] = replace(reason, share=reason.share + float(carried[inside].sum()))
            carried[inside] = 0.0


def _add(found: list[Reason], reason: Reason) -> None:
    """Add a reason, or only its share where another names the same thing, or more."""
    words = set(content_of(reason.what))
    for place, one in enumerate(found):
        if one.kind == reason.kind and words <= set(content_of(one.what)):
            found[place] = replace(one, share=one.share + reason.share)
            return
    found.append(reason)


def _rows(cells: Cells) -> Iterator[tuple[int, int, int, float]]:
    return zip(
        cells.pair.tolist(), cells.left.tolist(), cells.right.tolist(), cells.value.tolist(), strict=True
    )
