"""Reading the one sheet of a workbook (.xlsx, .ods) that holds a list, without trusting the workbook.

The package is read by names in any case and with either slash, in the transitional and the strict dialect alike.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from matchmaker.intake.column_names import header_position
from matchmaker.intake.csv_files import Records
from matchmaker.intake.other_sheets import read_opendocument
from matchmaker.intake.problems import IntakeError, Note
from matchmaker.intake.workbook_sheets import Budget, Lookups, SheetData, elements, read_sheet, shared_texts

MAX_UNPACKED_BYTES = 25 * 1024 * 1024
_CHUNK = 1 << 16
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

_OTHER_PACKAGES = (
    (
        "xl/workbook.bin",
        "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV, and choose that file.",
    ),
    ("word/document.xml", "This is a Word document. Save the list as CSV or .xlsx, and choose that file."),
    ("ppt/presentation.xml", "This is a PowerPoint file. Choose the list as CSV or .xlsx."),
    ("index/document.iwa", "This is a Numbers file. Export it as .xlsx or CSV, and choose that file."),
)
_DAMAGED = "This workbook is damaged. Open it in Excel, save it under a new name, and choose that."
_TRIPS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    AttributeError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""Whatever a damaged package makes its reader trip over."""


def read_workbook(
    data: bytes, recognise: Callable[[list[str]], int], budget: Budget | None = None
) -> tuple[Records, list[Note], str]:
    """Return the (row number, cells) of the sheet that is most like the list, remarks, and `xlsx` or `ods`.

    Values only: no formula is computed, no link followed, no entity expanded. Raises IntakeError for a damaged
    file, for something that is not a workbook, and for one that is too large in bytes, cells or seconds.
    """
    package = _Package(data)
    try:
        if package.has("content.xml"):
            return *choose(read_opendocument(package.chunks("content.xml")), recognise), "ods"
        return *choose(list(_sheets(package, budget or Budget())), recognise), "xlsx"
    except IntakeError:
        raise
    except _TRIPS as error:
        raise IntakeError(_DAMAGED) from error


def choose(sheets: list[SheetData], recognise: Callable[[list[str]], int]) -> tuple[Records, list[Note]]:
    """Return the records of the sheet whose first rows are surest to name columns, and what to say of the rest.

    A hidden sheet is taken only where no visible one is known; of two that are as good the longer one.
    """
    filled = [(sheet, records) for sheet in sheets if (records := sheet.records())]
    if not filled:
        raise IntakeError("This workbook is empty. Check that you chose the right one.")

    def merit(one: tuple[SheetData, Records]) -> tuple[bool, bool, int, int]:
        known = max(recognise(cells) for _, cells in one[1][:10])
        return one[0].visible, len(one[1]) > 1, known, len(one[1])

    sheet, records = max(filled, key=merit)
    if merit((sheet, records))[2] == 0:
        sheet, records = max(filled, key=lambda one: (merit(one)[2] > 0, *merit(one)))
    others = [other.title for other, _ in filled if other is not sheet and other.visible]
    unseen = [other.title for other, _ in filled if other is not sheet and not other.visible]
    notes = [Note(None, f"Only the sheet “{sheet.title}” was read, not {_listed(others)}.")] if others else []
    if unseen:
        notes.append(Note(None, f"Hidden, and not read: {_listed(unseen)}."))
    if not sheet.visible:
        notes.append(
            Note(None, f"The sheet “{sheet.title}” is hidden. It was read, as no other holds a list.")
        )
    header = records[header_position(records, recognise) or 0][0]
    return records, [*notes, *_row_notes(sheet, records, header)]


