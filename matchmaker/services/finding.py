"""Finding people by any part of a name: case and accents do not count, and words may come in any order."""

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """Take case, accents and other marks away.

    >>> folded("Łucja Ŵyn-Søndergård")
    'lucja wyn-sondergard'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


def matches(query: str, *texts: str) -> bool:
    """Return whether every word of `query` is somewhere in one of the texts; an empty query matches all.

    >>> matches("ozturk zeynep", "Zeynep Öztürk", "Defra"), matches("zoe", "Zeynep Öztürk")
    (True, False)
    """
    there = folded(" ".join(texts))
    return all(word in there for word in folded(query).split())
