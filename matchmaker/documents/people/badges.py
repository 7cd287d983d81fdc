"""Badges: the name as large as its place allows, the day on the back, and a code for the desk.

The code says nothing by itself. On plain paper a badge is a piece of A5 folded once to A6, two to an A4 sheet. On
label sheets (Avery L4785: ten of 80 by 50 mm) there is the front alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from matchmaker.documents.directions import isolated, side_by_side
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.schedules import FREE_ROUND, NOTHING_PLANNED
from matchmaker.documents.plans.stamp import Stamp

BADGES_A_SHEET, LABELS_A_SHEET = 2, 10


@dataclass(frozen=True)
class BadgeRow:
    """One round on the back: when it starts (with a zone), the table or None, and the names of whom to meet.

    `topic` is what is talked about at a table with several, instead of names.
    """

    starts: datetime
    table: int | None
    partners: tuple[str, ...]
    topic: str = ""


@dataclass(frozen=True)
class Badge:
    """One person's badge; `code` is what the desk scans or types."""

    name: str
    organisation: str
    pronouns: str
    code: str
    rows: tuple[BadgeRow, ...] = ()


def folded_sheets(badges: Sequence[Badge], stamp: Stamp) -> Sheets:
    """Make folded badges, by surname, two to a sheet. Raises ValueError for no badges."""
    return _sheets("badges", f"Badges for {stamp.event}", badges, stamp)


def label_sheets(badges: Sequence[Badge], stamp: Stamp) -> Sheets:
    """Make badges for label sheets, by surname, ten to a sheet. Raises ValueError for no badges."""
    return _sheets("badge_labels", f"Badge labels for {stamp.event}", badges, stamp)


def _sheets(template: str, title: str, badges: Sequence[Badge], stamp: Stamp) -> Sheets:
    if not badges:
        raise ValueError("There is nothing to print.")
    ordered = sorted(badges, key=lambda one: (names.surname_key(one.name), one.organisation, one.code))
    values = {
        "event": stamp.event,
        "stamp": stamp.full,
        "free": NOTHING_PLANNED,
        "badges": [_badge(one, stamp) for one in ordered],
    }
    return Sheets(template, title, stamp.made_at, values)


def _badge(badge: Badge, stamp: Stamp) -> dict[str, object]:
    first, rest = large_and_small(badge.name)
    return {
        "first": first,
        "rest": rest,
        "organisation": badge.organisation,
        "pronouns": badge.pronouns,
        "code": badge.code,
        "drawn": segno.make(badge.code, error="m", micro=False).svg_inline(omitsize=True, border=2),
        "rows": [
            {
                "starts": stamp.clock(row.starts),
                "table": "–" if row.table is None else str(row.table),
                "with": _with(row),
            }
            for row in badge.rows
        ],
    }


def _with(row: BadgeRow) -> str:
    """Return whom to meet, or what the table talks about, or that the round is free."""
    if row.topic:
        return f"Table topic: {isolated(row.topic)}"
    return side_by_side(row.partners, " and ") or FREE_ROUND.partition(".")[0]


def large_and_small(name: str) -> tuple[str, str]:
    """Take a name apart for a badge: what people call each other by, large, and the rest of it under that.

    >>> large_and_small("Dr Priya Nair"), large_and_small("Björk"), large_and_small("王小明")
    (('Dr Priya', 'Nair'), ('Björk', ''), ('王小明', ''))
    """
    _, at = names.first_name_at(name)
    return name[:at].strip(), name[at:].strip()
