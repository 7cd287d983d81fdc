"""What a page showed of a round, for its forms to carry: what others have changed since is found by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matchmaker.services.plans.change_meetings import Sitting

FREE = 0
"""The table of whoever was shown as free; tables count from one."""


@dataclass(frozen=True)
class ShownRound:
    """A round as somebody saw it: who sat at each table that was shown, and whether locked, as `write` says it."""

    number: int
    tables: Mapping[int, str]

    def has(self, table: int, now: Sitting | None) -> bool:
        """Say whether a table has now what was shown.

        Of one that was not shown, whether nobody who sits there now was shown elsewhere.
        """
        if table in self.tables:
            return self.tables[table] == _seen(now)
        shown = {one for seen in self.tables.values() for one in seen.rstrip("!").split("-")}
        return now is None or shown.isdisjoint(map(str, now.people))


def write(meetings: Iterable[Sitting], tables: Iterable[int], free: Iterable[int] = ()) -> str:
    """Return what a page shows of a round as one line: its meetings, the tables of which it tells, and who is free.

    >>> write([Sitting(1, 4, (7, 9), locked=True), Sitting(1, 3, (12, 40))], [3, 8], [5, 6])
    '3:12-40 8: 4:7-9! 0:5-6'
    """
    seen = dict.fromkeys(tables, "") | {one.table: _seen(one) for one in meetings}
    return " ".join(f"{table}:{who}" for table, who in [*seen.items(), (FREE, _joined(free))])


def read(number: int, line: str) -> ShownRound:
    """Return the round of this number as a page showed it, from the line that `write` returned."""
    tables = (one.partition(":") for one in line.split())
    return ShownRound(number, {int(table): seen for table, _, seen in tables})


def _seen(one: Sitting | None) -> str:
    return "" if one is None else _joined(one.people) + ("!" if one.locked else "")


def _joined(people: Iterable[int]) -> str:
    return "-".join(map(str, sorted(people)))
