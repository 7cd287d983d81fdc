"""Where the day stands: which round is on, until when, and what comes next; for the board in the hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Slot:
    """A round of the programme: its number, and when it begins and ends (aware times)."""

    number: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Standing:
    """`on` is the round that is on now, `following` the next to begin; None where there is none."""

    on: Slot | None
    following: Slot | None

    @property
    def until(self) -> datetime | None:
        """The moment this changes: the end of the round that is on, else the start of the next; None at the end."""
        return self.on.ends if self.on else self.following.begins if self.following else None


def standing(programme: Sequence[Slot], now: datetime) -> Standing:
    """Return where the day stands at `now`; a round is over at the very moment it ends.

    >>> from datetime import UTC
    >>> at = lambda hour, minute: datetime(2027, 3, 11, hour, minute, tzinfo=UTC)
    >>> day = [Slot(1, at(10, 0), at(10, 20)), Slot(2, at(10, 30), at(10, 50))]
    >>> [(s.on and s.on.number, s.following and s.following.number) for s in
    ...     (standing(day, at(*time)) for time in ((9, 0), (10, 5), (10, 20), (10, 40), (11, 0)))]
    [(None, 1), (1, 2), (None, 2), (2, None), (None, None)]
    """
    on = next((one for one in programme if one.begins <= now < one.ends), None)
    following = next((one for one in programme if one.begins > now), None)
    return Standing(on, following)
