"""Finding what is behind each part of the scores of some pairs, and putting it into reasons.

What a line would carry is known before its words are looked for, which is dear; and what two texts have in common is
found once, however many pairs hold them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matchmaker.matching.conviction import (
    ENOUGH,
    FEW,
    HEARD,
    KNOWN_ALREADY,
    KNOWS,
    LIKELY,
    MEANING,
    PHRASE,
    RELATED,
    RESEMBLANCE,
    WORD,
    WordsAtMost,
    circle_strengths,
    known_strength,
    topic_strength,
)
from matchmaker.matching.own_words import add_own_words
from matchmaker.matching.phrases import NamedPhrases, content_of
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import SMALLEST, Explained, Kind, Reason, ordered
from matchmaker.matching.row_products import Floats, Ints, product_terms
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
from matchmaker.matching.weighing import knows_at_most, shared_strength, words_strength, works_with

LIKE = 0.2
"""Two different titles, topics or texts must be at least so alike for their likeness to be named."""

ALIKE = 0.35
"""Two topics without a word in common must be at least so alike for it to be named."""

ONE_WORD = 0.1
"""A single word that both use must carry this share to be told."""

Pair = tuple[int, int]


class Explanations:
    """The pairs of one event explained, each once, as the first of the two reads them."""

    def __init__(self, vectors: Vectors, weights: Weights | None = None) -> None:
        """Explain pairs of positions in `vectors.profiles`."""
        self.vectors, self.weights = vectors, weights or Weights()
        self._quotes = Quotes(vectors)
        self._found: dict[Pair, Explained] = {}
        self._weak: set[Pair] = set()

    @cached_property
    def _words(self) -> WordsAtMost:
        return WordsAtMost(self.vectors)

    def convincing(self, pairs: Sequence[Pair]) -> dict[Pair, Explained]:
        """Return those of these pairs that convince, explained.

        Which words both use, which is dear, is looked for only where it could be enough. O(pairs that are new).
        """
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._found and pair not in self._weak]
        if new:
            places = np.asarray(new, dtype=np.intp)
            a, b = places[:, 0], places[:, 1]
            told = _without_words(self._quotes, a, b, self.weights)
            least = ENOUGH - 1e-6 - self._words.of(a, b)
            self._weak |= {
                pair
                for pair, reasons, rest in zip(new, told.found, least.tolist(), strict=True)
                if sum(one.strength for one in reasons) < rest
            }
        likely = self.of([pair for pair in pairs if pair not in self._weak])
        return {pair: one for pair, one in likely.items() if one.convinces}

    def of(self, pairs: Sequence[Pair]) -> dict[Pair, Explained]:
        """Return the score and the reasons of each pair. O(pairs that are new)."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._found]
        if new:
            places = np.asarray(new, dtype=np.intp)
            explained = _explain(self._quotes, places[:, 0], places[:, 1], self.weights)
            self._found |= dict(zip(new, explained, strict=True))
        return {pair: self._found[pair] for pair in pairs}


def explain(vectors: Vectors, a: Ints, b: Ints, weights: Weights) -> list[Explained]:
    """Return the score and the reasons of each pair `a[i]`, `b[i]`, as `a[i]` reads them. O(pairs)."""
    return _explain(Quotes(vectors), a, b, weights)


@dataclass(frozen=True, slots=True)
class _Told:
    """The reasons of some pairs that are found without their words."""

    found: list[list[Reason]]
    evidence: "_Evidence"
    scores: Floats
    once: Floats
    """What something that both have counts of the score, for each pair."""


def _without_words(quotes: Quotes, a: Ints, b: Ints, weights: Weights) -> _Told:
    parts = score_parts(quotes.vectors, a, b)
    scores = parts.scores(weights)
    to_a, to_b = parts.worth(weights)
    both = np.where(scores > 0, to_a + to_b, 1.0)
    for_a, for_b = 2 * (to_b / both) ** 2, 2 * (to_a / both) ** 2
    once = np.divide(for_a + for_b, scores, out=np.zeros_like(scores), where=scores > 0)
    a_asks = weights.needs * (GETTING * for_a + (1 - GETTING) * for_b)
    b_asks = weights.needs * (GETTING * for_b + (1 - GETTING) * for_a)
    scale = np.divide(1.0, scores, out=np.zeros_like(scores), where=scores > 0)
    evidence = _Evidence(quotes, a, b)
    found: list[list[Reason]] = [[] for _ in a]
    evidence.datasets(found, once * weights.datasets)
    evidence.topics(found, once * weights.topics)
    evidence.needs(found, a_asks * scale, turned=False)
    evidence.needs(found, b_asks * scale, turned=True)
    evidence.acquaintances(found, once * weights.acquaintances * parts.acquaintances)
    return _Told(found, evidence, scores, once)


