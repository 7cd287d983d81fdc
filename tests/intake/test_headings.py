"""Lines that head the ones below them in a list: no people; whoever may be one stays, with a remark."""

import io

import openpyxl
import pytest

from matchmaker.intake.attendees import AttendeeFile, read_attendees
from matchmaker.intake.problems import Decisions


def read(text: str, decisions: Decisions | None = None) -> AttendeeFile:
    return read_attendees(text.encode(), "list.csv", None, decisions)


def remarks(found: AttendeeFile) -> dict[str, tuple[int, ...]]:
    return {remark.kind: remark.lines for remark in found.remarks}


def people(found: AttendeeFile) -> list[str]:
    return [row.name for row in found.rows]


LISTS = (
    "Name,Email\nAda Byrne,ada@x.example\n{}\nBen Cole,ben@x.example\nCy Dean,cy@x.example\n",
    "No,First name,Last name,Organisation\n1,Ada,Byrne,EA\n,{},,\n2,Ben,Cole,EA\n3,Cy,Dean,EA\n",
    "Full name\nAda Byrne\n{}\nBen Cole\nCy Dean\n",
)
HEADINGS = (
    *(
        "Table 1",
        "Table Rivers",
        "Team Rivers",
        "Rivers team",
        "Group B (10 people)",
        "Tisch 4",
        "Équipe eau",
    ),
    *(
        "Monday",
        "Tuesday 3 March",
        "Day 2",
        "Day one",
        "3 March 2027",
        "10:00–11:30",
        "Dienstag",
        "Afternoon",
    ),  # noqa: RUF001
    *("Speakers", "External speakers", "2. Hosts & helpers", "Staff and volunteers", "Referenten", "VIPs"),
    *(
        "Apologies",
        "Waiting list",
        "Not coming:",
        "Online",
        "Environment Agency",
        "Rivers Ltd",
        "Université de Kew",
    ),
    *(
        "Department for Environment, Food and Rural Affairs",
        "--- Kew ---",
        "Kew:",
        "Kew, 12 people",
        "A–F",
        "B",
    ),  # noqa: RUF001
)


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("text", LISTS)
def test_a_line_that_heads_others_is_left_out_and_named(heading: str, text: str) -> None:
    found = read(text.format(f'"{heading}"'))

    assert people(found) == ["Ada Byrne", "Ben Cole", "Cy Dean"]
    assert [(note.line, note.kind, note.left_out, note.text) for note in found.notes] == [
        (
            3,
            "heading",
            True,
            f"“{heading}” seems to head the lines below, so it was not imported. Those are read as they stand.",
        )
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "name",
    [
        *("Sunday Adeyemi", "Day Lewis", "Ada Council", "Group Captain Fi Gray", "April May", "Tisch Anna"),
        *(
            "Ada Byrne, Environment Agency",
            "Fi Gray (Kew Ltd)",
            "Ada Byrne – Met Office",
            "Mel",
            "Nick",
            "O",
        ),  # noqa: RUF001
    ],
)
def test_a_person_of_whom_the_list_gives_a_name_alone_stays(name: str) -> None:
    for text in LISTS:
        found = read(text.format(f'"{name}"'))

        assert len(found.rows) == 4
        assert set(remarks(found)) <= {"name"}


def test_a_list_of_names_alone_is_read_whole_and_so_is_one_with_their_organisation_behind_them() -> None:
    names = ["Rivers", "Natural England", "Ada Byrne", "Cy Dean"]
    behind = ["Ada Byrne Environment Agency", "Ben Cole Defra Office", "Cy Dean"]
    numbered = ["Ann 1", "Ann 2", "Ben 3"]

    for listed, told in ((names, {}), (numbered, {}), (behind, {"name": (2, 3)})):
        found = read("\n".join(["Name", *listed]))
        assert (people(found), remarks(found)) == (listed, told)


