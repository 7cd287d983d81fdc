"""People's names on paper: their order in a list, the letter they stand under, the first name alone.

A name is one string, written as its owner wrote it. Which part of it is the family name cannot be known, so
lists are sorted by the name as written. Accents are folded for the order only, never on the page.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

OTHER_LETTERS = "Other letters"

# Letters that Unicode does not take apart into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev")
)


def folded(text: str) -> str:
    """Take case, accents and other marks away.

    >>> folded("Łucja Ŵyn-Søndergård")
    'lucja wyn-sondergard'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_FOLDED)


def sort_key(name: str) -> tuple[bool, str, str]:
    """Order names A to Z with accents folded, then those in other alphabets; ties by the name itself."""
    plain = _from_first_letter(folded(name))
    return letter(name) == OTHER_LETTERS, plain, name


def letter(name: str) -> str:
    """Give the heading a name stands under: `A` to `Z`, or `Other letters`.

    >>> letter("Łucja"), letter("'Ōhi'a"), letter("李小龙")
    ('L', 'O', 'Other letters')
    """
    first = _from_first_letter(folded(name))[:1].upper()
    return first if "A" <= first <= "Z" else OTHER_LETTERS


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


def _from_first_letter(text: str) -> str:
    """Drop quotation marks and pictures before the first letter or digit, unless nothing else is there."""
    for place, character in enumerate(text):
        if character.isalnum():
            return text[place:]
    return text
