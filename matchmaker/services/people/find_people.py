"""Finding people by any part of a name: case and accents do not count, and words may come in any order."""

from matchmaker.recognition.name_order import folded, sought, surname_key


def matches(query: str, *texts: str) -> bool:
    """Return whether every word of `query` is somewhere in one of the texts; an empty query matches all.

    >>> matches("ozturk zeynep", "Zeynep Öztürk", "Defra"), matches("zoe", "Zeynep Öztürk")
    (True, False)
    """
    there = folded(" ".join(texts))
    return all(word in there for word in sought(query))


def best_first(query: str, name: str) -> tuple[bool, tuple[bool, str, str]]:
    """Return what puts people in order for a query: a word of the name that starts with it first, then by surname."""
    first = (sought(query) or [""])[0]
    return not any(word.startswith(first) for word in folded(name).split()), surname_key(name)


def names(query: str, name: str, *more: str) -> bool:
    """Return whether the query matches, and at least one word of it is in the name itself.

    >>> names("ma", "Jo Brown", "Marine Office"), names("jo marine", "Jo Brown", "Marine Office")
    (False, True)
    """
    words, in_name = sought(query), folded(name)
    return matches(query, name, *more) and (not words or any(word in in_name for word in words))
