"""What many people say word for word, such as "always glad to compare notes": it is nobody's need or offer."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

MANY = 3
"""What more people than this say word for word is a refrain."""

SHORTEST = 5
"""So many words it has at least: a shorter offer may be the same as somebody else's."""

_PARTS = (re.compile(r"[^.!?\n•]+"), re.compile(r"[^.,;:!?\n•]+"))
"""Sentences and the clauses in them."""
_WORD = re.compile(r"\w+")


def refrains(people: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the refrains in the texts of each person, in small letters. O(total characters).

    Each has the same fields in the same order. What stands in one field alone may be an answer to choose from.

    >>> said = "Come and find me at lunch"
    >>> refrains([[said, ""], [f"{said}, for peat", ""], ["", said], ["", f"{said}! R"]])
    frozenset({'come and find me at lunch'})
    """
    counts: Counter[str] = Counter()
    fields: dict[str, set[int]] = {}
    for texts in people:
        said = {(key, place) for place, text in enumerate(texts) for _, key in _clauses(text)}
        counts.update({key for key, _ in said})
        for key, place in said:
            fields.setdefault(key, set()).add(place)
    return frozenset(key for key, count in counts.items() if count > MANY and len(fields[key]) > 1)


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
