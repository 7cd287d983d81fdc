"""Personal sign-in codes for those whom no mail reaches: strips for the desk, or a file for a mail merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock, fitting, paper
from matchmaker.documents.pdf import Progress, asset, pdf
from matchmaker.documents.people import names
from matchmaker.documents.plans.tables import csv_file

STRIPS_A_SHEET = 10
SHEETS_A_PART = 10

# The width of a strip's text in print.css, in millimetres.
_STRIP_WIDTH = 91
_NAME_SIZES = (16, 13, 10)


@dataclass(frozen=True)
class PrintedCode:
    """One person's code as stored, digits only; `email` is needed for the mail-merge file alone."""

    name: str
    organisation: str
    code: str
    email: str = ""


@dataclass(frozen=True)
class CodeSheet:
    """What all codes share: the address people type, and until when a code is valid; moments carry a zone."""

    event: str
    address: str
    valid_until: datetime
    made_at: datetime
    zone: ZoneInfo

    @property
    def until(self) -> str:
        """Words for the end: `18:00 on 12 November 2026`."""
        return f"{clock.clock(self.valid_until, self.zone)} on {clock.day(self.valid_until, self.zone)}"


def spaced(code: str) -> str:
    """Write a six-digit code in two groups, as people read it, and a spreadsheet keeps its leading zeros.

    >>> spaced("012913"), spaced("ABCD")
    ('012 913', 'ABCD')
    """
    return f"{code[:3]} {code[3:]}" if len(code) == 6 else code


def codes_html(codes: Sequence[PrintedCode], sheet: CodeSheet, asset: paper.Asset) -> str:
    """Lay out the strips, ten to an A4 sheet with cut lines, A to Z, as one print page."""
    return _page(_sheets(codes), sheet, asset)


def codes_pdf(codes: Sequence[PrintedCode], sheet: CodeSheet, progress: Progress | None = None) -> bytes:
    """Make the same sheets as a PDF. Raises PdfUnavailable, or ValueError for no codes."""
    parts = fitting.batches(_sheets(codes), SHEETS_A_PART)
    return pdf([_page(some, sheet, asset) for some in parts], progress)


def mail_merge_csv(codes: Sequence[PrintedCode], sheet: CodeSheet) -> bytes:
    """Write the codes as a CSV file for a mail merge, A to Z, one person a row."""
    head = ("Name", "Organisation", "Email", "Code", "Address", "Event", "Valid until")
    rows = [
        (code.name, code.organisation, code.email, spaced(code.code), sheet.address, sheet.event, sheet.until)
        for code in _a_to_z(codes)
    ]
    return csv_file(head, rows)


def _a_to_z(codes: Sequence[PrintedCode]) -> list[PrintedCode]:
    return sorted(codes, key=lambda code: (names.sort_key(code.name), names.sort_key(code.organisation)))


def _sheets(codes: Sequence[PrintedCode]) -> list[tuple[PrintedCode, ...]]:
    return fitting.batches(_a_to_z(codes), STRIPS_A_SHEET)


def _page(sheets: Sequence[Sequence[PrintedCode]], sheet: CodeSheet, asset: paper.Asset) -> str:
    def name_size(name: str) -> float:
        return fitting.largest(_NAME_SIZES, name, _STRIP_WIDTH, 1)

    return paper.page("codes.html", asset, sheets=sheets, shared=sheet, spaced=spaced, name_size=name_size)
