"""Finding people's own words for a reason: what they said, as they spelt it."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property

import numpy as np

from matchmaker.matching.language import readable, sentences
from matchmaker.matching.needs import ASKED
from matchmaker.matching.organisations import home
from matchmaker.matching.phrases import MOST_WORDS, NamedPhrases, Passage, Phrases, SharedTerms
from matchmaker.matching.profile import DatasetLink, folded
from matchmaker.matching.row_products import Floats, Ints, product_terms
from matchmaker.matching.standings import ROLE_WORDS, SAID_WORDS, USE_WORDS
from matchmaker.matching.vectors import Vectors

MOST_SENTENCES = 200
"""So many sentences of a text are looked at for the one to quote."""

MOST_PLACES = 3
"""So many passages of a person that hold a word are looked at."""

LONGEST_QUOTE = 160
"""Characters of somebody's words that are shown at most."""


class Quotes:
    """Looks up the words behind numbers, for one event."""

    def __init__(self, vectors: Vectors) -> None:
        """Look things up in these vectors."""
        self.vectors = vectors
        self.phrases = Phrases(vectors)
        self._links: dict[int, dict[str, list[DatasetLink]]] = {}
        self._passages: dict[int, list[Passage]] = {}
        self._small: dict[int, list[str]] = {}
        """Each person's passages in small letters; "" for one with signs such as ™, which may be letters or not."""
        self._sentences: dict[str, list[str]] = {}
        self._described: dict[str, list[str]] = {}
        self._holding: dict[int, dict[str, list[int]]] = {}
        self._common: dict[tuple[int, int, str, bool], NamedPhrases] = {}
        self._prose: dict[int, str] = {}
        self._spoken: dict[tuple[int, str], float] = {}

    def prose(self, who: int) -> str:
        """Return what somebody says of themselves: biography, topics, offers and needs."""
        if who not in self._prose:
            one = self.vectors.profiles[who]
            self._prose[who] = "\n".join(filter(None, (one.bio, one.offers, one.needs, *one.topics)))
        return self._prose[who]

    def spoken(self, who: int, text: str) -> float:
        """Return how many telling words of a text stand in what somebody says of themselves; each is read once."""
        if (who, text) not in self._spoken:
            covering = self.vectors.covering
            both = covering.stems_of(text) & covering.stems_of(self.prose(who))
            self._spoken[who, text] = float(sum(covering.telling[one] for one in both))
        return self._spoken[who, text]

    def are_colleagues(self, a: int, b: int) -> bool:
        """Whether two are of one organisation, of which no more than half of the event are."""
        mine = self._homes[a]
        return bool(mine) and mine == self._homes[b] and self._people_of[mine] * 2 <= len(self._homes)

    @cached_property
    def _homes(self) -> list[str]:
        return [home(one) for one in self.vectors.profiles.each("organisation")]

    @cached_property
    def _people_of(self) -> Counter[str]:
        return Counter(self._homes)

    def shared_dataset(self, a: int, b: int, dataset: int) -> tuple[str, str, str]:
        """Return the title of a dataset both have and how each stands to it."""
        mine, theirs = (
            " and ".join(dict.fromkeys(map(_standing, self.links(who, dataset)))) for who in (a, b)
        )
        return self.vectors.titles[dataset], mine, theirs

    def stands(self, who: int, dataset: int) -> str:
        """Return the title of a dataset and how this person stands to it."""
        standing = " and ".join(dict.fromkeys(map(_standing, self.links(who, dataset))))
        return f"{self.vectors.titles[dataset]}: {standing}"

    def topic(self, who: int, topic: int) -> str:
        """Return the topic as this person spelt it."""
        label = self.vectors.texts[self.vectors.topic_texts[topic]]
        spelt = (" ".join(one.split()) for one in self.vectors.profiles[who].topics if folded(one) == label)
        return next(spelt, label)

    def need(self, who: int, dataset: int, text: int, other: int, *, asking: bool) -> str:
        """Return what this person asks for, or can give: their words, or how they stand to the dataset.

        Of many words those are shown that the `other` text is about, too.
        """
        if dataset < 0:
            return self._part(self.vectors.texts[text], self.vectors.texts[other])
        words = [_asks(link) if asking else _gives(link) for link in self.links(who, dataset)]
        return f"{self.vectors.titles[dataset]}: {' and '.join(dict.fromkeys(filter(None, words)))}"

    def _part(self, text: str, other: str) -> str:
        """Return a text as a quotation; of a long one the sentence, and of that the stretch, with most in common."""
        if len(" ".join(text.split())) <= LONGEST_QUOTE:
            return shortened(text)
        stems_of, telling = self.vectors.covering.stems_of, self.vectors.covering.telling
        common = stems_of(other)

        def value(part: str) -> float:
            return float(sum(telling[one] for one in stems_of(part) & common))

        if text not in self._sentences:
            self._sentences[text] = sentences(text)[:MOST_SENTENCES] or [text]
        best = max(self._sentences[text], key=value)
        if len(best) > LONGEST_QUOTE:
            words = best.split()
            starts = range(0, len(words), 4)
            start = max(starts, key=lambda place: value(" ".join(words[place : place + 24])))
            best = ("… " if start else "") + " ".join(words[start:])
        return shortened(best)

    def common(
        self, left: int, right: int, about: DatasetLink | None = None, *, asked: bool = False
    ) -> NamedPhrases:
        """Return the phrases that make two texts alike, as the left one spells them, which may be about a dataset."""
        key = (left, right, about.id if about else "", asked)
        if key not in self._common:
            text = self.vectors.texts[left]
            passages = self._of_dataset(about, "") if about else [Passage(text, "")]
            terms = product_terms(self.vectors.rows, left, right)
            self._common[key] = self.phrases.named(
                passages, self.phrases.shared(*terms, asked=asked), asked=asked
            )
        return self._common[key]

    def in_common(
        self, a: int, b: int, shared: SharedTerms, columns: Ints, carried: Floats, told: Collection[str]
    ) -> NamedPhrases:
        """Return the phrases both people use that carry most, as the first spells them, without words `told`.

        They are made of the terms that are `shared`, by what each of `columns` carries.
        """
        terms = self.vectors.language.terms
        said = carried[: np.searchsorted(columns, len(terms))]
        most = columns[np.argsort(-said, kind="stable")[:MOST_WORDS]]
        words = [terms[column] for column in most.tolist()]
        for who in (a, b):
            found = self.phrases.named(self._about(who, words), shared, told)
            if found.phrases:
                return found
        return NamedPhrases()

    def _about(self, who: int, words: Collection[str]) -> list[Passage]:
        """Return the passages of a person that hold one of these words, in order."""
        said, places = self.passages(who), self.holding(who)
        held = {place for word in words for place in places.get(word, ())[:MOST_PLACES]}
        return [said[place] for place in sorted(held)]

    def one_says(self, people: Collection[int], pair: str) -> bool:
        """Whether one of these people says two words in a row, asked first of those who are cut up already."""
        return any(
            self.in_a_row(one, pair) for one in sorted(people, key=lambda one: one not in self._passages)
        )

    def in_a_row(self, who: int, pair: str) -> bool:
        """Whether somebody says two words in a row, such as "sea wall", as they would be named together, or may."""
        passages = self.passages(who)
        first, _, second = pair.partition(" ")
        return any(
            pair in self.phrases.together(passages[place].text)
            for place, small in enumerate(self._small[who])
            if not small or (first in small and second in small)
        )

    def link(self, who: int, dataset: int) -> DatasetLink | None:
        """Return the dataset as this person has it; None if it is none, or they do not."""
        return next(iter(self.links(who, dataset)), None) if dataset >= 0 else None

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

    def quotation(self, who: int, named: NamedPhrases) -> str:
        """Return what this person says of most of the phrases, the first of equals: their words, or a dataset."""
        best, most = "", 0
        said, holding = self.passages(who), self.holding(who)
        places = {place for phrase in named.tokens for word in phrase for place in holding.get(word, ())}
        for passage in (said[place] for place in sorted(places)):
            words = self.phrases.content(passage.text)
            held = sum(phrase <= words for phrase in named.tokens)
            if held > most:
                best, most = passage.quote, held
        return best

    def holding(self, who: int) -> dict[str, list[int]]:
        """Return which of a person's passages hold each word, in order."""
        if who not in self._holding:
            places = self._holding[who] = dict[str, list[int]]()
            for place, one in enumerate(self.passages(who)):
                for word in self.phrases.content(one.text):
                    places.setdefault(word, []).append(place)
        return self._holding[who]

    def passages(self, who: int) -> list[Passage]:
        """Return every sentence, topic and dataset of a person; their own words first."""
        if who not in self._passages:
            person = self.vectors.profiles[who]
            own = (one for field in (person.bio, person.needs, person.offers) for one in sentences(field))
            found = [Passage(one, shortened(one)) for one in own]
            found += [Passage(one, shortened(one), prose=False) for one in person.topics if readable(one)]
            for link in person.datasets:
                found += self._of_dataset(link, f"{link.title}: {_standing(link)}")
            self._passages[who] = found
            self._small[who] = [one.text.lower() if one.text.isascii() else "" for one in found]
        return self._passages[who]

    def _of_dataset(self, link: DatasetLink, quote: str) -> list[Passage]:
        """Cut a dataset into passages, all of which are shown as its title and how somebody stands to it."""
        parts = [Passage(one, quote, prose=False) for one in (link.title, *link.tags)]
        if link.description not in self._described:
            self._described[link.description] = sentences(link.description)
        return parts + [Passage(one, quote) for one in self._described[link.description]]

    def links(self, who: int, dataset: int) -> list[DatasetLink]:
        """Return every way in which a person has to do with a dataset."""
        if who not in self._links:
            mine = self._links[who] = dict[str, list[DatasetLink]]()
            for link in self.vectors.profiles[who].datasets:
                mine.setdefault(link.id, []).append(link)
        return self._links[who].get(self.vectors.dataset_ids[dataset], [])


def shortened(text: str) -> str:
    """Return `text` on one line, cut at a word's end where it is longer than a quote may be."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    cut = line[: LONGEST_QUOTE - 1]
    return (cut.rsplit(" ", 1)[0] or cut) + "…"


def _asks(link: DatasetLink) -> str:
    return (
        USE_WORDS.get(link.use, "")
        if link.use in ASKED
        else SAID_WORDS[link.said]
        if link.said in ASKED
        else ""
    )


def _gives(link: DatasetLink) -> str:
    if link.role:
        return ROLE_WORDS[link.role]
    return (
        USE_WORDS[link.use]
        if link.use == "uses"
        else SAID_WORDS[link.said]
        if link.said in ("offers", "bio")
        else ""
    )


def _standing(link: DatasetLink) -> str:
    said = filter(
        None, (ROLE_WORDS.get(link.role, ""), USE_WORDS.get(link.use, ""), SAID_WORDS.get(link.said, ""))
    )
    return " and ".join(said) or "works with it"
