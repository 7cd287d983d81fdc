"""Finding the datasets that a text names: whole titles, other names, initials, codes, and telling parts with a cue.

"I can't get the LIDAR composite to open" names a dataset as well as a list does. An everyday phrase that is also in a
title ("old woods") is no name, unless it is written like one or data is spoken of.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from matchmaker.matching.initials import Stands, codes, initials
from matchmaker.matching.name_runs import is_styled, joined, near, runs, stretches
from matchmaker.matching.name_words import (
    FILLER,
    GENERIC,
    NAME_WORD,
    TELLING,
    NameWord,
    name_words,
    weight,
)
from matchmaker.matching.profile import DatasetLink
from matchmaker.matching.thesaurus import NOT_DATASETS
from matchmaker.matching.titles import pieces, short

COMMON = 0.1
"""A word in more than this share of a large catalogue's names tells as little as a generic one."""

MANY_NAMES = 200
"""From so many different names on, a catalogue is large."""

PART = 0.4
"""So much of a name must be said, beside a word such as "layer", for a part of it to stand for it."""

WHOLE = 0.85
"""From this part on, the name is said whole."""

DENSE, MOSTLY = 0.5, 0.6
"""Three words in a row that are so much of one name alone stand for it without any such word: with how it begins, or
not."""

STYLED = 0.33
"""So much of one name, written with capitals, stands for it."""

LONG = 4
"""Of a name of more words than this, one may be left out."""

LONGEST_NAME = 30
"""A title of more words is a sentence that nobody says."""

RARE = 8
"""A name of one word is one in small letters, too, if the word is so long as to have no other meaning."""

MOST_NAMES = 8
"""If a part fits more names than this, it names none of them."""

