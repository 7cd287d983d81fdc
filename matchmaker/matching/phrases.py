"""Naming what two people share: phrases that both use, few here do, and that say something.

A shared word is named only if it could be a reason to get up: no verbs, fillers, numbers, nor what half the event is
about. Words that both use one after the other are named together, as one of them wrote it: "outfalls to sewers".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.capitals import spelt
from matchmaker.matching.content import Content, content_of
from matchmaker.matching.fillers import is_generic, singular
from matchmaker.matching.phrase_ends import is_close, named_together, trimmed, wider
from matchmaker.matching.row_products import Floats, Ints, row_products
from matchmaker.matching.vectors import Vectors
from matchmaker.matching.words import words_of

RARE = 15
"""What more than one in so many people here (but at least three) says is too common to be named."""

ASKED = 4
"""The same for what somebody asks for: that it is met is rare enough."""

FEW = 3
"""What so many people say is rare in any event."""

MOST = 2
"""So many phrases are named at most."""

MOST_WORDS = 30
"""Of all that two share, so many words, those that carry most, are looked at."""

FEW_OF_ALL = 10
"""Of fewer pairs than one in so many of all texts only the texts in them are looked at."""

CODE = 1.5
"""A code is named rather than the words inside it."""

SECOND = 0.5
"""The second phrase must carry at least this part of what the first carries."""

LONGEST = 3
"""So many words, beside such as "of" and "the", are in a phrase at most."""

LONGEST_ASKED = 5
"""The same for what somebody asks for."""


class Passage(NamedTuple):
    """A sentence, topic, title or tag to find phrases in, and what is shown of it as a quotation.

    `prose` says that a capital at its beginning means nothing.
    """

    text: str
    quote: str
    prose: bool = True


@dataclass(frozen=True, slots=True)
class NamedPhrases:
    """The phrases that were found, as they are spelt; empty if nothing is worth naming."""

    phrases: tuple[str, ...] = ()
    tokens: tuple[frozenset[str], ...] = ()
    """The words of each phrase."""
    columns: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    """The columns that stand for them, and for the characters inside their words; one of two may be there twice."""
    people: int = 0
    """How many people here use the first of them."""

    @property
    def what(self) -> str:
        """The phrases in one line."""
        return ", ".join(self.phrases)

    @property
    def is_phrase(self) -> bool:
        """Whether one of them is more than one word."""
        return max(map(len, self.tokens), default=0) > 1

    @property
    def is_telling(self) -> bool:
        """Whether two words of the first say something alone."""
        return bool(self.tokens) and sum(not is_generic(word) for word in self.tokens[0]) > 1


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """The words that two share, and two of them in a row, of which phrases are made."""

    carries: Mapping[str, float]
    """What each carries."""
    begins: frozenset[str]
    """With which of the words something may begin that few enough use."""
    telling: frozenset[str]
    """Of which one stands in whatever is worth naming."""
    limit: int
    """How many people here may use what is named at most."""


@dataclass(frozen=True, slots=True)
class _Run:
    value: float
    words: tuple[str, ...]
    passage: Passage
    start: int
    end: int


class Phrases:
    """Finds phrases for the pairs of one event."""

    def __init__(self, vectors: Vectors) -> None:
        """Look things up in these vectors."""
        self.vectors = vectors
        self.language = vectors.language
        self._columns: dict[tuple[str, ...], Ints] = {}
        self._of_term: dict[str, Ints] = {}
        self._read, self._together = vectors.cut_up
        self._alone: dict[str, bool] = {}

    def shared(self, columns: Ints, carried: Floats, *, asked: bool = False) -> SharedTerms:
        """Return the words of which two make something in common, by what each of `columns` carries."""
        limit = self.limit(asked=asked)
        some = self._carrying(columns, carried, limit)
        few = [term for term, _, is_rare in some if is_rare]
        telling = (one for one in few if " " in one or self._are_worth_naming((one,), limit))
        carries = {term: value for term, value, _ in some}
        return SharedTerms(
            carries, frozenset(one.partition(" ")[0] for one in few), frozenset(telling), limit
        )

    def named(
        self,
        passages: Sequence[Passage],
        shared: SharedTerms,
        told: Collection[str] = (),
        *,
        asked: bool = False,
    ) -> NamedPhrases:
        """Choose the phrases of these passages that carry most, without words already `told`.

        What somebody `asked` for is named with the words beside it, which they alone use. O(length of the passages).
        """
        runs = [
            run
            for one in passages
            if shared.telling and self._may_tell(one.text, shared, asked=asked)
            for run in self._runs(one, shared, asked=asked)
            if self._are_worth_naming(run.words, shared.limit)
        ]
        runs.sort(key=lambda run: -run.value)
        seen = set(map(beginning, told))
        chosen: list[_Run] = []
        for run in runs:
            if (
                not seen.intersection(map(beginning, run.words))
                and run.value >= SECOND * (chosen or runs)[0].value
            ):
                chosen.append(run)
                seen.update(map(beginning, (*run.words, *words_of(run.passage.text[run.start : run.end]))))
            if len(chosen) == MOST:
                break
        if not chosen:
            return NamedPhrases()
        return NamedPhrases(
            tuple(self._spelt(run) for run in chosen),
            tuple(frozenset(run.words) for run in chosen),
            np.concatenate([self.columns_of(run.words) for run in chosen]),
            self._users(chosen[0].words),
        )

    def may_tell(self, left: Ints, right: Ints) -> NDArray[np.bool_]:
        """Return for texts `left[i]` and `right[i]` whether a phrase of two words or more may be named of them.

        That takes two words in a row that both say and few here use. O(length of the rows), before any text is cut.
        """
        if not len(left):
            return np.zeros(0, dtype=np.bool_)
        if len(left) * FEW_OF_ALL > len(self.vectors.texts):
            return self._share_a_row(self._rare_pairs, left, right)
        texts, place = np.unique(np.concatenate([left, right]), return_inverse=True)
        few = sparse.csr_array(self.vectors.rows[texts])
        return self._share_a_row(sparse.csr_array(few[:, self._rare]), *np.split(place, 2))

    @staticmethod
    def _share_a_row(rows: sparse.csr_array, left: Ints, right: Ints) -> NDArray[np.bool_]:
        return row_products(rows, left, right) > 0 if rows.nnz else np.zeros(len(left), dtype=np.bool_)

    @cached_property
    def _rare(self) -> Ints:
        """Every two words in a row that few enough use to be named."""
        pairs = self.vectors.language.is_pair
        return np.flatnonzero(pairs & (self.vectors.users[: len(pairs)] <= self.limit()))

    @cached_property
    def _rare_pairs(self) -> sparse.csr_array:
        """Shape (texts, terms): the same in each text."""
        return sparse.csr_array(self.vectors.rows[:, self._rare])

    def limit(self, *, asked: bool = False) -> int:
        """Return how many people here may use what is named at most."""
        return max(FEW, len(self.vectors.profiles) // (ASKED if asked else RARE))

    def _carrying(self, columns: Ints, carried: Floats, limit: int) -> list[tuple[str, float, bool]]:
        """Return the words that carry most, and two of them in a row: what each carries and whether few use it.

        Nothing if many use each of them. Columns are in order, so that those of words come first.
        """
        terms = self.language.terms
        said = columns[: np.searchsorted(columns, len(terms))]
        is_rare = self.vectors.users[said] <= limit
        if not is_rare.any():
            return []
        values = zip(said.tolist(), carried[: len(said)].tolist(), is_rare.tolist(), strict=True)
        shared = [(terms[column], value, rare) for column, value, rare in values if value > 0]
        if not any(rare for _, _, rare in shared):
            return []
        if len(shared) <= MOST_WORDS:
            return shared
        words = sorted((one for one in shared if " " not in one[0]), key=lambda one: -one[1])[:MOST_WORDS]
        kept = {word for word, _, _ in words}
        return [one for one in shared if kept.issuperset(one[0].split())]

    def _may_tell(self, text: str, shared: SharedTerms, *, asked: bool) -> bool:
        """Whether anything of a text may be worth naming: a telling word, or two where they may be named together.

        What is asked for may have small words between, so there a word that could begin a phrase is enough.
        """
        plain = self._words(text).plain
        if asked:
            return not shared.begins.isdisjoint(plain)
        return not (shared.telling.isdisjoint(plain) and shared.telling.isdisjoint(self.together(text)))

    def _runs(self, passage: Passage, shared: SharedTerms, *, asked: bool) -> Iterator[_Run]:
        """Yield the longest stretches of words, one after the other, that both use as they follow each other.

        Of single words those that few enough use to be named.
        """
        read, carries = self._words(passage.text), shared.carries
        for code in read.codes:
            if code.plain in carries:
                yield _Run(CODE * carries[code.plain], (code.plain,), passage, code.start, code.end)
        found, last = read.words, -1
        for start in [place for place, word in enumerate(read.in_order) if word in carries]:
            if start <= last:
                continue
            last = self._last(passage.text, read, carries, start, asked=asked)
            if last == start and read.in_order[start] not in shared.begins:
                continue
            one, end = trimmed(passage.text, found, start, last)
            words = read.in_order[one : end + 1]
            if words and words[0] in carries:
                terms = [*words, *map(read.pair, range(one, end))]
                if asked:
                    one, end = wider(passage.text, found, one, end, LONGEST_ASKED)
                value = sum(carries.get(term, 0.0) for term in terms)
                yield _Run(value, words, passage, found[one].start, found[end].end)

    def _last(self, text: str, read: Content, shared: Mapping[str, float], start: int, *, asked: bool) -> int:
        """Return where the longest stretch ends that begins with this word."""
        longest = LONGEST_ASKED if asked else LONGEST
        found, last = read.words, start
        while (
            last + 1 < min(len(found), start + longest)
            and read.pair(last) in shared
            and is_close(text, found[last], found[last + 1], asked=asked)
        ):
            last += 1
        return last

    def together(self, text: str) -> frozenset[str]:
        """Return every two words in a row of a text that may be named together; each text is looked through once."""
        if text not in self._together:
            self._together[text] = named_together(text, self._words(text).words)
        return self._together[text]

    def content(self, text: str) -> frozenset[str]:
        """Return what `content_of` does, of a text that is cut up anyway."""
        return self._words(text).plain if text.isascii() else frozenset(content_of(text))

    def _words(self, text: str) -> Content:
        """Return a text cut up: each text is cut once."""
        if text not in self._read:
            self._read[text] = Content.of(text)
        return self._read[text]

    def _spelt(self, run: _Run) -> str:
        said = run.passage
        return spelt(said.text, run.start, run.end, self.vectors.spellings, prose=said.prose)

    def names_alone(self, word: str) -> bool:
        """Whether a single word may be named: it says something, and few enough people use it."""
        if word not in self._alone:
            self._alone[word] = self._are_worth_naming((word,), self.limit())
        return self._alone[word]

    def _are_worth_naming(self, words: tuple[str, ...], limit: int) -> bool:
        return not all(map(is_generic, words)) and self._users(words) <= limit

    def _users(self, words: tuple[str, ...]) -> int:
        """Return how many people here use this phrase, at most; a word counts in the singular and plural."""
        numbers, users = self.language.number_of, self.vectors.users
        if len(words) == 1:
            terms = {words[0], singular(words[0]), f"{singular(words[0])}s"}
            return max((int(users[numbers[term]]) for term in terms if term in numbers), default=0)
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        return min((int(users[numbers[pair]]) for pair in pairs if pair in numbers), default=0)

    def columns_of(self, words: Sequence[str]) -> Ints:
        """Return the columns that stand for these words and for each two in a row, and the characters inside."""
        key = tuple(words)
        if key not in self._columns:
            numbers = self.language.number_of
            terms = [*key, *(f"{a} {b}" for a, b in pairwise(key))]
            found = [self.columns_of_term(term) for term in terms if term in numbers]
            self._columns[key] = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *found]))
        return self._columns[key]

    def columns_of_term(self, term: str) -> Ints:
        """Return the columns of a word or of two in a row, and of the characters inside; each is read once."""
        if term not in self._of_term:
            self._of_term[term] = self.language.columns_of(term)
        return self._of_term[term]


def beginning(word: str) -> str:
    """Return what "flood" and "flooding" have in common."""
    return word[:5]
