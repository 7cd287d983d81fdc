"""Personal sign-in codes for those whom no mail reaches: strips for the desk, or a file for a mail merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.pdf import pdf
from matchmaker.documents.people import names
from matchmaker.documents.plans.spreadsheets import csv_file


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


def codes_pdf(codes: Sequence[PrintedCode], sheet: CodeSheet, fonts: Fonts | None = None) -> bytes:
    """Make the strips a PDF, ten to an A4 sheet with cut lines, A to Z. Raises ValueError for no codes."""
    if not codes:
        raise ValueError("There is nothing to print.")
    values = {
        "event": sheet.event,
        "address": sheet.address,
        "until": sheet.until,
        "codes": [
            {"name": code.name, "organisation": code.organisation, "code": spaced(code.code)}
            for code in _a_to_z(codes)
        ],
    }
    return pdf("codes", f"Sign-in codes for {sheet.event}", sheet.made_at, values, fonts)


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
