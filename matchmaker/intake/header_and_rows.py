"""Turning the bytes of a list (CSV in any usual dress, or a workbook) into a header and rows."""

import re
from dataclasses import dataclass

from matchmaker.intake.archives import unpacked
from matchmaker.intake.column_names import header_position, named_columns, on_its_side, unique
from matchmaker.intake.csv_files import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Recognise,
    Records,
    read_csv,
)
from matchmaker.intake.decoding import decode
from matchmaker.intake.problems import IntakeError, Note
from matchmaker.intake.recipients import recipients

_BLANKS = re.compile(r"\s{100,}")
"""White space of which nobody means so much: to look for what stands behind it takes as long as its square."""

# What a file says of itself in its first bytes, and what its owner should do.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old Excel file (.xls) or a workbook with a password. "
        "Open it in Excel, save it as .xlsx without a password, or as CSV, and choose it again.",
    ),
    (b"%PDF", "This is a PDF. Export the list as CSV or .xlsx from where it was made, and choose that file."),
    (b"\x89PNG", "This is a picture. Choose the list as CSV or .xlsx."),
    (b"\xff\xd8\xff", "This is a picture. Choose the list as CSV or .xlsx."),
    (b"GIF8", "This is a picture. Choose the list as CSV or .xlsx."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first, then choose the list inside it."),
    (b"7z\xbc\xaf", "This file is compressed. Unpack it first, then choose the list inside it."),
    (b"Rar!", "This file is compressed. Unpack it first, then choose the list inside it."),
    (b"BEGIN:VCARD", "These are address cards. Export the contacts as CSV, and choose that file."),
    (b"BEGIN:VCALENDAR", "This is a calendar. Export the list of guests as CSV, and choose that file."),
    (b"{\\rtf", "This is a text document. Save the list as CSV or .xlsx and choose that file."),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|style|div)", re.IGNORECASE
)
_WEB_PAGE = (
    "This is a web page, not a list, whatever its name says. "
    "Open it in Excel, save it as .xlsx or CSV, and choose that file."
)
_ON_ITS_SIDE = (
    "This table stands on its side: the names of its columns stand below one another, at the left. "
    "Give each entry a line of its own, below one line of column names: in Excel, copy the table, choose Paste "
    "Special and Transpose on a new sheet, save that, and choose it again."
)


@dataclass(frozen=True)
class Table:
    """A list as it was written: `headers` (each name once), and `rows` of (line in the file, cells).

    `encoding` and `separator` say how it was read (`separator` is "" for a workbook); every row has as many
    cells as there are headers. `remarks` tell what was mended or left aside.
    """

    kind: str
    encoding: str
    separator: str
    header_line: int
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[Note, ...]


