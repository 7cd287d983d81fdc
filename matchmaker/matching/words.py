"""Cutting texts into words, where terms such as R, C#, 5G and ISO 19115 are words, too."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

WORD = re.compile(r"\w+")
_SIGNED = r"(?<=[CFJ])(?<![\w+#].)(?:\+\+|#)(?![\w+#])"
_NUMBERED = (
    r"(?<![\w-].)[A-Z]{1,5}[ :/-]?(?!(?:19|20)\d\d(?!\d))\d{3,}(?!\w)"
    r"|(?<!\w.)(?:(?<=B)S|(?<=E)N|(?<=E)PSG|(?<=I)EC|(?<=I)SO)[ :/-]?\d{3,}(?!\w)"
)
"""A standard's number, no year."""
_LETTER = r"(?<=[B-HJ-Z])(?<![\w.'’&/+#-].)(?![\w'’&/+#-])"  # noqa: RUF001 - the sign people type
_CODE = re.compile(f"[A-Z](?:{_SIGNED}|{_NUMBERED}|{_LETTER})")
"""Begins with a capital, which is found four times as soon as each of these, which look back at it."""
_INITIAL = re.compile(r"(?:^|[^a-z,;]\s*)\Z")
"""What stands before the letter of a name ("J. Smith"): nothing, or a capital."""
_NUMBERING = re.compile(
    r"\b(?:annex|appendix|band|category|class|figure|grade|group|hepatitis|option|part|phase|plan|route|schedule"
    r"|section|step|table|team|type|unit|vitamin|zone)\s+\Z",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:km|m|cm|mm|ha|kg|g|t|s|st|nd|rd|th|am|pm|k|x|d)?[23]?")


class Word(NamedTuple):
    """A word of a text as it is compared, and where it stands."""

    plain: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """Return a text in small letters without accents."""
    small = text.lower()
    if small.isascii():
        return small
    return "".join(one for one in unicodedata.normalize("NFKD", small) if not unicodedata.combining(one))


def words_of(text: str) -> list[str]:
    """Return the words of `text` in small letters without accents, small ones included."""
    return WORD.findall(plain_text(text))


def codes(text: str) -> Iterator[Word]:
    """Yield the terms of a text that are no plain words: one capital letter, C#, a standard's number.

    >>> [one.plain for one in codes("Help with R, C# and ISO 19115. Ask J. Smith of Group B in May 2020.")]
    ['r', 'c#', 'iso19115']
    """
    for code in _CODE.finditer(text):
        said = code.group()
        if len(said) == 1:
            before = text[max(0, code.start() - 20) : code.start()]
            if _NUMBERING.search(before) or (
                text[code.end() : code.end() + 1] == "." and _INITIAL.search(before)
            ):
                continue
        yield Word(re.sub(r"[ :/-]", "", said).lower(), code.start(), code.end())


def is_code(word: str) -> bool:
    """Whether a plain word is a term by its letters and signs alone, and no number with a unit.

    >>> [is_code(word) for word in ("r", "c#", "5g", "d3", "iso19115", "10km", "2004", "map")]
    [True, True, True, True, True, False, False, False]
    """
    if len(word) == 1:
        return word.isalpha()
    if "#" in word or "+" in word:
        return True
    mixed = any(one.isdigit() for one in word) and any(one.isalpha() for one in word)
    return mixed and (word == "5g" or not _MEASURE.fullmatch(word))
