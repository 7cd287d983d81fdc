"""Table cards: a number to find across a hall, and under it who sits there in each round.

One A4 sheet a table, folded once to an A5 card that stands and shows the same on both sides. Figures are 50
mm tall: at 10 m that is 17 minutes of arc, three times what normal sight needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents import fitting, paper
from matchmaker.documents.pdf import Progress, asset, pdf
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

CARDS_A_PART = 10
EMPTY_TABLE = "free"

# The measures of print.css, in millimetres: what the number leaves on a face, and the names in one of two
# columns.
_ROUNDS_HEIGHT, _NAMES_WIDTH = 60, 59


@dataclass(frozen=True)
class CardRound:
    """Who sits at the table in one round, by full name; nobody is a free table. Times carry a zone."""

    round: int
    starts: datetime
    ends: datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class TableCard:
    """One table of the hall; `note` is a property worth reading, such as `step-free`, or empty."""

    number: int
    rounds: tuple[CardRound, ...]
    note: str = ""


@dataclass(frozen=True)
class _Size:
    css: str
    points: float
    gap: float


_SIZES = (_Size("roomy", 17, 2.6), _Size("close", 13, 1.8), _Size("tight", 10, 1.2))


@dataclass(frozen=True)
class _Face:
    """What is printed on a sheet: two columns of rounds; a very full day goes on a second card."""

    card: TableCard
    columns: tuple[tuple[CardRound, ...], ...]
    size: str
    number: int
    of: int


def cards_html(cards: Sequence[TableCard], stamp: Stamp, asset: paper.Asset) -> str:
    """Lay out the cards as one print page, in the order of the table numbers."""
    return _page(_arranged(cards), stamp, asset)


def cards_pdf(cards: Sequence[TableCard], stamp: Stamp, progress: Progress | None = None) -> bytes:
    """Make the same pages as a PDF, ten cards a part. Raises PdfUnavailable, or ValueError for no cards."""
    faces = _arranged(cards)
    return pdf([_page(some, stamp, asset) for some in fitting.batches(faces, CARDS_A_PART)], progress)


def _arranged(cards: Sequence[TableCard]) -> list[_Face]:
    return [face for card in sorted(cards, key=lambda card: card.number) for face in _faces(card)]


def _page(faces: Sequence[_Face], stamp: Stamp, asset: paper.Asset) -> str:
    return paper.page(
        "table_cards.html",
        asset,
        faces=faces,
        stamp=stamp,
        at_one_table=names.at_one_table,
        empty_table=EMPTY_TABLE,
    )


def _faces(card: TableCard) -> list[_Face]:
    """Choose the largest type in which all rounds fit two columns; if none does, go on to further cards."""
    for size in _SIZES:
        heights = [_tall(round_, size) for round_ in card.rounds]
        columns = fitting.fill(card.rounds, heights, _ROUNDS_HEIGHT)
        if len(columns) <= 2:
            break
    if len(columns) == 1:
        columns = _halves(columns[0])
    pairs = fitting.batches(columns, 2)
    return [_Face(card, pair, size.css, number, len(pairs)) for number, pair in enumerate(pairs, start=1)]


def _halves(rounds: tuple[CardRound, ...]) -> list[tuple[CardRound, ...]]:
    middle = -(-len(rounds) // 2)
    return [rounds[:middle], rounds[middle:]] if len(rounds) > 1 else [rounds]


def _tall(round_: CardRound, size: _Size) -> float:
    people = " and ".join(names.at_one_table(round_.names)) or EMPTY_TABLE
    return fitting.height(people, size.points, _NAMES_WIDTH) + size.gap
