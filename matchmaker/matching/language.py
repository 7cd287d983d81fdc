"""How texts become numbers: TF-IDF over words and over characters, learnt from one event.

Words catch what people say, characters inside words catch how they spell it ("LiDAR", "lidar", "hydrology",
"hydrological"), which matters most in short texts. Both halves are weighted equally. What counts as rare is
learnt from the event's catalogue and people together, so that a small event is not noisy.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
    strip_accents_unicode,
)
from sklearn.utils.sparsefuncs_fast import inplace_csr_row_normalize_l2

from matchmaker.matching.abbreviations import Abbreviations, learnt
from matchmaker.matching.stems import stem
from matchmaker.matching.words import WORD, codes, plain_text

LONGEST_TEXT = 20_000
"""Characters of one text that are read: beyond that nobody is describing themselves any more."""

MANY_DOCUMENTS = 200
"""From so many documents on, a term must occur in two of them to count: alone it can match nothing."""

MEANINGFUL = frozenset(
    {"bill", "bottom", "computer", "fill", "fire", "interest", "mill", "system", "thick", "thin", "top"}
)
"""Words of scikit-learn's English list that mean something to people who work on land and water."""

TALK = frozenset(
    {
        "able", "advice", "ago", "ask", "bit", "day", "days", "good", "happy", "help", "helping",
        "helps", "just", "kind", "know", "knows", "like", "look", "looking", "lot", "lots", "love",
        "need", "needs", "new", "people", "person", "question", "questions", "really", "said", "say",
        "says", "somebody", "talk", "tell", "thing", "things", "use", "used", "uses", "using", "want",
        "wanted", "wants", "way", "work", "worked", "working", "works", "year", "years"
    }
)  # fmt: skip
"""Words with which people talk of themselves, of what they need and offer, whatever it is about."""

STOP_WORDS: list[str] = sorted((ENGLISH_STOP_WORDS | TALK) - MEANINGFUL)
"""Words that say nothing about what a person works on."""