def _explain(quotes: Quotes, a: Ints, b: Ints, weights: Weights) -> list[Explained]:
    told = _without_words(quotes, a, b, weights)
    for place in np.flatnonzero(told.scores > 0):
        once = told.once[place]
        told.evidence.words(told.found[place], int(place), once * weights.bio, once * weights.words)
        add_own_words(quotes, told.found[place], told.evidence.joined[place], (int(a[place]), int(b[place])))
    return [
        Explained(float(score), ordered(reasons) if score > 0 else ())
        for score, reasons in zip(told.scores, told.found, strict=True)
    ]


class _Evidence:
    """Finds what is behind each part of the scores of some pairs."""

    def __init__(self, quotes: Quotes, a: Ints, b: Ints) -> None:
        self.vectors, self.a, self.b = quotes.vectors, a, b
        self.quotes = quotes
        self.everybody = len(self.vectors.profiles)
        self.texts: dict[tuple[int, int], int] = {}
        """The text of the dataset that a reason of a pair names, by (pair, place of the reason)."""
        self.joined: list[dict[str, int]] = [{} for _ in a]
        """For each pair, by title, the datasets both have, or that one has and the other asks about."""

    def datasets(self, found: list[list[Reason]], scale: Floats) -> None:
        """Add the datasets both have, and pairs of datasets that read alike."""
        best = dataset_cells(self.vectors, self.a, self.b).best(BEST)
        for pair, left, right, value in _rows(best):
            share = float(scale[pair]) * value / BEST
            a, b = int(self.a[pair]), int(self.b[pair])
            if left == right:
                what, mine, theirs = self.quotes.shared_dataset(a, b, left)
                people = int(self.vectors.dataset_people[left])
                strength = shared_strength(self.quotes, a, b, left)
                if not strength:
                    continue
                self.texts[pair, len(found[pair])] = int(self.vectors.dataset_texts[left])
                self.joined[pair][what] = left
                found[pair].append(Reason("dataset", what, share, mine, theirs, people, strength=strength))
            elif value >= LIKE * LIKENESS and share >= SMALLEST:
                texts = self.vectors.dataset_texts
                named = self.quotes.common(int(texts[left]), int(texts[right]), self.quotes.link(a, left))
                kind: Kind = "words" if named.phrases else "semantic"
                if named.phrases or self.vectors.has_meanings:
                    mine, theirs = self.quotes.stands(a, left), self.quotes.stands(b, right)
                    strength = RESEMBLANCE if named.is_telling else 0.0
                    reason = Reason(kind, named.what, share, mine, theirs, named.people, strength=strength)
                    _add(found[pair], reason)

    def topics(self, found: list[list[Reason]], scale: Floats) -> None:
        """Add the topics both have, and topics that read alike."""
        best = topic_cells(self.vectors, self.a, self.b).best(BEST)
        for pair, left, right, value in _rows(best):
            share = float(scale[pair]) * value / BEST
            mine = self.quotes.topic(self.a[pair], left)
            theirs = self.quotes.topic(self.b[pair], right)
            if left == right:
                people = int(self.vectors.topic_people[left])
                what = self.quotes.phrases.in_sentence(mine)
                strength = topic_strength(people, self.everybody)
                if not strength:
                    continue
                found[pair].append(Reason("topic", what, share, mine, theirs, people, strength=strength))
            elif share >= SMALLEST and value >= LIKE * LIKENESS and self._say_the_same(left, right):
                mine, theirs = map(self.quotes.phrases.in_sentence, (mine, theirs))
                strength = RELATED
                found[pair].append(
                    Reason("topic", f"{mine} and {theirs}", share, mine, theirs, strength=strength)
                )

    def _say_the_same(self, left: int, right: int) -> bool:
        """Whether two topics are alike for more than a word such as "quality"."""
        texts = self.vectors.topic_texts[[left, right]]
        one, other = (set(content_of(self.vectors.texts[text])) for text in texts)
        if one & other:
            return bool(self.quotes.common(int(texts[0]), int(texts[1])).phrases)
        return bool(self.vectors.cosines(texts[:1], texts[1:])[0] >= ALIKE)

    def needs(self, found: list[list[Reason]], scale: Floats, *, turned: bool) -> None:
        """Add what a asks for and b can give; `turned`, what b asks for and a can give.

        A need met by chance, in one common word, is not named: it counts as "other".
        """
        asks, gives = self.vectors.asks, self.vectors.gives
        asker, giver = (self.b, self.a) if turned else (self.a, self.b)
        for pair, ask, give, value in self._met_best(asker, giver):
            asked, given = int(asks.datasets[ask]), int(gives.datasets[give])
            share = float(scale[pair] * value)
            same = asked == given and asked >= 0
            if share < SMALLEST or (not same and value < LIKELY):
                continue
            ask_text, give_text = int(asks.texts[ask]), int(gives.texts[give])
            knows = float(gives.weights[give])
            if same:
                strength = known_strength(
                    float(asks.weights[ask]),
                    min(knows, knows_at_most(self.quotes, int(giver[pair]), given)),
                    near=works_with(self.quotes, int(giver[pair]), given),
                )
            else:
                strength = words_strength(
                    self.quotes, int(asker[pair]), int(giver[pair]), (ask_text, asked), (give_text, given)
                )
            if asked >= 0 and given >= 0 and not same:
                strength = min(strength, RESEMBLANCE)
            elif asked < 0 <= given and knows < KNOWS:
                strength = min(strength, HEARD)
            if not strength or self._is_denied(int(asker[pair]), given):
                continue
            about = self.quotes.link(asker[pair], asked)
            named = NamedPhrases() if same else self.quotes.common(ask_text, give_text, about, asked=True)
            mine = self.quotes.need(asker[pair], asked, ask_text, give_text, asking=True)
            theirs = self.quotes.need(giver[pair], given, give_text, ask_text, asking=False)
            what = self.vectors.titles[asked] if same else named.what or mine
            if same:
                self.joined[pair][what] = asked
            people = int(np.sum(gives.datasets[gives.of.items] == asked)) if same else 0
            reason = Reason("need", what, share, mine, theirs, people, "mine", strength)
            found[pair].append(reason.turned() if turned else reason)

    def _is_denied(self, who: int, dataset: int) -> bool:
        """Whether somebody said that their words do not mean this dataset."""
        return dataset >= 0 and self.vectors.dataset_ids[dataset] in self.vectors.profiles[who].not_meant

    def _met_best(self, asker: Ints, giver: Ints) -> Iterator[tuple[int, int, int, float]]:
        """Yield how each pair's best met need counts, told by the dataset it is about rather than by like words."""
        asks, gives = self.vectors.asks, self.vectors.gives
        best: dict[int, tuple[int, int, float]] = {}
        for pair, ask, give, value in _rows(need_cells(self.vectors, asker, giver).best(BEST)):
            known = best.setdefault(pair, (ask, give, value))
            same = asks.datasets[ask] == gives.datasets[give] and asks.datasets[ask] >= 0
            told = asks.datasets[known[0]] >= 0 and asks.datasets[known[0]] == gives.datasets[known[1]]
            if same and not told and value >= known[2] / 2:
                best[pair] = ask, give, known[2]
        for pair, (ask, give, value) in best.items():
            yield pair, ask, give, value

    def acquaintances(self, found: list[list[Reason]], shares: Floats) -> None:
        """Add the series both worked on, and that both know the same people, whose names are theirs to tell."""
        strengths = circle_strengths(self.vectors)
        for pair in np.flatnonzero(shares > 0):
            columns, carried = product_terms(self.vectors.acquaintances, int(self.a[pair]), int(self.b[pair]))
            whole = carried / carried.sum() * shares[pair]
            titles = [self.vectors.circles[column] for column in columns.tolist()]
            people = np.asarray([not title for title in titles])
            if people.any():
                share, count = float(whole[people].sum()), int(people.sum())
                found[pair].append(Reason("acquaintance", "people you both know", share, people=count))
            for title, share, column in zip(titles, whole.tolist(), columns.tolist(), strict=True):
                if title:
                    known = self.quotes.are_colleagues(int(self.a[pair]), int(self.b[pair]))
                    strength = KNOWN_ALREADY if known else float(strengths[column])
                    found[pair].append(Reason("acquaintance", title, share, strength=strength))

    def words(self, found: list[Reason], pair: int, bio: float, words: float) -> None:
        """Add the rarest words both use, with what these words and the characters inside them carry."""
        a, b = int(self.a[pair]), int(self.b[pair])
        columns, carried = product_terms(self.vectors.centres, a, b)
        carried *= words
        bio_columns, bio_carried = product_terms(self.vectors.bio_rows, a, b)
        carried[np.searchsorted(columns, bio_columns)] += bio * bio_carried  # what a bio says, a centre says
        self._hand_over(found, pair, columns, carried)
        self._add_meaning(found, a, b, float(carried[columns >= self.vectors.language.size].sum()))
        if float(carried[columns < self.vectors.language.size].sum()) < SMALLEST:
            return
        told = {word for reason in found for word in content_of(reason.what)}
        named = self.quotes.in_common(a, b, columns, carried, told)
        share = float(carried[np.isin(columns, named.columns, assume_unique=True)].sum())
        if named.phrases and share >= (SMALLEST if named.is_phrase else ONE_WORD):
            mine, theirs = (self.quotes.quotation(person, named) for person in (a, b))
            strength = _words_strength(named)
            found.append(Reason("words", named.what, share, mine, theirs, named.people, strength=strength))

    def _add_meaning(self, found: list[Reason], a: int, b: int, share: float) -> None:
        """Add that both say much the same in other words, if the sentence model finds so and nothing else does."""
        if share >= SMALLEST:
            mine, theirs = self.quotes.nearest(a, b, LIKE)
            if mine and not any((one.mine, one.theirs) == (mine, theirs) for one in found):
                found.append(Reason("semantic", "", share, mine, theirs, strength=MEANING))

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


def _words_strength(named: NamedPhrases) -> float:
    """Return the strength of phrases both use: of two words or more that few use, or of single ones."""
    rare = named.people <= FEW
    first = PHRASE if named.is_telling and rare else WORD if rare or named.is_telling else 0.0
    return first + (WORD if len(named.phrases) > 1 and first else 0.0)


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
