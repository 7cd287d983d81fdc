"""One event's profiles as arrays: what every score, reason and choice is computed from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.language import Language, readable, sentences
from matchmaker.matching.profile import DatasetLink, Profile

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

MADE: dict[str, float] = {
    "maintained": 1.0,
    "curated": 0.9,
    "built": 0.9,
    "collected": 0.9,
    "documented": 0.9,
    "checked": 0.8,
    "published": 0.8,
    "analysed": 0.8,
    "explained": 0.8,
    "coordinated": 0.7,
    "cleared": 0.6,
    "backed": 0.5,
    "other": 0.6,
}
"""How well somebody in each role can answer a question about the dataset, 0 to 1."""

FELLOW_USER = 0.25
"""The same for somebody who only uses it: they may know the way round."""

ASKED: dict[str, float] = {"stuck": 1.0, "wants": 0.6}
"""How much of a need it is to be stuck on a dataset, or to want it, 0 to 1."""

SMALL_TABLE = 4000
"""Up to so many texts, all cosines among them are held at once (128 MB)."""


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of whole numbers for each person, end to end: person p has `items[start[p]:start[p + 1]]`."""

    start: Ints
    items: Ints

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "Lists":
        """Lay the lists end to end."""
        rows = list(lists)
        start = np.cumsum([0, *map(len, rows)], dtype=np.intp)
        return cls(start, np.asarray([item for row in rows for item in row], dtype=np.intp))

    @property
    def counts(self) -> Ints:
        """How many items each person has."""
        return np.diff(self.start)

    def incidence(self, columns: int, values: Floats | None = None) -> sparse.csr_array:
        """Return a matrix of shape (persons, columns) with `values` per item, or 1, where a person has it."""
        data = np.ones(len(self.items)) if values is None else values
        table = sparse.csr_array((data, self.items, self.start), shape=(len(self.start) - 1, columns))
        table.sum_duplicates()
        return table


@dataclass(frozen=True, slots=True)
class Needs:
    """What people ask for, or what they can give; each thing has a text, a weight and perhaps a dataset."""

    of: Lists
    """Which things are each person's."""
    texts: Ints
    weights: Floats
    """How strongly it is asked for, or how well it can be given, 0 to 1."""
    datasets: Ints
    """The dataset it is about, -1 if it is only a text."""


