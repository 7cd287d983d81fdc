import csv
import io
import zipfile
from datetime import time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.plans.spreadsheets import (
    PlanMeeting,
    PlanPerson,
    PlanTables,
    csv_file,
    plan_csv,
    plan_xlsx,
)

FORMULAS = ("=1+1", "+44 20", "-1", "@sum", "\tx", "\rx")


@pytest.fixture
def plan(stamp, starts):
    people = (
        PlanPerson("p1", "Priya Nair", "Environment Agency"),
        PlanPerson("p2", "Łucja Nowak", "Natural England"),
        PlanPerson("p3", "=HYPERLINK(1)", "Rural Payments Agency"),
        PlanPerson("p4", "Tom Price", "Natural England"),
    )
    meetings = (
        PlanMeeting(2, starts(2), starts(3), 1, ("p1", "p3")),
        PlanMeeting(1, starts(1), starts(2), 7, ("p1", "p2", "p3")),
    )
    return PlanTables(stamp, people, meetings)


def test_the_csv_has_a_row_a_meeting_by_round_and_table(plan):
    assert plan_csv(plan).startswith(b"\xef\xbb\xbf")
    assert plan_csv(plan).decode("utf-8-sig") == (
        "Round,Starts,Ends,Table,Person 1,Organisation 1,Person 2,Organisation 2,"
        "Person 3,Organisation 3,Plan\r\n"
        "1,10:00,10:20,7,Priya Nair,Environment Agency,Łucja Nowak,Natural England,"
        "'=HYPERLINK(1),Rural Payments Agency,3\r\n"
        "2,10:20,10:40,1,Priya Nair,Environment Agency,'=HYPERLINK(1),Rural Payments Agency,,,3\r\n"
    )


def test_a_talk_is_a_row_with_its_topic_and_in_the_day_of_everybody_there(plan, starts):
    talk = PlanMeeting(2, starts(2), starts(3), 9, ("p2", "p4"), "Who owns the rivers list?")
    with_talk = PlanTables(plan.stamp, plan.people, (*plan.meetings, talk))
    assert plan_csv(with_talk).decode("utf-8-sig") == (
        "Round,Starts,Ends,Table,Topic,Person 1,Organisation 1,Person 2,Organisation 2,"
        "Person 3,Organisation 3,Plan\r\n"
        "1,10:00,10:20,7,,Priya Nair,Environment Agency,Łucja Nowak,Natural England,"
        "'=HYPERLINK(1),Rural Payments Agency,3\r\n"
        "2,10:20,10:40,1,,Priya Nair,Environment Agency,'=HYPERLINK(1),Rural Payments Agency,,,3\r\n"
        "2,10:20,10:40,9,Who owns the rivers list?,Łucja Nowak,Natural England,Tom Price,Natural England,,,3\r\n"
    )
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(with_talk)))
    days = {row[0]: row[2:] for row in book["By person"].values}
    assert days["Tom Price"] == (1, None, "Table 9: Who owns the rivers list?")


def test_the_workbook_has_the_plan_by_round_and_by_person(plan):
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(plan)))
    assert book.sheetnames == ["By round", "By person"]
    assert [list(row) for row in book["By round"].values][1:] == [
        [1, time(10), time(10, 20), 7, "Priya Nair", "Environment Agency", "Łucja Nowak", "Natural England",
         "=HYPERLINK(1)", "Rural Payments Agency", 3],
        [2, time(10, 20), time(10, 40), 1, "Priya Nair", "Environment Agency", "=HYPERLINK(1)",
         "Rural Payments Agency", None, None, 3],
    ]  # fmt: skip
    assert [list(row) for row in book["By person"].values] == [
        ["Name", "Organisation", "Meetings", "Round 1, 10am", "Round 2, 10.20am"],
        [
            "=HYPERLINK(1)",
            "Rural Payments Agency",
            2,
            "Table 7: Priya Nair and Łucja Nowak",
            "Table 1: Priya Nair",
        ],
        ["Łucja Nowak", "Natural England", 1, "Table 7: Priya Nair and =HYPERLINK(1)", None],
        [
            "Priya Nair",
            "Environment Agency",
            2,
            "Table 7: Łucja Nowak and =HYPERLINK(1)",
            "Table 1: =HYPERLINK(1)",
        ],
        ["Tom Price", "Natural England", 0, None, None],
    ]


def test_heads_stay_in_view_and_columns_are_as_wide_as_their_text(plan):
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(plan)))
    assert [sheet.freeze_panes for sheet in book] == ["A2", "C2"]
    assert book["By person"].column_dimensions["B"].width == len("Rural Payments Agency") + 2


def test_no_cell_of_the_workbook_is_a_formula(plan):
    with zipfile.ZipFile(io.BytesIO(plan_xlsx(plan))) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 2
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(plan)))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} == {"s", "n", "d"}


def test_control_characters_in_a_name_do_not_stop_the_workbook(stamp, starts):
    person = PlanPerson("p1", "Tom\x00 \x1bPrice", "")
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(PlanTables(stamp, (person,), ()))))
    assert [list(row) for row in book["By person"].values][1] == ["Tom Price", None, 0]
    assert [list(row)[:4] for row in book["By round"].values] == [["Round", "Starts", "Ends", "Table"]]


def test_a_key_that_is_nobodys_stops_the_export(stamp, starts):
    meeting = PlanMeeting(1, starts(1), starts(2), 1, ("p1", "p9"))
    with pytest.raises(KeyError, match="p9"):
        plan_csv(PlanTables(stamp, (PlanPerson("p1", "Tom Price", ""),), (meeting,)))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(cell):
    (row,) = csv.reader(io.StringIO(csv_file([cell], []).decode("utf-8-sig"), newline=""))
    assert row == ["'" + cell]


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1))
def test_any_text_comes_back_whole_and_harmless(cells):
    written = csv_file(["head"] * len(cells), [cells]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(written, newline=""))
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
