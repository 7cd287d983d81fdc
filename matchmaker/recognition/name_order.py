"""People's names as they are searched and put in order.

A name is one string, written as its owner wrote it. Which part of it is the family name cannot be known, so
lists are sorted by the name as written. Accents are folded for order and search only, never on the page.
"""

import unicodedata

OTHER_LETTERS = "Other letters"

# Letters that Unicode does not take apart into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
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


def _from_first_letter(text: str) -> str:
    """Drop quotation marks and pictures before the first letter or digit, unless nothing else is there."""
    for place, character in enumerate(text):
        if character.isalnum():
            return text[place:]
    return text