@dataclass(frozen=True)
class Vectors:
    """Profiles, the texts in them as unit rows, and who has which. Build it with `vectorise`."""

    profiles: tuple[Profile, ...]
    language: Language
    texts: tuple[str, ...]
    rows: sparse.csr_array
    """Shape (texts, terms): the dot product of two rows is their cosine."""
    dataset_ids: tuple[str, ...]
    titles: tuple[str, ...]
    dataset_texts: Ints
    datasets: Lists
    topics: Lists
    topic_texts: Ints
    bios: Lists
    """The text of each person's bio: a list of one, or empty."""
    asks: Needs
    gives: Needs
    acquaintances: sparse.csr_array
    """Shape (persons, anybody known): each person's acquaintances, weighted so that hubs count less."""

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each id stands in `profiles`."""
        return {profile.id: place for place, profile in enumerate(self.profiles)}

    @cached_property
    def dataset_people(self) -> Ints:
        """How many people here have each dataset."""
        return np.bincount(self.datasets.items, minlength=len(self.titles))

    @cached_property
    def topic_people(self) -> Ints:
        """How many people here have each topic."""
        return np.bincount(self.topics.items, minlength=len(self.topic_texts))

    @cached_property
    def centres(self) -> sparse.csr_array:
        """Shape (persons, terms): the middle of everything a person says, each field counting the same."""
        fields = [
            (self.datasets, self.dataset_texts),
            (self.topics, self.topic_texts),
            (self.bios, np.arange(len(self.texts))),
            (self.asks.of, self.asks.texts),
            (self.gives.of, self.gives.texts),
        ]
        total = sparse.csr_array((len(self.profiles), self.rows.shape[1]))
        for lists, texts in fields:
            if len(lists.items):
                spread = Lists(lists.start, texts[lists.items]).incidence(len(self.texts))
                total = total + unit_rows(spread @ self.rows)
        return unit_rows(total)

    @cached_property
    def bio_rows(self) -> sparse.csr_array:
        """Shape (persons, terms): each person's bio."""
        return unit_rows(self.bios.incidence(len(self.texts)) @ self.rows)

    @cached_property
    def _table(self) -> Floats:
        return np.asarray((self.rows @ self.rows.T).toarray())

    def cosines(self, left: Ints, right: Ints) -> Floats:
        """Return the cosines of texts `left[i]` and `right[i]`, in [0, 1], the same either way round."""
        low, high = np.minimum(left, right), np.maximum(left, right)
        if len(self.texts) <= SMALL_TABLE:
            return np.clip(self._table[low, high], 0.0, 1.0)
        codes, places = np.unique(low * len(self.texts) + high, return_inverse=True)
        found = row_products(self.rows, codes // len(self.texts), codes % len(self.texts))
        return np.clip(found, 0.0, 1.0)[places]


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Scale every row to length 1, or leave it at 0; any shape will do."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros(len(lengths)), where=lengths > 0)
    scaled = sparse.csr_array(sparse.diags_array(scale) @ matrix)
    scaled.sort_indices()
    return scaled


def row_products(rows: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """Return the dot products of `rows[left[i]]` and `rows[right[i]]`.

    O(sum of the lengths of the right rows), or one product of the whole where most pairs are asked for.
    """
    if rows.shape[0] <= SMALL_TABLE and len(left) * 8 > rows.shape[0] ** 2:
        return np.asarray((rows @ rows.T).toarray()[left, right])
    found = np.zeros(len(left))
    order = np.argsort(left, kind="stable")
    starts = np.flatnonzero(np.diff(left[order], prepend=-1))
    dense = np.zeros(rows.shape[1], dtype=rows.dtype)
    for start, end in pairwise([*starts, len(order)]):
        some = order[start:end]
        one = slice(rows.indptr[left[some[0]]], rows.indptr[left[some[0]] + 1])
        dense[rows.indices[one]] = rows.data[one]
        found[some] = rows[right[some]] @ dense
        dense[rows.indices[one]] = 0
    return found


def product_terms(rows: sparse.csr_array, one: int, other: int) -> tuple[Ints, Floats]:
    """Return the columns two rows share, in order, and what each adds to their dot product. O(length of the rows)."""
    mine, theirs = (slice(rows.indptr[row], rows.indptr[row + 1]) for row in (one, other))
    left, right = rows.indices[mine], rows.indices[theirs]
    if not len(left):
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    place = np.minimum(np.searchsorted(left, right), len(left) - 1)
    shared = left[place] == right
    return right[shared].astype(np.intp), rows.data[mine][place[shared]] * rows.data[theirs][shared]


def vectorise(profiles: Sequence[Profile], catalogue: Sequence[DatasetLink] = ()) -> Vectors:
    """Read all profiles into arrays; rarity is learnt from the catalogue and the people together.

    Raises ValueError when two profiles have the same id. O(total characters) time and memory.
    """
    people = tuple(profiles)
    if len({person.id for person in people}) < len(people):
        raise ValueError("two profiles have the same id")
    texts: dict[str, int] = {"": 0}
    links = _first_of_each([*catalogue, *(link for person in people for link in person.datasets)])
    number = {link_id: place for place, link_id in enumerate(links)}
    dataset_texts = [_place(texts, readable(link.text)) for link in links.values()]
    labels: dict[str, int] = {}
    topics = Lists.of(
        sorted({_place(labels, label_of(topic)) for topic in person.topics if label_of(topic)})
        for person in people
    )
    asks, gives = _NeedsBuilder(texts), _NeedsBuilder(texts)
    for person in people:
        numbered = [(number[link.id], link) for link in person.datasets]
        asks.add(
            person.needs, [(one, dataset_texts[one], ASKED.get(link.use, 0.0)) for one, link in numbered]
        )
        gives.add(person.offers, [(one, dataset_texts[one], _made(link)) for one, link in numbered])
    topic_texts = [_place(texts, label) for label in labels]
    bios = Lists.of([_place(texts, text)] if (text := readable(person.bio)) else [] for person in people)
    documents = [*(readable(link.text) for link in links.values()), *map(_own_words, people)]
    language = Language.learn([document for document in documents if document])
    return Vectors(
        profiles=people,
        language=language,
        texts=tuple(texts),
        rows=unit_rows(language.vectors(list(texts))),
        dataset_ids=tuple(links),
        titles=tuple(link.title or link.id for link in links.values()),
        dataset_texts=np.asarray(dataset_texts, dtype=np.intp),
        datasets=Lists.of(sorted({number[link.id] for link in person.datasets}) for person in people),
        topics=topics,
        topic_texts=np.asarray(topic_texts, dtype=np.intp),
        bios=bios,
        asks=asks.built(),
        gives=gives.built(),
        acquaintances=_acquaintances(people),
    )


class _NeedsBuilder:
    """Collects what people ask for, or give, one person after the other."""

    def __init__(self, texts: dict[str, int]) -> None:
        self.texts = texts
        self.things: list[tuple[int, float, int]] = []
        self.of: list[range] = []

    def add(self, text: str, datasets: Iterable[tuple[int, int, float]]) -> None:
        """Add one person's: their words, whole and sentence by sentence, and their datasets of weight > 0."""
        said = dict.fromkeys([*sentences(text), *filter(None, [readable(text)])])
        found = [(_place(self.texts, part), 1.0, -1) for part in said]
        strongest: dict[int, tuple[int, float, int]] = {}
        for dataset, place, weight in datasets:
            if weight > 0 and (dataset not in strongest or strongest[dataset][1] < weight):
                strongest[dataset] = (place, weight, dataset)
        self.of.append(range(len(self.things), len(self.things) + len(found) + len(strongest)))
        self.things += [*found, *strongest.values()]

    def built(self) -> Needs:
        """Return everything collected, as arrays."""
        texts, weights, datasets = zip(*self.things, strict=True) if self.things else ((), (), ())
        return Needs(
            Lists.of(self.of),
            np.asarray(texts, dtype=np.intp),
            np.asarray(weights, dtype=np.float64),
            np.asarray(datasets, dtype=np.intp),
        )


def _made(link: DatasetLink) -> float:
    return max(MADE.get(link.role, 0.0), FELLOW_USER if link.use == "uses" else 0.0)


def _place(table: dict[str, int], key: str) -> int:
    return table.setdefault(key, len(table))


def label_of(topic: str) -> str:
    """Return what is the same for every spelling of one topic."""
    return " ".join(topic.split()).casefold()


def _own_words(person: Profile) -> str:
    return readable(
        "\n".join(filter(None, (person.bio, "\n".join(person.topics), person.offers, person.needs)))
    )


def _first_of_each(links: Iterable[DatasetLink]) -> dict[str, DatasetLink]:
    """Keep one link a dataset: the one that says most, the first of equals."""
    found: dict[str, DatasetLink] = {}
    for link in links:
        if link.id not in found or len(link.text) > len(found[link.id].text):
            found[link.id] = link
    return found


def _acquaintances(people: tuple[Profile, ...]) -> sparse.csr_array:
    """Weigh each acquaintance by 1 / √log₂(1 + people who know them): products are Adamic-Adar sums."""
    known: dict[str, int] = {}
    lists = Lists.of([_place(known, one) for one in sorted(person.knows)] for person in people)
    knowers = np.bincount(lists.items, minlength=len(known))
    return lists.incidence(max(len(known), 1), 1 / np.sqrt(np.log2(1 + knowers[lists.items])))