_STOP = frozenset(STOP_WORDS)
_TWO_OR_MORE = re.compile(r"\b\w\w+\b")
FIRST_WORD = re.compile(r"(?:^|[.!?\n]\s)\W*(\w+)")
"""A word at the beginning of a text or of a sentence."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|[;\n\r•]+")


def readable(text: str) -> str:
    """Return the part of `text` that is read, without outer space, or "" when it holds only stop words."""
    text = text[:LONGEST_TEXT].strip()
    words = WORD.finditer(text.lower())  # of which the first mostly tells
    return text if any(word.group() not in _STOP for word in words) else ""


def sentences(text: str) -> list[str]:
    """Cut what somebody wrote into sentences, lines or list items; "" gives none.

    An abbreviation may cut a sentence in two: that makes a match a little weaker, never wrong.
    """
    return [part for raw in _SENTENCE_END.split(text) if (part := readable(raw.strip().lstrip("-–*· ")))]


def analysed(abbreviations: Abbreviations, text: str) -> list[str]:
    """Return the terms of a text: words, two in a row, codes, and the short form of what it writes out."""
    words = [word for word in _TWO_OR_MORE.findall(plain_text(text)) if word not in _STOP]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    there = set(words)
    more = (*(one.plain for one in codes(text)), *abbreviations.said(text))
    return [*words, *pairs, *(one for one in more if one not in there)]


SHORTEST_GRAM, LONGEST_GRAM = 3, 5
"""So many characters in a row are a term."""


def grams_in(text: str) -> list[str]:
    """Return the characters in a row inside the words of a text, as "char_wb" of scikit-learn does, word by word."""
    return [gram for word in _spelt(text) for gram in _grams_of(word)]


def _spelt(text: str) -> list[str]:
    return str(strip_accents_unicode(text.lower())).split()


@lru_cache(maxsize=50_000)
def _grams_of(word: str) -> tuple[str, ...]:
    """Return those of one word, its ends told apart; a short word is one. Most words are said again and again."""
    said = f" {word} "
    lengths = range(SHORTEST_GRAM, min(LONGEST_GRAM, max(len(said), SHORTEST_GRAM)) + 1)
    return tuple(
        said[start : start + length] for length in lengths for start in range(max(len(said) - length, 0) + 1)
    )


def counting(analyser: Callable[[str], list[str]]) -> TfidfVectorizer:
    """Return what weighs the terms of texts by how often they stand there, and how rare they are."""
    return TfidfVectorizer(analyzer=analyser, sublinear_tf=True, norm=None)


def _fitted(
    vectoriser: TfidfVectorizer, documents: Sequence[str]
) -> tuple[TfidfVectorizer | None, sparse.csr_array | None]:
    """Fit `vectoriser` and return it with its weights of documents, or None if these hold nothing it can count."""
    smallest = 2 if len(documents) >= MANY_DOCUMENTS else 1
    for min_df in range(smallest, 0, -1):
        try:
            return vectoriser, vectoriser.set_params(min_df=min_df).fit_transform(documents)
        except ValueError:  # scikit-learn's way of saying that no term is left
            continue
    return None, None


def _fitted_by_word(documents: Sequence[str]) -> tuple[TfidfVectorizer | None, sparse.csr_array | None]:
    """Return what `_fitted` does of characters in a row, which are counted in each word once, whoever says it."""
    words, table = CountVectorizer(analyzer=_spelt), CountVectorizer(analyzer=_grams_of)
    try:
        said = words.fit_transform(documents)
    except ValueError:
        return None, None
    counts = sparse.csr_array(said @ table.fit_transform(words.get_feature_names_out())).astype(np.float64)
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    smallest = 2 if len(documents) >= MANY_DOCUMENTS and found.max() > 1 else 1
    kept = np.flatnonzero(found >= smallest)
    vectoriser, weights = counting(grams_in), TfidfTransformer(sublinear_tf=True, norm=None)
    grams = table.get_feature_names_out()[kept].tolist()
    vectoriser.vocabulary_ = {gram: number for number, gram in enumerate(grams)}
    found_weights = weights.fit_transform(counts[:, kept])
    vectoriser.idf_ = weights.idf_
    return vectoriser, found_weights


def _read_by_word(vectoriser: TfidfVectorizer, texts: Sequence[str]) -> sparse.csr_array:
    """Return what `transform` gives of characters in a row, which are counted in each word once, too."""
    said = [*map(_spelt, texts)]
    words = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(said)))}
    counts = counted(said, words) @ counted(map(_grams_of, words), vectoriser.vocabulary_)
    return weighed(sparse.csr_array(counts), vectoriser)


def _read(vectoriser: TfidfVectorizer, texts: Sequence[str]) -> sparse.csr_array:
    """Return what `transform` gives."""
    return weighed(counted(map(vectoriser.analyzer, texts), vectoriser.vocabulary_), vectoriser)


def counted(said: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> sparse.csr_array:
    """Return how often each of the numbered terms is among those that are said, for each of some texts."""
    counts, columns, start = array("d"), array("i"), array("i", [0])
    for one in said:
        for term, count in Counter(one).items():
            if (number := numbers.get(term)) is not None:
                columns.append(number)
                counts.append(count)
        start.append(len(columns))
    parts = tuple(map(np.array, (counts, columns, start)))
    return sparse.csr_array(parts, shape=(len(start) - 1, len(numbers))).sorted_indices()


def weighed(counts: sparse.csr_array, vectoriser: TfidfVectorizer) -> sparse.csr_array:
    """Return the weights of terms that are said so often, by how rare they are."""
    weights = (np.log(counts.data) + 1.0) * vectoriser.idf_[counts.indices]
    return sparse.csr_array((weights, counts.indices, counts.indptr), shape=counts.shape)


def halves_joined(halves: Iterable[sparse.csr_array], shape: tuple[int, int]) -> sparse.csr_array:
    """Return the weights of words and characters side by side, each half of length √½; nothing without a half.

    Scales the weights in place.
    """
    parts = []
    for weights in halves if shape[0] else ():
        weights.sort_indices()  # so that lengths add up in the same order, however texts were counted
        inplace_csr_row_normalize_l2(weights)
        parts.append(weights * np.sqrt(0.5))
    return sparse.csr_array(sparse.hstack(parts, format="csr")) if parts else sparse.csr_array(shape)


@dataclass(frozen=True)
class Language:
    """What one event's texts have in common: the terms that occur and how rare each is.

    Columns are the words (1 and 2 in a row) first, then the characters (3 to 5 inside words).
    """

    words: TfidfVectorizer | None
    characters: TfidfVectorizer | None

    @classmethod
    def learn(cls, documents: Sequence[str], texts: Sequence[str]) -> tuple["Language", sparse.csr_array]:
        """Learn the terms of `documents` and their rarity; return, too, what `vectors` gives for some texts.

        Most of these are documents, which are read once. O(total characters).
        """
        words, said = _fitted(counting(partial(analysed, learnt(documents))), documents)
        characters, spelt = _fitted_by_word(documents)
        language = cls(words, characters)
        places = {text: place for place, text in enumerate(documents)}
        known, new = ([one for one in texts if (one in places) == there] for there in (True, False))
        read = np.asarray([places[one] for one in known], dtype=np.intp)
        halves = [half[read] for half in (said, spelt) if half is not None]
        del said, spelt  # of which most may be documents that are no texts
        rows = sparse.vstack(
            [halves_joined(halves, (len(read), language.size)), language.vectors(new)], format="csr"
        )
        numbers = {text: number for number, text in enumerate([*known, *new])}
        return language, sparse.csr_array(rows[np.asarray([numbers[one] for one in texts], dtype=np.intp)])

    def vectors(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return one row per text, shape (len(texts), terms): each half has length √½, or 0 if all is new.

        The dot product of two rows is the mean of their cosines over words and over characters, in [0, 1].
        """
        ways = ((self.words, _read), (self.characters, _read_by_word))
        halves = (read(half, texts) for half, read in ways if half is not None)
        return halves_joined(halves, (len(texts), self.size))

    @cached_property
    def terms(self) -> list[str]:
        """The word columns by number: single words, and two in a row."""
        return [] if self.words is None else [str(term) for term in self.words.get_feature_names_out()]

    @cached_property
    def is_pair(self) -> NDArray[np.bool_]:
        """Which of the word columns are two words in a row."""
        return np.fromiter((" " in term for term in self.terms), dtype=np.bool_, count=len(self.terms))

    def terms_of(self, text: str) -> list[str]:
        """Return the single words and codes of a text, whether they are columns or not."""
        return [] if self.words is None else [one for one in self._analyse(text) if " " not in one]

    @cached_property
    def _analyse(self) -> Callable[[str], list[str]]:
        assert self.words is not None
        return self.words.build_analyzer()  # type: ignore[no-any-return] # scikit-learn has no types

    @cached_property
    def stems(self) -> dict[str, int]:
        """A number for the stem of each single word."""
        numbers: dict[str, int] = {}
        for term in self.terms:
            if " " not in term:
                numbers.setdefault(stem(term), len(numbers))
        return numbers

    @property
    def number_of(self) -> Mapping[str, int]:
        """The number of the column of each word, and of two in a row."""
        return {} if self.words is None else self.words.vocabulary_

    @property
    def word_count(self) -> int:
        """How many columns, from the left, are words."""
        return 0 if self.words is None else len(self.words.vocabulary_)

    @property
    def size(self) -> int:
        """How many columns there are."""
        return self.word_count + (0 if self.characters is None else len(self.characters.vocabulary_))

    def columns_of(self, term: str) -> np.ndarray:
        """Return the columns that stand for `term`: the term, its words, and the characters inside them."""
        columns: list[int] = []
        if self.words is not None:
            vocabulary = self.words.vocabulary_
            columns += [vocabulary[part] for part in (term, *term.split()) if part in vocabulary]
        if self.characters is not None:
            vocabulary, before = self.characters.vocabulary_, self.word_count
            columns += [before + vocabulary[gram] for gram in grams_in(term) if gram in vocabulary]
        return np.unique(np.asarray(columns, dtype=np.intp))
