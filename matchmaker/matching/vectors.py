"""One event's profiles as arrays: what every score, reason and choice is computed from."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.alike_rows import AlikeRows
from matchmaker.matching.circles import acquaintance_rows
from matchmaker.matching.content import Content
from matchmaker.matching.coverage import Coverage
from matchmaker.matching.dataset_names import Names
from matchmaker.matching.documents import documents_of, first_of_each
from matchmaker.matching.language import FIRST_WORD, Language, readable
from matchmaker.matching.mentions import names_known, with_mentions
from matchmaker.matching.needs import Needs, NeedsBuilder, add_needs
from matchmaker.matching.people import People
from matchmaker.matching.profile import DatasetLink, Profile, folded
from matchmaker.matching.refrains import Clauses
from matchmaker.matching.row_products import (
    SMALL_TABLE,
    ByColumn,
    Floats,
    IdLists,
    Ints,
    distinct,
    near_products,
    only_columns,
    row_products,
    unit_rows,
)
from matchmaker.matching.words import WORD

Meaning = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into unit rows whose dot products say how near their meanings are (see `meaning`)."""

Learning = Callable[[Sequence[str], Sequence[str]], tuple[Language, sparse.csr_array]]
"""Learns a language from documents and returns it with the rows of some texts, as `Language.learn` does."""

OWN_WORDS = ("bio", "needs", "offers")
"""The fields of a profile that hold whole sentences."""

CHANCE = 0.15
"""A need and an offer that are no more alike than this are so by chance."""

A_TENTH = 10
"""Of one part in so many of all texts, or more, it is quicker to compare one with all than with these."""

MOST_BESIDE = 100
"""So many texts at most are compared with all at once."""

MOST_HELD = 4
"""So many tables of such comparisons are held: a person is compared with those before them, and then those after."""

MEANING_SHARE = 0.35
"""Where meanings are known, so much of a text's row is its meaning, the rest its words and characters.

Cosines of meanings vary more than those of terms, so that both have about the same say.
"""


