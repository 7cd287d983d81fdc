"""Naming what two people share: phrases that both use, few here do, and that say something.

A shared word is named only if it could be a reason to get up: no verbs, fillers, numbers, nor what half the event is
about. Words that both use one after the other are named together, as one of them wrote it: "outfalls to sewers".
"""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.capitals import spelt
from matchmaker.matching.content import Content, content_of
from matchmaker.matching.fillers import is_generic, singular
from matchmaker.matching.phrase_ends import CLOSE, CLOSER, is_hollow, is_no_end, trimmed, wider
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


@dataclass(frozen=True, slots=True)
class Passage:
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
    """The columns that stand for them, and for the characters inside their words."""
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
        self._read: dict[str, Content] = {}
        self._alone: dict[str, bool] = {}

    def named(
        self,
        passages: Sequence[Passage],
        columns: Ints,
        carried: Floats,
        told: Collection[str] = (),
        *,
        asked: bool = False,
    ) -> NamedPhrases:
        """Choose the phrases of these passages that carry most, without words already `told`.

        `carried` says what each of `columns` carries. What somebody `asked` for is named with the words beside it,
        which they alone use. O(length of the passages).
        """
        shared = self._carrying(columns, carried)
        limit = self.limit(asked=asked)
        begins = self._beginnings(shared, limit)
        runs = [
            run
            for one in passages
            if not begins.isdisjoint(self._words(one.text).plain)
            for run in self._runs(one, shared, begins, asked=asked)
            if self._are_worth_naming(run.words, limit)
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
            np.unique(np.concatenate([self.columns_of(run.words) for run in chosen])),
            self._users(chosen[0].words),
        )

    def may_tell(self, left: Ints, right: Ints) -> NDArray[np.bool_]:
        """Return for texts `left[i]` and `right[i]` whether a phrase of two words or more may be named of them.

        That takes two words in a row that both say and few here use. O(length of the rows), before any text is cut.
        """
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

    def _carrying(self, columns: Ints, carried: Floats) -> dict[str, float]:
        """Return what the words carry that carry most, and two of them in a row."""
        terms = self.language.terms
        here = (columns < len(terms)) & (carried > 0)
        said = zip(columns[here].tolist(), carried[here].tolist(), strict=True)
        shared = {terms[column]: value for column, value in said}
        if len(shared) <= MOST_WORDS:
            return shared
        words = set(
            sorted((one for one in shared if " " not in one), key=lambda one: -shared[one])[:MOST_WORDS]
        )
        return {one: value for one, value in shared.items() if words.issuperset(one.split())}

    def _beginnings(self, shared: Collection[str], limit: int) -> set[str]:
        """Return words of which one must be in a passage for anything in it to be worth naming.

        A phrase of two words or more is used by as few as two of them in a row.
        """
        numbers, users = self.language.number_of, self.vectors.users
        return {one.partition(" ")[0] for one in shared if users[numbers[one]] <= limit}

    def _runs(
        self, passage: Passage, shared: dict[str, float], begins: Set[str], *, asked: bool
    ) -> Iterator[_Run]:
        """Yield the longest stretches of words, one after the other, that both use as they follow each other.

        Of single words those that few enough use to be named.
        """
        read = self._words(passage.text)
        for code in read.codes:
            if code.plain in shared:
                yield _Run(CODE * shared[code.plain], (code.plain,), passage, code.start, code.end)
        found, last = read.words, -1
        for start in [place for place, word in enumerate(read.in_order) if word in shared]:
            if start <= last:
                continue
            last = self._last(passage.text, read, shared, start, asked=asked)
            if last == start and read.in_order[start] not in begins:
                continue
            one, end = trimmed(passage.text, found, start, last)
            words = read.in_order[one : end + 1]
            if words and words[0] in shared:
                terms = [*words, *map(read.pair, range(one, end))]
                if asked:
                    one, end = wider(passage.text, found, one, end, LONGEST_ASKED)
                value = sum(shared.get(term, 0.0) for term in terms)
                yield _Run(value, words, passage, found[one].start, found[end].end)

    def _last(self, text: str, read: Content, shared: dict[str, float], start: int, *, asked: bool) -> int:
        """Return where the longest stretch ends that begins with this word."""
        longest, close = (LONGEST_ASKED, CLOSE) if asked else (LONGEST, CLOSER)
        found, last = read.words, start
        while (
            last + 1 < min(len(found), start + longest)
            and read.pair(last) in shared
            and close.fullmatch(text, found[last].end, found[last + 1].start)
        ):
            last += 1
        return last

    def in_a_row(self, text: str, pair: str) -> bool:
        """Whether two words, such as "sea wall", stand in a text so that they may be named together.

        They are not where one of them would be taken off an end (`trimmed`), and no third word stands beside it.
        """
        read = self._words(text)
        found, wanted = read.words, tuple(pair.split(" "))
        places = [place for place, two in enumerate(pairwise(read.in_order)) if two == wanted]

        def close(place: int) -> bool:
            return 0 <= place < len(found) - 1 and bool(
                CLOSER.fullmatch(text, found[place].end, found[place + 1].start)
            )

        return any(
            close(place)
            and (not is_hollow(text, found, place, place + 1) or close(place - 1))
            and (not is_no_end(found[place + 1]) or close(place + 1))
            for place in places
        )

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
            found = [self.language.columns_of(term) for term in terms if term in numbers]
            self._columns[key] = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *found]))
        return self._columns[key]


def beginning(word: str) -> str:
    """Return what "flood" and "flooding" have in common."""
    return word[:5]
