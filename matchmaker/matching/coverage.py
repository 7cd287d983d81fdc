"""How much of what somebody asks for is named in what another can give.

The cosine of two texts sinks as either says more around the matter, and rises where both talk in the same phrases.
So this weighs each word of a need by how few people here use it, verbs and words of talk less, and asks what part of
that the offer names, whatever else it says: the idea behind BM25 (Robertson and Zaragoza 2009), brought to [0, 1].
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from scipy import sparse

from matchmaker.matching.fillers import is_filler, is_generic
from matchmaker.matching.language import Language
from matchmaker.matching.refrains import without
from matchmaker.matching.row_products import SMALL_TABLE, Floats, Ints, near_products, row_sums, with_row
from matchmaker.matching.stems import stem

FILLER = 0.3
"""A verb or a word of talk counts so much of another as rare: "plain English" is about something."""

GENERIC = 0.5
"""What much of an event is about ("data", "survey") counts so much of another word as rare."""

SMALL_EVENT = 50
"""Of fewer people than this, a word that several use is not common yet."""

LONG = 40
"""An offer of more words than this says less with each: who names everything knows nothing in particular."""

FLOOR = 0.1
"""A need of which no more than this is named is not met at all."""

MET = 0.5
"""From this on it is: people name only part of a matter, and may have asked for two."""

ALONE = 0.5
"""A word that one person alone says counts so much of another as rare: it may be the matter, or beside it."""

TELLING = 0.35
"""Of this rarity on, a word is as telling as can be: eight people of 120 use it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The texts of an event by what they are about. Build it with `of`."""

    asked: sparse.csr_array
    """Shape (texts, stems): what part of the text each stem is; a row sums to 1, or is 0."""
    given: sparse.csr_array
    """Shape (texts, stems): 1 for what a text names, less if it names very much."""
    mass: Floats
    """How much each text is about: 1 is one word that nobody else here uses."""
    rare: Floats
    """How much each stem counts, by how few people use it."""
    telling: Floats
    """How far each stem alone says what a matter is, in [0, 1]: 1 for one that few people here use."""
    counts: Floats
    """How far each stem says what something is about, however many people use it."""
    language: Language
    stems: sparse.csr_array
    """Shape (columns, stems): 1 where a column is a single word of the stem."""
    people: int
    """How many people were there."""
    refrains: frozenset[str]
    """What many here say word for word, which tells nothing (`refrains.py`)."""
    _stems_of: dict[str, frozenset[int]] = field(default_factory=dict)
    _rows_of: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    _alone: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        language: Language,
        rows: sparse.csr_array,
        users: Ints,
        people: int,
        known: frozenset[str] = frozenset(),
    ) -> "Coverage":
        """Read it off the rows of terms; `users` of `people` use each term. O(stored numbers)."""
        stems, counts = _stems(language)
        by_stem = np.asarray(users[: language.size] @ stems).ravel()
        everybody = max(people, SMALL_EVENT)
        rare = counts * (np.log(everybody / np.clip(by_stem, 1, everybody)) / np.log(everybody)) ** 2
        rarity = np.divide(rare, counts, out=np.zeros_like(rare), where=counts > 0)
        telling = counts * np.minimum(1.0, rarity / TELLING)
        asked, given, mass = _tables(rows, stems, rare)
        return cls(asked, given, mass, rare, telling, counts, language, stems, people, known)

    def with_texts(self, rows: sparse.csr_array, known: frozenset[str]) -> "Coverage":
        """Return what `of` would for these texts, of which the first are those of before, and as many people.

        What is rare is what it was, and what was read of a text is read, unless its refrains are others. O(numbers of
        the new texts), and copies.
        """
        asked, given, mass = _tables(rows[len(self.mass) :], self.stems, self.rare)
        same = known == self.refrains
        return replace(
            self,
            asked=with_row(self.asked, len(self.mass), asked),
            given=with_row(self.given, len(self.mass), given),
            mass=np.append(self.mass, mass),
            refrains=known,
            _stems_of=self._stems_of if same else {},
            _rows_of=self._rows_of if same else {},
            _alone=self._alone if same else {},
        )

    def shared(self, asked: str, given: str) -> tuple[float, float]:
        """Return how many telling words of `asked` the other text names, and what part of it they are, in [0, 1].

        The part is the smaller of that of rare words and that of words that say anything: "wall" is little of "eleven
        hundred surveys as one series, not a wall of codes", though the rarest word in it. A word that nobody else
        here says is rare, and is not named: "scans" is a third of "scans of typed ledgers" even if it alone is known.
        """
        left = [*self.stems_of(asked)]
        both = [*self.stems_of(asked).intersection(self.stems_of(given))]
        alone = self._said_alone(asked)
        parts = [
            float(each[both].sum()) / ((float(each[left].sum()) + alone) or 1.0)
            for each in (self.rare, self.counts)
        ]
        return float(self.telling[both].sum()), min(parts)

    def tells(self, text: str) -> float:
        """Return how many telling words a text has, but for its refrains."""
        return float(self.telling[[*self.stems_of(text)]].sum()) + self._said_alone(text)

    def _said_alone(self, text: str) -> float:
        """Return what the words of a text count that are no column, as one person alone says them."""
        if text not in self._alone:
            terms = self.language.terms_of(without(text, self.refrains))
            says = {stem(one): _says(one) for one in terms}
            self._alone[text] = ALONE * sum(says[one] for one in says.keys() - self.language.stems.keys())
        return self._alone[text]

    def stems_of(self, text: str) -> frozenset[int]:
        """Return the numbers of the stems in a text but for its refrains; each is read once."""
        if text not in self._stems_of:
            self._stems_of[text] = frozenset(self._numbers_of(text))
        return self._stems_of[text]

    def rows_of(self, text: str) -> frozenset[tuple[int, int]]:
        """Return every two different stems in a row in a text, or with one between; each text is read once.

        Small words are left out: "raw river water" is raw water.
        """
        if text not in self._rows_of:
            found = self._numbers_of(text)
            rows = [*pairwise(found), *zip(found, found[2:], strict=False)]
            self._rows_of[text] = frozenset((one, two) for one, two in rows if one != two)
        return self._rows_of[text]

    def _numbers_of(self, text: str) -> list[int]:
        numbers = self.language.stems
        terms = self.language.terms_of(without(text, self.refrains))
        return [numbers[one] for one in map(stem, terms) if one in numbers]

    def met(self, asked: Ints, given: Ints, share: Floats) -> Floats:
        """Return how well the text `given[i]` meets `asked[i]`, which is `share[i]` of a need, in [0, 1].

        One rare word in common is less than two, whatever part of the need it is.
        """
        found = np.zeros(len(asked))
        parts = np.minimum(self._parts(asked, given), 1.0)
        some = np.flatnonzero(parts > FLOOR)  # of many texts few name anything of each other
        part, mass = parts[some], self.mass[asked[some]]
        named = part * mass
        covered = np.round(part * share[some], 9)
        strong = np.minimum(1.0, 2 * named / (1 + named))
        found[some] = np.clip((covered - FLOOR) / (MET - FLOOR), 0.0, 1.0) * strong
        return found

    def _parts(self, left: Ints, right: Ints) -> Floats:
        if len(self.mass) <= SMALL_TABLE and len(left) * 8 > len(self.mass):
            asks, gives = np.unique(left, return_inverse=True), np.unique(right, return_inverse=True)
            return np.asarray((self.asked[asks[0]] @ self.given[gives[0]].T).toarray()[asks[1], gives[1]])
        return near_products(self.asked, self.given, left, right)


def _tables(
    rows: sparse.csr_array, stems: sparse.csr_array, rare: Floats
) -> tuple[sparse.csr_array, sparse.csr_array, Floats]:
    """Return what of each text its stems are, what it names, and how much it is about."""
    said = sparse.csr_array((rows if rows.shape[1] == stems.shape[0] else rows[:, : stems.shape[0]]) @ stems)
    said.sort_indices()  # so that products add up in the same order, whichever row is asked for more
    counts = np.diff(said.indptr)
    weights = rare[said.indices]
    mass = row_sums(weights, said.indptr)
    whole = np.divide(1.0, mass, out=np.zeros_like(mass), where=mass > 0)
    short = np.sqrt(np.minimum(1.0, LONG / np.maximum(counts, 1)))
    asked, given = (
        sparse.csr_array((values, said.indices, said.indptr), shape=said.shape)
        for values in (weights * np.repeat(whole, counts), np.repeat(short, counts))
    )
    return asked, given, mass


def _stems(language: Language) -> tuple[sparse.csr_array, Floats]:
    """Return a matrix of shape (columns, stems), 1 where a column is a single word of the stem, and what each counts.

    A stem counts 1 if it says what something is about, `GENERIC` if much is called so, `FILLER` if it is only talk;
    two words in a row are of no stem.
    """
    numbers = language.stems
    counts = np.zeros(max(len(numbers), 1))
    places: list[tuple[int, int]] = []
    for column, term in enumerate(language.terms):
        if " " not in term:
            place = numbers[stem(term)]
            counts[place] = max(counts[place], _says(term))
            places.append((column, place))
    columns, stems = zip(*places, strict=True) if places else ((), ())
    shape = (language.size, len(counts))
    return sparse.csr_array((np.ones(len(columns)), (columns, stems)), shape=shape), counts


def _says(word: str) -> float:
    """Return what a word counts by how far it says what something is about, however few use it."""
    return FILLER if is_filler(word) else GENERIC if is_generic(word) else 1.0
