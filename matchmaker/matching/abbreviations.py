"""Abbreviations and what they stand for, as texts show it: "EPC" and "Energy Performance Certificates"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from matchmaker.matching.fillers import is_filler, singular
from matchmaker.matching.words import WORD, plain_text

SHORTEST, LONGEST = 3, 6
"""Letters of an abbreviation: of two, too many words begin with them."""

MOST_MEANINGS = 1
"""An abbreviation that may stand for more things here stands for none of them."""

_ABBREVIATION = re.compile(r"(?<![\w-])([A-Z]{3,6})s?(?![\w-])")
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))
_JOINED = re.compile(r"[ \-–/]+")  # noqa: RUF001 - a dash as people type it


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Which long forms have a short one. Build it with `learnt`."""

    by_start: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    """By the first word of each long form (see `_key`): all of its words, and its abbreviation in small letters."""

    def said(self, text: str) -> Iterator[str]:
        """Yield the abbreviations whose long form stands in `text`. O(words)."""
        if not self.by_start:
            return
        words = words_as_compared(text)
        for place, word in enumerate(words):
            for form, letters in self.by_start.get(word, ()):
                if tuple(words[place : place + len(form)]) == form:
                    yield letters

    def unlike(self, others: "Abbreviations") -> Iterator[tuple[str, ...]]:
        """Yield the long forms that have a short one among these or among the others only, and some of both."""
        for _, forms in self.by_start.items() ^ others.by_start.items():
            yield from (form for form, _ in forms)


def words_as_compared(text: str) -> list[str]:
    """Return the words of a text but for small ones, as long forms are compared with them."""
    return [_key(word) for word in WORD.findall(plain_text(text)) if word not in _SMALL]


def learnt(texts: Sequence[str]) -> Abbreviations:
    """Find every abbreviation that somebody writes and whose words somebody writes out. O(total words)."""
    used = {found for text in texts for found in _ABBREVIATION.findall(text)}
    meanings: dict[str, dict[tuple[str, ...], bool]] = defaultdict(dict)
    any_used = re.compile("|".join(map(re.escape, used)))
    for text in texts if used else ():
        said = (word for word in WORD.findall(text) if word.lower() not in _SMALL)
        if not any_used.search("".join(word[0].upper() for word in said)):
            continue
        for letters, form, sure in _written_out(text, used):
            meanings[letters][form] = meanings[letters].get(form, False) or sure
    by_start: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for letters, forms in meanings.items():
        likely = [form for form, sure in forms.items() if sure] or list(forms)
        if len(likely) <= MOST_MEANINGS:
            by_start[likely[0][0]].append((likely[0], letters.lower()))
    return Abbreviations({start: tuple(forms) for start, forms in by_start.items()})


def _written_out(text: str, used: set[str]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield an abbreviation, the words it may stand for, and whether capitals or brackets make it sure."""
    for stretch in _stretches(text):
        initials = "".join(text[start].upper() for start, _ in stretch)
        for length in range(SHORTEST, LONGEST + 1):
            for place in range(len(stretch) - length + 1):
                letters = initials[place : place + length]
                if letters not in used:
                    continue
                words = [text[start:end] for start, end in stretch[place : place + length]]
                capital = all(word[0].isupper() and not word.isupper() for word in words)
                bracketed = (
                    text[stretch[place + length - 1][1] :][: length + 3].lstrip().startswith(f"({letters}")
                )
                plain = [plain_text(word) for word in words]
                if capital or bracketed or not any(len(word) < 3 or is_filler(word) for word in plain):
                    yield letters, tuple(map(_key, plain)), capital or bracketed


def _stretches(text: str) -> Iterable[list[tuple[int, int]]]:
    """Return the words that follow each other without a comma or the like, as (start, end), small ones left out."""
    found: list[list[tuple[int, int]]] = [[]]
    last = 0
    for word in WORD.finditer(text):
        if found[-1] and not _JOINED.fullmatch(text, last, word.start()):
            found.append([])
        last = word.end()
        if word.group().lower() not in _SMALL:
            found[-1].append(word.span())
    return found


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    return singular(word)[:6]
