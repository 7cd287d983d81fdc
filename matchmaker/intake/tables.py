"""Turning the bytes of a list (CSV in any usual dress, or an Excel workbook) into a header and rows."""

import codecs
import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from matchmaker.intake.problems import IntakeError, Note
from matchmaker.intake.text import tidy

MAX_BYTES = 25 * 1024 * 1024
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
MAX_COLUMNS = 1000
MAX_ROWS = 100_000
MAX_MENDED = 50
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")

csv.field_size_limit(MAX_BYTES)  # the reader's own 128 kB would stop at one long description

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
    (b"{\\rtf", "This is a text document. Save the list as CSV or .xlsx and choose that file."),
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


Records = list[tuple[int, list[str]]]
Recognise = Callable[[list[str]], int]
"""How many cells of a row are column names that the caller knows."""


def read_table(data: bytes, recognise: Recognise) -> Table:
    """Read a CSV or .xlsx file.

    `recognise` counts the known column names in a row; it decides which separator and which row is the
    header. Raises IntakeError, in words, for what is no list: nothing in it, too large, binary, only a
    header.
    """
    refuse_unreadable(data)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*[\[{\"])", data[:400]):
        raise IntakeError("This file is JSON, not rows and columns. Choose the list as CSV or .xlsx.")
    if data[:4] == b"PK\x03\x04":
        from matchmaker.intake.workbooks import read_workbook  # noqa: PLC0415 - heavy: brings openpyxl

        records, remarks = read_workbook(data, recognise)
        return _table("xlsx", "", "", records, recognise, remarks)
    text, encoding = decode(data)
    separator, skipped = _declared_separator(text)
    notes: list[Note] = []
    if not separator:
        separator = _likeliest_separator(text, recognise)
    split = islice(split_records(text, separator, notes), skipped, MAX_ROWS + 1)
    records = [(line, cells[: MAX_COLUMNS + 1]) for line, cells in split]
    if len(records) > MAX_ROWS:
        raise IntakeError(
            f"This file has more than {MAX_ROWS:,} rows. Split it, and read the parts one by one."
        )
    return _table("csv", encoding, separator, records, recognise, notes)


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
    if re.match(
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta)", data[:400], re.IGNORECASE
    ):
        raise IntakeError(
            "This is a web page, not a list, whatever its name says. "
            "Open it in Excel, save it as .xlsx or CSV, and choose that file."
        )


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252; a file glued together from UTF-8
    and Windows-1252 is read line by line. Raises IntakeError for bytes that are no text.
    """
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    ):
        if data.startswith(mark):
            return _refuse_binary(data[len(mark) :].decode(encoding, errors="replace")), name
    sample = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 3 and sample[offset::2].count(0) > len(sample) * 0.35:
            return _refuse_binary(data.decode(encoding, errors="replace")), "UTF-16"
    try:
        return _refuse_binary(data.decode("utf-8")), "UTF-8"
    except UnicodeDecodeError:
        lines = (_decode_line(line) for line in data.split(b"\n"))
        return _refuse_binary("\n".join(lines)), "Windows-1252"


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _refuse_binary(text: str) -> str:
    sample = text[:20000]
    odd = sum(
        character < " " and character not in "\t\r\n\x0b\x0c" or character == "\ufffd" for character in sample
    )
    if odd > 2 + len(sample) * 0.02:
        raise IntakeError("This file is not text that we can read. Export it again, and choose the new file.")
    return text.replace("\x00", "")


def _declared_separator(text: str) -> tuple[str, int]:
    """Return the separator of Excel's `sep=;` line and how many records that line takes: one, or none."""
    match = re.match(r"\"?sep=([,;|\t])\"?\r?\n", text, re.IGNORECASE)
    return (match.group(1), 1) if match else ("", 0)


def _likeliest_separator(text: str, recognise: Recognise) -> str:
    """Return the separator under which the first lines know most column names, then hold most columns."""
    head = text[:60000]

    def merit(separator: str) -> tuple[int, int, int]:
        rows = [cells for _, cells in islice(split_records(head, separator, []), 30)]
        if not rows:
            return 0, 0, 0
        widths = [len(cells) for cells in rows]
        usual = max(set(widths), key=widths.count)
        return max(map(recognise, rows[:10])), widths.count(usual) * (usual > 1), usual * (usual > 1)

    return max(SEPARATORS, key=merit)


def split_records(text: str, separator: str, notes: list[Note]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line a record starts at, cells) for each record of a CSV text, blank ones left out.

    A stray quotation mark would swallow the lines below it: its line is then read without quotation, a note
    is added to `notes`, and reading goes on with the next line. Holds the lines of one record at a time.
    """
    waiting = deque[str]()
    taken: list[str] = []
    stream = (match.group() for match in _LINE.finditer(text))

    def lines() -> Iterator[str]:
        while line := waiting.popleft() if waiting else next(stream, ""):
            taken.append(line)
            yield line

    before, mended, reading = 0, 0, True
    while reading:
        reading = False
        for cells in csv.reader(lines(), delimiter=separator):
            record = taken.copy()
            taken.clear()
            if mended < MAX_MENDED and len(record) > 1 and not _well_quoted(record, separator):
                mended += 1
                notes.append(Note(before + 1, "A quotation mark is opened and never closed. Check this row."))
                yield before + 1, _unquoted(record[0], separator)
                waiting.extendleft(reversed(record[1:]))
                before, reading = before + 1, True
                break
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before += len(record)


def _well_quoted(lines: list[str], separator: str) -> bool:
    """Whether these lines are one record in which every quotation mark is closed or doubled."""
    try:
        return sum(1 for _ in csv.reader(lines, delimiter=separator, strict=True)) == 1
    except csv.Error:
        return False


def _unquoted(line: str, separator: str) -> list[str]:
    cells = next(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE))
    return [cell.strip().strip('"') for cell in cells]


def _table(
    kind: str, encoding: str, separator: str, records: Records, recognise: Recognise, remarks: list[Note]
) -> Table:
    """Find the header among the first records and bring every row to its width."""
    if not records:
        raise IntakeError("There is nothing in this file to read. Check that you chose the right one.")
    position = _header_position(records, recognise)
    if position is None:
        width = max(len(cells) for _, cells in records)
        headers = tuple(f"Column {column + 1}" for column in range(width))
        remarks = [Note(None, "The file has no line of column names: say what each column is."), *remarks]
        header_line, body = 0, records
    else:
        header_line, names = records[position]
        headers, body = _unique(names), records[position + 1 :]
        width = max((len(cells) for _, cells in body), default=0)
        headers += tuple(f"Column {column + 1}" for column in range(len(headers), min(width, MAX_COLUMNS)))
    if not body:
        raise IntakeError(
            "This file has column names but no rows below them. Export it again, with all its rows."
        )
    if len(headers) > MAX_COLUMNS:
        raise IntakeError(
            f"This file has more than {MAX_COLUMNS:,} columns. Keep the ones with answers in them, and try again."
        )
    rows = tuple(
        (line, tuple(cells[: len(headers)] + [""] * (len(headers) - len(cells)))) for line, cells in body
    )
    return Table(kind, encoding, separator, header_line, headers, rows, tuple(remarks))


def _header_position(records: Records, recognise: Recognise) -> int | None:
    """Return which record names the columns: the best known of ten, or the first; None if it is data."""
    known = [recognise(cells) for _, cells in records[:10]]
    if max(known) > 0:
        return known.index(max(known))
    return (
        None if any(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cell.strip()) for cell in records[0][1]) else 0
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    """Return the column names tidied, an empty one called `Column 3`, a repeated one `Company (2)`.

    >>> _unique(["Company", "", "Company"])
    ('Company', 'Column 2', 'Company (2)')
    """
    taken: dict[str, str] = {}
    for column, raw in enumerate(names):
        base = name = tidy(raw) or f"Column {column + 1}"
        copy = 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken[name.casefold()] = name
    return tuple(taken.values())
