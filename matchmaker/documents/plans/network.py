"""A picture of who met whom: organisations on a circle, a line between two, the thicker the more they met."""

import math
import textwrap
from dataclasses import dataclass

from matchmaker.documents.plans.report import FEWEST, MORE, OrganisationMatrix

WIDTH, HEIGHT = 760, 520
"""Of the picture, in its own units, and so is all else here."""

RADIUS, THICKEST = 175.0, 12.0
LETTERS = 22
"""A name is broken into lines of about so many letters: three at most, or two where more than MANY names stand."""

MANY = 8


@dataclass(frozen=True)
class Dot:
    """An organisation: where it stands, and its name in lines beside it, away from the middle."""

    x: float
    y: float
    lines: tuple[str, ...]
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Tie:
    """Two organisations whose people met; `few` if they are too few to be counted out, as wide as the thinnest."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    few: bool


@dataclass(frozen=True)
class NetworkPicture:
    """What a page draws."""

    dots: tuple[Dot, ...]
    ties: tuple[Tie, ...]
    width: int = WIDTH
    height: int = HEIGHT


def picture(matrix: OrganisationMatrix) -> NetworkPicture | None:
    """Return the picture of a matrix, thin lines first; None where no two organisations met.

    Hidden numbers stay hidden: small ones are all drawn alike, and one of FEWEST or more as FEWEST.
    O(organisations²), of which there are few.
    """
    number = len(matrix.names)
    places = [_place(at, number) for at in range(number)]
    hidden = matrix.hidden
    met = {
        (one, other): FEWEST if hidden.get((one, other)) == MORE else matrix.cells[one][other]
        for one in range(number)
        for other in range(one + 1, number)
        if matrix.cells[one][other]
    }
    if not met:
        return None
    most = max(*met.values(), FEWEST)
    ties = [
        Tie(*places[one], *places[other], _width(count, most), count < FEWEST)
        for (one, other), count in sorted(met.items(), key=lambda item: (item[1], item[0]))
    ]
    lines = 2 if number > MANY else 3
    dots = [_dot(name, *place, lines) for name, place in zip(matrix.names, places, strict=True)]
    return NetworkPicture(tuple(dots), tuple(ties))


def _width(count: int, most: int) -> float:
    return 1.0 if count < FEWEST else round(1.5 + (THICKEST - 1.5) * count / most, 1)


def _place(at: int, number: int) -> tuple[float, float]:
    angle = 2 * math.pi * at / number - math.pi / 2
    return (
        round(WIDTH / 2 + RADIUS * math.cos(angle), 1),
        round(HEIGHT / 2 + RADIUS * math.sin(angle), 1),
    )


def _dot(name: str, x: float, y: float, most: int) -> Dot:
    """Write the name to the right of a dot on the right, and so on; over or under one at the top or bottom."""
    lines = tuple(textwrap.wrap(name, LETTERS, max_lines=most, placeholder="…"))
    side = (x > WIDTH / 2 + 20) - (x < WIDTH / 2 - 20)
    away = 18 * ((y > HEIGHT / 2) - (y < HEIGHT / 2)) if not side else 0
    top = y + away - 8 * (len(lines) - 1) * (1 if side else 2 * (away < 0)) + 5
    return Dot(x, y, lines, round(x + 16 * side, 1), round(top, 1), ("end", "middle", "start")[side + 1])
