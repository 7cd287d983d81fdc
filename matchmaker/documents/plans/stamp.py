"""Which plan a sheet shows, and when it was made: on every sheet, so that a stale one is recognised."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock


@dataclass(frozen=True)
class Stamp:
    """The event, the plan's version (from 1) and the moment of printing; `zone` is the event's own.
    `replaces` is the version whose sheets this one makes stale.

    Raises ValueError for a `made_at` without a zone.
    """

    event: str
    plan_version: int
    made_at: datetime
    zone: ZoneInfo
    replaces: int | None = None

    def __post_init__(self) -> None:
        """Refuse a moment that could be read in two zones."""
        clock.local(self.made_at, self.zone)

    @property
    def short(self) -> str:
        """Words for the foot of a slip: `plan 3, 9.42am`."""
        return f"plan {self.plan_version}, {self.clock(self.made_at)}"

    @property
    def foot(self) -> str:
        """Words that also say which slips are stale now: `plan 3, 9.42am; replaces plan 2`."""
        return self.short if self.replaces is None else f"{self.short}; replaces plan {self.replaces}"

    @property
    def full(self) -> str:
        """Words for a whole sheet: `plan 3, 9.42am on 12 November 2026`."""
        return f"{self.short} on {clock.day(self.made_at, self.zone)}"

    def clock(self, moment: datetime) -> str:
        """Write a moment as the event's wall clock shows it."""
        return clock.clock(moment, self.zone)
