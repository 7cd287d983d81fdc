"""What many people say word for word, such as "always glad to compare notes": it is nobody's need or offer."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

MANY = 3
"""What more people than this say word for word is a refrain."""

SHORTEST = 5
"""So many words it has at least: a shorter offer may be the same as somebody else's."""

_PARTS = (re.compile(r"[^.!?\n•]+"), re.compile(r"[^.,;:!?\n•]+"))
"""Sentences and the clauses in them."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Clauses:
    """How many people say each sentence and clause word for word, in small letters, and in which field of theirs."""

    counts: Mapping[str, list[int]]
    """How many say it, and then how many do so in each of the fields, which everybody has in the same order."""

    @classmethod
    def of(cls, people: Iterable[Sequence[str]]) -> "Clauses":
        """Count what stands in the texts of each person. O(total characters)."""
        counts: dict[str, list[int]] = {}
        for texts in people:
            _count(counts, texts, 1)
        return cls(counts)

    def with_other(self, before: Sequence[str], after: Sequence[str]) -> "Clauses":
        """Return the counts where one person says this instead of that before. O(clauses of both), and a copy."""
        counts = dict(self.counts)
        for key in _each(chain(before, after)) & counts.keys():
            counts[key] = [*counts[key]]
        _count(counts, before, -1)
        _count(counts, after, 1)
        return Clauses(counts)

    def refrains(self) -> frozenset[str]:
        """Return what more than `MANY` say, in more than one field: in one alone it may be an answer to choose from.

        >>> said = "Come and find me at lunch"
        >>> Clauses.of([[said, ""], [f"{said}, for peat", ""], ["", said], ["", f"{said}! R"]]).refrains()
        frozenset({'come and find me at lunch'})
        """
        return frozenset(
            key
            for key, (people, *fields) in self.counts.items()
            if people > MANY and sum(one > 0 for one in fields) > 1
        )


def _each(texts: Iterable[str]) -> set[str]:
    """Return what is said in some texts, each once."""
    return {key for text in texts for _, key in _clauses(text)}


def _count(counts: dict[str, list[int]], texts: Sequence[str], more: int) -> None:
    said = [_each([text]) for text in texts]
    for key in frozenset[str]().union(*said):
        some = counts.setdefault(key, [0] * (1 + len(texts)))
        some[0] += more
        for place, one in enumerate(said, start=1):
            some[place] += more * (key in one)


def without(text: str, known: Collection[str]) -> str:
    """Return a text without its refrains.

    >>> without("Come and find me at lunch. Peat cores", {"come and find me at lunch"})
    ' Peat cores'
    """
    if not known:
        return text
    left = text
    for part, key in _clauses(text):
        if key in known:
            left = left.replace(part, "", 1).lstrip(".,;:!?\n")
    return left


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences and clauses that are long enough, as they stand and as they are compared."""
    for pattern in _PARTS:
        for part in pattern.findall(text):
            words = _WORD.findall(part.lower())
            if len(words) >= SHORTEST:
                yield part, " ".join(words)
