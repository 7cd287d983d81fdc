"""Finding people by any part of a name: case and accents do not count, and words may come in any order."""

from matchmaker.documents.names import folded


def matches(query: str, *texts: str) -> bool:
    """Return whether every word of `query` is somewhere in one of the texts; an empty query matches all.

    >>> matches("ozturk zeynep", "Zeynep Öztürk", "Defra"), matches("zoe", "Zeynep Öztürk")
    (True, False)
    """
    there = folded(" ".join(texts))
    return all(word in there for word in folded(query).split())
