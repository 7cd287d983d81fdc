"""Abbreviations and codes of titles: in brackets after the words they stand for, and the initials of words."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import islice, product

from matchmaker.matching.name_words import MEASURE, NAME_WORD, PLACES, SMALL, TELLING, name_words, weight
from matchmaker.matching.thesaurus import ORGANISATIONS
from matchmaker.matching.titles import pieces, short

SHORTEST, LONGEST = 3, 6
"""Words whose initials are an abbreviation."""

MOST_SPELLINGS = 8
"""So many ways to take in small words are tried: three of them, or the first of more."""

_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}")
_MIXED = re.compile(r"[A-Z]+[a-z]+[A-Z]\w*|[a-z]+[A-Z]\w*")
_CODED = re.compile(r"\[([\w-]+-[\w-]+)\]")
_ASIDE = re.compile(r"[(\[]([A-Z][A-Za-z&-]{1,8})[)\]]")
_SEPARATOR = re.compile(r"\s*[-–:,;(\[]|\s*$")  # noqa: RUF001 - a dash as people type it
_HEAD = re.compile(r"\s[-–]\s|[:;,(\[]")  # noqa: RUF001


class Stands(Enum):
    """What an abbreviation found in a title stands for."""

    FOR_IT = "it"
    FOR_FAMILY = "family"
    """For the beginning of the title, which other titles may share."""
    FOR_OTHER = "other"
    """For somebody or something else that the title speaks of."""


def initials(title: str) -> Iterator[tuple[str, Stands]]:
    """Yield the abbreviations in a title and what each stands for.

    >>> list(initials("Source Protection Zones [Merged]"))
    [('Merged', <Stands.FOR_OTHER: 'other'>), ('SPZ', <Stands.FOR_IT: 'it'>)]
    >>> list(initials("Scottish Natural Heritage (SNH) Sound of Arisaig"))
    [('SNH', <Stands.FOR_OTHER: 'other'>)]
    """
    for aside in _ASIDE.finditer(title):
        yield aside[1], _in_brackets(title, aside)
    head = [one for one in NAME_WORD.findall(_HEAD.split(title, maxsplit=1)[0]) if not one.isdigit()]
    told = [one for one in head if one.lower() not in SMALL]
    if len(told) >= SHORTEST and len(head) <= LONGEST and not any(one[0].isupper() for one in head[1:]):
        yield from ((one.upper(), Stands.FOR_IT) for one in _spellings(head, told) if len(one) > SHORTEST)
    run = _capital_run(head)
    content = [one for one in head if one.lower() not in SMALL | PLACES]
    for length in range(SHORTEST, min(len(run), LONGEST) + 1):
        if run[length - 1].lower() in ORGANISATIONS:
            continue
        rest = [one.stem for one in name_words(" ".join(content)) if one.raw not in run[:length]]
        alone = not any(weight(one) >= TELLING for one in rest)
        for letters in _spellings(head, run[:length]):
            yield letters, Stands.FOR_IT if alone else Stands.FOR_FAMILY


def _spellings(head: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    """Yield the first letters of these words of a title, without and with those of the small words between.

    >>> list(_spellings(["Public", "Rights", "of", "Way"], ["Public", "Rights", "Way"]))
    ['PRW', 'PROW']
    """
    between = head[head.index(said[0]) : head.index(said[-1]) + 1]
    ways = [(one[0],) if one in said else ("", one[0].upper()) for one in between]
    for letters in islice(product(*ways), MOST_SPELLINGS):
        yield "".join(letters)


def _in_brackets(title: str, aside: re.Match[str]) -> Stands:
    """Return what an abbreviation in brackets stands for: the title, if its words are all the title says."""
    letters = aside[1]
    before = [one for one in NAME_WORD.findall(title[: aside.start()]) if one.lower() not in SMALL]
    last = before[-len(letters) :]
    spelt = "".join(one[0] for one in last).upper() == letters.upper()
    if not spelt and (begun := _begun(before, letters.lower())):
        last, spelt = begun, True
    begins = len([one for one in before if not one.isdigit()]) <= len(letters) + 1
    after = title[aside.end() :]
    more = any(not one.small and weight(one.stem) >= TELLING for one in name_words(after))
    ends = not more or _SEPARATOR.match(after) is not None
    thing = bool(last) and last[-1].lower() not in ORGANISATIONS
    return Stands.FOR_IT if spelt and begins and ends and thing else Stands.FOR_OTHER


def _begun(words: Sequence[str], letters: str) -> list[str]:
    """Return the last words whose beginnings, the first of three letters or more, spell these letters.

    >>> _begun(["Crop", "Map", "England"], "crome")
    ['Crop', 'Map', 'England']
    """
    for start in range(max(0, len(words) - LONGEST), len(words) - 1):
        for at in range(3, len(letters) - 1):
            if words[start].lower().startswith(letters[:at]) and _spell(words[start + 1 :], letters[at:]):
                return [*words[start:]]
    return []


def _spell(words: Sequence[str], letters: str) -> bool:
    """Whether the beginnings of some of these words, in order and with the last, spell the letters."""
    if not words or not letters:
        return not words and not letters
    word = words[0].lower()
    ways = (at for at in range(1, len(letters) + 1) if word.startswith(letters[:at]))
    return any(_spell(words[1:], letters[at:]) for at in ways) or (
        len(words) > 1 and _spell(words[1:], letters)
    )


def spelt_out(title: str, letters: str) -> str:
    """Return the words of a title that letters in brackets stand for; nothing if they are not its initials."""
    before = title[: title.find(f"({letters})")].split()
    last = [one for one in before if one.lower() not in SMALL][-len(letters) :]
    return " ".join(last) if [one[0].upper() for one in last] == list(letters.upper()) else ""


def _capital_run(words: Sequence[str]) -> list[str]:
    """Return the words with a capital that a title begins with, small words left out."""
    run: list[str] = []
    for word in words:
        if word.lower() in SMALL:
            continue
        if not word[0].isupper() or (word.isupper() and len(word) > 1):
            break
        run.append(word)
    return run


def codes(title: str) -> Iterator[str]:
    """Yield the codes in a title, in small letters, and words such as GeoIndex, as they are written.

    >>> list(codes("BGS GeoIndex of UKCP09, 25km")), list(codes("Monthly flow [MaRIUS-G2G-monthly]"))
    (['GeoIndex', 'ukcp09'], ['G2G', 'MaRIUS'])
    """
    for coded in _CODED.findall(title):
        yield from (one for one in coded.split("-") if one.isupper() and len(one) >= SHORTEST)
    for word in NAME_WORD.findall(title):
        if _CODE.fullmatch(word.lower()) and not MEASURE.fullmatch(word):
            yield word.lower()
        elif _MIXED.fullmatch(word) and len(word) > SHORTEST:
            yield word
    for piece in (short(title), *pieces(title)):
        *words, number = NAME_WORD.findall(piece) or [""]
        if (
            1 < len(words) <= LONGEST
            and number.isdigit()
            and len(number) < 3
            and all(one.istitle() for one in words)
        ):
            yield "".join(one[0] for one in words) + number
