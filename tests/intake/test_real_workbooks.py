"""Workbooks as people really have them: dialects, hidden and merged cells, formulas, look-up sheets, disguises."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import time
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from matchmaker.intake import workbook_sheets
from matchmaker.intake.attendees import AttendeeFile, IntakeError, read_attendees

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List"
    fill(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(sheet: Any, *lines: list[Any]) -> None:
    for line in lines:
        sheet.append(line)


def repacked(data: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(*change(entry.filename, source.read(entry)))
    return out.getvalue()


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return out.getvalue()


def read(data: bytes) -> AttendeeFile:
    return read_attendees(data, "list.xlsx")


def people(data: bytes) -> list[tuple[str, str]]:
    return [(row.name, row.organisation) for row in read(data).rows]


PLAIN = workbook(
    lambda _, sheet: rows(sheet, ["Name", "Organisation", "Arrives"], ["Ada", "Kew", time(9, 30)])
)


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name, content.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")),
        lambda name, content: (name.upper(), content),
        lambda name, content: (name.replace("/", "\\"), content),
        lambda name, content: ("/" + name, content),
        lambda name, content: (
            name,
            content.replace(b"<sheetData", b'<x:sheetData xmlns:x="' + MAIN + b'"').replace(
                b"</sheetData", b"</x:sheetData"
            ),
        ),
    ],
)
def test_every_dialect_that_excel_opens_is_read(change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    (ada,) = read(repacked(PLAIN, change)).rows

    assert (ada.name, ada.organisation, ada.arrives) == ("Ada", "Kew", time(9, 30))


def test_hidden_rows_and_columns_are_read_and_said_and_a_hidden_sheet_is_not() -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, ["Guests", None], ["Name", "Organisation"], ["Ada", "Kew"], ["Ben", "Kew"], ["Cy", "Kew"])
        sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["B"].hidden = True
        old = book.create_sheet("Old")
        rows(old, ["Name", "Email", "Organisation"], ["Zed", "z@example.org", "Kew"])
        old.sheet_state = "veryHidden"

    found = read(workbook(fill))

    assert [row.name for row in found.rows] == ["Ada", "Ben", "Cy"]
    assert [(remark.text, remark.lines) for remark in found.remarks] == [("2 hidden rows were read", (4, 5))]
    assert [note.text for note in found.notes if note.line is None] == [
        "Hidden, and not read: “Old”.",
        "Hidden in the workbook, and taken like any other column: “Organisation”.",
    ]


def test_a_value_merged_over_rows_is_everybodys_and_one_over_columns_is_a_question() -> None:
    def fill(_: Any, sheet: Any) -> None:
        rows(
            sheet,
            ["Data day"],
            ["Name", "Organisation", "Datasets used"],
            [None, None, "Rain", "Snow"],
            ["Ada", "Kew", "x"],
            ["Ben", None, None, "x"],
            ["Cy", "Defra"],
        )
        for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"):
            sheet.merge_cells(area)

    found = read(workbook(fill))

    assert [(row.name, row.organisation, row.datasets) for row in found.rows] == [
        ("Ada", "Kew", ("Rain",)),
        ("Ben", "Kew", ("Snow",)),
        ("Cy", "Defra", ()),
    ]


def test_a_formula_without_its_value_is_a_remark_and_one_with_is_read() -> None:
    def fill(_: Any, sheet: Any) -> None:
        rows(sheet, ["Name", "Organisation"], ["Ada", '=UPPER("kew")'], ["Ben", "Kew"])

    bare = workbook(fill)
    valued = repacked(
        bare,
        lambda name, content: (
            name,
            content.replace(b"<v />", b"<v>KEW</v>").replace(b"<v></v>", b"<v>KEW</v>"),
        ),
    )

    found = read(bare)
    assert [(row.name, row.organisation) for row in found.rows] == [("Ada", ""), ("Ben", "Kew")]
    assert [(remark.kind, remark.lines) for remark in found.remarks] == [("formula", (2,))]
    assert "Open the workbook in Excel, save it" in found.remarks[0].items[0].text  # type: ignore[union-attr]
    assert people(valued)[0] == ("Ada", "KEW")


@pytest.mark.parametrize(
    "lookup",
    [
        [
            ["Organisation", "Team", "Role", "Topics", "Email"],
            ["Kew", "Data", "Analyst", "Soil", "team@kew.example"],
        ],
        [["Teams", "Organisations", "Topics"], *[["Soil", f"Body {number}", "Rain"] for number in range(30)]],
    ],
)
def test_the_list_is_read_and_not_a_sheet_of_look_ups(lookup: list[list[Any]]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(sheet, *lookup)
        rows(book.create_sheet("People"), ["Full name", "Work email"], ["Ada", "ada@example.org"])

    found = read(workbook(fill))

    assert [row.name for row in found.rows] == ["Ada"]
    assert found.notes[0].text == "Only the sheet “People” was read, not “List”."


def test_coloured_emptiness_is_no_content() -> None:
    def fill(_: Any, sheet: Any) -> None:
        rows(sheet, ["Name"], ["Ada"])
        for row in range(1, 300):
            for column in range(1, 30):
                sheet.cell(row, column).fill = PatternFill("solid", fgColor="FF0000")

    found = read(workbook(fill))

    assert (found.headers, len(found.rows)) == (("Name",), 1)


def sheet_xml(inside: bytes, after: bytes = b"") -> bytes:
    return (
        b'<worksheet xmlns="' + MAIN + b'"><sheetData>' + inside + b"</sheetData>" + after + b"</worksheet>"
    )


def with_sheet(xml: bytes) -> bytes:
    return repacked(PLAIN, lambda name, content: (name, xml if name.endswith("sheet1.xml") else content))


def test_a_workbook_of_endless_cells_is_stopped_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheets, "MAX_CELLS", 5000)
    with pytest.raises(IntakeError, match="This workbook is far larger than a list"):
        read(with_sheet(sheet_xml(b"<row>" + b"<c/>" * 6000 + b"</row>")))


def test_merged_cells_fill_no_more_than_there_is() -> None:
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'
    body = cell % (1, 1, b"Name") + cell % (2, 2, b"Ada")
    merged = b"<mergeCells>" + b'<mergeCell ref="A2:XFD1048576"/>' * 500 + b"</mergeCells>"

    assert people(with_sheet(sheet_xml(body, merged))) == [("Ada", "")]


SPREADSHEETML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="L"><ss:Table>
<ss:Row><ss:Cell><ss:Data ss:Type="String">Name</ss:Data></ss:Cell>
<ss:Cell ss:Index="3"><ss:Data>Organisation</ss:Data></ss:Cell>
</ss:Row>
<ss:Row ss:Index="4"><ss:Cell><ss:Data>Ada</ss:Data></ss:Cell>
<ss:Cell ss:Index="3" ss:MergeDown="1"><ss:Data>Kew</ss:Data></ss:Cell>
</ss:Row>
<ss:Row><ss:Cell><ss:Data>Ben</ss:Data></ss:Cell>
</ss:Row>
</ss:Table></ss:Worksheet></ss:Workbook>"""
ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="L">
<table:table-row>
<table:table-cell><text:p>Name</text:p>
</table:table-cell>
<table:table-cell><text:p>Organisation</text:p>
</table:table-cell>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="2">
<table:table-cell/></table:table-row>
<table:table-row>
<table:table-cell><text:p>Ada</text:p>
</table:table-cell>
<table:table-cell table:number-rows-spanned="2"><text:p>Kew</text:p>
</table:table-cell>
</table:table-row>
<table:table-row>
<table:table-cell><office:annotation>
<text:p>not this</text:p>
</office:annotation>
<text:p>Ben</text:p>
</table:table-cell>
<table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048000">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
HTML = "<html><body><table><tr><th>Name<th>Organisation<tr><td>Ada<td rowspan=2>Kew<tr><td>Ben</table></body></html>"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (SPREADSHEETML.encode(), "xml"),
        (
            packed(
                mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": ODS.encode()}
            ),
            "ods",
        ),
        (HTML.encode(), "html"),
        (HTML.encode("utf-16"), "html"),
        (b"Name\tOrganisation\nAda\tKew\nBen\tKew\n", "csv"),
        (
            packed(
                lists__people_csv=b"Name,Organisation\nAda,Kew\nBen,Kew\n", **{"__MACOSX/._people.csv": b"x"}
            ),
            "csv",
        ),
        (
            packed(
                **{
                    "people.xlsx": workbook(
                        lambda _, s: rows(s, ["Name", "Organisation"], ["Ada", "Kew"], ["Ben", "Kew"])
                    )
                }
            ),
            "xlsx",
        ),
        (gzip.compress(b"Name,Organisation\nAda,Kew\nBen,Kew\n", mtime=0), "csv"),
    ],
)
def test_a_list_in_other_dress_is_read(data: bytes, form: str) -> None:
    found = read_attendees(data, "list.xls")

    assert found.format == form
    assert [(row.name, row.organisation) for row in found.rows] == [("Ada", "Kew"), ("Ben", "Kew")]


def test_a_zip_file_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(IntakeError, match="more than 25 MB"):
        read(packed(a_csv=b"Name\n" + b" " * 26 * 1024 * 1024))
    with pytest.raises(IntakeError, match="more than 25 MB"):
        read(gzip.compress(b" " * 26 * 1024 * 1024, mtime=0))
