"""The words that two people both use: what they add to the reasons of a pair, and the most that they could add.

To find the phrases they stand in is dear, and most pairs do not convince whatever these are.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching import phrases
from matchmaker.matching.content import content_of
from matchmaker.matching.conviction import FEW, MEANING, PHRASE, WORD
from matchmaker.matching.phrases import NamedPhrases, SharedTerms
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import SMALLEST, Reason
from matchmaker.matching.row_products import Floats, Ints, SharedColumns, only_columns, row_products

LIKE = 0.2
"""Two different titles, topics or texts must be at least so alike for their likeness to be named."""

ONE_WORD = 0.1
"""A single word that both use must carry this share to be told."""

_ROUNDED = 1e-9
"""Sums in another order are not to fall short by their last digits."""


@dataclass(frozen=True, slots=True)
class Left:
    """What the columns that two people share carry of their score, but for what goes to reasons that are told."""

    columns: Ints
    carried: Floats


class SharedWords:
    """Finds the words that two people of one event both use."""

    def __init__(self, quotes: Quotes, whose: int | None = None) -> None:
        """Look words up in `quotes`; with `whose` place it is asked what words add at most with that person alone."""
        self.quotes, self.vectors, self._whose = quotes, quotes.vectors, whose
        self._told = np.zeros(self.vectors.rows.shape[1], dtype=bool)
        """Where each column is marked that goes to a reason, for as long as that takes."""
        self._meaning = MEANING if self.vectors.has_meanings else 0.0

    @cached_property
    def _said(self) -> SharedColumns:
        """What two people both say."""
        return SharedColumns(self.vectors.centres)

    @cached_property
    def _bios(self) -> SharedColumns:
        """What both say in their biographies."""
        return SharedColumns(self.vectors.bio_rows)

    @cached_property
    def _telling(self) -> SharedColumns:
        """What both say that can make anything of the words they share."""
        return SharedColumns(self._rows)

    @cached_property
    def _most(self) -> Floats:
        """What each term can make of the words both use, at most.

        A phrase of two words that few use counts `PHRASE`; other phrases that may be named, and single words that few
        use, `WORD`; and the second of two `WORD`. What more people use is no reason (`phrases`, `_strength`).
        """
        pairs = self.vectors.language.is_pair
        users = self.vectors.users[: len(pairs)]
        named = users <= self.quotes.phrases.limit()
        most = np.where((users <= FEW) | (pairs & named), 2 * WORD, 0.0)
        return np.where(pairs & (users <= FEW), PHRASE + WORD, most)

    @cached_property
    def _nameable(self) -> NDArray[np.bool_]:
        """Which columns are terms that few enough use to be named."""
        kept = np.zeros(self.vectors.rows.shape[1], dtype=bool)
        users = self.vectors.users[: self.vectors.language.word_count]
        kept[: len(users)] = users <= self.quotes.phrases.limit()
        return kept

    @cached_property
    def _rows(self) -> sparse.csr_array:
        """The terms of everybody that can make anything of the words they share: shape (people, terms)."""
        vectors, whose = self.vectors, self._whose
        centres = vectors.centres if whose is None else vectors.said_with(whose)
        counts = np.zeros(centres.shape[1], dtype=bool)
        counts[: len(self._most)] = self._most > 0
        found = only_columns(centres, counts)
        shape = (centres.shape[0], max(len(self._most), 1))
        return sparse.csr_array((found.data, found.indices, found.indptr), shape=shape)

    @cached_property
    def _rare_rows(self) -> sparse.csr_array:
        """The same for phrases of two words that few use."""
        return sparse.csr_array(self._rows[:, np.flatnonzero(self._most > 2 * WORD)])

    def at_most(self, a: Ints, b: Ints) -> Floats:
        """Return for each pair the most that the words both use can add. O(sum of the lengths of the rows)."""
        low, high = np.minimum(a, b), np.maximum(a, b)
        found = np.full(len(a), self._meaning)
        if self._rows.nnz:
            one, other = (row_products(some, low, high) > 0 for some in (self._rows, self._rare_rows))
            found += np.where(other, PHRASE + WORD, np.where(one, 2 * WORD, 0.0))
        return found

    def may_be_told(self, a: Ints, b: Ints) -> NDArray[np.bool_]:
        """Return for each pair whether words may be told of them: one that few enough use, or what both mean."""
        if self.vectors.has_meanings:
            return np.ones(len(a), dtype=np.bool_)
        rows = only_columns(self.vectors.centres, self._nameable)
        return np.asarray(row_products(rows, a, b) > 0)

    def at_most_beside(self, a: int, b: int, texts: Iterable[int]) -> float:
        """Return the same of one pair, but for the words of these texts, of datasets that are told anyway."""
        columns, _ = self._telling.terms(a, b)
        if len(columns):
            rows = self.vectors.rows
            described = [rows.indices[rows.indptr[one] : rows.indptr[one + 1]] for one in texts]
            columns = columns[~self._marked(described, columns)]
        return self._most_named(columns, (a, b)) + self._meaning

    def at_most_of(self, left: Left, found: Iterable[Reason], who: tuple[int, int]) -> float:
        """Return the same of what is left when all other reasons are found."""
        here = (left.columns < len(self._most)) & (left.carried > 0)
        columns = left.columns[here]
        told = {word for reason in found for word in content_of(reason.what)}
        return self._most_named(columns[self._most[columns] > 0], who, told) + self._meaning

    def _most_named(self, columns: Ints, who: tuple[int, int], told: Collection[str] = ()) -> float:
        """Return the most that one of these terms can make, if it may be named; without words that are `told`."""
        order = columns[np.argsort(-self._most[columns], kind="stable")].tolist()
        seen = {*map(phrases.beginning, told)}
        return next((float(self._most[one]) for one in order if self._may_be_named(one, who, seen)), 0.0)

    def _may_be_named(self, column: int, who: tuple[int, int], seen: Set[str]) -> bool:
        """Whether one of two people says a term as it would be named, and no word of it begins as one `seen`."""
        term = self.vectors.language.terms[column]
        return seen.isdisjoint(map(phrases.beginning, term.split(" "))) and self._is_said(term, who)

    def _is_said(self, term: str, who: tuple[int, int]) -> bool:
        """Whether a word may be named alone, or one of two people says two words in a row as they may be named."""
        return self.quotes.one_says(who, term) if " " in term else self.quotes.phrases.names_alone(term)

    def left(
        self, found: list[Reason], texts: Mapping[int, int], who: tuple[int, int], bio: float, words: float
    ) -> Left:
        """Give each reason found what its words carry, and return the rest; `texts` are of datasets, by their reason.

        `bio` and `words` say what the likeness of both biographies, and of all both say, counts of the score.
        """
        columns, carried = self._said.terms(*who)
        carried *= words
        bio_columns, bio_carried = self._bios.terms(*who)
        carried[np.searchsorted(columns, bio_columns)] += bio * bio_carried  # what a bio says, a centre says
        for place, reason in enumerate(found):
            named = [self.quotes.phrases.columns_of(content_of(reason.what))]
            if place in texts:
                # Of a shared dataset the words of its description, too: both have them only because of it.
                rows, text = self.vectors.rows, texts[place]
                described = rows.indices[rows.indptr[text] : rows.indptr[text + 1]]
                named.append(described[described < self.vectors.language.size])
            inside = self._marked(named, columns)
            if inside.any():
                found[place] = reason.with_share(reason.share + float(carried[inside].sum()))
                carried[inside] = 0.0
        return Left(columns, carried)

    def _marked(self, some: Iterable[Ints], columns: Ints) -> Ints:
        """Return which of the columns are among some, in any order."""
        lists = [*some]
        for one in lists:
            self._told[one] = True
        inside = self._told[columns]
        for one in lists:
            self._told[one] = False
        return inside

    def tell(self, found: list[Reason], left: Left, a: int, b: int) -> None:
        """Add the rarest words both use, with what these words and the characters inside them carry."""
        columns, carried = left.columns, left.carried
        said = np.searchsorted(columns, self.vectors.language.size)
        self._tell_meaning(found, a, b, float(carried[said:].sum()))
        if float(carried[:said].sum()) < SMALLEST:
            return
        told = {word for reason in found for word in content_of(reason.what)}
        shared, seen = self.quotes.phrases.shared(columns, carried), {*map(phrases.beginning, told)}
        telling = [one for one in shared.telling if seen.isdisjoint(map(phrases.beginning, one.split(" ")))]
        if not self._could_carry_enough(telling, shared, left):
            return
        if not any(self._is_said(one, (a, b)) for one in telling):
            return
        named = self.quotes.in_common(a, b, shared, columns, carried, told)
        share = float(carried[self._marked([named.columns], columns)].sum())
        if named.phrases and share >= (SMALLEST if named.is_phrase else ONE_WORD):
            mine, theirs = (self.quotes.quotation(person, named) for person in (a, b))
            strength = _strength(named)
            found.append(Reason("words", named.what, share, mine, theirs, named.people, strength=strength))

    def _could_carry_enough(self, telling: Iterable[str], shared: SharedTerms, left: Left) -> bool:
        """Whether phrases made of telling terms could carry as much as what is told, before any text is read.

        Such a phrase is a telling word, or two in a row, perhaps with one before or behind that both say with them.
        """
        pairs = [one for one in telling if " " in one]
        ends = {word for one in pairs for word in one.split(" ")}
        beside = [one for one in shared.carries if " " in one and not ends.isdisjoint(one.split(" "))]
        inside = self._marked(map(self.quotes.phrases.columns_of_term, (*telling, *beside)), left.columns)
        return float(left.carried[inside].sum()) + _ROUNDED >= (SMALLEST if pairs else ONE_WORD)

    def _tell_meaning(self, found: list[Reason], a: int, b: int, share: float) -> None:
        """Add that both say much the same in other words, if the sentence model finds so and nothing else does."""
        if share >= SMALLEST:
            mine, theirs = self.quotes.nearest(a, b, LIKE)
            if mine and not any((one.mine, one.theirs) == (mine, theirs) for one in found):
                found.append(Reason("semantic", "", share, mine, theirs, strength=MEANING))


def _strength(named: NamedPhrases) -> float:
    """Return the strength of phrases both use: of two words or more that few use, or of single ones."""
    rare = named.people <= FEW
    first = PHRASE if named.is_telling and rare else WORD if rare or named.is_telling else 0.0
    return first + (WORD if len(named.phrases) > 1 and first else 0.0)