def read_table(data: bytes, recognise: Recognise) -> Table:
    """Read a CSV or .xlsx file, or one packed alone into a .zip.

    `recognise` says how sure a row is to name columns that the caller knows; it decides which separator, which
    sheet and which row is the header. Raises IntakeError, in words, for what is no list: nothing in it, too
    large, binary, only a header.
    """
    data = unpacked(data)
    refuse_unreadable(data)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*[\[{\"])", data[:400]):
        raise IntakeError("This file is JSON, not rows and columns. Choose the list as CSV or .xlsx.")
    if data[:4] == b"PK\x03\x04":
        from matchmaker.intake.workbooks import read_workbook  # noqa: PLC0415 - heavy: brings openpyxl

        records, notes, kind = read_workbook(data, recognise)
        return _table(kind, "", "", records, recognise, notes)
    notes = []
    text, encoding = decode(data, notes)
    if markup := _markup(text, data):
        records, more = _from_markup(markup, text, recognise)
        return _table(markup, encoding, "", records, recognise, [*notes, *more])
    if people := recipients(text):
        return _recipients_table(people, encoding, notes)
    records, separator = read_csv(text, recognise, notes)
    return _table("csv", encoding, separator, records, recognise, notes)


def _recipients_table(people: list[tuple[str, str]], encoding: str, notes: list[Note]) -> Table:
    """Return recipients as a list with a column of names and one of addresses; each counts as a line."""
    if len(people) > MAX_ROWS:
        raise IntakeError(TOO_MANY_ROWS)
    told = Note(
        None,
        "These are recipients, as a mail program writes them: a name and an address each. "
        "Line 3 is the third of them.",
    )
    return Table("csv", encoding, ";", 0, ("Name", "Email"), tuple(enumerate(people, 1)), (*notes, told))


def _markup(text: str, data: bytes) -> str:
    """Return xml or html for a table in markup, "" for plain text."""
    start = text[:2000]
    if "urn:schemas-microsoft-com:office:spreadsheet" in start or "<office:document" in start:
        return "xml"
    return "html" if _HTML.match(data[:400]) or _HTML.match(start[:400].encode()) else ""


def _from_markup(kind: str, text: str, recognise: Recognise) -> tuple[Records, list[Note]]:
    from matchmaker.intake.other_sheets import (  # noqa: PLC0415 - heavy: brings openpyxl
        read_html,
        read_opendocument,
        read_spreadsheetml,
    )
    from matchmaker.intake.workbooks import choose  # noqa: PLC0415 - heavy: brings openpyxl

    if kind == "html":
        tables = read_html(text)
        known = [table for table in tables if any(recognise(cells) for _, cells in table.records()[:10])]
        if not known:
            raise IntakeError(_WEB_PAGE)
        records, _ = choose(known, recognise)
        return records, [Note(None, "This is a web page, whatever its name says. The table in it was read.")]
    flat = "<office:document" in text[:2000]
    start = text[text.index("<") :]
    try:
        body = re.sub(r"^<\?xml[^>]*\?>", "", start)
        sheets = read_opendocument([body.encode()]) if flat else read_spreadsheetml(body)
    except ValueError as error:
        raise IntakeError(
            "This is an Excel 2003 XML workbook, and it is damaged. Open it in Excel, save it as .xlsx, "
            "and choose that."
        ) from error
    return choose(sheets, recognise)


def refuse_unreadable(data: bytes) -> None:
    """Raise IntakeError if `data` is empty, larger than `MAX_BYTES`, or a known kind of file but no list."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise IntakeError(
            "This file is empty. Check that you chose the right one, and export it again if need be."
        )
    if len(data) > MAX_BYTES:
        raise IntakeError(
            f"This file has {len(data) / 1024 / 1024:.0f} MB; the most we can read is 25 MB. "
            "Leave out pictures and columns nobody needs, or split the file."
        )
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            raise IntakeError(advice)


def _table(
    kind: str, encoding: str, separator: str, records: Records, recognise: Recognise, remarks: list[Note]
) -> Table:
    """Find the header among the first records and bring every row to its width."""
    if not records:
        raise IntakeError("There is nothing in this file to read. Check that you chose the right one.")
    records = [(line, [_BLANKS.sub(" ", cell) for cell in cells]) for line, cells in records]
    if on_its_side(records, recognise):
        raise IntakeError(_ON_ITS_SIDE)
    position = header_position(records, recognise)
    if position is None:
        width = max(len(cells) for _, cells in records)
        headers = tuple(f"Column {column + 1}" for column in range(width))
        remarks = [Note(None, "The file has no line of column names: say what each column is."), *remarks]
        header_line, body = 0, records
    else:
        header_line = records[position][0]
        names, body = named_columns(records, position, recognise)
        width = min(max((len(cells) for _, cells in body), default=0), MAX_COLUMNS)
        headers = unique([*names, *[""] * (width - len(names))])
    if not body:
        raise IntakeError(
            "This file has column names but no rows below them. Export it again, with all its rows."
        )
    if len(headers) > MAX_COLUMNS:
        raise IntakeError(
            f"This file has more than {MAX_COLUMNS:,} columns. Keep the ones with answers in them, and "
            f"try again."
        )
    rows = tuple(
        (line, tuple(cells[: len(headers)] + [""] * (len(headers) - len(cells)))) for line, cells in body
    )
    return Table(kind, encoding, separator, header_line, headers, rows, tuple(remarks))