_CAPITALS = re.compile(r"[a-z]?[A-Z][A-Za-z]*[A-Z]s?|[A-Z]{2,}s?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a dataset, or several that are called alike."""

    text: str
    """As it is written."""
    start: int
    end: int
    datasets: tuple[str, ...]
    """Their ids, in the order of the catalogue."""


@dataclass(slots=True)
class _Name:
    """What one or more datasets are called: the stems in order, and what each counts."""

    stems: tuple[str, ...]
    forms: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    """Ids by the stems in order: two names of the same words are told apart by it."""
    numbers: set[str] = field(default_factory=set)
    """Years and other numbers of the titles."""
    joined: set[tuple[str, str]] = field(default_factory=set)
    """Stems with "and" between them. With it between others, two things are meant rather than one name."""
    lead: str = ""
    """The stem of capitals that a title begins with and people leave out: "DNPA Section 3 Moorland"."""
    mass: float = 0.0
    starts: frozenset[str] = frozenset()
    """Stems one of which is said with any part that stands for the name: the lead, and the first that tells."""

    @property
    def ids(self) -> list[str]:
        return [one for some in self.forms.values() for one in some]


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
        self.names: dict[frozenset[str], _Name] = {}
        self.initials: dict[str, dict[str, None]] = defaultdict(dict)
        self.codes: dict[str, dict[str, None]] = defaultdict(dict)
        self._blocked: set[str] = set(NOT_DATASETS)
        families: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for link in links:
            self._add(link, families)
        for letters, prefixes in families.items():
            for ids in prefixes.values():
                if len(ids) > 1 and letters not in self._blocked:
                    self.initials[letters].update(dict.fromkeys(sorted(ids)))
        self._list = list(self.names.values())
        self._weigh()

    def _add(self, link: DatasetLink, families: dict[str, dict[str, set[str]]]) -> None:
        numbers = {one for one in NAME_WORD.findall(link.title) if one.isdigit()}
        whole = (link.title, *link.names)
        for name in dict.fromkeys((*whole, short(link.title), *pieces(link.title))):
            words = [one for one in name_words(name) if not one.stem.isdigit()]
            told = [one for one in words if not one.small]
            stems = tuple(one.stem for one in told)
            piece = name not in whole
            if not stems or len(stems) > LONGEST_NAME or (piece and not _names_by_itself(name, stems)):
                continue
            known = self.names.setdefault(frozenset(stems), _Name(tuple(dict.fromkeys(stems))))
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
            one: min(weight(one), GENERIC if len(places) > most else TELLING)
            for one, places in holders.items()
        }
        self._holders = {one: frozenset(places) for one, places in holders.items()}
        for name in self._list:
            told = [one for one in name.stems if one != name.lead]
            name.mass = sum(self._weights[one] for one in told) + FILLER * bool(name.lead)
            first = next((one for one in told if self._weights[one] >= TELLING), name.stems[0])
            name.starts = frozenset((first, name.lead or first))

    def find(self, text: str) -> list[Mention]:
        """Return what `text` names, from left to right; no two overlap."""
        tokens = list(name_words(text))
        found: list[Mention] = []
        taken: set[int] = set()
        for match in self._best(text, tokens):
            span = set(range(match.first, match.last + 1))
            if not span & taken:
                taken |= span
                found.append(self._mention(text, tokens, match))
        for place, token in enumerate(tokens):
            ids = () if place in taken else self._called(token)
            if ids:
                found.append(Mention(token.raw, token.start, token.end, tuple(ids)))
        return sorted(found, key=lambda one: one.start)

    def _called(self, token: NameWord) -> Iterable[str]:
        """Return the datasets that have this code, or these initials in capitals."""
        code = self.codes.get(token.raw) or self.codes.get(token.raw.lower())
        if code and len(code) <= MOST_NAMES:
            return code
        if not _CAPITALS.fullmatch(token.raw):
            return ()
        for letters in (token.raw, token.raw.removesuffix("s"), token.raw.upper()):
            if letters in self.initials and letters not in NOT_DATASETS:
                return self.initials[letters]
        return ()

    def _mention(self, text: str, tokens: Sequence[NameWord], match: _Match) -> Mention:
        start, end = tokens[match.first].start, tokens[match.last].end
        name = self._list[match.name]
        said = tuple(one.stem for one in tokens[match.first : match.last + 1] if not one.small)
        ids = name.forms.get(said) or name.ids
        if not match.whole:
            ids = [one for place in self._fitting(match.stems) for one in self._list[place].ids]
        return Mention(" ".join(text[start:end].split()), start, end, tuple(dict.fromkeys(ids)))

    def _fitting(self, stems: frozenset[str]) -> list[int]:
        """Return the names that hold all of these stems."""
        return sorted(frozenset.intersection(*(self._holders[one] for one in stems)))

    def _best(self, text: str, tokens: Sequence[NameWord]) -> list[_Match]:
        """Return the matches worth telling, the surest first."""
        found: list[_Match] = []
        for first, last in stretches(text, tokens):
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
                    match = self._judged(text, tokens, name, run)
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

    def _judged(self, text: str, tokens: Sequence[NameWord], place: int, run: Sequence[int]) -> _Match | None:
        """Return what this run of tokens says of a name, or None if it is not enough."""
        name = self._list[place]
        if len(run) == 1 < len(name.stems):
            return None
        words = [tokens[one] for one in run]
        stems = frozenset(one.stem for one in words)
        said = sum(self._weights[one] for one in stems)
        match = _Match(place, run[0], run[-1], said, stems, True)
        telling = sum(self._weights[one] >= TELLING for one in stems)
        styled = is_styled(text, words)
        around = any(one.cue or one.raw in name.numbers for one in near(tokens, run[0], run[-1]))
        cue = around or any(one.cue for one in tokens[run[0] : run[-1] + 1])
        part = said / name.mass
        if len(stems) == len(name.stems) or (len(name.stems) > LONG and part >= WHOLE):
            ordered = _in_order(name, [one.stem for one in words])
            if len(name.stems) == 1:
                plain = bool(telling) and (styled or around or len(words[0].stem) >= RARE)
            else:
                plain = len(stems) > 2 and (telling > 1 or ordered)
            if plain or (len(stems) > 1 and (styled or (telling and (around or (cue and ordered))))):
                return match
        begins = len(stems) > 1 and bool(stems & name.starts)
        marked = (styled or (cue if telling > 1 else around)) and name.joined.issuperset(
            joined(tokens[run[0] : run[-1] + 1])
        )
        if part >= PART and marked and (telling > 1 or (telling and begins)):
            return replace(match, whole=False)
        dense = len(stems) > 2 and part >= (DENSE if begins or telling > 2 else MOSTLY)
        alone = telling > 1 and (dense or (marked and (cue or part >= STYLED)))
        if alone and len(self._called_so(stems)) == 1:
            return replace(match, whole=False)
        return None


@lru_cache(maxsize=4)
def names_of(links: tuple[DatasetLink, ...]) -> Names:
    """Return the names of these datasets, read once for the same catalogue."""
    return Names(links)


def _names_by_itself(name: str, stems: Sequence[str]) -> bool:
    """Whether a piece of a title says what it is about."""
    alone = len(stems) == 1 and any(map(str.isdigit, name))
    return not alone and any(weight(one) >= TELLING for one in stems)


def _in_order(name: _Name, said: Sequence[str]) -> bool:
    """Whether stems come in the order of one of the names made of them."""
    return any(_is_within(said, form) for form in name.forms)


def _is_within(said: Sequence[str], form: Sequence[str]) -> bool:
    rest = iter(form)
    return all(any(one == other for other in rest) for one in said)