def _row_notes(sheet: SheetData, records: Records, header: int) -> Iterator[Note]:
    """Yield what is to be said of hidden rows and columns, and of formulas without a value; `header` names these."""
    held = {number for number, _ in records}
    for number in sorted(sheet.hidden_rows & held):
        yield Note(number, "This row is hidden in the workbook. It was read.", kind="hidden")
    columns = {column for cells in sheet.rows.values() for column in cells} & sheet.hidden_columns
    if columns:
        names = [sheet.rows[header].get(column, "") or f"Column {column + 1}" for column in sorted(columns)]
        yield Note(None, f"Hidden in the workbook, and taken like any other column: {_listed(names[:12])}.")
    for number, column in sheet.unvalued[:2000]:
        if number in held:
            name = sheet.rows[header].get(column, "") or f"column {column + 1}"
            text = (
                f"“{name}” is a formula whose value is not in the file. Open the workbook in Excel, save it, "
                f"and choose it again."
            )
            yield Note(number, text, kind="formula")


class _Package:
    """A zip file whose parts are found whatever their case and slashes; each is read within its claimed size."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_TRIPS,) as error:
            raise IntakeError(
                "This file is damaged: the end is missing. Download or save it again."
            ) from error
        entries = self._zip.infolist()
        self._parts = {_part_name(entry.filename): entry for entry in entries}
        for name, advice in _OTHER_PACKAGES:
            if self.has(name):
                raise IntakeError(advice)
        if not self.has("content.xml") and not any(name.endswith("workbook.xml") for name in self._parts):
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
        if any(entry.flag_bits & 1 for entry in entries):
            raise IntakeError("This workbook has a password. Save it without one, and choose it again.")

    def has(self, name: str) -> bool:
        return _part_name(name) in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part; nothing for one that is not there."""
        entry = self._parts.get(_part_name(name))
        if entry is None:
            return
        with self._zip.open(entry) as part:
            while chunk := part.read(_CHUNK):
                yield chunk

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id → (last word of the kind, name of the part)."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}
        for tag, given in elements(self.chunks(path)) if self.has(path) else ():
            if tag == "Relationship" and given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, given["Target"].replace("\\", "/")))
                found[given["Id"]] = (given["Type"].rpartition("/")[2].casefold(), target)
        return found


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _sheets(package: _Package, budget: Budget) -> Iterator[SheetData]:
    """Yield every worksheet, in the order of the workbook."""
    roots = [target for kind, target in package.related("").values() if kind == "officedocument"]
    book = next((name for name in roots if package.has(name)), "")
    book = book or next(name for name in package.names() if name.endswith("workbook.xml"))
    related = package.related(book)
    parts = {kind: target for kind, target in related.values()}
    epoch, listed = CALENDAR_WINDOWS_1900, []
    for tag, given in elements(package.chunks(book)):
        if tag == "workbookPr" and given.get("date1904") in {"1", "true"}:
            epoch = CALENDAR_MAC_1904
        elif tag == "sheet":
            listed.append((given.get("name", ""), given.get("state", "visible"), given.get("id", "")))
    lookups = _lookups(package, parts, epoch)
    for title, state, relation in listed:
        kind, target = related.get(relation, ("", ""))
        if kind == "worksheet" and package.has(target):
            sheet = SheetData(title, visible=state == "visible")
            read_sheet(sheet, package.chunks(target), lookups, budget)
            yield sheet


def _lookups(package: _Package, parts: dict[str, str], epoch: datetime) -> Lookups:
    texts = parts.get("sharedstrings", "")
    dates, durations = _date_styles(package, parts.get("styles", ""))
    return Lookups(shared_texts(package.chunks(texts)) if package.has(texts) else [], dates, durations, epoch)


def _date_styles(package: _Package, name: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return which cell styles show dates or times, and which of these lengths of time."""
    if not package.has(name):
        return frozenset(), frozenset()
    codes = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    inside = False
    for tag, given in elements(package.chunks(name)):
        if tag == "numFmt":
            codes[int(given["numFmtId"])] = given.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyles", "cellStyleXfs", "dxfs"}:
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            styles.append(int(given.get("numFmtId", "0")))
    dates = {
        place for place, code in enumerate(styles) if code in _DATE_IDS or is_date_format(codes.get(code, ""))
    }
    durations = {place for place in dates if is_timedelta_format(codes.get(styles[place], ""))}
    return frozenset(dates), frozenset(durations)


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
