"""Personal schedules on paper: A6 slips, four to an A4 sheet with cut lines, and large-print ones on A4.

Slips are in A to Z order down the cut piles: cut the whole stack at once, put the four piles on top of each
other. The type shrinks to fit the day; a day that still does not fit goes on a second slip. Nothing is cut
off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents import fitting, paper
from matchmaker.documents.pdf import Progress, asset, pdf
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

FREE_ROUND = "No meeting in this round. Take a break, or ask at the desk whom you could join."
SHEETS_A_PART = 10

# The measures of print.css, in millimetres: what a slip leaves for the rounds, and for the text beside them.
_SLIP_WIDTH, _SLIP_HEIGHT, _WHO_WIDTH = 91, 121, 60
_NAME_SIZES = (24, 20, 16, 13)


@dataclass(frozen=True)
class Partner:
    """Somebody to meet."""

    name: str
    organisation: str = ""
    job_title: str = ""


@dataclass(frozen=True)
class SlipRow:
    """One round of one person's day; `starts` and `ends` carry a zone.

    No partners is a free round, where `why` says what to do (left empty, the usual words do). `reserve` names
    whom to meet if a partner does not come.
    """

    round: int
    starts: datetime
    ends: datetime
    table: int | None
    partners: tuple[Partner, ...]
    why: str = ""
    reserve: str = ""


@dataclass(frozen=True)
class Slip:
    """One person's day. `pool_word` tells guests from hosts where that helps, and may be empty."""

    name: str
    organisation: str
    rows: tuple[SlipRow, ...]
    pool_word: str = ""
    large_print: bool = False


@dataclass(frozen=True)
class _Size:
    """A step of the type: class in print.css, points of a name and of the rest, millimetres between rounds.

    What goes first are job titles; the organisation, which helps to find somebody in a hall, then stands beside
    the name instead of under it.
    """

    css: str
    name: float
    rest: float
    gap: float
    job_titles: bool


_SIZES = (
    _Size("roomy", 12, 9.5, 3.2, True),
    _Size("roomy", 12, 9.5, 3.2, False),
    _Size("close", 10.5, 8.5, 2.2, True),
    _Size("close", 10.5, 8.5, 2.2, False),
    _Size("tight", 9.5, 8, 1.6, False),
)


@dataclass(frozen=True)
class _Piece:
    """What the template prints as one slip: a person's day, or part `number` of `of` of it."""

    slip: Slip
    rows: tuple[SlipRow, ...]
    number: int
    of: int
    size: _Size
    name_size: float


def slips_html(slips: Sequence[Slip], stamp: Stamp, asset: paper.Asset) -> str:
    """Lay out everybody's day as one print page: slips first, then the large-print ones, each A to Z."""
    sheets, large = _arranged(slips)
    return _page(sheets, large, stamp, asset)


def slips_pdf(slips: Sequence[Slip], stamp: Stamp, progress: Progress | None = None) -> bytes:
    """Make the same pages as a PDF, ten sheets a part. Raises PdfUnavailable, or ValueError for no slips."""
    sheets, large = _arranged(slips)
    parts = [_page(some, [], stamp, asset) for some in fitting.batches(sheets, SHEETS_A_PART)]
    parts += [_page([], some, stamp, asset) for some in fitting.batches(large, SHEETS_A_PART)]
    return pdf(parts, progress)


def _arranged(slips: Sequence[Slip]) -> tuple[list[tuple[_Piece | None, ...]], list[Slip]]:
    ordered = sorted(slips, key=lambda slip: (names.sort_key(slip.name), names.sort_key(slip.organisation)))
    pieces = [piece for slip in ordered if not slip.large_print for piece in _pieces(slip)]
    return fitting.stacked(pieces, 4), [slip for slip in ordered if slip.large_print]


def _page(
    sheets: Sequence[tuple[_Piece | None, ...]], large: Sequence[Slip], stamp: Stamp, asset: paper.Asset
) -> str:
    return paper.page(
        "slips.html",
        asset,
        sheets=sheets,
        large=large,
        stamp=stamp,
        free_round=FREE_ROUND,
        described=described,
    )


def _pieces(slip: Slip) -> Iterator[_Piece]:
    """Choose the largest type in which the day fits one slip or, if it never does, the fewest slips."""
    name_size = fitting.largest(_NAME_SIZES, slip.name, _SLIP_WIDTH, 1 if len(slip.rows) > 5 else 2)
    room = _SLIP_HEIGHT - fitting.height(slip.name, name_size, _SLIP_WIDTH, 1.1)
    room -= fitting.height(f"{slip.organisation} · {slip.pool_word}", 10, _SLIP_WIDTH)
    tried = (
        (size, fitting.fill(slip.rows, [_tall(row, size) for row in slip.rows], room)) for size in _SIZES
    )
    size, shares = min(tried, key=lambda size_and_shares: len(size_and_shares[1]))
    for number, rows in enumerate(shares, start=1):
        yield _Piece(slip, rows, number, len(shares), size, name_size)


def _tall(row: SlipRow, size: _Size) -> float:
    """Estimate the height of one round on a slip, in millimetres."""
    texts = [(partner.name, size.name) for partner in row.partners]
    texts += [
        (described(partner) if size.job_titles else partner.organisation, size.rest)
        for partner in row.partners
    ]
    texts.append((row.why or ("" if row.partners else FREE_ROUND), size.rest))
    texts.append((f"If they cannot come: {row.reserve}" if row.reserve else "", size.rest))
    who = sum(fitting.height(text, points, _WHO_WIDTH) for text, points in texts)
    if not size.job_titles:
        who -= sum(_saved(partner, size) for partner in row.partners)
    time = (size.name + size.rest) * fitting.MM_PER_POINT * 1.22
    return max(who, time) + size.gap


def _saved(partner: Partner, size: _Size) -> float:
    """Give the height of the line that is not needed where name and organisation fit beside each other."""
    points = fitting.width(partner.name) * size.name + fitting.width(f"  {partner.organisation}") * size.rest
    fits = partner.organisation and points * fitting.MM_PER_POINT <= _WHO_WIDTH
    return fitting.height(partner.organisation, size.rest, _WHO_WIDTH) if fits else 0


def described(partner: Partner) -> str:
    """Say who a partner is in one line: `Data manager, Environment Agency`."""
    return ", ".join(part for part in (partner.job_title, partner.organisation) if part)
