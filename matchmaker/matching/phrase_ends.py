"""Where a phrase begins and ends in a text: what may stand between its words, and what is no word to end with."""

import re
from collections.abc import Sequence
from itertools import pairwise

from matchmaker.matching.fillers import is_bent, is_filler, is_generic
from matchmaker.matching.words import Word

CLOSE = re.compile(r"[ '’/–-]+(?:\w+[ '’/–-]+){0,3}")  # noqa: RUF001 - the signs people type
"""What may stand between two words of what somebody asks for: small words, but no comma or full stop."""
CLOSER = re.compile(r"[ '’/–-]+(?:(?:of|and)[ ]+(?:the[ ]+)?)?")  # noqa: RUF001
"""What may stand between two words of other phrases."""


def is_close(text: str, one: Word, two: Word, *, asked: bool = False) -> bool:
    """Whether nothing stands between two words but what may stand inside a phrase, as most often a space."""
    between = text[one.end : two.start]
    return between == " " or bool((CLOSE if asked else CLOSER).fullmatch(between))


def named_together(text: str, found: Sequence[Word]) -> frozenset[str]:
    """Return every two words, such as "sea wall", that stand in a text so that they may be named together.

    They are not where one of them would be taken off an end (`trimmed`), and no third word stands beside it.
    """
    # The last stands for what is beside the text at either end: the place before the first is the last.
    close = [*(is_close(text, one, two) for one, two in pairwise(found)), False]
    return frozenset(
        f"{one.plain} {two.plain}"
        for place, (one, two) in enumerate(pairwise(found))
        if close[place]
        and (close[place - 1] or not is_hollow(text, found, place, place + 1))
        and (close[place + 1] or not is_no_end(two))
    )


def trimmed(text: str, found: Sequence[Word], one: int, last: int) -> tuple[int, int]:
    """Take fillers off both ends of a phrase, and what is generic off the beginning of "data of floods"."""
    while one <= last and is_hollow(text, found, one, last):
        one += 1
    while one <= last and is_no_end(found[last]) and last > one:
        last -= 1
    return (one, last) if one < last or not is_filler(found[one % len(found)].plain) else (one, one - 1)


def is_hollow(text: str, found: Sequence[Word], place: int, last: int) -> bool:
    """Whether a word is not worth beginning a phrase with, of which `last` is the end."""
    loose = text[found[place].end : found[min(place + 1, last)].start].strip(" -")
    return is_filler(found[place].plain) or (bool(loose) and is_generic(found[place].plain))


def is_no_end(word: Word) -> bool:
    """Whether no phrase ends with a word, as none does with "monitored"."""
    return is_filler(word.plain) or is_bent(word.plain)


def wider(text: str, found: Sequence[Word], one: int, last: int, longest: int) -> tuple[int, int]:
    """Take in the words right before a phrase, and a plural right behind it: "waste" of "European waste codes".

    A phrase has at most `longest` words.
    """
    while one and last - one + 1 < longest and _beside(text, found[one - 1], found[one]):
        one -= 1
    if last + 1 < len(found) and last - one + 1 < longest and _beside(text, found[last], found[last + 1]):
        word = found[last + 1].plain
        if text[found[last].end] == "-" or (word.endswith("s") and not is_filler(word)):
            last += 1
    return one, last


def _beside(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start] in (" ", "-") and not is_filler(left.plain)
