"""Words mistyped by a letter, put right where a catalogue has just one word so near."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 6, 24
"""Letters that a word has at least, to be a mistyped other, and at most: longer ones are not words."""


class Spellings:
    """The words of a catalogue, each found by what is left of it when one letter is missing."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words in small letters. O(letters)."""
        self.by_rest: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for rest in rests(word):
                self.by_rest[rest].add(word)

    def mended(self, word: str) -> str:
        """Return the one known word with a letter more, less or other, or two that changed places; else the word.

        The first letter is right. O(letters) look-ups.

        >>> known = Spellings(["archive", "seabed", "lists", "arches"])
        >>> [known.mended(one) for one in ("archve", "saebed", "archiv", "archivs", "list", "seabed")]
        ['archive', 'seabed', 'archive', 'archive', 'list', 'seabed']
        """
        near = {other for rest in rests(word) for other in self.by_rest.get(rest, ())}
        found = [one for one in near if _is_one_slip(word, one)]
        return found[0] if len(found) == 1 else word


def rests(word: str) -> Iterator[str]:
    """Yield a word, and it without each of its letters but the first; nothing for one that is too short or long."""
    if SHORTEST <= len(word) <= LONGEST:
        yield word
        yield from {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _is_one_slip(word: str, other: str) -> bool:
    """Whether words that are alike without a letter of each differ by one letter, or by two beside each other."""
    unlike = [at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two]
    if len(word) != len(other) or len(unlike) < 2:
        return True
    first, last = unlike[0], unlike[-1]
    return last == first + 1 and word[first] == other[last] and word[last] == other[first]
