"""Finding people's own words for a reason: what they said, as they spelt it."""

import re
from functools import cached_property
from itertools import pairwise

import numpy as np
from sklearn.feature_extraction.text import strip_accents_unicode

from matchmaker.matching.language import sentences
from matchmaker.matching.profile import DatasetLink, Profile, folded
from matchmaker.matching.rows import Floats, Ints, product_terms
from matchmaker.matching.vectors import Vectors

LONGEST_QUOTE = 160
"""Characters of somebody's words that are shown at most."""

PROMISING = 40
"""So many shared terms that carry most are looked at."""

TERMS = 3
"""So many shared words or pairs of words are named at most."""

USE_WORDS = {"uses": "uses it", "wants": "wants to use it", "stuck": "is stuck on it"}

ROLE_WORDS = {
    "collected": "collected it",
    "curated": "curated it",
    "checked": "checked it",
    "documented": "documented it",
    "cleared": "cleared it for release",
    "published": "published it",
    "maintained": "maintains it",
    "built": "built it",
    "analysed": "analysed it",
    "coordinated": "coordinated it",
    "backed": "backed it",
    "explained": "explained it",
    "other": "worked on it",
}

_WORD = re.compile(r"\w+")
_OPENS = re.compile(r"(^|[.!?\n])\W*\Z")
"""What stands before a word that is only capital because a sentence opens with it."""