@dataclass(frozen=True)
class Vectors:
    """Profiles, the texts in them as unit rows, and who has which. Build it with `vectorise`."""

    profiles: People
    names: Names
    """What the datasets of the catalogue are called."""
    language: Language
    texts: tuple[str, ...]
    rows: sparse.csr_array
    """Shape (texts, terms): the dot product of two rows is their cosine."""
    dataset_ids: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    """What each dataset is called: title, other names and tags."""
    dataset_texts: Ints
    datasets: IdLists
    topics: IdLists
    topic_texts: Ints
    bios: IdLists
    """The text of each person's bio: a list of one, or empty."""
    asks: Needs
    gives: Needs
    acquaintances: sparse.csr_array
    """Shape (persons, people known and series): each person's circles, weighted so that large ones count less."""
    circles: tuple[str, ...]
    """What each column of `acquaintances` is: the title of a series, or "" for a person."""

    @property
    def has_meanings(self) -> bool:
        """Whether rows hold meanings, to the right of the terms."""
        return bool(self.rows.shape[1] > self.language.size)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each id stands in `profiles`."""
        return {one: place for place, one in enumerate(self.profiles.each("id"))}

    @cached_property
    def dataset_people(self) -> Ints:
        """How many people here have each dataset."""
        return np.bincount(self.datasets.items, minlength=len(self.titles))

    @cached_property
    def topic_people(self) -> Ints:
        """How many people here have each topic."""
        return np.bincount(self.topics.items, minlength=len(self.topic_texts))

    @cached_property
    def users(self) -> Ints:
        """How many people here use each term."""
        return np.bincount(self.centres.indices, minlength=self.language.size)

    @cached_property
    def spellings(self) -> Counter[str]:
        """How often each word is written so, capitals told apart, elsewhere than where a sentence or topic begins.

        O(total characters).
        """
        labels = set(self.topic_texts.tolist())  # which are in small letters, whatever people wrote
        texts = (text for number, text in enumerate(self.texts) if number not in labels)
        topics = chain.from_iterable(self.profiles.each("topics"))
        found: Counter[str] = Counter()
        for text in chain(texts, topics):
            found.update(WORD.findall(text))
            found.subtract(word for word in FIRST_WORD.findall(text) if word != word.lower())
        return found

    @cached_property
    def cut_up(self) -> tuple[dict[str, Content], dict[str, frozenset[str]]]:
        """What `phrases` has cut up already: the words of texts, and which two in a row may be named together."""
        return {}, {}

    @cached_property
    def centres(self) -> sparse.csr_array:
        """Shape (persons, terms): the middle of everything a person says, each field counting the same."""
        return middles(self.said, self.rows)

    def terms_said(self, who: int) -> Ints:
        """Return the columns of all that one person says."""
        start, end = self.centres.indptr[[who, who + 1]]
        return np.asarray(self.centres.indices[start:end])

    @cached_property
    def words_said(self) -> sparse.csr_array:
        """Return `centres` without the characters inside words."""
        return only_columns(self.centres, np.arange(self.centres.shape[1]) < self.language.word_count)

    def said_with(self, who: int) -> sparse.csr_array:
        """Return `words_said` without the words that one person does not say; held for the person asked for last."""
        return self._held_with(who)[1]

    def alike(self, a: Ints, b: Ints) -> Floats:
        """Return the dot products of `centres`: of all at once where the person of `said_with` is in every pair."""
        who: int | None = vars(self).get("_with_one", (None,))[0]
        if who is None or not np.all((a == who) | (b == who)):
            return row_products(self.centres, a, b)
        return self._held_with(who)[2][np.where(a == who, b, a)]

    def _held_with(self, who: int) -> tuple[int, sparse.csr_array, Floats]:
        held: tuple[int, sparse.csr_array, Floats] | None = vars(self).get("_with_one")
        if held is None or held[0] != who:
            columns = np.zeros(self.centres.shape[1], dtype=bool)
            columns[self.terms_said(who)] = True
            everybody = np.arange(len(self.profiles))
            products = row_products(self.centres, np.full(len(everybody), who), everybody)
            held = vars(self)["_with_one"] = who, only_columns(self.words_said, columns), products
        return held

    @property
    def said(self) -> list[IdLists]:
        """The texts of every person, field by field."""
        fields = [
            (self.datasets, self.dataset_texts),
            (self.topics, self.topic_texts),
            (self.asks.of, self.asks.texts),
            (self.gives.of, self.gives.texts),
        ]
        return [self.bios, *(IdLists(lists.start, texts[lists.items]) for lists, texts in fields)]

    @cached_property
    def bio_rows(self) -> sparse.csr_array:
        """Shape (persons, terms): each person's bio."""
        return unit_rows(self.bios.incidence(len(self.texts)) @ self.rows)

    @cached_property
    def covering(self) -> Coverage:
        """How much of each text another names."""
        people, earlier = len(self.profiles), self.covering_before
        known = self.clauses.refrains()
        if earlier is not None and earlier.people == people:
            return earlier.with_texts(self.rows, known)
        return Coverage.of(self.language, self.rows, self.users, people, known)

    @cached_property
    def clauses(self) -> Clauses:
        """What people say word for word."""
        return Clauses.of(zip(*map(self.profiles.each, OWN_WORDS), strict=True))

    @cached_property
    def covering_before(self) -> Coverage | None:
        """What `covering` was of the first texts before a profile changed, if it is known."""
        return None

    @cached_property
    def ask_shares(self) -> Floats:
        """What part of all that somebody asks for in words each thing is, in [0, 1]; 1 for a dataset."""
        items, texts = self.asks.of.items, self.asks.datasets < 0
        mass = self.covering.mass[self.asks.texts]
        owner = np.repeat(np.arange(len(self.profiles)), self.asks.of.counts)
        whole = np.zeros(len(self.profiles))
        np.maximum.at(whole, owner, np.where(texts, mass, 0.0)[items])
        shares = np.ones(len(mass))
        shares[items] = np.divide(mass[items], whole[owner], out=np.zeros(len(items)), where=whole[owner] > 0)
        return np.where(texts, shares, 1.0)

    def compare_many(self) -> None:
        """Find once which needs and offers are alike, where many people are about to be compared with many.

        Meanings have a number in every column, so that to multiply all with all would take longer.
        """
        if len(self.texts) > SMALL_TABLE and not self.has_meanings and "_needs_alike" not in vars(self):
            asked, given = (needs.texts[needs.of.items] for needs in (self.asks, self.gives))
            vars(self)["_needs_alike"] = AlikeRows(self.rows, asked, given, CHANCE)

    def need_cosines(self, asked: Ints, given: Ints) -> Floats:
        """Return the cosines of texts that are asked for and given; what is alike by `CHANCE` may be 0."""
        alike: AlikeRows | None = vars(self).get("_needs_alike")
        return alike.cosines(asked, given) if alike else self.cosines(asked, given)

    @cached_property
    def _table(self) -> Floats:
        return np.asarray((self.rows @ self.rows.T).toarray())

    @cached_property
    def _meaning_rows(self) -> sparse.csr_array:
        return unit_rows(sparse.csr_array(self.rows[:, self.language.size :]))

    @cached_property
    def _meaning_table(self) -> Floats:
        return np.asarray((self._meaning_rows @ self._meaning_rows.T).toarray())

    @cached_property
    def by_column(self) -> ByColumn | None:
        """The rows by column, where few texts are compared with many; none where meanings fill every column."""
        return None if self.has_meanings else ByColumn(self.rows)

    @cached_property
    def _held_beside(self) -> dict[bytes, Floats]:
        return {}

    def beside(self, few: Ints, many: Ints) -> Floats | None:
        """Return the dot products of many different texts with each of few, if that is quicker for all texts.

        Shape (many, few). Only for vectors that are kept, which have `by_column` ready.
        """
        table: ByColumn | None = vars(self).get("by_column")
        if table is None or len(few) > MOST_BESIDE or len(many) * A_TENTH < len(self.texts):
            return None
        held, key = self._held_beside, few.tobytes()
        if key not in held:
            if len(held) >= MOST_HELD:
                held.clear()
            held[key] = table.products(self.rows, few)
        return held[key][many]

    @cached_property
    def text_number(self) -> dict[str, int]:
        """The number of each text."""
        return {text: number for number, text in enumerate(self.texts)}

    @cached_property
    def dataset_number(self) -> dict[str, int]:
        """The number of each dataset by its id."""
        return {one: number for number, one in enumerate(self.dataset_ids)}

    def cosines(self, left: Ints, right: Ints) -> Floats:
        """Return the cosines of texts `left[i]` and `right[i]`, in [0, 1], the same either way round."""
        return self._compared(left, right, "_table", "rows")

    def meaning_cosines(self, left: Ints, right: Ints) -> Floats:
        """Return likewise how near they mean, whatever words they are written in; only where meanings are known."""
        return self._compared(left, right, "_meaning_table", "_meaning_rows")

    def _compared(self, left: Ints, right: Ints, table: str, rows: str) -> Floats:
        many = table in vars(self) or len(left) > 20 * len(self.texts)
        if many and len(self.texts) <= SMALL_TABLE:  # one person's refresh asks for few
            low, high = np.minimum(left, right), np.maximum(left, right)
            return np.asarray(np.clip(getattr(self, table)[low, high], 0.0, 1.0))
        one = getattr(self, rows)
        found = self._looked_up(left, right) if rows == "rows" else None
        return np.clip(near_products(one, one, left, right) if found is None else found, 0.0, 1.0)

    def _looked_up(self, left: Ints, right: Ints) -> Floats | None:
        """Return the dot products of these texts from those of the few on one side with all, if that is quicker."""
        if len(left) * A_TENTH < len(self.texts):
            return None
        (ours, row), (theirs, column) = (distinct(some, len(self.texts)) for some in (left, right))
        if len(ours) < len(theirs):
            ours, row, theirs, column = theirs, column, ours, row
        table = self.beside(theirs, ours)
        return None if table is None else table[row, column]


