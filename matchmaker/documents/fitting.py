"""How much paper a text takes: an estimate on the safe side, so that nothing printed is ever cut.

A browser and a PDF maker lay out text by different rules and, where a font is missing, in different fonts.
The size of the type on a slip is therefore chosen here, from the text alone: widths are those of a rather
wide sans serif, lines are broken as browsers break them.
"""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

MM_PER_POINT = 25.4 / 72
_WIDE = frozenset("mwMW@%—…ŵŴ")
_NARROW = frozenset("ijl.,:;'’|! ftrI()[]")

_SPACE = 0.32

Item = TypeVar("Item")


def width(text: str) -> float:
    """Estimate the width of one line of text, in ems (multiples of the type size)."""
    return sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    kind = unicodedata.category(character)
    if kind in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"} or kind == "So":
        return 1.3 if kind == "So" else 1.05
    if character in _WIDE:
        return 0.9
    if character in _NARROW:
        return 0.32
    return 0.64 if kind == "Lu" else 0.53


def lines(text: str, points: float, millimetres: float) -> int:
    """Count the lines of `text` set in `points` on a measure of `millimetres`; empty text takes none."""
    measure = millimetres / (points * MM_PER_POINT)
    count, used = 0, measure
    for word in text.split():
        needed = width(word)
        if count and used + _SPACE + needed <= measure:
            used += _SPACE + needed
            continue
        # A word that is wider than the line is broken wherever the line ends.
        whole = int(needed // measure)
        count += whole + 1
        used = needed - whole * measure
    return count


def height(text: str, points: float, millimetres: float, leading: float = 1.22) -> float:
    """Estimate the height of `text` in millimetres; `leading` is line height over type size."""
    return lines(text, points, millimetres) * points * MM_PER_POINT * leading


def largest(sizes: Sequence[float], text: str, millimetres: float, most_lines: int) -> float:
    """Pick the first of `sizes` (points, largest first) that sets `text` in `most_lines`, else the last."""
    for points in sizes:
        if lines(text, points, millimetres) <= most_lines:
            return points
    return sizes[-1]


def fill(items: Sequence[Item], heights: Sequence[float], room: float) -> list[tuple[Item, ...]]:
    """Share `items` out over the pieces of paper they need, in order; heights and room in millimetres.

    An item taller than the room gets a piece to itself. No items give one empty piece.
    """
    pieces: list[list[Item]] = [[]]
    used = 0.0
    for item, needed in zip(items, heights, strict=True):
        if pieces[-1] and used + needed > room:
            pieces.append([])
            used = 0.0
        pieces[-1].append(item)
        used += needed
    return [tuple(piece) for piece in pieces]


def batches(items: Sequence[Item], size: int) -> list[tuple[Item, ...]]:
    """Cut `items` into runs of `size`; the last may be shorter.

    >>> batches("abcde", 2)
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    return [tuple(items[start : start + size]) for start in range(0, len(items), size)]


def stacked(items: Sequence[Item], places: int) -> list[tuple[Item | None, ...]]:
    """Lay items out on sheets of `places`, so that the cut piles, put on top of each other, are in order.

    With two places, five items take three sheets, of which the last is half empty:

    >>> stacked("abcde", 2)
    [('a', 'd'), ('b', 'e'), ('c', None)]
    """
    sheets = -(-len(items) // places)
    return [
        tuple(items[pile] if pile < len(items) else None for pile in range(sheet, sheets * places, sheets))
        for sheet in range(sheets)
    ]
