"""Claim slips: strips to hand to people who were named for a dataset and have no account."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from matchmaker.documents import clock
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import pdf
from matchmaker.documents.people import names


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
        return clock.in_words(self.erase_on)


def claim_slips_pdf(slips: Sequence[ClaimSlip], sheet: SlipSheet, fonts: Fonts | None = None) -> bytes:
    """Make the slips a PDF, ten to an A4 sheet with cut lines, A to Z. Raises ValueError for no slips."""
    if not slips:
        raise ValueError("There is nothing to print.")
    ordered = sorted(slips, key=lambda one: (names.sort_key(one.name), one.dataset, one.did))
    values = {
        "event": sheet.event,
        "address": sheet.address,
        "until": sheet.until,
        "slips": [asdict(one) for one in ordered],
    }
    return pdf("claim_slips", f"Claim slips for {sheet.event}", sheet.made_at, values, fonts)
