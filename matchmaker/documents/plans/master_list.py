"""The master list for the desk: everybody from A to Z, with a box to tick and the table of every round.

Names stand in the order of their first letter as written, accents folded; names in other alphabets come last.
Page heads say which letters a page holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from matchmaker.documents import paper
from matchmaker.documents.pdf import Progress, asset, pdf
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp

MOST_ROUNDS_UPRIGHT = 7


@dataclass(frozen=True)
class ListRound:
    """A column of the list; times carry a zone."""

    round: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class ListRow:
    """One person; `tables` has the table of each round of the list, in order, None for no meeting in it."""

    name: str
    organisation: str
    tables: tuple[int | None, ...]


def list_html(rows: Sequence[ListRow], rounds: Sequence[ListRound], stamp: Stamp, asset: paper.Asset) -> str:
    """Lay out the list as one print page: upright A4, on its side from eight rounds on.

    Raises ValueError where a row does not have one entry for each round.
    """
    for row in rows:
        if len(row.tables) != len(rounds):
            raise ValueError(f"{row.name} has {len(row.tables)} entries for {len(rounds)} rounds.")
    ordered = sorted(rows, key=lambda row: (names.sort_key(row.name), names.sort_key(row.organisation)))
    letters = [
        (letter, list(some)) for letter, some in groupby(ordered, key=lambda row: names.letter(row.name))
    ]
    wide = len(rounds) > MOST_ROUNDS_UPRIGHT
    return paper.page(
        "master_list.html", asset, letters=letters, rounds=rounds, wide=wide, stamp=stamp, count=len(rows)
    )


def list_pdf(
    rows: Sequence[ListRow], rounds: Sequence[ListRound], stamp: Stamp, progress: Progress | None = None
) -> bytes:
    """Make the same list as a PDF with page n of m; nobody is a page that says so. Raises PdfUnavailable."""
    return pdf([list_html(rows, rounds, stamp, asset)], progress)
