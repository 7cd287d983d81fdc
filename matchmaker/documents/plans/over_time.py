"""A picture of how numbers grew, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WIDTH, HEIGHT = 760, 260
"""Of the picture, in its own units, and so is all else here."""

LEFT, RIGHT, TOP, BOTTOM = 44, 16, 12, 34
MOST_ROWS = 12
"""So many dates the table beside the picture has at most."""


@dataclass(frozen=True)
class Growth:
    """What grew, in words, and how many there were at the end of each day."""

    words: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class OverTime:
    """Numbers by day, from `first` on; `top` is the highest."""

    first: date
    growths: tuple[Growth, ...]

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.growths[0].counts)

    @property
    def top(self) -> int:
        """The highest number, at least one."""
        return max(1, *(max(one.counts) for one in self.growths))

    def points(self, growth: Growth) -> str:
        """Return one line of the picture as SVG takes it: "x,y x,y"."""
        across, down, top = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, self.top
        return " ".join(
            f"{LEFT + across * at / max(1, self.days - 1):.1f},{TOP + down * (1 - count / top):.1f}"
            for at, count in enumerate(growth.counts)
        )

    def rows(self) -> list[tuple[date, list[int]]]:
        """Return at most MOST_ROWS dates, evenly apart and with the last, and the numbers at the end of each."""
        step = -(-self.days // MOST_ROWS)
        shown = range((self.days - 1) % step, self.days, step)
        return [(self.first + timedelta(at), [one.counts[at] for one in self.growths]) for at in shown]


def over_time(happened: Sequence[tuple[str, Mapping[date, int]]], until: date) -> OverTime | None:
    """Return how numbers grew to a day from how many things happened on each; None if nothing had happened by then.

    What happened after that day is left out. O(days).
    """
    numbers = [
        (words, {one: number for one, number in days.items() if one <= until}) for words, days in happened
    ]
    first = min((one for _, days in numbers for one in days), default=None)
    if first is None:
        return None
    every = [first + timedelta(at) for at in range((until - first).days + 1)]
    return OverTime(
        first,
        tuple(Growth(words, tuple(accumulate(days.get(one, 0) for one in every))) for words, days in numbers),
    )
