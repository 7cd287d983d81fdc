"""The bytes of a list: every usual encoding and separator is read, what is no list is refused in words."""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.intake.attendees import IntakeError, Note, read_attendees
from matchmaker.intake.cells import is_tick, says_nothing
from matchmaker.intake.lists import distinct
from matchmaker.intake.person_names import is_nobody
from matchmaker.intake.text import tidy

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "cp1252": b"",
}
LATIN = "abcdefghijklmnopqrstuvwxyzñéöß"
WORD = st.text(alphabet=LATIN, min_size=2, max_size=12).filter(
    lambda word: not says_nothing(word) and not is_tick(word) and not is_nobody(word)
)
PEOPLE = st.lists(
    st.tuples(
        # With a capital each: names all in small letters are written as people write them.
        st.tuples(WORD, WORD).map(lambda words: " ".join(f"E{word}" for word in words)),
        WORD.map(lambda word: f'{word}, "{word}" & Söhne;\tAG | Ltd'),
        WORD.map(lambda word: f'First "{word}"\nthen; that'),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda person: person[0].casefold(),
)


@given(
    PEOPLE,
    st.sampled_from(sorted(ENCODINGS)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_a_list_comes_back_the_same_in_every_encoding_and_with_every_separator(
    people: list[tuple[str, str, str]], encoding: str, separator: str, line_end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    writer.writerow(["Full name", "Organisation", "About you"])
    writer.writerows(people)
    data = ENCODINGS[encoding] + out.getvalue().encode(encoding)

    found = read_attendees(data, "list.csv")

    assert [(row.name, row.organisation, row.bio) for row in found.rows] == [
        (tidy(name), tidy(organisation), bio) for name, organisation, bio in people
    ]
    assert (found.problems, [note for note in found.notes if note.line is None]) == ((), [])


@given(st.lists(WORD, min_size=1, max_size=5), st.sampled_from(["; ", "\n", "|", ", "]))
def test_a_list_in_a_cell_comes_back_the_same_with_every_separator(things: list[str], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Topics"], ["Ana", separator.join(things)]])

    found = read_attendees(out.getvalue().encode(), "list.csv")

    assert found.rows[0].topics == distinct(things)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with contextlib.suppress(IntakeError):
        read_attendees(data, "list.csv")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r,\"'"), max_size=200))
def test_any_text_below_a_header_is_read_without_a_crash(text: str) -> None:
    found = read_attendees(f"Name,Email,Arrives\n{text}\nAna,,\n".encode(), "list.csv")

    assert found.headers[:3] == ("Name", "Email", "Arrives")


def test_utf_16_without_a_mark_is_seen() -> None:
    found = read_attendees("Name;Team\r\nSiân;Soil\r\n".encode("utf-16-le"), "list.csv")

    assert found.rows[0].name == "Siân"


def test_a_file_glued_together_from_two_encodings_is_read_line_by_line() -> None:
    data = "Name\nSiân\n".encode() + "José\n".encode("cp1252")

    assert [row.name for row in read_attendees(data, "list.csv").rows] == ["Siân", "José"]


def test_excels_own_word_on_the_separator_is_heeded() -> None:
    found = read_attendees(b"sep=;\r\nName;Team\r\nAna;Soil, water\r\n", "list.csv")

    assert [(row.line, row.name, row.team) for row in found.rows] == [(3, "Ana", "Soil, water")]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'Name,About you\n\nAna,"one\ntwo\nthree"\n , \nBen,four\n'

    assert [(row.line, row.name) for row in read_attendees(text.encode(), "list.csv").rows] == [
        (3, "Ana"),
        (7, "Ben"),
    ]


def test_a_quotation_mark_that_never_closes_spoils_one_row_only() -> None:
    text = 'Name,About you,Team\nAna,"I said,Soil\nBen,fine,Water\nCat,"quoted, well",Air\n'

    found = read_attendees(text.encode(), "list.csv")

    assert [(row.name, row.bio, row.team) for row in found.rows][0] == ("Ana", "I said", "Soil")
    assert [row.name for row in found.rows] == ["Ana", "Ben", "Cat"]
    assert found.notes == (
        Note(2, "A quotation mark is opened and never closed. Check this row.", kind="quotation"),
    )


def test_short_and_long_rows_keep_what_they_have() -> None:
    found = read_attendees(b"Name,Team,Topics\nAna\nBen,Soil,rivers,extra\n", "list.csv")

    assert [(row.name, row.team, row.topics) for row in found.rows] == [
        ("Ana", "", ()),
        ("Ben", "Soil", ("rivers",)),
    ]
    assert found.headers == ("Name", "Team", "Topics", "Column 4")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty. Check that you chose the right one, and export it again if need be."),
        (
            b"\xef\xbb\xbf \r\n",
            "This file is empty. Check that you chose the right one, and export it again if need be.",
        ),
        (b",,\n,\n", "There is nothing in this file to read. Check that you chose the right one."),
        (
            b"Name,Email\n",
            "This file has column names but no rows below them. Export it again, with all its rows.",
        ),
        (
            b"Name\n" + b"x" * (26 * 1024 * 1024),
            "This file has 26 MB; the most we can read is 25 MB. "
            "Leave out pictures and columns nobody needs, or split the file.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "This is an old Excel file (.xls) or a workbook with a password. "
            "Open it in Excel, save it as .xlsx without a password, or as CSV, and choose it again.",
        ),
        (
            b"%PDF-1.7\n",
            "This is a PDF. Export the list as CSV or .xlsx from where it was made, and choose that file.",
        ),
        (b"\x89PNG\r\n\x1a\n", "This is a picture. Choose the list as CSV or .xlsx."),
        (b"7z\xbc\xaf", "This file is compressed. Unpack it first, then choose the list inside it."),
        (b"{\\rtf1", "This is a text document. Save the list as CSV or .xlsx and choose that file."),
        (
            b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEND:VCARD\r\n",
            "These are address cards. Export the contacts as CSV, and choose that file.",
        ),
        (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "This is a calendar. Export the list of guests as CSV, and choose that file.",
        ),
        (
            b"<!DOCTYPE html><table>",
            "This is a web page, not a list, whatever its name says. "
            "Open it in Excel, save it as .xlsx or CSV, and choose that file.",
        ),
        (b'{"help": 1}', "This file is JSON, not rows and columns. Choose the list as CSV or .xlsx."),
        (
            bytes(range(256)) * 8,
            "This file is not text that we can read. Export it again, and choose the new file.",
        ),
        (
            b"Name" + b",a" * 1000 + b"\nAna\n",
            "This file has more than 1,000 columns. Keep the ones with answers in them, and try again.",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        read_attendees(data, "list.csv")
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("span", ["²", "9" * 5000, "0", "-1", "x"])
def test_a_table_saved_by_excel_whose_cell_reaches_over_no_number_of_columns_is_read(span: str) -> None:
    table = (
        "<html><body><table><tr><td>Name</td><td>Email</td></tr>"
        f'<tr><td colspan="{span}">Ana</td><td>ana@x.example</td></tr></table></body></html>'
    )
    assert [row.email for row in read_attendees(table.encode(), "list.xls").rows] == ["ana@x.example"]


@pytest.mark.parametrize(
    "above",
    [
        "Guest list\n\nExported,2026-11-01\n",
        "Prepared by,Jo Lee\n",
        "Event,Data Day\nVenue,Kew\nContact,Jo Lee\n",
        "Name,Data Day\nOrganisation,Defra\n",
        "Printed 1 March,,,page 1\n",
    ],
)
@pytest.mark.parametrize("margin", ["", "7", "-"])
def test_a_table_is_read_wherever_it_begins_and_whatever_stands_above_it(above: str, margin: str) -> None:
    text = f"{above},Surname,Forename,Mail\n{margin},Byrne,Ada,ada@x.example\n{margin},Cole,Ben,\n"

    found = read_attendees(text.encode(), "list.csv")

    assert [(row.name, row.email) for row in found.rows] == [("Ada Byrne", "ada@x.example"), ("Ben Cole", "")]
    assert (found.problems, found.notes) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Field,Person 1,Person 2\nName,Ada Byrne,Ben Cole\nEmail,a@x.example,b@x.example\nOrganisation,EA,Kew\n",
        "Full name,Ada Byrne\nJob title,Analyst\n",
        ";Vorname;Ada;Ben\n;Nachname;Byrne;Cole\n;Firma;EA;Kew\n;Schuhgröße;38;44\n",
        "Name,Ada Byrne\nEmail,a@x.example\n\nName,Ben Cole\nEmail,b@x.example\n",
    ],
)
def test_a_table_that_stands_on_its_side_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(IntakeError, match="stands on its side.*choose Paste Special and Transpose"):
        read_attendees(text.encode(), "list.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Type,Full name,Job\nGuest,Ada Byrne,Analyst\nMember,Ben Cole,Clerk\n",
        "Name,Data Day\nContact,Jo\n,Full name,Team\nTeam,Ada Byrne,Soil\n,Ben Cole,Air\n",
        "Guest,Ada Byrne,ada@x.example\nCompany,Ben Cole,ben@x.example\n",
    ],
)
def test_a_table_whose_first_column_holds_words_that_name_columns_is_read(text: str) -> None:
    found = read_attendees(text.encode(), "list.csv", {"Column 2": "name"})

    assert [row.name for row in found.rows] == ["Ada Byrne", "Ben Cole"]