def middles(said: Sequence[IdLists], rows: sparse.csr_array) -> sparse.csr_array:
    """Return the middle of the texts of each person, each field counting the same, as unit rows."""
    total = sparse.csr_array((len(said[0].start) - 1, rows.shape[1]))
    for field in said:
        if len(field.items):
            total = total + unit_rows(field.incidence(rows.shape[0]) @ rows)
    return unit_rows(total)


def vectorise(
    profiles: Sequence[Profile],
    catalogue: Sequence[DatasetLink] = (),
    meaning: Meaning | None = None,
    learn: Learning = Language.learn,
) -> Vectors:
    """Read all profiles into arrays, with the datasets that people name in their words.

    Rarity is learnt from the catalogue and the people together.

    With `meaning`, what texts mean counts as much as the words and characters they are written in. Raises
    ValueError when two profiles have the same id. O(total characters) time and memory.
    """
    if len({person.id for person in profiles}) < len(profiles):
        raise ValueError("two profiles have the same id")
    names, known = names_known(profiles, catalogue)
    people = with_mentions(profiles, names, known)
    texts: dict[str, int] = {"": 0}
    links = first_of_each([*catalogue, *(link for person in people for link in person.datasets)])
    number = {link_id: place for place, link_id in enumerate(links)}
    dataset_texts = [_place(texts, readable(link.text)) for link in links.values()]
    labels: dict[str, int] = {}
    topics = IdLists.of(
        sorted({_place(labels, folded(topic)) for topic in person.topics if folded(topic)})
        for person in people
    )
    asks, gives = NeedsBuilder(texts), NeedsBuilder(texts)
    for person in people:
        numbered = [(number[link.id], link) for link in person.datasets]
        add_needs(asks, gives, person, numbered, dataset_texts)
    topic_texts = [_place(texts, label) for label in labels]
    bios = IdLists.of([_place(texts, text)] if (text := readable(person.bio)) else [] for person in people)
    language, terms = learn(documents_of(links.values(), people), list(texts))
    everybody = People(people)
    acquaintances, circles = acquaintance_rows(everybody)
    return Vectors(
        profiles=everybody,
        names=names,
        language=language,
        texts=tuple(texts),
        rows=_with_meaning(terms, list(texts), meaning),
        dataset_ids=tuple(links),
        titles=tuple(link.title or link.id for link in links.values()),
        headings=tuple(link.heading for link in links.values()),
        dataset_texts=np.asarray(dataset_texts, dtype=np.intp),
        datasets=IdLists.of(sorted({number[link.id] for link in person.datasets}) for person in people),
        topics=topics,
        topic_texts=np.asarray(topic_texts, dtype=np.intp),
        bios=bios,
        asks=asks.built(),
        gives=gives.built(),
        acquaintances=acquaintances,
        circles=circles,
    )


def text_rows(language: Language, texts: Sequence[str], meaning: Meaning | None) -> sparse.csr_array:
    """Return one row a text: the terms and, to their right, the meaning if it is to count."""
    return _with_meaning(language.vectors(texts), texts, meaning)


def _with_meaning(terms: sparse.csr_array, texts: Sequence[str], meaning: Meaning | None) -> sparse.csr_array:
    if meaning is None:
        return unit_rows(terms)
    share = np.sqrt(MEANING_SHARE)
    both = [terms * np.sqrt(1 - MEANING_SHARE), sparse.csr_array(meaning(texts).astype(np.float64) * share)]
    return unit_rows(sparse.csr_array(sparse.hstack(both, format="csr")))


def _place(table: dict[str, int], key: str) -> int:
    return table.setdefault(key, len(table))
