from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from matchmaker.documents.plans.report import (
    TOOK_PLACE,
    EventReport,
    OrganisationMatrix,
    pairs,
    report_csv,
    report_sheets,
)

MATRIX = OrganisationMatrix(("Defra", "=Peat Office"), ((0, 12), (12, 3)))
REPORT = EventReport(
    "Data Together", "12 November 2026, Leeds", (("Meetings planned", 40),), MATRIX,
    datetime(2026, 11, 12, 17, tzinfo=UTC), ZoneInfo("Europe/London"),
)  # fmt: skip


def test_each_two_organisations_that_met_stand_once_and_small_numbers_are_hidden():
    assert pairs(MATRIX) == [
        ("Defra", "=Peat Office", "5 or more"), ("=Peat Office", "=Peat Office", "1 to 4"),
    ]  # fmt: skip
    assert MATRIX.shown() == [("Defra", ["0", "5 or more"]), ("=Peat Office", ["5 or more", "1 to 4"])]


def test_of_one_small_number_nobody_can_work_out_what_it_is_from_the_others():
    offices = ("Defra", "Kew", "Peat Office")
    one = OrganisationMatrix(offices, ((9, 12, 0), (12, 3, 7), (0, 7, 0)))
    assert one.shown() == [
        ("Defra", ["9", "12", "0"]), ("Kew", ["12", "1 to 4", "5 or more"]), ("Peat Office", ["0", "5 or more", "0"]),
    ]  # fmt: skip
    two = OrganisationMatrix(offices, ((9, 12, 0), (12, 3, 7), (0, 7, 1)))
    assert {cell for _, cells in two.shown() for cell in cells} == {"9", "12", "0", "1 to 4", "7"}
    none = OrganisationMatrix(offices, ((9, 12, 0), (12, 5, 7), (0, 7, 0)))
    assert none.hidden == {}


def test_the_report_is_a_page_that_says_when_it_was_made(heard, pages):
    assert heard(report_sheets(REPORT).pdf()) == (
        f"Report on Data Together 12 November 2026, Leeds {TOOK_PLACE} What Number Meetings planned 40 "
        "Meetings: Defra and =Peat Office 5 or more Meetings within =Peat Office 1 to 4"
    )
    assert "made5pmon12November2026" in pages(report_sheets(REPORT).pdf())[0]


def test_the_table_runs_no_formula():
    assert report_csv(REPORT).decode("utf-8-sig").splitlines() == [
        "What,Organisation,Other organisation,Number",
        "Meetings planned,,,40",
        "Meetings between,Defra,'=Peat Office,5 or more",
        "Meetings between,'=Peat Office,'=Peat Office,1 to 4",
    ]
