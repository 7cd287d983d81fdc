"""People's names on paper: the first name alone, and who keeps the whole name at one table."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from matchmaker.recognition.name_order import (
    first_name,
    first_name_at,
    folded,
    letter,
    sort_key,
    surname_from,
    surname_key,
)

__all__ = [
    "InTwo",
    "at_one_table",
    "first_name",
    "first_name_at",
    "in_two",
    "letter",
    "sort_key",
    "surname_key",
]


@dataclass(frozen=True)
class InTwo:
    """A name as written, in two: what stands before the surname, and the surname with what follows it."""

    before: str
    surname: str


def in_two(name: str) -> InTwo:
    """Take a name apart where its surname, as it is guessed, begins.

    >>> in_two("Jo van der Berg"), in_two("Björk")
    (InTwo(before='Jo', surname='van der Berg'), InTwo(before='', surname='Björk'))
    """
    at = surname_from(name)
    return InTwo(name[:at].strip(), name[at:])


def at_one_table(names: Iterable[str], whole: Set[str] = frozenset()) -> tuple[str, ...]:
    """Shorten the names of one meeting to first names, but for those kept `whole`.

    Where two share a first name, both keep the full name.

    >>> at_one_table(["Priya Nair", "Tom Price", "Tom Okafor"])
    ('Priya', 'Tom Price', 'Tom Okafor')
    """
    everyone = tuple(names)
    shared = Counter(folded(first_name(name)) for name in everyone)
    return tuple(
        name if name in whole or shared[folded(first_name(name))] > 1 else first_name(name)
        for name in everyone
    )
