"""What is behind each part of the scores of some pairs: clues, whose strength is known before their words are.

Which words two texts have in common is dear to find, and most pairs do not convince whatever it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from matchmaker.matching.capitals import in_sentence
from matchmaker.matching.cells import LIKENESS, Cells
from matchmaker.matching.content import content_of
from matchmaker.matching.conviction import (
    ENOUGH,
    HEARD,
    KNOWN_ALREADY,
    KNOWS,
    LIKELY,
    RELATED,
    RESEMBLANCE,
    circle_strengths,
    known_strength,
    topic_strength,
)
from matchmaker.matching.phrases import NamedPhrases
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import SMALLEST, Kind, Reason
from matchmaker.matching.row_products import Floats, Ints, product_terms
from matchmaker.matching.scores import BEST, Compared
from matchmaker.matching.shared_words import LIKE
from matchmaker.matching.vectors import Vectors
from matchmaker.matching.weighing import knows_at_most, shared_strength, words_strength, works_with

ALIKE = 0.35
"""Two topics without a word in common must be at least so alike for it to be named."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something behind the score of a pair: its strength, or the most that it can be, and how to tell it."""

    pair: int
    at_most: float
    tell: Callable[[list[Reason]], None]
    """Adds it to the reasons of the pair, in words."""
    text: int = -1
    """The text of the dataset that both have, whose words then say nothing more, or -1."""


def clues_at_most(vectors: Vectors, cells: Compared) -> Floats:
    """Return how strong all clues of each pair together can be, but for what both have (`Promising.listed`).

    What is asked for and named, or met better than by chance, may be enough alone; what is alike says little.
    """
    asks, gives, count = vectors.asks, vectors.gives, len(cells.parts.words)
    most = np.zeros(count)
    for some in (cells.a_asks, cells.b_asks):
        asked = asks.datasets[some.left]
        met = (some.value >= LIKELY) | ((asked >= 0) & (asked == gives.datasets[some.right]))
        most[some.pair[met]] = ENOUGH
    for some, strength in ((cells.datasets, RESEMBLANCE), (cells.topics, RELATED)):
        alike = (some.left != some.right) & (some.value >= LIKE * LIKENESS)
        most += strength * np.bincount(some.pair[alike], minlength=count)
    return most


