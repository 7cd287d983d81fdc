"""Finding the datasets that a text names: whole titles, other names, initials, codes, and telling parts with a cue.

"I can't get the LIDAR composite to open" names a dataset as well as a list does. An everyday phrase that is also in a
title ("old woods") is no name, unless it is written like one or data is spoken of.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matchmaker.matching.data_talk import (
    handles_data,
    is_not_data,
    is_of_people,
    is_one_of_many,
)
from matchmaker.matching.initials import Stands, codes, initials, spelt_out
from matchmaker.matching.mention import Mention, told
from matchmaker.matching.name_runs import joined, runs, stretches
from matchmaker.matching.name_words import (
    FILLER,
    GENERIC,
    NAME_WORD,
    TELLING,
    NameWord,
    meant,
    name_words,
    read_word,
    weight,
)
from matchmaker.matching.profile import DatasetLink
from matchmaker.matching.said_names import Name, read, says_alone, says_part, says_whole
from matchmaker.matching.scattered_names import ENOUGH, SHORTEST_PREFIX, SURE, Scatter
from matchmaker.matching.thesaurus import NOT_DATASETS
from matchmaker.matching.title_openings import Openings
from matchmaker.matching.titles import pieces, short, without_place
from matchmaker.matching.typos import Spellings, rests

COMMON = 0.1
"""A word in more than this share of a large catalogue's names tells as little as a generic one."""

MANY_NAMES = 200
"""From so many different names on, a catalogue is large."""

LONGEST_NAME = 30
"""A title of more words is a sentence that nobody says."""

LONG_ENOUGH = 4
"""Initials of the beginning of a title have at least so many letters."""

MOST_NAMES = 8
"""If a part fits more names than this, it names none of them."""

MOST_READ = 50_000
"""What is named is remembered of so many texts: a job asks for it twice."""

_CAPITALS = re.compile(r"[a-z]?[A-Z][A-Za-z]*[A-Z]s?|[A-Z]{2,}s?")


@dataclass(frozen=True, slots=True)
class _Match:
    """A stretch of tokens that says a name or part of it."""

    name: int
    first: int
    last: int
    said: float
    stems: frozenset[str]
    whole: bool


