"""Names whose words stand anywhere in a sentence, shortened or mistyped: "the CTD of the Endeavour, 2007 I think".

The words of a sentence point to a dataset together when they are rare in the catalogue, one dataset (or editions of
one) has more of them than any other, and the sentence speaks of handling data.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matchmaker.matching.name_runs import joined
from matchmaker.matching.name_words import GENERIC, TELLING, NameWord

MOST_ALIKE = 8
"""If the words fit more names equally well, they name none of them."""

ENOUGH, SURE = 2.4, 3.4
"""What the words of a sentence must count together where data is spoken of, and anywhere: three rare words."""

RARE = 4
"""A word in at most so many names counts half as much again. One in at most twice as many is needed, and tells."""

NUMBER = 0.4
"""What a number of the title counts, beside words of it."""

SHORTEST_PREFIX, LONGEST = 4, 24
"""Letters that a shortened or a joined word has at least and at most."""

_DIRECTIONS = {
    "NE": ("north", "east"),
    "NW": ("north", "west"),
    "SE": ("south", "east"),
    "SW": ("south", "west"),
}
_NUMBER = re.compile(r"\d{3,}|\d+[a-z]{1,2}", re.IGNORECASE)
"""A year or a measure: a lone 9 may count anything."""


@dataclass(frozen=True, slots=True)
class Scattered:
    """Names that a sentence points to, and the first and last of the words that do."""

    names: tuple[int, ...]
    stems: frozenset[str]
    first: int
    last: int


class Scatter:
    """What is needed to look words up: which names hold each, and what each counts."""

    def __init__(
        self,
        holders: Mapping[str, frozenset[int]],
        weights: Mapping[str, float],
        numbers: Sequence[frozenset[str]],
        joined: Sequence[frozenset[frozenset[str]]],
    ) -> None:
        """Take what `Names` has counted: by stem, and each name's numbers and stems with "and" between.

        O(stems × log stems).
        """
        self._holders, self._weights, self._numbers, self._joined = holders, weights, numbers, joined
        self._sorted = sorted(holders)

    def find(self, tokens: Sequence[NameWord], first: int, last: int, *, enough: float) -> Scattered | None:
        """Return which names the words of a sentence point to, or None. O(words × names of the rare ones)."""
        found: dict[str, int] = {}
        for place in range(first, last + 1):
            for stem in self._stems(tokens, place, guess=enough < SURE):
                found.setdefault(stem, place)
        likely = {
            name
            for stem in found
            if self._weights[stem] >= TELLING and len(self._holders[stem]) <= 2 * RARE
            for name in self._holders[stem]
        }
        places = {
            name: {stem: place for stem, place in found.items() if name in self._holders[stem]}
            for name in likely
        }
        said = {one.raw.lower() for one in tokens[first : last + 1] if _NUMBER.fullmatch(one.raw)}
        apart = set(joined(tokens[first : last + 1]))
        scores = {
            name: self._score(stems) + NUMBER * min(2, len(said & self._numbers[name]))
            for name, stems in places.items()
            if _belong(tokens, stems) and not self._are_two(name, stems, apart)
        }
        if not scores:
            return None
        best = max(scores.values())
        names = tuple(name for name in sorted(scores) if scores[name] > best - 0.01)
        if best < enough or len(names) > MOST_ALIKE:
            return None
        where = [place for name in names for place in places[name].values()]
        return Scattered(names, frozenset().union(*(places[name] for name in names)), min(where), max(where))

    def _are_two(self, name: int, stems: Mapping[str, int], apart: set[frozenset[str]]) -> bool:
        """Whether two of these words are said as two things: "fish and rectangles" is not "fish by rectangle"."""
        return any(two <= stems.keys() for two in apart - self._joined[name])

    def _score(self, stems: Mapping[str, int]) -> float:
        return sum(
            self._weights[one]
            * (1.5 if len(self._holders[one]) <= RARE and self._weights[one] >= GENERIC else 1)
            for one in stems
        )

    def _stems(self, tokens: Sequence[NameWord], place: int, *, guess: bool) -> Iterator[str]:
        """Yield the stems of names that a word of a text may stand for; shortened words only if one may guess."""
        token = tokens[place]
        if token.raw in _DIRECTIONS:
            yield from (one for one in _DIRECTIONS[token.raw] if one in self._holders)
        elif token.small or token.stem.isdigit():
            return
        elif token.stem in self._holders:
            yield token.stem
        elif guess and len(token.stem) <= LONGEST:
            yield from self._shortened(token.stem) or self._in_two(token.stem)
        if place + 1 < len(tokens) and (both := token.raw.lower() + tokens[place + 1].stem) in self._holders:
            yield both

    def _shortened(self, stem: str) -> list[str]:
        """Return the few stems that begin with this: "ortho", "temp", "bathy"."""
        if len(stem) < SHORTEST_PREFIX:
            return []
        start = bisect_left(self._sorted, stem)
        found = [one for one in self._sorted[start : start + RARE + 1] if one.startswith(stem)]
        return found if len(found) <= RARE else []

    def _in_two(self, stem: str) -> list[str]:
        """Return two stems that make this one: "orthorectified" for "ortho-rectified"."""
        cuts = range(SHORTEST_PREFIX, len(stem) - SHORTEST_PREFIX + 1)
        both = ((stem[:at], stem[at:]) for at in cuts)
        return next(([*two] for two in both if self._holders.keys() >= {*two}), [])


def may_stand_for(tokens: Sequence[NameWord], place: int) -> Iterator[str]:
    """Yield the stems by one of which a word of a text, and the next if the two are one, stands for some word.

    Or with which that word begins; or which begins the word, where two make one.
    """
    token = tokens[place]
    yield from _DIRECTIONS.get(token.raw, ())
    if not token.small:
        cuts = range(SHORTEST_PREFIX, len(token.stem) - SHORTEST_PREFIX + 1)
        yield from (token.stem, *(token.stem[:at] for at in cuts))
    if place + 1 < len(tokens):
        yield token.raw.lower() + tokens[place + 1].stem


def _belong(tokens: Sequence[NameWord], stems: Mapping[str, int]) -> bool:
    """Whether these stand in three places, or in two with nothing but small words and numbers between."""
    places = set(stems.values())
    between = tokens[min(places) + 1 : max(places)]
    return len(places) > 2 or (len(places) > 1 and all(one.small or one.raw.isdigit() for one in between))
