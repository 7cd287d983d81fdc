"""Claim slips: strips to hand to people who were named for a dataset and have no account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matchmaker.documents import fitting, paper
from matchmaker.documents.people import names

STRIPS_A_SHEET = 10

# The width of a strip's text in print.css, in millimetres.
_STRIP_WIDTH = 91
_NAME_SIZES = (16, 13, 10)
_TITLE_LONGEST = 110
"""Characters of a dataset's title that fit three lines of a strip; a longer one is shortened on paper only."""


@dataclass(frozen=True)
class ClaimSlip:
    """One person's slip: `did` is a role in words, as in `Cleaned and structured it`."""

    name: str
    organisation: str
    dataset: str
    did: str
    named_by: str
    code: str


@dataclass(frozen=True)
class SlipSheet:
    """What all slips share: the address where codes are typed, and until when anything is kept."""

    event: str
    address: str
    erase_on: date
    made_at: datetime

    @property
    def until(self) -> str:
        """Words for the day: `11 June 2027`."""
        return f"{self.erase_on.day} {self.erase_on:%B %Y}"


def slips_html(slips: Sequence[ClaimSlip], sheet: SlipSheet, asset: paper.Asset) -> str:
    """Lay out the slips, ten to an A4 sheet with cut lines, A to Z, as one print page."""
    ordered = sorted(slips, key=lambda one: (names.sort_key(one.name), one.dataset, one.did))
    return paper.page(
        "claim_slips.html",
        asset,
        sheets=fitting.batches(ordered, STRIPS_A_SHEET),
        shared=sheet,
        shortened=shortened,
        name_size=_name_size,
    )


def shortened(title: str) -> str:
    """Return a title that fits a strip, cut at a word.

    >>> shortened("River levels"), len(shortened("word " * 60)) <= 111
    ('River levels', True)
    """
    if len(title) <= _TITLE_LONGEST:
        return title
    return title[:_TITLE_LONGEST].rsplit(" ", 1)[0].rstrip(" ,–-") + "…"


def _name_size(name: str) -> float:
    return fitting.largest(_NAME_SIZES, name, _STRIP_WIDTH, 1)
