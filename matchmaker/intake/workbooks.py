"""Reading the one sheet of an Excel workbook that holds a list, without trusting the workbook."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from matchmaker.intake.problems import IntakeError, Note

MAX_UNPACKED_BYTES = 25 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 1000

_OTHER_PACKAGES = (
    (
        "xl/workbook.bin",
        "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV, and choose that file.",
    ),
    ("word/document.xml", "This is a Word document. Save the list as CSV or .xlsx, and choose that file."),
    ("ppt/presentation.xml", "This is a PowerPoint file. Choose the list as CSV or .xlsx."),
    ("content.xml", "This is an OpenDocument file (.ods). Save it as .xlsx or CSV, and choose that file."),
    ("Index/Document.iwa", "This is a Numbers file. Export it as .xlsx or CSV, and choose that file."),
)


def read_workbook(
    data: bytes, recognise: Callable[[list[str]], int]
) -> tuple[list[tuple[int, list[str]]], list[Note]]:
    """Return the (row number, cells) of the sheet whose first rows hold most known column names, and remarks.

    Values only: no formula is computed, no link followed, no entity expanded. Raises IntakeError for a
    damaged file, for something that is not a workbook, and for one whose sheets would unpack to more than 25
    MB.
    """
    _refuse_other_packages(data)
    with warnings.catch_warnings():
        # openpyxl warns of styles and drop-down lists that it drops; nobody here looks at them.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = {sheet.title: list(_records(sheet)) for sheet in book.worksheets if _visible(sheet)}
            book.close()
        except IntakeError:
            raise
        except (
            zipfile.BadZipFile,
            InvalidFileException,
            KeyError,
            ValueError,
            TypeError,
            OSError,
            SyntaxError,
            AttributeError,
            IndexError,
        ) as error:  # whatever a damaged package makes the reader trip over
            raise IntakeError(
                "This workbook is damaged. Open it in Excel, save it under a new name, and choose that."
            ) from error
    filled = {title: records for title, records in sheets.items() if records}
    if not filled:
        raise IntakeError("This workbook is empty. Check that you chose the right one.")
    title = max(filled, key=lambda name: max(recognise(cells) for _, cells in filled[name][:10]))
    others = [name for name in filled if name != title]
    remarks = [Note(None, f"Only the sheet “{title}” was read, not {_listed(others)}.")] if others else []
    return filled[title], remarks


def _refuse_other_packages(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise IntakeError("This file is damaged: the end is missing. Download or save it again.") from error
    names = {entry.filename for entry in entries}
    for name, advice in _OTHER_PACKAGES:
        if name in names:
            raise IntakeError(advice)
    if "xl/workbook.xml" not in names:
        raise IntakeError(
            "This is a compressed folder, not a workbook. Unpack it, then choose the list inside it."
        )
    # zipfile never hands out more than an entry claims to hold, so the claim is a bound.
    # Every entry counts: a sheet may lie under any name.
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise IntakeError(
            "This workbook unpacks to more than 25 MB, far more than a list needs. "
            "Save the sheet with the list as CSV, and choose that file."
        )


def _visible(sheet: Any) -> bool:
    return bool(sheet.sheet_state == "visible")


def _records(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, every value as the text a CSV would have had."""
    sheet.reset_dimensions()  # the size a sheet claims may be anything
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise IntakeError(
                f"The sheet “{sheet.title}” has more than {MAX_ROWS:,} rows. Keep the rows with people only."
            )
        cells = [_text(value) for value in values[:MAX_COLUMNS]]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: object) -> str:
    """Return a cell's value as typed: a time as 09:30, a whole number without decimals, no errors."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%H:%M") if value.year < 1901 else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    return "" if text in {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"} else text


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