class Evidence:
    """Finds what is behind each part of the scores of some pairs."""

    def __init__(self, quotes: Quotes, a: Ints, b: Ints, cells: Compared) -> None:
        """Look things up in `quotes` for the pairs `a[i]`, `b[i]`, whose lists are compared in `cells`."""
        self.vectors, self.a, self.b = quotes.vectors, a, b
        self.quotes, self.cells = quotes, cells
        self.everybody = len(self.vectors.profiles)
        self.texts: list[dict[int, int]] = [{} for _ in a]
        """For each pair, by the place of the reason, the text of the dataset that both have and it names."""
        self.joined: list[dict[str, int]] = [{} for _ in a]
        """For each pair, by title, what was told of datasets both have, or that one has and the other asks about."""

    def datasets(self, scale: Floats) -> Iterator[Clue]:
        """Yield the datasets both have, and pairs of datasets that read alike."""
        cells, texts = self.cells.datasets, self.vectors.dataset_texts
        shares = scale[cells.pair] * cells.value / BEST
        alike = (cells.left != cells.right) & (cells.value >= LIKE * LIKENESS) & (shares >= SMALLEST)
        some = np.flatnonzero(alike)
        telling = np.zeros(len(alike), dtype=bool)
        telling[some] = self.quotes.phrases.may_tell(texts[cells.left[some]], texts[cells.right[some]])
        kept = alike | (cells.left == cells.right)
        for (pair, left, right, _), share, tells in zip(
            _rows(cells.at(kept)), shares[kept].tolist(), telling[kept].tolist(), strict=True
        ):
            if left != right:
                tell = partial(self._tell_likeness, pair, left, right, share)
                yield Clue(pair, RESEMBLANCE if tells else 0.0, tell)
                continue
            strength = shared_strength(self.quotes, int(self.a[pair]), int(self.b[pair]), left)
            if strength:
                tell = partial(self._tell_dataset, pair, left, share, strength)
                yield Clue(pair, strength, tell, int(texts[left]))

    def _tell_dataset(
        self, pair: int, dataset: int, share: float, strength: float, found: list[Reason]
    ) -> None:
        what, mine, theirs = self.quotes.shared_dataset(int(self.a[pair]), int(self.b[pair]), dataset)
        people = int(self.vectors.dataset_people[dataset])
        self.texts[pair][len(found)] = int(self.vectors.dataset_texts[dataset])
        self.joined[pair][what] = dataset
        found.append(Reason("dataset", what, share, mine, theirs, people, strength=strength))

    def _tell_likeness(self, pair: int, left: int, right: int, share: float, found: list[Reason]) -> None:
        a, b = int(self.a[pair]), int(self.b[pair])
        texts = self.vectors.dataset_texts
        named = self.quotes.common(int(texts[left]), int(texts[right]), self.quotes.link(a, left))
        kind: Kind = "words" if named.phrases else "semantic"
        if named.phrases or self.vectors.has_meanings:
            mine, theirs = self.quotes.stands(a, left), self.quotes.stands(b, right)
            strength = RESEMBLANCE if named.is_telling else 0.0
            _add(found, Reason(kind, named.what, share, mine, theirs, named.people, strength=strength))

    def topics(self, scale: Floats) -> Iterator[Clue]:
        """Yield the topics both have, and topics that read alike."""
        for pair, left, right, value in _rows(self.cells.topics):
            share = float(scale[pair]) * value / BEST
            if left == right:
                people = int(self.vectors.topic_people[left])
                strength = topic_strength(people, self.everybody)
                if strength:
                    yield Clue(pair, strength, partial(self._tell_topic, pair, left, share, people, strength))
            elif share >= SMALLEST and value >= LIKE * LIKENESS:
                yield Clue(pair, RELATED, partial(self._tell_related, pair, left, right, share))

    def _tell_topic(
        self, pair: int, topic: int, share: float, people: int, strength: float, found: list[Reason]
    ) -> None:
        mine, theirs = (self.quotes.topic(int(who[pair]), topic) for who in (self.a, self.b))
        what = in_sentence(mine, self.vectors.spellings)
        found.append(Reason("topic", what, share, mine, theirs, people, strength=strength))

    def _tell_related(self, pair: int, left: int, right: int, share: float, found: list[Reason]) -> None:
        if self._say_the_same(left, right):
            spelt = self.quotes.topic(int(self.a[pair]), left), self.quotes.topic(int(self.b[pair]), right)
            mine, theirs = (in_sentence(one, self.vectors.spellings) for one in spelt)
            found.append(Reason("topic", f"{mine} and {theirs}", share, mine, theirs, strength=RELATED))

    def _say_the_same(self, left: int, right: int) -> bool:
        """Whether two topics are alike for more than a word such as "quality"."""
        texts = self.vectors.topic_texts[[left, right]]
        one, other = (set(content_of(self.vectors.texts[text])) for text in texts)
        if one & other:
            return bool(self.quotes.common(int(texts[0]), int(texts[1])).phrases)
        return bool(self.vectors.cosines(texts[:1], texts[1:])[0] >= ALIKE)

    def needs(self, scale: Floats, *, turned: bool) -> Iterator[Clue]:
        """Yield what a asks for and b can give; `turned`, what b asks for and a can give.

        A need met by chance, in one common word, is not named: it counts as "other".
        """
        asks, gives = self.vectors.asks, self.vectors.gives
        asker, giver = (self.b, self.a) if turned else (self.a, self.b)
        cells = self.cells.b_asks if turned else self.cells.a_asks
        for pair, ask, give, value in self._met_best(cells):
            asked, given = int(asks.datasets[ask]), int(gives.datasets[give])
            share = float(scale[pair] * value)
            same = asked == given and asked >= 0
            if share < SMALLEST or (not same and value < LIKELY):
                continue
            who = int(asker[pair]), int(giver[pair])
            strength = self._need_strength(*who, ask, give)
            if strength and not self._is_denied(who[0], given):
                tell = partial(self._tell_need, pair, *who, ask, give, share, strength, turned)
                yield Clue(pair, strength, tell)

    def _need_strength(self, asker: int, giver: int, ask: int, give: int) -> float:
        asks, gives = self.vectors.asks, self.vectors.gives
        asked, given = int(asks.datasets[ask]), int(gives.datasets[give])
        knows = float(gives.weights[give])
        if asked == given and asked >= 0:
            knows = min(knows, knows_at_most(self.quotes, giver, given))
            near = works_with(self.quotes, giver, given)
            return known_strength(float(asks.weights[ask]), knows, near=near)
        texts = int(asks.texts[ask]), int(gives.texts[give])
        strength = words_strength(self.quotes, asker, giver, (texts[0], asked), (texts[1], given))
        if asked >= 0 and given >= 0:
            return min(strength, RESEMBLANCE)
        return min(strength, HEARD) if asked < 0 <= given and knows < KNOWS else strength

    def _tell_need(
        self,
        pair: int,
        asker: int,
        giver: int,
        ask: int,
        give: int,
        share: float,
        strength: float,
        turned: bool,
        found: list[Reason],
    ) -> None:
        asks, gives = self.vectors.asks, self.vectors.gives
        asked, given = int(asks.datasets[ask]), int(gives.datasets[give])
        ask_text, give_text = int(asks.texts[ask]), int(gives.texts[give])
        same = asked == given and asked >= 0
        about = self.quotes.link(asker, asked)
        named = NamedPhrases() if same else self.quotes.common(ask_text, give_text, about, asked=True)
        mine = self.quotes.need(asker, asked, ask_text, give_text, asking=True)
        theirs = self.quotes.need(giver, given, give_text, ask_text, asking=False)
        what = self.vectors.titles[asked] if same else named.what or mine
        if same:
            self.joined[pair][what] = asked
        people = int(self._helpers[asked]) if same else 0
        reason = Reason("need", what, share, mine, theirs, people, "mine", strength)
        found.append(reason.turned() if turned else reason)

    @cached_property
    def _helpers(self) -> Ints:
        """How many people here could help with each dataset."""
        about = self.vectors.gives.datasets[self.vectors.gives.of.items]
        return np.bincount(about[about >= 0], minlength=len(self.vectors.titles))

    def _is_denied(self, who: int, dataset: int) -> bool:
        """Whether somebody said that their words do not mean this dataset."""
        return dataset >= 0 and self.vectors.dataset_ids[dataset] in self.vectors.profiles[who].not_meant

    def _met_best(self, cells: Cells) -> Iterator[tuple[int, int, int, float]]:
        """Yield how each pair's best met need counts, told by the dataset it is about rather than by like words."""
        asks, gives = self.vectors.asks, self.vectors.gives
        best: dict[int, tuple[int, int, float]] = {}
        for pair, ask, give, value in _rows(cells):
            known = best.setdefault(pair, (ask, give, value))
            same = asks.datasets[ask] == gives.datasets[give] and asks.datasets[ask] >= 0
            told = asks.datasets[known[0]] >= 0 and asks.datasets[known[0]] == gives.datasets[known[1]]
            if same and not told and value >= known[2] / 2:
                best[pair] = ask, give, known[2]
        for pair, (ask, give, value) in best.items():
            yield pair, ask, give, value

    def acquaintances(self, shares: Floats) -> Iterator[Clue]:
        """Yield the series both worked on, and that both know the same people, whose names are theirs to tell."""
        pairs = np.flatnonzero(shares > 0).tolist()
        strengths = circle_strengths(self.vectors) if pairs else np.zeros(0)
        for pair in pairs:
            columns, carried = product_terms(self.vectors.acquaintances, int(self.a[pair]), int(self.b[pair]))
            whole = carried / carried.sum() * shares[pair]
            titles = [self.vectors.circles[column] for column in columns.tolist()]
            people = np.asarray([not title for title in titles])
            if people.any():
                share, count = float(whole[people].sum()), int(people.sum())
                reason = Reason("acquaintance", "people you both know", share, people=count)
                yield Clue(pair, 0.0, partial(_append, reason))
            for title, share, column in zip(titles, whole.tolist(), columns.tolist(), strict=True):
                if title:
                    known = self.quotes.are_colleagues(int(self.a[pair]), int(self.b[pair]))
                    strength = KNOWN_ALREADY if known else float(strengths[column])
                    reason = Reason("acquaintance", title, share, strength=strength)
                    yield Clue(pair, strength, partial(_append, reason))


def _append(reason: Reason, found: list[Reason]) -> None:
    found.append(reason)


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
