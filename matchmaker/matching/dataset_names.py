"""Finding the datasets that a text names: whole titles, other names, initials, codes, and telling parts with a cue.

"I can't get the LIDAR composite to open" names a dataset as well as a list does. An everyday phrase that is also in a
title ("old woods") is no name, unless it is written like one or data is spoken of.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from matchmaker.matching.initials import Stands, initials
from matchmaker.matching.name_words import (
    GENERIC,
    MEASURE,
    NAME_WORD,
    TELLING,
    NameWord,
    name_words,
    weight,
)
from matchmaker.matching.profile import DatasetLink
from matchmaker.matching.thesaurus import NOT_DATASETS
from matchmaker.matching.titles import short

COMMON = 0.1
"""A word in more than this share of a large catalogue's names tells as little as a generic one."""

MANY_NAMES = 200
"""From so many different names on, a catalogue is large."""

PART = 0.4
"""So much of a name must be said, beside a word such as "layer", for a part of it to stand for it."""

WHOLE = 0.85
"""From this part on, the name is said whole."""

LONG = 4
"""Of a name of more words than this, one may be left out."""

LONGEST_NAME = 30
"""A title of more words is a sentence that nobody says."""

RARE = 8
"""A name of one word is one in small letters, too, if the word is so long as to have no other meaning."""

MOST_NAMES = 8
"""If a part fits more names than this, it names none of them."""

GAP = 2
"""So many small words may stand between two words of a name."""

_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}")
_CAPITALS = re.compile(r"[a-z]?[A-Z][A-Za-z]*[A-Z]s?|[A-Z]{2,}s?")
_CUT = re.compile(r"[.!?;\n\r•…|]")
_OPENS = re.compile(r"(?:[.!?:\n]|\A)\W*\Z")


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
    mass: float = 0.0

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
        for name in dict.fromkeys((link.title, short(link.title), *link.names)):
            stems = tuple(one.stem for one in name_words(name) if not one.small and not one.stem.isdigit())
            if not stems or len(stems) > LONGEST_NAME:
                continue
            known = self.names.setdefault(frozenset(stems), _Name(tuple(dict.fromkeys(stems))))
            ids = known.forms.setdefault(stems, [])
            if link.id not in ids:
                ids.append(link.id)
        self._add_short(link, families)

    def _add_short(self, link: DatasetLink, families: dict[str, dict[str, set[str]]]) -> None:
        """Read initials and codes."""
        for name in link.names:
            if _CAPITALS.fullmatch(name.strip()):
                self.initials[name.strip()][link.id] = None
        for word in NAME_WORD.findall(link.title):
            if _CODE.fullmatch(word.lower()) and not MEASURE.fullmatch(word):
                self.codes[word.lower()][link.id] = None
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
            name.mass = sum(self._weights[one] for one in name.stems)

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
        """Return the datasets that have this code or these initials, in capitals as they are written."""
        code = self.codes.get(token.raw.lower())
        if code and len(code) <= MOST_NAMES:
            return code
        if not _CAPITALS.fullmatch(token.raw):
            return ()
        for letters in (token.raw, token.raw.removesuffix("s")):
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
        for first, last in _stretches(text, tokens):
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
                for run in _runs(tokens, some):
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
        stems = frozenset(tokens[one].stem for one in run)
        said = sum(self._weights[one] for one in stems)
        telling = sum(self._weights[one] >= TELLING for one in stems)
        part = said / name.mass
        words = [tokens[one] for one in run]
        styled = _is_styled(text, words)
        cue = self._has_cue(tokens, run[0], run[-1])
        match = _Match(place, run[0], run[-1], said, stems, True)
        if len(stems) == len(name.stems) or (len(name.stems) > LONG and part >= WHOLE):
            if len(name.stems) == 1:
                plain = bool(telling) and (styled or len(words[0].stem) >= RARE)
            else:
                plain = len(stems) > 2 and _in_order(name, [one.stem for one in words])
            if plain or (len(stems) > 1 and (styled or (cue and telling))):
                return match
        outside = self._has_cue(tokens, run[0], run[-1], inside=False)
        begins = name.stems[0] in stems and len(stems) > 1 and telling == 1 and (styled or outside)
        alone = telling > 1 and cue and run[-1] - run[0] + 1 == len(run) and len(self._called_so(stems)) == 1
        if not alone and (part < PART or not (begins or (telling > 1 and (cue or styled)))):
            return None
        return replace(match, whole=False)

    def _has_cue(self, tokens: Sequence[NameWord], first: int, last: int, *, inside: bool = True) -> bool:
        """Whether data is spoken of: in the run itself, right before it, or within two words behind it."""
        near = [*tokens[max(0, first - 2) : first], *tokens[last + 1 : last + 3]]
        return any(one.cue for one in near) or (inside and any(one.cue for one in tokens[first : last + 1]))


@lru_cache(maxsize=4)
def names_of(links: tuple[DatasetLink, ...]) -> Names:
    """Return the names of these datasets, read once for the same catalogue."""
    return Names(links)


def _stretches(text: str, tokens: Sequence[NameWord]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each sentence, or part between semicolons and the like."""
    start = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or _CUT.search(text, tokens[place - 1].end, tokens[place].start):
            yield start, place - 1
            start = place


def _runs(tokens: Sequence[NameWord], places: Sequence[int]) -> Iterator[list[int]]:
    """Cut the places of a name's words into runs with at most `GAP` words between, all of them small."""
    run: list[int] = []
    for place in places:
        between = tokens[run[-1] + 1 : place] if run else ()
        if run and (
            len(between) > GAP or not all(one.small or MEASURE.fullmatch(one.raw) for one in between)
        ):
            yield run
            run = []
        run.append(place)
    if run:
        yield run
        if len(run) > 2 and tokens[run[0]].stem in {tokens[one].stem for one in run[1:]}:
            yield run[1:]  # "questions about the Questions from companies"


def _is_styled(text: str, words: Sequence[NameWord]) -> bool:
    """Whether capitals inside the sentence make a name of these words: not only the first of a sentence."""
    opening = _OPENS.search(text, 0, words[0].start) is not None
    inner = words[1:] if opening else words
    capital = [one for one in inner if one.raw[:1].isupper()]
    return bool(capital) and len(capital) >= len(inner) / 2


def _in_order(name: _Name, said: Sequence[str]) -> bool:
    """Whether stems come in the order of one of the names made of them."""
    return any(_is_within(said, form) for form in name.forms)


def _is_within(said: Sequence[str], form: Sequence[str]) -> bool:
    rest = iter(form)
    return all(any(one == other for other in rest) for one in said)
