"""The words of names and of texts that may hold names: how they are compared, and how much each tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from matchmaker.matching.fillers import GENERIC_WORDS, is_filler, singular
from matchmaker.matching.stems import stem
from matchmaker.matching.thesaurus import CANONICAL
from matchmaker.matching.words import plain_text

TELLING, GENERIC, FILLER = 1.0, 0.4, 0.2
"""What a word of a title counts: "woodland", "survey", "old"."""

CUES = frozenset(
    """
    api archive atlas boundary catalogue composite csv data database dataset download edition entry extent feed figure
    file geometry geopackage grid image index inventory layer list lookup map metadata model outline photo photograph
    point polygon portal raster record register release return series service shapefile spreadsheet statistic survey
    table tile version wfs wms
    """.split()  # noqa: SIM905 - a list to read
)
"""Beside one of these (in the singular) a phrase of a title is a name."""

_SMALL = """
a about above across after again all almost also although always am among an and another any are around as at be
because been before behind being below beside between both but by can cannot could do done each either else
enough etc even ever every few for from further had has have he hence her here hers him his how however i if in
into is it its just last least less made many may me might mine more most much must my neither never next no
nobody none nor not nothing now of off often on once one only onto or other others our out over own part per
perhaps please put rather re same see seem several she should since so some such than that the their them then
there these they this those through to together too under until up upon us very via was we were what when where
whether which while who whole whom whose why will with within without would yet you your
"""
SMALL = frozenset(_SMALL.split())
"""Words that no name is told by."""

PLACES = frozenset(
    (
        "britain",
        "england",
        "english",
        "gb",
        "great",
        "ireland",
        "kingdom",
        "scotland",
        "uk",
        "united",
        "wales",
        "welsh",
    )
)
"""What many names end in, and people leave out."""

NAME_WORD = re.compile(r"[^\W_]+")
MEASURE = re.compile(r"\d+(?:km|m|cm|mm|k|ha|st|nd|rd|th|s)?\b", re.IGNORECASE)
"""A number, perhaps with a unit."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a text as names are compared: its stem, where it stands, whether it is small, or such as "layer"."""

    raw: str
    stem: str
    start: int
    end: int
    small: bool
    cue: bool


def name_words(text: str) -> Iterator[NameWord]:
    """Yield the words of a text in order; "bTB" counts as TB."""
    for word in NAME_WORD.finditer(text):
        raw = word.group()
        plain = plain_text(raw)
        if len(raw) > 2 and raw[0].islower() and raw[1:].rstrip("s").isupper():
            plain = plain[1:]
        root, cue = read_word(plain)
        yield NameWord(raw, root, word.start(), word.end(), plain in SMALL or len(plain) < 2, cue)


@lru_cache(maxsize=50_000)
def read_word(plain: str) -> tuple[str, bool]:
    """Return the stem of a word, and whether it is a cue."""
    root = stem(plain)
    return CANONICAL.get(root, root), singular(plain) in CUES


def meant(token: NameWord, word: str) -> NameWord:
    """Return a word as if this other one, in small letters, stood in its place."""
    root, cue = read_word(word)
    return replace(token, stem=root, cue=cue)


_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC_WORDS)


@lru_cache(maxsize=50_000)
def weight(root: str) -> float:
    """Return what a word with this stem counts in a name.

    >>> [weight(stem(word)) for word in ("woodland", "statistics", "old", "england")]
    [1.0, 0.4, 0.2, 0.2]
    """
    if root in PLACES or MEASURE.fullmatch(root) or is_filler(root) or is_filler(f"{root}e"):
        return FILLER
    return GENERIC if root in _GENERIC_STEMS else TELLING
