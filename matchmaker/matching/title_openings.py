"""How titles begin, small words and all: "Grow With Wyre", "cats per household".

A preposition in its place says that a title is quoted, where its telling words alone may be talk.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from matchmaker.matching.name_words import NameWord

LONGEST = 7
"""So many words may stand until the preposition has its noun; longer openings are not said."""

_LISTING = frozenset(("and", "or"))
_MEASURING = "per"
"""A preposition that is seldom in talk: an opening with it is a name in small letters, too."""


class Openings:
    """The beginnings of a catalogue's titles up to the noun of their first preposition."""

    def __init__(self) -> None:
        """Begin without any."""
        self._ids: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)

    def add(self, words: Sequence[NameWord], dataset: str) -> None:
        """Take how a title begins, if it has a preposition near its beginning. O(1)."""
        if length := _length(words):
            self._ids[_key(words[:length])][dataset] = None

    def find(self, tokens: Sequence[NameWord], first: int, last: int) -> Iterator[tuple[int, int, list[str]]]:
        """Yield where an opening of just one title is said, and its datasets. O(words).

        It is written with capitals, or has a preposition that is seldom in talk.
        """
        for start in range(first, last):
            length = _length(tokens[start : last + 1])
            words = tokens[start : start + length]
            ids = self._ids.get(_key(words), {}) if length else {}
            if len(ids) == 1 and _is_quoted(words):
                yield start, start + length - 1, list(ids)


def _length(words: Sequence[NameWord]) -> int:
    """Return how many words there are up to the one behind the first preposition; 0 if there is none."""
    if not words or words[0].small:
        return 0
    for place, word in enumerate(words[1 : LONGEST - 1], start=1):
        if word.small and word.raw.lower() not in _LISTING:
            after = place + 1
            return after + 1 if after < len(words) and not words[after].small else 0
    return 0


def _key(words: Sequence[NameWord]) -> tuple[str, ...]:
    return tuple(one.raw.lower() if one.small else one.stem for one in words)


def _is_quoted(words: Sequence[NameWord]) -> bool:
    capitals = all(one.raw[0].isupper() for one in words if not one.small)
    return capitals or any(one.raw.lower() == _MEASURING for one in words)
