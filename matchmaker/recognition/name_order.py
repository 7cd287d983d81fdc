"""People's names as they are searched and put in order.

A name is one string, written as its owner wrote it. Which part of it is the family name cannot be known: where a
list is by surname, it is guessed, and the list shows by which word each name stands. Accents are folded for order and
search only, never on the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from matchmaker.name_words import letters_after, titles_before

OTHER_LETTERS = "Other letters"

# Letters that Unicode does not take apart into a base letter and a mark.
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
    | dict.fromkeys("'`‘’‛ʹʻʼʽˈ′＇", "")  # noqa: RUF001
)
_ACUTE = "´"  # noqa: RUF001
"""An accent by itself, typed as an apostrophe: Unicode takes it apart into a space and a mark."""

# What stands before a family name and belongs to it.
PARTICLES = frozenset((
    "ab", "af", "al", "ap", "av", "bin", "bint", "da", "das", "de", "del", "della", "der", "den", "des",
    "dei", "di", "dos", "du", "el", "ferch", "ibn", "la", "las", "le", "los", "mac", "mhic", "ni", "nic", "san", "st",
    "ten", "ter", "ui", "van", "verch", "vom", "von", "zu", "zum", "zur", "y",
))  # fmt: skip
_BETWEEN_WORDS = re.compile(r"[\s,;‐‑–-]+")
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|(?<=\S)\s+(?:geb\.|geborene?|née?|nee|formerly)\s.*")
"""What stands in brackets, and a name that somebody had before."""
_VIETNAMESE = frozenset(("nguyen", "tran", "pham", "huynh", "hoang", "phan", "dang", "ngo", "bui", "duong"))
"""Family names with which names in the Vietnamese order begin; Lê, Võ and the like are names elsewhere, too."""
_O = "Ó "
"""What stands before Irish family names; an O without its accent may as well be an initial."""

MOST_TYPED, MOST_NAMES, MOST_WORDS, LONGEST_WORD = 4000, 50, 12, 60
"""What is read of a search for names: signs, names, words of a name, letters of a word."""


def folded(text: str) -> str:
    """Take case, accents, apostrophes and other marks away.

    >>> folded("Łucja Ŵyn-Søndergård"), folded("O’Doherty"), folded("O'DOHERTY"), folded("O´Doherty")
    ('lucja wyn-sondergard', 'odoherty', 'odoherty', 'odoherty')
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    apart = unicodedata.normalize("NFKD", text.casefold().replace(_ACUTE, ""))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_FOLDED)


def sought(typed: str) -> list[str]:
    """Return the words of a name that is looked for, as `folded`: no more, and no longer ones, than a name has.

    Thousands of words would be a question that no database answers. Commas part words, and hyphens, as a name with
    one is written without it, too.

    >>> sought("Okafor, AMARA"), sought("O’Hara-Lee"), len(sought("a b c d e f g h i j k l m n o"))
    (['okafor', 'amara'], ['ohara', 'lee'], 12)
    """
    words = _BETWEEN_WORDS.sub(" ", folded(typed[:MOST_TYPED])).split()[:MOST_WORDS]
    return [word[:LONGEST_WORD] for word in words]


def several_sought(typed: str) -> list[list[str]]:
    """Return the words of each of the names that are looked for, with commas between: the first fifty names."""
    return [words for part in typed[:MOST_TYPED].split(",") if (words := sought(part))][:MOST_NAMES]


def first_name(name: str) -> str:
    """Give what somebody is called by, as far as their name shows it: a title, or initials, alone are the name.

    >>> first_name("Dr. Priya Nair"), first_name("李小龙"), first_name("Okafor, Maria"), first_name("J. Robert Oppen")
    ('Priya', '李小龙', 'Maria', 'Robert')
    >>> first_name("Nguyễn Thị Minh Khai"), first_name("J. Smith")
    ('Khai', 'J. Smith')
    """
    begins, ends = first_name_at(name)
    return name[begins:ends]