def test_the_organisation_of_other_lines_or_its_first_letters_is_nobody() -> None:
    found = read(
        "Name,Email,Organisation\nKEW,,\nAda Byrne,ada@x.example,Kew\nEA (1),,\n"
        "Ben Cole,ben@x.example,Environment Agency\nCy Dean,cy@x.example,Kew\nEd Abbott,,\n"
    )

    assert (people(found), remarks(found)) == (
        ["Ada Byrne", "Ben Cole", "Cy Dean", "Ed Abbott"],
        {"heading": (2, 4)},
    )


def test_whoever_may_head_a_part_of_a_list_is_read_with_a_remark() -> None:
    found = read(
        "Name,Email\nNatural England,\nAda Byrne,ada@x.example\nBen Cole,ben@x.example\nKew,\n"
        "Cy Dean,cy@x.example\nDi Eve,di@x.example\nFi Fox,fi@x.example\nGus Hay,\n"
    )

    assert len(found.rows) == 8
    assert remarks(found) == {"name": (2, 5)}
    assert (
        found.notes[0].text
        == "“Natural England” stands alone on its line. If it heads the lines below, leave it out."
    )


def test_people_without_an_address_in_a_list_that_nothing_parts_need_no_remark() -> None:
    found = read(
        "Name,Email\nAda Byrne,ada@x.example\nBen Cole,\nCy Dean,cy@x.example\nDi Eve,di@x.example\n"
    )

    assert (len(found.rows), remarks(found)) == (4, {})


def test_whoever_works_for_themselves_stays() -> None:
    found = read("Name,Email,Organisation\nAda Byrne,,Ada Byrne\nBen Cole,ben@x.example,Kew\nCy Dean,,EA\n")

    assert (people(found), remarks(found)) == (["Ada Byrne", "Ben Cole", "Cy Dean"], {})


def test_somebody_with_a_number_in_a_name_that_stands_alone_is_read_with_a_remark() -> None:
    found = read("Name,Email\nAda Byrne,ada@x.example\nMaria 2,\nBen Cole,ben@x.example\nCy Dean,\n")

    assert (len(found.rows), remarks(found)) == (4, {"name": (3,)})


def test_a_name_of_another_column_that_stands_alone_repeats_the_column_names() -> None:
    found = read("Name,Email,Organisation\nAda Byrne,ada@x.example,Kew\nOrganisation,,\nBen Cole,,\n")

    assert (people(found), remarks(found)) == (["Ada Byrne", "Ben Cole"], {"header": (3,)})


def test_a_word_for_people_below_the_list_heads_nothing_and_a_total_of_them_is_one() -> None:
    found = read("Name,Email\nAda Byrne,ada@x.example\nBen Cole,ben@x.example\nVolunteers,\n")
    assert [note.text for note in found.notes] == [
        "“Volunteers” stands below the list and seems to name nobody, so it was not imported."
    ]
    found = read("Name,Email\nAda Byrne,ada@x.example\nBen Cole,ben@x.example\nTotal delegates,\n")
    assert (people(found), remarks(found)) == (["Ada Byrne", "Ben Cole"], {"total": (4,)})


def test_a_heading_merged_over_its_row_is_nobody() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Email", "Organisation"], ["Natural England"], ["Ada Byrne", "ada@x.example", "NE"]):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    book.save(file := io.BytesIO())

    found = read_attendees(file.getvalue(), "list.xlsx")

    assert (people(found), remarks(found)) == (["Ada Byrne"], {"heading": (2,)})


def test_a_line_that_somebody_wants_is_read_though_it_looks_like_a_heading() -> None:
    text = "Name,Email\nMonday,\nAda Byrne,ada@x.example\nRivers,\nBen Cole,ben@x.example\nCy Dean,cy@x.example\n"

    found = read(text, Decisions(keep=frozenset({2, 4})))

    assert (people(found), remarks(found)) == (["Monday", "Ada Byrne", "Rivers", "Ben Cole", "Cy Dean"], {})
