"""Personal schedules on paper: A6 slips, four to an A4 sheet with cut lines, and large-print ones on A4.

Slips are in A to Z order down the cut piles: cut the whole stack at once, put the four piles on top of each
other. Job titles, the size of the type and the reasons give way, in this order, so that a day fits one slip: of the
reasons only as many as must, the longest first. Only a day of very many rounds goes on a second, which lies in the
same pile. Names are never cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.directions import isolated, side_by_side
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

SLIPS_A_SHEET = 4
FREE_ROUND = "No meeting in this round. Take a break, or ask at the desk whom you could join."
NOTHING_PLANNED = "No meetings are planned for you yet. Ask at the desk."


@dataclass(frozen=True)
class Partner:
    """Somebody to meet."""

    name: str
    organisation: str = ""
    job_title: str = ""
    pronouns: str = ""


@dataclass(frozen=True)
class SlipRow:
    """One round of one person's day; `starts` and `ends` carry a zone.

    No partners is a free round, where `why` says what to do (left empty, the usual words do). `brief` says less,
    for a full slip. `reserve` names whom to meet if a partner does not come. `changed` since the slip it replaces.
    `topic` is what is talked about at a table with several, where `why` says who hosts it.
    """

    round: int
    starts: datetime
    ends: datetime
    table: int | None
    partners: tuple[Partner, ...]
    why: str = ""
    brief: str = ""
    reserve: str = ""
    changed: bool = False
    topic: str = ""


@dataclass(frozen=True)
class Break:
    """A pause between two rounds; times carry a zone."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Slip:
    """One person's day. `pool_word` tells guests from hosts where that helps, and may be empty.

    Without `rows`, as of whoever is there in no round, it says so. Breaks before the first round or after the last
    are left out.
    """

    name: str
    organisation: str
    rows: tuple[SlipRow, ...]
    pool_word: str = ""
    large_print: bool = False
    breaks: tuple[Break, ...] = ()


def slips_pdf(slips: Sequence[Slip], stamp: Stamp, where: str = "", fonts: Fonts | None = None) -> bytes:
    """Make everybody's day a PDF; see `slips_sheets`."""
    return slips_sheets(slips, stamp, where).pdf(fonts)


def slips_sheets(slips: Sequence[Slip], stamp: Stamp, where: str = "") -> Sheets:
    """Make everybody's day: slips first, then the large-print ones, each A to Z.

    `where` is the date and the place, for the head of each. Raises ValueError for no slips.
    """
    if not slips:
        raise ValueError("There is nothing to print.")
    ordered = sorted(slips, key=lambda slip: (names.sort_key(slip.name), names.sort_key(slip.organisation)))
    values = {
        "event": stamp.event,
        "where": where,
        "foot": stamp.foot,
        "slips": [_slip(slip, stamp) for slip in ordered if not slip.large_print],
        "large": [_slip(slip, stamp) for slip in ordered if slip.large_print],
    }
    return Sheets("slips", f"Personal schedules for {stamp.event}", stamp.made_at, values)


def described(partner: Partner) -> str:
    """Say who a partner is in one line: `Data manager, Environment Agency`."""
    return side_by_side((partner.job_title, partner.organisation), ", ")


def _slip(slip: Slip, stamp: Stamp) -> dict[str, object]:
    return {
        "name": slip.name,
        "organisation": side_by_side((slip.organisation, slip.pool_word), " · "),
        "rows": list(_rows(slip, stamp)),
    }


def _rows(slip: Slip, stamp: Stamp) -> Iterator[dict[str, object]]:
    """Yield the rounds and, between them, the breaks."""
    if not slip.rows:
        yield {"pause": NOTHING_PLANNED}
    for place, row in enumerate(slip.rows):
        before = slip.rows[place - 1].ends if place else None
        for one in slip.breaks:
            if before is not None and before <= one.starts and one.ends <= row.starts:
                yield {"pause": f"Break, {stamp.clock(one.starts)} to {stamp.clock(one.ends)}"}
        yield _row(row, stamp)


def _row(row: SlipRow, stamp: Stamp) -> dict[str, object]:
    return {
        "starts": stamp.clock(row.starts),
        "ends": stamp.clock(row.ends),
        "topic": f"Table topic: {isolated(row.topic)}" if row.topic else "",
        "table": str(row.table) if row.table is not None else "" if row.partners else "–",
        "partners": [
            {
                "name": one.name,
                "pronouns": f"({one.pronouns})" if one.pronouns else "",
                "organisation": one.organisation,
                "described": described(one),
            }
            for one in row.partners
        ],
        "why": row.why if row.partners else row.why or FREE_ROUND,
        "brief": row.brief or row.why,
        "reserve": row.reserve,
        "changed": row.changed,
    }
