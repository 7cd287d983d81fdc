"""One event's profiles as arrays: what every score, reason and choice is computed from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.language import Language, readable, sentences
from matchmaker.matching.profile import DatasetLink, Profile, folded
from matchmaker.matching.rows import SMALL_TABLE, Floats, Ints, Lists, row_products, unit_rows

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

Meaning = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into unit rows whose dot products say how near their meanings are (see `meaning`)."""

MEANING_SHARE = 0.5
"""Where meanings are known, so much of a text's row is its meaning, the rest its words and characters."""

FELLOW_USER = 0.25
"""The same for somebody who only uses it: they may know the way round."""

ASKED: dict[str, float] = {"stuck": 1.0, "wants": 0.6}
"""How much of a need it is to be stuck on a dataset, or to want it, 0 to 1."""


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
        return middles(self.said, self.rows)

    @property
    def said(self) -> list[Lists]:
        """The texts of every person, field by field."""
        fields = [
            (self.datasets, self.dataset_texts),
            (self.topics, self.topic_texts),
            (self.asks.of, self.asks.texts),
            (self.gives.of, self.gives.texts),
        ]
        return [self.bios, *(Lists(lists.start, texts[lists.items]) for lists, texts in fields)]

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


def middles(said: Sequence[Lists], rows: sparse.csr_array) -> sparse.csr_array:
    """Return the middle of the texts of each person, each field counting the same, as unit rows."""
    total = sparse.csr_array((len(said[0].start) - 1, rows.shape[1]))
    for field in said:
        if len(field.items):
            total = total + unit_rows(field.incidence(rows.shape[0]) @ rows)
    return unit_rows(total)


def vectorise(
    profiles: Sequence[Profile], catalogue: Sequence[DatasetLink] = (), meaning: Meaning | None = None
) -> Vectors:
    """Read all profiles into arrays; rarity is learnt from the catalogue and the people together.

    With `meaning`, what texts mean counts as much as the words and characters they are written in. Raises
    ValueError when two profiles have the same id. O(total characters) time and memory.
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
        sorted({_place(labels, folded(topic)) for topic in person.topics if folded(topic)})
        for person in people
    )
    asks, gives = NeedsBuilder(texts), NeedsBuilder(texts)
    for person in people:
        numbered = [(number[link.id], link) for link in person.datasets]
        add_needs(asks, gives, person, numbered, dataset_texts)
    topic_texts = [_place(texts, label) for label in labels]
    bios = Lists.of([_place(texts, text)] if (text := readable(person.bio)) else [] for person in people)
    documents = [*(readable(link.text) for link in links.values()), *map(_own_words, people)]
    language = Language.learn([document for document in documents if document])
    acquaintances, circles = acquaintance_rows(people)
    return Vectors(
        profiles=people,
        language=language,
        texts=tuple(texts),
        rows=text_rows(language, list(texts), meaning),
        dataset_ids=tuple(links),
        titles=tuple(link.title or link.id for link in links.values()),
        dataset_texts=np.asarray(dataset_texts, dtype=np.intp),
        datasets=Lists.of(sorted({number[link.id] for link in person.datasets}) for person in people),
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
    terms = language.vectors(texts)
    if meaning is None:
        return unit_rows(terms)
    share = np.sqrt(MEANING_SHARE)
    both = [terms * np.sqrt(1 - MEANING_SHARE), sparse.csr_array(meaning(texts).astype(np.float64) * share)]
    return unit_rows(sparse.csr_array(sparse.hstack(both, format="csr")))


class NeedsBuilder:
    """Collects what people ask for, or give, one person after the other."""

    def __init__(self, texts: dict[str, int]) -> None:
        """Number the texts with the help of this table, which grows."""
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


def add_needs(
    asks: NeedsBuilder,
    gives: NeedsBuilder,
    person: Profile,
    numbered: Sequence[tuple[int, DatasetLink]],
    texts: Sequence[int],
) -> None:
    """Add what one person asks for and can give; `texts` holds the text of each numbered dataset."""
    asks.add(person.needs, [(one, texts[one], ASKED.get(link.use, 0.0)) for one, link in numbered])
    gives.add(person.offers, [(one, texts[one], made_weight(link)) for one, link in numbered])


def made_weight(link: DatasetLink) -> float:
    """Return how well somebody who stands so to a dataset can answer questions about it, 0 to 1."""
    return max(MADE.get(link.role, 0.0), FELLOW_USER if link.use == "uses" else 0.0)


def _place(table: dict[str, int], key: str) -> int:
    return table.setdefault(key, len(table))


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


def acquaintance_rows(people: tuple[Profile, ...]) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """Weigh each circle by 1 / √log₂(1 + people in it), so that products are Adamic-Adar sums; and say what it is.

    A circle is everybody who knows, or was thanked by, one person, or who worked on one series.
    """
    known: dict[tuple[str, str], int] = {}
    lists = Lists.of(
        [known.setdefault(one, len(known)) for one in sorted(_circles(person))] for person in people
    )
    members = np.bincount(lists.items, minlength=len(known))
    weights = 1 / np.sqrt(np.log2(1 + members[lists.items]))
    return lists.incidence(max(len(known), 1), weights), tuple(series for _, series in known)


def _circles(person: Profile) -> set[tuple[str, str]]:
    return {(one, "") for one in person.knows | person.endorsers} | {
        ("", one) for one in person.series if one
    }
