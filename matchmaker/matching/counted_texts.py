"""Texts whose terms are counted once, to learn how rare each is together with a few more documents each time."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, compress

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from matchmaker.matching.abbreviations import learnt, words_as_compared
from matchmaker.matching.language import (
    MANY_DOCUMENTS,
    Language,
    analysed,
    counted,
    counting,
    grams_in,
    halves_joined,
    weighed,
)

Analyser = Callable[[str], list[str]]
"""Returns the terms of a text."""


class CountedTexts:
    """Documents and texts, counted. Nothing here changes once it is made."""

    def __init__(self, documents: Sequence[str], texts: Sequence[str]) -> None:
        """Count both. O(total characters)."""
        self._documents, self._texts = tuple(documents), tuple(texts)
        self._abbreviations = learnt(documents)
        self._words = _Terms(partial(analysed, self._abbreviations), documents, texts)
        self._characters = _Terms(grams_in, documents, texts)
        self._said = frozenset(chain.from_iterable(map(words_as_compared, (*documents, *texts))))

    def with_more(self, documents: Sequence[str]) -> tuple[Language, sparse.csr_array]:
        """Return what `Language.learn` gives of all documents and the texts, but for the order of the columns.

        Those of terms that only the new documents have come last. O(characters of these documents, and numbers that
        are stored of the others).
        """
        abbreviations = learnt([*self._documents, *documents])
        analyse, words = partial(analysed, abbreviations), self._words
        if any(self._said.issuperset(form) for form in abbreviations.unlike(self._abbreviations)):
            words = _Terms(analyse, self._documents, self._texts)
        count = len(self._documents) + len(documents)
        said_by = words.with_more(analyse, documents, count)
        spelt_by = self._characters.with_more(grams_in, documents, count)
        language = Language(said_by[0], spelt_by[0])
        halves = [half for _, half in (said_by, spelt_by) if half is not None]
        return language, halves_joined(halves, (len(self._texts), language.size))


class _Terms:
    """How many documents have each term, and how often each stands in each text."""

    def __init__(self, analyse: Analyser, documents: Sequence[str], texts: Sequence[str]) -> None:
        users, said = _users(analyse, documents), [*map(analyse, texts)]
        terms = sorted({*users, *chain.from_iterable(said)})
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._users = np.array([users[term] for term in terms], dtype=np.intp)
        self._counts = counted(said, self._numbers)

    def with_more(
        self, analyse: Analyser, documents: Sequence[str], count: int
    ) -> tuple[TfidfVectorizer | None, sparse.csr_array | None]:
        """Return what is learnt of `count` documents, of which these are the last, and the weights of the texts."""
        found = _users(analyse, documents)
        fresh = [term for term in found if term not in self._numbers]
        numbers = self._numbers | {term: number for number, term in enumerate(fresh, len(self._numbers))}
        users = np.append(self._users, np.zeros(len(fresh), dtype=np.intp))
        users[[numbers[term] for term in found]] += np.array([*found.values()], dtype=np.intp)
        kept = users >= (2 if count >= MANY_DOCUMENTS and users.max(initial=0) > 1 else 1)
        if not kept.any():
            return None, None
        some = self._counts
        parts = (some.data, some.indices, some.indptr)
        counts = sparse.csr_array(parts, shape=(some.shape[0], len(numbers)))
        if not kept.all():
            terms = compress(numbers, kept.tolist())
            numbers = {term: number for number, term in enumerate(terms)}
            counts = sparse.csr_array(counts[:, np.flatnonzero(kept)])
        vectoriser = counting(analyse)
        vectoriser.vocabulary_ = numbers
        vectoriser.idf_ = np.log((count + 1) / (users[kept] + 1)) + 1.0
        return vectoriser, weighed(counts, vectoriser)


def _users(analyse: Analyser, documents: Sequence[str]) -> Counter[str]:
    """Return how many documents have each term, in the order in which they are met."""
    return Counter(chain.from_iterable(dict.fromkeys(analyse(one)) for one in documents))
