"""Comma-separated text in any usual dress: which character parts the cells, and where each record begins."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from matchmaker.intake.problems import IntakeError, Note

MAX_BYTES = 25 * 1024 * 1024
MAX_COLUMNS = 1000
MAX_ROWS = 100_000
TOO_MANY_ROWS = f"This file has more than {MAX_ROWS:,} rows. Split it, and read the parts one by one."
MAX_MENDED = 50
SEPARATORS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")

csv.field_size_limit(MAX_BYTES)  # the reader's own 128 kB would stop at one long description

Records = list[tuple[int, list[str]]]
Recognise = Callable[[list[str]], int]
"""How sure it is that a row holds column names that the caller knows; 0 for none."""


def read_csv(text: str, recognise: Recognise, notes: list[Note]) -> tuple[Records, str]:
    """Return the (line, cells) of a text and its separator; empty cells at the end of a row are not kept.

    A file in which every line was put into one pair of quotation marks is unpacked first. Raises IntakeError for
    more than `MAX_ROWS` rows.
    """
    separator, skipped = _declared_separator(text)
    if not separator:
        separator = _likeliest_separator(text, recognise)
    records = _bounded(islice(split_records(text, separator, notes), skipped, None))
    inner = _lines_in_quotes(records)
    if inner:
        separator = _likeliest_separator(inner, recognise)
        lines = [line for line, _ in records]
        unpacked = _bounded(split_records(inner, separator, []))
        if len(unpacked) == len(lines):
            records = [(line, cells) for line, (_, cells) in zip(lines, unpacked, strict=True)]
    return records, separator


def _bounded(split: Iterator[tuple[int, list[str]]]) -> Records:
    records: Records = []
    for line, cells in split:
        if len(records) == MAX_ROWS:
            raise IntakeError(TOO_MANY_ROWS)
        records.append((line, trimmed(cells)[: MAX_COLUMNS + 1]))
    return records


def trimmed(cells: list[str]) -> list[str]:
    """Return the cells without the empty ones at the end, which are no content."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _lines_in_quotes(records: Records) -> str:
    """Return the text inside, if every record is one cell that itself holds cells; else ""."""
    if len(records) < 2 or any(len(cells) != 1 for _, cells in records):
        return ""
    inside = [cells[0] for _, cells in records]
    held = [separator for separator in SEPARATORS if all(separator in cell for cell in inside)]
    return "\n".join(cell.replace("\r", " ").replace("\n", " ") for cell in inside) if held else ""


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
                notes.append(_unclosed(before + 1))
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


def _unclosed(line: int) -> Note:
    return Note(line, "A quotation mark is opened and never closed. Check this row.", kind="quotation")
