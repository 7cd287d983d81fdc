"""Stretches of a text in which a name may stand, and whether they are written like one."""

import re
from collections.abc import Iterator, Sequence

from matchmaker.matching.name_words import MEASURE, NameWord

GAP = 2
"""So many small words may stand between two words of a name."""

_CUT = re.compile(r"[.!?;\n\r•…|]")
_OPENS = re.compile(r"(?:[.!?:\n]|\A)\W*\Z")


def stretches(text: str, tokens: Sequence[NameWord]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each sentence, or part between semicolons and the like."""
    start = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or _CUT.search(text, tokens[place - 1].end, tokens[place].start):
            yield start, place - 1
            start = place


def runs(tokens: Sequence[NameWord], places: Sequence[int]) -> Iterator[list[int]]:
    """Cut the places of a name's words into runs with at most `GAP` words between, all of them small."""
    run: list[int] = []
    for place in places:
        between = tokens[run[-1] + 1 : place] if run else ()
        if run and (
            len(between) > GAP or not all(one.small or MEASURE.fullmatch(one.raw) for one in between)
        ):
            yield run
            run = []
        run.append(place)
    if run:
        yield run
        if len(run) > 2 and tokens[run[0]].stem in {tokens[one].stem for one in run[1:]}:
            yield run[1:]  # "questions about the Questions from companies"


def is_styled(text: str, words: Sequence[NameWord]) -> bool:
    """Whether capitals inside the sentence make a name of these words: not only the first of a sentence."""
    opening = _OPENS.search(text, 0, words[0].start) is not None
    inner = words[1:] if opening else words
    capital = [one for one in inner if one.raw[:1].isupper()]
    return bool(capital) and len(capital) >= len(inner) / 2


def near(tokens: Sequence[NameWord], first: int, last: int) -> Iterator[NameWord]:
    """Yield the two words before a run and the two behind it."""
    yield from tokens[max(0, first - 2) : first]
    yield from tokens[last + 1 : last + 3]


def joined(tokens: Sequence[NameWord]) -> Iterator[frozenset[str]]:
    """Yield the stems on both sides of each "and" or "or", whichever is said first."""
    for before, link, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if link.raw.lower() in ("and", "or"):
            yield frozenset((before.stem, after.stem))
