"""Attendee lists in Excel workbooks: read as their CSV would be, and never trusted."""

import io
import zipfile
from datetime import datetime, time

import openpyxl
import pytest

from matchmaker.intake.attendees import AttendeeRow, IntakeError, Note, read_attendees


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_workbook_is_read_with_its_times_numbers_and_ticks() -> None:
    data = workbook(
        (
            "People",
            [
                ["Name", "Email", "Arrives", "Leaves", "Table", "Step-free", "Topics"],
                [
                    "Ana Lind",
                    "ana@example.org",
                    time(9, 30),
                    datetime(2026, 11, 24, 15, 0),
                    4.0,
                    True,
                    "soil\nrivers",
                ],
                [None, None, None, None, None, None, None],
                ["Ben Ode", None, 9.3, "4pm", None, False, "=1+1"],
            ],
        )
    )

    found = read_attendees(data, "people.xlsx")

    assert found.format == "xlsx"
    assert found.rows == (
        AttendeeRow(
            2,
            "Ana Lind",
            "ana@example.org",
            topics=("soil", "rivers"),
            arrives=time(9, 30),
            leaves=time(15, 0),
            step_free=True,
            fixed_table=4,
        ),
        AttendeeRow(4, "Ben Ode", arrives=time(9, 30), leaves=time(16, 0)),
    )


def test_the_sheet_with_the_people_is_found_and_the_others_are_named() -> None:
    data = workbook(
        ("Notes", [["To do"], ["order lunch"]]),
        ("People", [["Name", "Email"], ["Ana Lind", "ana@example.org"]]),
        ("Empty", []),
        ("Sums", [["Total"], [1]]),
    )

    found = read_attendees(data, "people.xlsx")

    assert [row.name for row in found.rows] == ["Ana Lind"]
    assert found.notes == (Note(None, "Only the sheet “People” was read, not “Notes” and “Sums”."),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (workbook(("People", [])), "This workbook is empty. Check that you chose the right one."),
        (
            workbook(("People", [["Name"], ["Ana"]]))[:-200],
            "This file is damaged: the end is missing. Download or save it again.",
        ),
        (
            package(xl__workbook__xml=b"").replace(b"xl/workbook/xml", b"xl/workbook.xml"),
            "This workbook is damaged. Open it in Excel, save it under a new name, and choose that.",
        ),
        (
            package(**{"a.csv": b"Name", "b.csv": b"Name"}),
            "This compressed folder holds 2 files: “a.csv”, “b.csv”. Unpack it, then choose the one with the list.",
        ),
        (
            package(**{"xl/workbook.bin": b""}),
            "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV, and choose that file.",
        ),
        (
            package(**{"word/document.xml": b""}),
            "This is a Word document. Save the list as CSV or .xlsx, and choose that file.",
        ),
        (
            package(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * 26 * 1024 * 1024}),
            "This workbook unpacks to more than 25 MB, far more than a list needs. "
            "Save the sheet with the list as CSV, and choose that file.",
        ),
        (
            package(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.dat": b" " * 26 * 1024 * 1024}),
            "This workbook unpacks to more than 25 MB, far more than a list needs. "
            "Save the sheet with the list as CSV, and choose that file.",
        ),
    ],
)
def test_what_is_no_workbook_with_a_list_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        read_attendees(data, "people.xlsx")
    assert str(refusal.value) == sentence


def test_a_workbook_that_declares_entities_is_refused() -> None:
    good = workbook(("People", [["Name"], ["Ana"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + content
            target.writestr(entry, content)

    with pytest.raises(IntakeError, match="damaged"):
        read_attendees(out.getvalue(), "people.xlsx")
