"""Tables in other dress: SpreadsheetML 2003, OpenDocument, and web pages whose name says .xls."""

from collections.abc import Iterable
from html.parser import HTMLParser

from matchmaker.intake.csv_files import MAX_COLUMNS, MAX_ROWS
from matchmaker.intake.problems import IntakeError
from matchmaker.intake.workbook_sheets import Budget, SheetData, parse

_MOST_REPEATED = 1000
_TOO_MANY = f"This table has more than {MAX_ROWS:,} rows. Split it, and read the parts one by one."


def read_spreadsheetml(text: str) -> list[SheetData]:
    """Return the sheets of an Excel 2003 XML workbook; raises ValueError for damaged XML."""
    reader = _Grid(rows="Row", cells="Cell", words="Data", sheet="Worksheet")
    return reader.read([text.encode()])


def read_opendocument(chunks: Iterable[bytes]) -> list[SheetData]:
    """Return the sheets of an OpenDocument spreadsheet; raises ValueError for damaged XML."""
    reader = _Grid(rows="table-row", cells="table-cell", words="p", sheet="table")
    return reader.read(chunks)


class _Grid:
    """Rows and cells as both kinds of XML nest them; repeats, jumps and spans are followed, within bounds."""

    def __init__(self, rows: str, cells: str, words: str, sheet: str) -> None:
        self.sheets: list[SheetData] = []
        self._names = {
            rows: "row",
            cells: "cell",
            "covered-table-cell": "cell",
            words: "words",
            sheet: "sheet",
        }
        self._budget = Budget()
        self._row = self._column = 0
        self._given: dict[str, str] = {}
        self._repeat = 1
        self._parts: list[str] = []
        self._inside = 0
        self._silent = 0
        self._row_repeat = 1

    def read(self, chunks: Iterable[bytes]) -> list[SheetData]:
        """Return the sheets of this XML."""
        parse(chunks, self.start, self.end, self.data)
        for sheet in self.sheets:
            sheet.fill_merged()
        return self.sheets

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        given = {key.rpartition("}")[2].casefold(): value for key, value in attributes.items()}
        kind = self._names.get(name)
        if kind == "sheet":
            self.sheets.append(SheetData(given.get("name", "Sheet")))
            self._row = 0
        elif kind == "row" and self.sheets:
            self._start_row(given)
        elif kind == "cell" and self.sheets:
            self._start_cell(given)
        elif kind == "words":
            self._inside += 1
            if self._parts and self._inside == 1:
                self._parts.append("\n")
        elif name in {"annotation", "Comment"}:
            self._silent += 1
        elif self._inside and name in {"s", "tab", "line-break"}:
            self._parts.append("\n" if name == "line-break" else " ")

    def _start_row(self, given: dict[str, str]) -> None:
        self._budget.take()
        self._row = int(given.get("index", self._row + 1))
        self._column = -1
        if given.get("hidden") == "1" or given.get("visibility") in {"collapse", "filter"}:
            self.sheets[-1].hidden_rows.add(self._row)
        self._row_repeat = min(int(given.get("number-rows-repeated", "1")), 1 << 21)

    def _start_cell(self, given: dict[str, str]) -> None:
        self._budget.take()
        self._column = int(given["index"]) - 1 if "index" in given else self._column + 1
        self._given = given
        self._repeat = min(int(given.get("number-columns-repeated", "1")), 1 << 15)
        self._parts = []

    def data(self, text: str) -> None:
        """Take words."""
        if self._inside and not self._silent:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        kind = self._names.get(name)
        if kind == "words":
            self._inside -= 1
        elif name in {"annotation", "Comment"}:
            self._silent -= 1
        elif kind == "cell" and self.sheets:
            self._end_cell()
        elif kind == "row" and self.sheets:
            self._end_row()

    def _end_cell(self) -> None:
        given, sheet = self._given, self.sheets[-1]
        words = "".join(self._parts)
        if given.get("value-type") == "time":
            words = (
                given.get("time-value", "").replace("PT", "").replace("H", ":").replace("M", ":")[:5] or words
            )
        elif given.get("value-type") == "boolean":
            words = "yes" if given.get("boolean-value") == "true" else "no"
        if words.strip():
            for column in range(self._column, min(self._column + self._repeat, MAX_COLUMNS)):
                sheet.rows.setdefault(self._row, {})[column] = words
        elif "formula" in given:
            sheet.unvalued.append((self._row, self._column))
        down = int(given.get("number-rows-spanned", int(given.get("mergedown", "0")) + 1)) - 1
        across = int(given.get("number-columns-spanned", int(given.get("mergeacross", "0")) + 1)) - 1
        if down > 0 or across > 0:
            sheet.merged.append((self._row, self._column, self._row + down, self._column + across))
        self._column += self._repeat - 1 if "mergeacross" not in given else across

    def _end_row(self) -> None:
        sheet = self.sheets[-1]
        held = sheet.rows.get(self._row)
        if held:
            for further in range(1, min(self._row_repeat, _MOST_REPEATED)):
                sheet.rows[self._row + further] = dict(held)
        if len(sheet.rows) > MAX_ROWS:
            raise IntakeError(_TOO_MANY)
        self._row += self._row_repeat - 1


def read_html(text: str) -> list[SheetData]:
    """Return the tables of a web page, outermost first; at most `MAX_ROWS` rows each."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [table for table in reader.tables if table.rows]


class _Tables(HTMLParser):
    """Collect the cells of every table; an inner table is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[SheetData] = []
        self._open: list[tuple[SheetData, int]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._column = 0
        self._reach: list[dict[int, int]] = []  # for each open table: column → last row that a cell covers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a table, row, cell or line break."""
        if tag == "table" and len(self._open) < 20:
            table = SheetData(f"Table {len(self.tables) + 1}")
            self.tables.append(table)
            self._open.append((table, 0))
            self._reach.append({})
        elif tag == "tr" and self._open:
            self._end_cell()
            table, row = self._open[-1]
            if row >= MAX_ROWS:
                raise IntakeError(_TOO_MANY)
            self._open[-1] = (table, row + 1)
            self._column = 0
        elif tag in {"td", "th"} and self._open:
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._cell = []
        elif tag in {"br", "p", "li", "div"} and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a cell, row or table."""
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table" and self._open:
            table, _ = self._open.pop()
            self._reach.pop()
            table.fill_merged()

    def handle_data(self, data: str) -> None:
        """Keep the words of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        """Finish tables that never end."""
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        table, row = self._open[-1]
        held = table.rows.setdefault(row, {})
        reach = self._reach[-1]
        while reach.get(self._column, 0) >= row:
            self._column += 1
        words = "".join(self._cell).strip()
        if words and self._column < MAX_COLUMNS:
            held[self._column] = words
        down, across = self._span
        if down > 1 or across > 1:
            table.merged.append((row, self._column, row + down - 1, self._column + across - 1))
            reach.update(dict.fromkeys(range(self._column, self._column + across), row + down - 1))
        self._column += across
        self._cell = None


def _span(text: str | None) -> int:
    return max(1, min(int(text), 1000)) if text and text.isdecimal() and len(text) < 10 else 1