class Names:
    """The names of a catalogue's datasets. `find` costs O(words of the text), whatever the catalogue's size."""

    def __init__(self, links: Iterable[DatasetLink]) -> None:
        """Read titles and other names: O(total characters)."""
        self.names: dict[frozenset[str], Name] = {}
        self.initials: dict[str, dict[str, None]] = defaultdict(dict)
        self.beginnings: dict[str, dict[str, None]] = defaultdict(dict)
        """Initials of how one title begins: a name only where data is spoken of, and if they are four or more."""
        self.codes: dict[str, dict[str, None]] = defaultdict(dict)
        self._openings = Openings()
        self._blocked: set[str] = set(NOT_DATASETS)
        self._bodies: set[frozenset[str]] = set()
        self._words: set[str] = set()
        self._stems: set[str] = set()
        families: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._any = False
        for link in links:
            self._any = True
            self._add(link, families)
        for letters, prefixes in families.items():
            for ids in prefixes.values():
                if letters not in self._blocked:
                    where = self.initials if len(ids) > 1 else self.beginnings
                    where[letters].update(dict.fromkeys(sorted(ids)))
        self._list = list(self.names.values())
        self._found: dict[str, Sequence[Mention]] = {}
        self._spellings = Spellings(self._words)
        self._weigh()

    def _add(self, link: DatasetLink, families: dict[str, dict[str, set[str]]]) -> None:
        numbers = {one for one in NAME_WORD.findall(link.title) if one.isdigit()}
        whole, spoken = (link.title, *link.names), short(link.title)
        parts = (spoken, *pieces(link.title), without_place(spoken))
        for name in dict.fromkeys((*whole, *parts)):
            words = [one for one in name_words(name) if not one.stem.isdigit()]
            self._openings.add(words, link.id)
            told = [one for one in words if not one.small]
            self._words |= {one.raw.lower() for one in told}
            self._stems.update(one.stem for one in told)
            stems = tuple(one.stem for one in told)
            piece = name not in whole
            if not stems or len(stems) > LONGEST_NAME or (piece and not _names_by_itself(name, stems)):
                continue
            known = self.names.setdefault(frozenset(stems), Name(tuple(dict.fromkeys(stems))))
            known.numbers |= numbers
            known.joined |= set(joined(words))
            if len(told) > 1 and told[0].raw.isupper():
                known.lead = told[0].stem
            ids = known.forms.setdefault(stems, [])
            if link.id not in ids:
                ids.append(link.id)
        self._add_short(link, families)

    def _add_short(self, link: DatasetLink, families: dict[str, dict[str, set[str]]]) -> None:
        """Read initials and codes."""
        for name in link.names:
            if _CAPITALS.fullmatch(name.strip()):
                self.initials[name.strip()][link.id] = None
        for code in codes(link.title):
            self.codes[code][link.id] = None
        for letters, stands in initials(link.title):
            if stands is Stands.FOR_OTHER:
                self._blocked.add(letters)
                self._bodies.add(frozenset(one.stem for one in name_words(spelt_out(link.title, letters))))
            elif stands is Stands.FOR_IT:
                self.initials[letters][link.id] = None
            else:
                families[letters][link.title[: link.title.find(" ")]].add(link.id)

    def _weigh(self) -> None:
        """Count how telling each stem is, and which names hold it."""
        holders: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._list):
            for one in name.stems:
                holders[one].append(place)
        most = COMMON * len(self._list) if len(self._list) >= MANY_NAMES else len(self._list)
        self._weights = {
            one: min(weight(one), GENERIC if len(places) > most or one.upper() in NOT_DATASETS else TELLING)
            for one, places in holders.items()
        }
        self._holders = {one: frozenset(places) for one, places in holders.items()}
        for name in self._list:
            told = [one for one in name.stems if one != name.lead]
            name.mass = sum(self._weights[one] for one in told) + FILLER * bool(name.lead)
            first = next((one for one in told if self._weights[one] >= TELLING), name.stems[0])
            name.starts = frozenset((first, name.lead or first))
        numbers = [frozenset(one.numbers) for one in self._list]
        pairs = [frozenset(one.joined) for one in self._list]
        self._scatter = Scatter(self._holders, self._weights, numbers, pairs)

    def __getstate__(self) -> dict[str, object]:
        """Return what is put into a file: all but what was found in people's words."""
        return {**vars(self), "_found": {}}

    def clues(self) -> tuple[set[str], set[str]]:
        """Return by what a word may be part of a name, if another word is, too; and then by what it may be one alone.

        `likely_names` says by what the words of a text are looked up among these.
        """
        stems = self._stems | {read_word(one)[0] for one in self._words}
        starts = {one[:at] for one in stems for at in range(SHORTEST_PREFIX, len(one))}
        begun = {f"{one[:at]}+" for one in stems for at in range(1, len(one)) if one[at:] in stems}
        single = {one for name in self.names if len(name) == 1 for one in name}
        mistyped = (rest for one in self._words if read_word(one)[0] in single for rest in rests(one))
        enough = {*single, *mistyped, *self.codes, *self.initials, *self.beginnings}
        return stems | starts | begun | self._spellings.by_rest.keys(), enough

    def find(self, text: str) -> Sequence[Mention]:
        """Return what `text` names, from left to right; no two overlap. The same text is read once."""
        found = self._found.get(text) if self._any else ()
        if found is None:
            if len(self._found) >= MOST_READ:  # by another job of the process, too, which clears it for both
                self._found.clear()
            found = self._found[text] = self._named_in(text)
        return found

    def _named_in(self, text: str) -> list[Mention]:
        tokens = [self._mended(one) for one in name_words(text)]
        found: list[Mention] = []
        taken: set[int] = set()
        parts = [
            (first, last, handles_data(text[tokens[first].start : tokens[last].end]))
            for first, last in stretches(text, tokens)
        ]
        for match in self._best(text, tokens, parts):
            span = set(range(match.first, match.last + 1))
            if not span & taken:
                taken |= span
                found.append(self._mention(text, tokens, match))
        for first, last, data in parts:
            for start, end, ids in self._openings.find(tokens, first, last):
                if taken.isdisjoint(range(start, end + 1)):
                    taken.update(range(start, end + 1))
                    found.append(told(text, tokens[start], tokens[end], ids))
            found += self._elsewhere(text, tokens, range(first, last + 1), taken, data=data)
        return sorted(found, key=lambda one: one.start)

    def _mended(self, token: NameWord) -> NameWord:
        """Return the word as it was meant, if no name has it and it is nearly one that some name has."""
        if token.small or token.stem in self._holders or not token.raw.isalpha():
            return token
        word = self._spellings.mended(token.raw.lower())
        return token if word == token.raw.lower() else meant(token, word)

    def _elsewhere(
        self, text: str, tokens: Sequence[NameWord], places: range, taken: set[int], *, data: bool
    ) -> Iterator[Mention]:
        """Yield the initials and codes of a sentence, or else what its words point to together."""
        some = tokens[places.start : places.stop]
        people = is_of_people(some) and not data and not any(one.cue for one in some)
        silent = taken.isdisjoint(places)
        for place in places:
            token = tokens[place]
            code = any(map(str.isdigit, token.raw))
            subject = (
                people or (is_one_of_many(tokens, place) and not data) or is_not_data(text, tokens, place)
            )
            off = place in taken or (subject and not code)
            if ids := () if off else self._called(token, data=data):
                silent = False
                yield told(text, token, token, ids)
        if silent:
            enough = ENOUGH if data or any(one.cue for one in some) else SURE
            pointed = self._scatter.find(tokens, places.start, places.stop - 1, enough=enough)
            if pointed is not None and not any(pointed.stems <= body for body in self._bodies):
                ids = (one for place in pointed.names for one in self._list[place].ids)
                yield told(text, tokens[pointed.first], tokens[pointed.last], ids)

    def _called(self, token: NameWord, *, data: bool) -> Iterable[str]:
        """Return the datasets that have this code, or these initials in capitals."""
        code = self.codes.get(token.raw) or self.codes.get(token.raw.lower())
        if code and len(code) <= MOST_NAMES:
            return code
        if not _CAPITALS.fullmatch(token.raw):
            return ()
        for letters in (token.raw, token.raw.removesuffix("s"), token.raw.upper()):
            if letters in self.initials and letters not in NOT_DATASETS:
                return self.initials[letters]
        return self.beginnings.get(token.raw, ()) if data and len(token.raw) >= LONG_ENOUGH else ()

    def _mention(self, text: str, tokens: Sequence[NameWord], match: _Match) -> Mention:
        name = self._list[match.name]
        said = tuple(one.stem for one in tokens[match.first : match.last + 1] if not one.small)
        ids = name.forms.get(said) or name.ids
        if not match.whole:
            ids = [one for place in self._fitting(match.stems) for one in self._list[place].ids]
        return told(text, tokens[match.first], tokens[match.last], ids)

    def _fitting(self, stems: frozenset[str]) -> list[int]:
        """Return the names that hold all of these stems."""
        return sorted(frozenset.intersection(*(self._holders[one] for one in stems)))

    def _best(
        self, text: str, tokens: Sequence[NameWord], parts: Sequence[tuple[int, int, bool]]
    ) -> list[_Match]:
        """Return the matches worth telling, the surest first; of each part it is known whether it speaks of data."""
        found: list[_Match] = []
        for first, last, data in parts:
            places: dict[int, list[int]] = defaultdict(list)
            rare = [
                place
                for place in range(first, last + 1)
                if len(self._holders.get(tokens[place].stem, ())) <= MANY_NAMES
            ]
            likely = {name for place in rare for name in self._holders.get(tokens[place].stem, ())}
            for place in range(first, last + 1):
                for name in self._holders.get(tokens[place].stem, frozenset()) & likely:
                    places[name].append(place)
            for name, some in places.items():
                if len(some) == 1 < len(self._list[name].stems):
                    continue
                for run in runs(tokens, some):
                    match = self._judged(text, tokens, name, run, data=data)
                    if match is not None:
                        found.append(match)
        found.sort(key=lambda one: (-one.whole, -one.said, one.last - one.first, one.name))
        return [one for one in found if one.whole or self._is_sure_part(one, found)]

    def _is_sure_part(self, match: _Match, found: Sequence[_Match]) -> bool:
        """Whether a part fits few names, and no other name is said more fully in the same place."""
        more = any(
            one.first <= match.last and match.first <= one.last and one.said > match.said + 1e-9
            for one in found
        )
        return not more and len(self._called_so(match.stems)) <= MOST_NAMES

    def _called_so(self, stems: frozenset[str]) -> set[frozenset[str]]:
        """Return the different sets of datasets whose names hold all of these stems."""
        return {frozenset(self._list[place].ids) for place in self._fitting(stems)}

    def _judged(
        self, text: str, tokens: Sequence[NameWord], place: int, run: Sequence[int], *, data: bool
    ) -> _Match | None:
        """Return what this run of tokens says of a name, or None if it is not enough."""
        name = self._list[place]
        if len(run) == 1 < len(name.stems):
            return None
        said = read(text, tokens, name, run, self._weights, data=data)
        if said is None or said.stems in self._bodies:
            return None
        match = _Match(place, run[0], run[-1], said.said, said.stems, says_whole(name, said))
        if match.whole or says_part(name, said):
            return match
        alone = says_alone(name, said) and len(self._called_so(said.stems)) == 1
        return match if alone else None


@lru_cache(maxsize=4)
def names_of(links: tuple[DatasetLink, ...]) -> Names:
    """Return the names of these datasets, read once for the same catalogue."""
    return Names(links)


def _names_by_itself(name: str, stems: Sequence[str]) -> bool:
    """Whether a piece of a title says what it is about."""
    alone = len(stems) == 1 and any(map(str.isdigit, name))
    return not alone and any(weight(one) >= TELLING for one in stems)