@lru_cache(maxsize=10_000)
def first_name_at(name: str) -> tuple[int, int]:
    """Return where the first name begins and ends: behind titles, and before a comma."""
    words = list(re.finditer(r"\S+", name))
    texts = [word.group() for word in words]
    if given := given_at(texts):
        at = given + titles_before(texts[given:])
    elif _is_vietnamese(texts):
        at = len(texts) - 1 - letters_after(texts)
    else:
        at = titles_before(texts)
        last = len(texts) - 1 - letters_after(texts)
        if at < last and _is_initial(texts[at]):
            called = next((place for place in range(at, last) if not _is_initial(texts[place])), None)
            if called is None:
                return words[at].start(), words[last].end()
            at = called
    if not words:
        return 0, len(name)
    bare = texts[at].rstrip(",;") or texts[at]
    return words[at].start(), words[at].start() + len(bare)


def given_at(words: Sequence[str]) -> int:
    """Return the place of the first name in a name with the family name first and a comma; 0 in any other.

    >>> names = ("Okafor, Maria", "van der Berg, Jo", "Smith Jr., John", "Ada Byrne, PhD", "Byrne, PhD", "Ada Byrne")
    >>> [given_at(name.split()) for name in names]
    [1, 3, 2, 0, 0, 0]
    """
    ends = next((place for place, word in enumerate(words, start=1) if word.endswith(",")), 0)
    family = words[: ends - letters_after(words[:ends])]
    alone = sum(not _is_particle(word) for word in family) == 1
    return ends if alone and letters_after(words) < len(words) - ends else 0


def _is_vietnamese(words: Sequence[str]) -> bool:
    """Whether a name is in the Vietnamese order, which begins with the family name and ends with the given one."""
    last = len(words) - 1 - letters_after(words)
    return last > 1 and folded(words[0]) in _VIETNAMESE and folded(words[last]) not in _VIETNAMESE


def _is_initial(word: str) -> bool:
    bare = word.strip(".")
    return len(bare) == 1 and bare.lower() != bare.upper()


@lru_cache(maxsize=10_000)
def surname_from(name: str) -> int:
    """Guess where the family name begins: the place of its first letter; 0 where it is one word or cannot be told.

    What stands in brackets, such as the name somebody goes by, is no part of it.

    >>> names = ("Priya Nair", "Jo van der Berg, PhD", "Llŷr ap Gwilym", "Björk", "王小明")
    >>> [name[surname_from(name) :] for name in names]
    ['Nair', 'van der Berg, PhD', 'ap Gwilym', 'Björk', '王小明']
    >>> names = ("William (Bill) Reed", "Ada Byrne (Kew)", "Renée Ó Briain", "John O. Reed", "Sanne van ’t Hoff")
    >>> [name[surname_from(name) :] for name in names]
    ['Reed', 'Byrne (Kew)', 'Ó Briain', 'Reed', 'van ’t Hoff']
    >>> names = ("Sir Ian McKellen CH CBE", "Eva Maier geb. Schulz", "Yo-Yo Ma", "Nguyễn Thị Minh Khai")
    >>> [name[surname_from(name) :] for name in names]
    ['McKellen CH CBE', 'Maier geb. Schulz', 'Ma', 'Nguyễn Thị Minh Khai']
    """
    if letter(name) == OTHER_LETTERS:
        return 0
    bare = _BRACKETS.sub(lambda found: " " * len(found[0]), name)
    words = list(re.finditer(r"\S+", bare))
    texts = [word.group() for word in words]
    if given_at(texts) or _is_vietnamese(texts):
        return 0
    last = len(words) - 1 - letters_after(texts)
    while last > 1 and (_is_particle(texts[last - 1]) or name.startswith(_O, words[last - 1].start())):
        last -= 1
    return words[last].start() if last > 0 else 0


def surname_key(name: str) -> tuple[bool, str, str]:
    """Order names by the family name as it is guessed, then by the rest; those in other alphabets last.

    Of namesakes, what stands in brackets after the name comes last.

    >>> sorted(["Zoë Ash", "Ann Ash (Kew)", "Ann Ash", "Ben Okafor", "Carys ap Gwilym"], key=surname_key)
    ['Carys ap Gwilym', 'Ann Ash', 'Ann Ash (Kew)', 'Zoë Ash', 'Ben Okafor']
    """
    at = surname_from(name)
    surname = _BRACKETS.sub("", name[at:]).strip() or name[at:]
    return sort_key(f"{surname}  {name[:at]}".strip())[:2] + (name,)


def _is_particle(word: str) -> bool:
    """Whether a word belongs to the family name behind it; a T without its apostrophe may as well be an initial."""
    return folded(word).strip(".,;") in PARTICLES or word.casefold() in ("'t", "’t")


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