class Quotes:
    """Looks up the words behind numbers, for one event."""

    def __init__(self, vectors: Vectors) -> None:
        """Look things up in these vectors."""
        self.vectors = vectors
        self._columns: dict[str, Ints] = {}
        self._said: dict[int, list[tuple[str, frozenset[str]]]] = {}
        self._columns_in: dict[str, Ints] = {}

    @cached_property
    def terms(self) -> list[str]:
        """The word columns by number."""
        words = self.vectors.language.words
        return [] if words is None else [str(term) for term in words.get_feature_names_out()]

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(self.terms)

    @cached_property
    def users(self) -> Ints:
        """How many people here use each term."""
        return np.bincount(self.vectors.centres.indices, minlength=self.vectors.language.size)

    def shared_dataset(self, a: int, b: int, dataset: int) -> tuple[str, str, str]:
        """Return the title of a dataset both have and how each stands to it."""
        mine, theirs = (
            " and ".join(dict.fromkeys(map(_standing, self._links(who, dataset)))) for who in (a, b)
        )
        return self.vectors.titles[dataset], mine, theirs

    def topic(self, who: int, topic: int) -> str:
        """Return the topic as this person spelt it."""
        label = self.vectors.texts[self.vectors.topic_texts[topic]]
        spelt = (" ".join(one.split()) for one in self.vectors.profiles[who].topics if folded(one) == label)
        return next(spelt, label)

    def need(self, who: int, dataset: int, text: int, *, asking: bool) -> str:
        """Return what this person asks for, or can give: their words, or how they stand to the dataset."""
        if dataset < 0:
            return shortened(self.vectors.texts[text])
        links = self._links(who, dataset)
        words = [USE_WORDS.get(x.use, "") if asking or not x.role else ROLE_WORDS[x.role] for x in links]
        return f"{self.vectors.titles[dataset]}: {' and '.join(dict.fromkeys(filter(None, words)))}"

    def common(self, left: int, right: int) -> str:
        """Return the words that make two texts alike, rarest first, "" if it is only their spelling."""
        terms, _, _ = self.shared_terms(*product_terms(self.vectors.rows, left, right), "")
        return self.spelt(terms, self.vectors.texts[left])

    def shared_terms(self, columns: Ints, carried: Floats, told: str) -> tuple[list[str], float, int]:
        """Choose the terms that carry most, outside words already `told`.

        `carried` says what each of `columns` carries. Returns the terms, what they and the
        characters inside them carry together, and how many people here use the first of them.
        """
        words = np.flatnonzero((columns < self.vectors.language.word_count) & (carried > 0))
        words = words[np.argsort(-carried[words], kind="stable")[:PROMISING]]
        values = self._with_parts(columns[words], carried[words])
        seen = set(_plain(told))
        chosen: list[int] = []
        for column in columns[words][np.argsort(-values, kind="stable")].tolist():
            tokens = self.terms[column].split()
            if not seen.intersection(tokens):
                seen.update(tokens)
                chosen.append(column)
            if len(chosen) == TERMS:
                break
        if not chosen:
            return [], 0.0, 0
        terms = [self.terms[column] for column in chosen]
        inside = np.unique(np.concatenate([self.columns_of(term) for term in terms]))
        share = float(carried[np.isin(columns, inside, assume_unique=True)].sum())
        return terms, share, int(self.users[chosen[0]])

    def _with_parts(self, columns: Ints, values: Floats) -> Floats:
        """Add to what two words in a row carry what each carries alone, so that "sea walls" beats "walls"."""
        carries = {self.terms[column]: value for column, value in zip(columns, values, strict=True)}
        words = [term.split() for term in carries]
        return np.asarray(
            [
                value + (sum(carries.get(one, 0.0) for one in parts) if len(parts) > 1 else 0.0)
                for value, parts in zip(carries.values(), words, strict=True)
            ]
        )

    def columns_of(self, term: str) -> Ints:
        """Return the columns that stand for a term (see `Language.columns_of`)."""
        if term not in self._columns:
            self._columns[term] = self.vectors.language.columns_of(term)
        return self._columns[term]

    def columns_in(self, text: str) -> Ints:
        """Return the columns that stand for the words of a short text, and for the characters inside them."""
        if text not in self._columns_in:
            words = _plain(text)
            pairs = [f"{one} {two}" for one, two in pairwise(words)]
            columns = [self.columns_of(term) for term in (*words, *pairs) if term in self._numbers]
            self._columns_in[text] = np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *columns]))
        return self._columns_in[text]

    def nearest(self, a: int, b: int, least: float) -> tuple[str, str]:
        """Return the two different texts of these people that are most alike, or "" if no cosine reaches `least`."""
        mine, theirs = (np.asarray(self._texts_of(who), dtype=np.intp) for who in (a, b))
        left, right = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
        alike = np.where(left == right, -1.0, self.vectors.cosines(left, right))
        if not len(alike) or alike.max() < least:
            return "", ""
        best = int(np.argmax(alike))
        return shortened(self.vectors.texts[left[best]]), shortened(self.vectors.texts[right[best]])

    def _texts_of(self, who: int) -> list[int]:
        vectors = self.vectors
        fields = [
            (vectors.bios, None),
            (vectors.asks.of, vectors.asks.texts),
            (vectors.gives.of, vectors.gives.texts),
            (vectors.topics, vectors.topic_texts),
            (vectors.datasets, vectors.dataset_texts),
        ]
        found: dict[int, None] = {}
        for lists, texts in fields:
            own = lists.items[lists.start[who] : lists.start[who + 1]]
            found.update(dict.fromkeys((own if texts is None else texts[own]).tolist()))
        return list(found)

    def sentence(self, who: int, terms: list[str]) -> str:
        """Return the sentence of this person that holds most of the terms, the first of equals."""
        wanted = [set(term.split()) for term in terms]
        best, most = "", 0
        if who not in self._said:
            self._said[who] = [(one, frozenset(_plain(one))) for one in _said(self.vectors.profiles[who])]
        for said, tokens in self._said[who]:
            held = sum(term <= tokens for term in wanted)
            if held > most:
                best, most = said, held
        return shortened(best)

    def spelt(self, terms: list[str], text: str) -> str:
        """Return the terms, separated by commas, with each word as `text` spells it where it holds it.

        A capital counts inside a sentence, not where one begins, nor in a title that has them everywhere.
        """
        spelling: dict[str, str] = {}
        words = list(_WORD.finditer(text))
        titled = sum(word.group()[0].isupper() for word in words) * 2 > len(words)
        for found in words:
            word = found.group()
            lowered = (titled or _OPENS.search(text, 0, found.start())) and word[1:] == word[1:].lower()
            for plain in _plain(word):
                spelling.setdefault(plain, word.lower() if lowered else word)
        return ", ".join(" ".join(spelling.get(word, word) for word in term.split()) for term in terms)

    def _links(self, who: int, dataset: int) -> list[DatasetLink]:
        place = self.vectors.dataset_ids[dataset]
        return [link for link in self.vectors.profiles[who].datasets if link.id == place]


def shortened(text: str) -> str:
    """Return `text` on one line, cut at a word's end where it is longer than a quote may be."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    cut = line[: LONGEST_QUOTE - 1]
    return (cut.rsplit(" ", 1)[0] or cut) + "…"


def _standing(link: DatasetLink) -> str:
    said = filter(None, (ROLE_WORDS.get(link.role, ""), USE_WORDS.get(link.use, "")))
    return " and ".join(said) or "works with it"


def _said(person: Profile) -> list[str]:
    datasets = [
        part for link in person.datasets for part in (link.title, *sentences(link.description), *link.tags)
    ]
    return [
        *sentences(person.bio),
        *sentences(person.needs),
        *sentences(person.offers),
        *person.topics,
        *datasets,
    ]


def _plain(text: str) -> list[str]:
    """Return the words of `text` as the word columns spell them."""
    return _WORD.findall(str(strip_accents_unicode(text.lower())))
