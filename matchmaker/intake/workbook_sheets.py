"""Reading the cells of one sheet of an .xlsx workbook as a stream, within bounds of cells and time.

Only cells that hold something are kept, whatever size the sheet claims; styled emptiness costs nothing. What the
page should tell is gathered on the way: hidden rows and columns, merged cells, formulas whose value was never saved.
"""

import re
import time as clock
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel, from_ISO8601

from matchmaker.intake.problems import IntakeError

MAX_COLUMNS = 1000
MAX_ROWS = 50_000
MAX_CELLS = 2_000_000
MAX_SECONDS = 20.0
MAX_FILLED = 200_000
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Budget:
    """How much of a workbook may be read: cells and seconds, over all its sheets."""

    def __init__(self, cells: int = 0, seconds: float = 0.0) -> None:
        """Start the clock."""
        self._cells = cells or MAX_CELLS
        self._ends = clock.monotonic() + (seconds or MAX_SECONDS)

    def take(self) -> None:
        """Count one row or cell; raises IntakeError when there are too many, or it takes too long."""
        self._cells -= 1
        if self._cells < 0 or (self._cells % 20_000 == 0 and clock.monotonic() > self._ends):
            raise IntakeError(
                "This workbook is far larger than a list: most of its cells may be empty but coloured. "
                "Copy the rows with the list into a new workbook, or save the sheet as CSV, and choose that."
            )


@dataclass
class SheetData:
    """One sheet: `rows` of row number → column (from 0) → text, and what is to be said of it."""

    title: str
    visible: bool = True
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unvalued: list[tuple[int, int]] = field(default_factory=list)

    def fill_merged(self) -> None:
        """Give every cell of a merged area the value of its first cell, in rows that hold anything. Bounded."""
        numbers = sorted(self.rows)
        width = max((max(cells, default=0) for cells in self.rows.values()), default=0)
        budget = MAX_FILLED
        for top, left, bottom, right in self.merged:
            value = self.rows.get(top, {}).get(left, "")
            held = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)] if value else []
            columns = range(left, min(right, width) + 1)
            budget -= len(held) * len(columns)
            if budget < 0:
                return
            for row in held:
                for column in columns:
                    self.rows[row].setdefault(column, value)

    def records(self) -> list[tuple[int, list[str]]]:
        """Return the (row number, cells) of the rows that hold anything."""
        found = []
        for number, cells in sorted(self.rows.items()):
            width = max((column for column, text in cells.items() if text.strip()), default=-1) + 1
            if width:
                found.append((number, [cells.get(column, "") for column in range(width)]))
        return found


@dataclass(frozen=True)
class Lookups:
    """What cells of a workbook refer to: shared texts, which styles are dates, and where its calendar begins."""

    texts: list[str]
    date_styles: frozenset[int]
    duration_styles: frozenset[int]
    epoch: datetime


def parse(chunks: Iterable[bytes], start: Any, end: Any, data: Any) -> None:
    """Run an XML stream through handlers that get local names; raises ValueError for anything damaged.

    A document type is refused: nothing that Excel writes has one, and entities are how small files grow large.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError("a document type is declared")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition("}")[2])
    parser.CharacterDataHandler = data
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def read_sheet(sheet: SheetData, chunks: Iterable[bytes], lookups: Lookups, budget: Budget) -> None:
    """Fill `sheet` from its XML; raises IntakeError past the bounds, ValueError for damaged XML."""
    _SheetReader(sheet, lookups, budget).read(chunks)


class _SheetReader:
    """The handlers of one sheet's XML."""

    def __init__(self, sheet: SheetData, lookups: Lookups, budget: Budget) -> None:
        self._sheet = sheet
        self._lookups = lookups
        self._budget = budget
        self._row = self._column = 0
        self._kind, self._style = "n", 0
        self._formula = self._phonetic = False
        self._text: list[str] | None = None
        self._value = ""

    def read(self, chunks: Iterable[bytes]) -> None:
        parse(chunks, self._start, self._end, self._data)
        self._sheet.fill_merged()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"} and not self._phonetic:
            self._text = []
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._sheet.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._budget.take()
        self._row = int(attributes.get("r", self._row + 1))
        self._column = -1
        if attributes.get("hidden") in {"1", "true"}:
            self._sheet.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._budget.take()
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(reference[1]) if reference else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        self._formula, self._value = False, ""

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name in {"v", "t"} and self._text is not None:
            self._value += "".join(self._text)
            self._text = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        if self._column > MAX_COLUMNS:
            return
        if self._formula and self._value == "" and self._kind != "str":
            self._sheet.unvalued.append((self._row, self._column))
            return
        text = self._words()
        if text.strip():
            rows = self._sheet.rows
            if self._row not in rows and len(rows) >= MAX_ROWS:
                raise IntakeError(
                    f"The sheet “{self._sheet.title}” has more than {MAX_ROWS:,} rows. "
                    "Keep the rows with people only."
                )
            rows.setdefault(self._row, {})[self._column] = text

    def _words(self) -> str:
        """Return the cell's value as the text a CSV would have had."""
        value, kind = self._value, self._kind
        if kind == "s":
            return self._lookups.texts[int(value)] if value else ""
        if kind == "b":
            return "yes" if value in {"1", "true"} else "no"
        if kind == "e" or value in _ERRORS:
            return ""
        if kind == "d":
            return as_text(from_ISO8601(value)) if value else ""
        return self._number(value) if kind == "n" and value else value

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value  # some writers keep words where they promise a number
        if self._style in self._lookups.date_styles and 0 <= number < 2_958_466:
            moment = from_excel(number, self._lookups.epoch, self._style in self._lookups.duration_styles)
            return as_text(moment)
        return as_text(int(value) if value.strip("-").isdigit() else number)

    def _merge(self, reference: str) -> None:
        corners = _REFERENCE.findall(reference)
        if len(corners) == 2 and len(self._sheet.merged) < 10_000:
            (left, top), (right, bottom) = corners
            area = (int(top), column_number(left), int(bottom), column_number(right))
            self._sheet.merged.append(area)


def column_number(letters: str) -> int:
    """Return the place of a column, from 0.

    >>> column_number("A"), column_number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def as_text(value: object) -> str:
    """Return a value as typed: a time as 09:30, a whole number without decimals, nothing for nothing.

    >>> as_text(4.0), as_text(time(9, 30)), as_text(datetime(2026, 11, 24, 15, 0)), as_text(True)
    ('4', '09:30', '2026-11-24 15:00', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%H:%M") if value.year < 1901 else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{value.seconds // 3600:02}:{value.seconds // 60 % 60:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def shared_texts(chunks: Iterable[bytes]) -> list[str]:
    """Return the shared texts of a workbook, without the reading aids above Japanese words."""
    reader = _SharedTexts()
    parse(chunks, reader.start, reader.end, reader.data)
    return reader.texts


class _SharedTexts:
    """The handlers of the part that holds the texts of all sheets."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._inside: set[str] = set()

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._parts.clear()
        self._inside.add(name)

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self._parts))
        self._inside.discard(name)

    def data(self, text: str) -> None:
        if "t" in self._inside and "rPh" not in self._inside:
            self._parts.append(text)


def elements(chunks: Iterable[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Return the elements of a small part as (local name, attributes by local name), in order."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name, {key.rpartition("}")[2]: value for key, value in attributes.items()}))

    parse(chunks, start, lambda _: None, lambda _: None)
    return iter(found)
