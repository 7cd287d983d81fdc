"""People's names as they are searched and put in order.

A name is one string, written as its owner wrote it. Which part of it is the family name cannot be known: where a
list is by surname, it is guessed, and the list shows by which word each name stands. Accents are folded for order and
search only, never on the page.
"""

import re
import unicodedata

OTHER_LETTERS = "Other letters"

# Letters that Unicode does not take apart into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)

# What stands before a family name and belongs to it, before a whole name, and after one without belonging to it.
PARTICLES = frozenset((
    "ab", "af", "al", "ap", "av", "bin", "bint", "da", "das", "de", "del", "della", "der", "den", "des",
    "dei", "di", "dos", "du", "el", "ferch", "ibn", "la", "las", "le", "los", "mac", "mhic", "ni", "nic", "san", "st",
    "'t", "’t", "ten", "ter", "ui", "van", "verch", "vom", "von", "zu", "zum", "zur", "y",
))  # fmt: skip
TITLES = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev")
)
_AFTER = frozenset((
    "ba", "bsc", "cbe", "ceng", "cgeog", "cstat", "dphil", "esq", "fbcs", "frgs", "frs", "frss", "ii", "iii",
    "iv", "jnr", "jr", "ma", "mba", "mbe", "mp", "mphil", "mrcvs", "msc", "obe", "phd", "qc", "kc", "snr",
    "sr",
))  # fmt: skip

_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_O = "Ó "
"""What stands before Irish family names; an O without its accent may as well be an initial."""

MOST_TYPED, MOST_NAMES, MOST_WORDS, LONGEST_WORD = 4000, 50, 12, 60
"""What is read of a search for names: signs, names, words of a name, letters of a word."""


def folded(text: str) -> str:
    """Take case, accents and other marks away.

    >>> folded("Łucja Ŵyn-Søndergård")
    'lucja wyn-sondergard'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_FOLDED)


def sought(typed: str) -> list[str]:
    """Return the words of a name that is looked for, as `folded`: no more, and no longer ones, than a name has.

    Thousands of words would be a question that no database answers.

    >>> sought("Okafor, AMARA"), len(sought("a b c d e f g h i j k l m n o")), len(sought("x" * 99)[0])
    (['okafor,', 'amara'], 12, 60)
    """
    return [word[:LONGEST_WORD] for word in folded(typed[:MOST_TYPED]).split()][:MOST_WORDS]


def several_sought(typed: str) -> list[list[str]]:
    """Return the words of each of the names that are looked for, with commas between: the first fifty names."""
    return [words for part in typed[:MOST_TYPED].split(",") if (words := sought(part))][:MOST_NAMES]


def first_name(name: str) -> str:
    """Give the first word of a name, after a title such as Dr; a title alone is the name.

    >>> first_name("Dr. Priya Nair"), first_name("李小龙")
    ('Priya', '李小龙')
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
    return words[0] if words else name


def surname_from(name: str) -> int:
    """Guess where the family name begins: the place of its first letter; 0 where it is one word or cannot be told.

    What stands in brackets, such as the name somebody goes by, is no part of it.

    >>> names = ("Priya Nair", "Jo van der Berg, PhD", "Llŷr ap Gwilym", "Björk", "王小明")
    >>> [name[surname_from(name) :] for name in names]
    ['Nair', 'van der Berg, PhD', 'ap Gwilym', 'Björk', '王小明']
    >>> names = ("William (Bill) Reed", "Ada Byrne (Kew)", "Renée Ó Briain", "John O. Reed", "Sanne van ’t Hoff")
    >>> [name[surname_from(name) :] for name in names]
    ['Reed', 'Byrne (Kew)', 'Ó Briain', 'Reed', 'van ’t Hoff']
    """
    if letter(name) == OTHER_LETTERS:
        return 0
    bare = _BRACKETS.sub(lambda found: " " * len(found[0]), name)
    words = [(found.start(), _bare(found.group())) for found in re.finditer(r"\S+", bare)]
    while len(words) > 1 and words[-1][1] in _AFTER:
        words.pop()
    last = len(words) - 1
    while last > 1 and (words[last - 1][1] in PARTICLES or name.startswith(_O, words[last - 1][0])):
        last -= 1
    return words[last][0] if last > 0 else 0


def surname_key(name: str) -> tuple[bool, str, str]:
    """Order names by the family name as it is guessed, then by the rest; those in other alphabets last.

    Of namesakes, what stands in brackets after the name comes last.

    >>> sorted(["Zoë Ash", "Ann Ash (Kew)", "Ann Ash", "Ben Okafor", "Carys ap Gwilym"], key=surname_key)
    ['Carys ap Gwilym', 'Ann Ash', 'Ann Ash (Kew)', 'Zoë Ash', 'Ben Okafor']
    """
    at = surname_from(name)
    surname = _BRACKETS.sub("", name[at:]).strip() or name[at:]
    return sort_key(f"{surname}  {name[:at]}".strip())[:2] + (name,)


def _bare(word: str) -> str:
    return folded(word).strip(".,;")


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
