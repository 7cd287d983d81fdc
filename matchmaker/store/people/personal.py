"""What becomes of a personal column when two entries of one person are made one, and when an event is erased.

Each column of a personal table says it itself, so a new one cannot be forgotten: `tests/store/people` asks for it.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from matchmaker.store.base import Base


class Joined(Enum):
    """How one value comes of two: that of the row that stays, and that of the row that goes."""

    FILLED = "the first that says something"
    TOGETHER = "the words of both, one below the other"
    BOTH = "true only if both are"
    EITHER = "true if either is"
    LOWER = "the lower, where one is set"
    HIGHER = "the higher, where one is set"
    OWN = "that of the row that stays; the merge itself sees to the rest"


_RULE: dict[Joined, Callable[[Any, Any], Any]] = {
    Joined.FILLED: lambda keep, gone: keep or gone,
    Joined.TOGETHER: lambda keep, gone: "\n".join(dict.fromkeys(one for one in (keep, gone) if one)),
    Joined.BOTH: lambda keep, gone: keep and gone,
    Joined.EITHER: lambda keep, gone: keep or gone,
    Joined.LOWER: lambda keep, gone: min((one for one in (keep, gone) if one is not None), default=None),
    Joined.HIGHER: lambda keep, gone: max((one for one in (keep, gone) if one is not None), default=None),
    Joined.OWN: lambda keep, _gone: keep,
}


def personal(joined: Joined, *, outlives: bool = False) -> dict[str, object]:
    """Return the `info` of a column. `outlives` is true for what stays of somebody whose credits outlive an event."""
    return {"joined": joined, "outlives": outlives}


def join_columns(keep: Base, gone: Base) -> None:
    """Bring each column of `keep` to what its rule makes of both rows, which are of one table."""
    for column in keep.__table__.columns:
        rule = column.info.get("joined", Joined.OWN)
        setattr(keep, column.key, _RULE[rule](getattr(keep, column.key), getattr(gone, column.key)))


def blank(table: type[Base]) -> dict[str, object]:
    """Return the columns of `table` that do not outlive an event, with the value each falls back to."""
    return {
        column.key: column.default.arg if column.default is not None else None
        for column in table.__table__.columns
        if not column.info.get("outlives", True)
    }
