"""People's names on paper: the first name alone, and who keeps the whole name at one table."""

from collections import Counter
from collections.abc import Iterable

from matchmaker.recognition.name_order import folded, letter, sort_key

__all__ = ["at_one_table", "first_name", "letter", "sort_key"]

_TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev")
)


def first_name(name: str) -> str:
    """Give the first word of a name, after a title such as Dr; a title alone is the name.

    >>> first_name("Dr. Priya Nair"), first_name("李小龙")
    ('Priya', '李小龙')
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:]
    return words[0] if words else name


def at_one_table(names: Iterable[str]) -> tuple[str, ...]:
    """Shorten the names of one meeting to first names; where two share a first name, both keep the full name.

    >>> at_one_table(["Priya Nair", "Tom Price", "Tom Okafor"])
    ('Priya', 'Tom Price', 'Tom Okafor')
    """
    everyone = tuple(names)
    shared = Counter(folded(first_name(name)) for name in everyone)
    return tuple(name if shared[folded(first_name(name))] > 1 else first_name(name) for name in everyone)
