"""Dataset catalogues as CSV or workbooks: headers in any case, quoted line breaks, what is no catalogue."""

from datetime import date

import pytest

from matchmaker.intake.catalogue import DatasetRow, IntakeError, SkippedRecord, read_catalogue


def read(text: str, encoding: str = "utf-8") -> tuple[DatasetRow, ...]:
    found = read_catalogue(text.encode(encoding), "catalogue.csv")
    assert found.format == "csv"
    return found.rows


def test_a_plain_list_is_read() -> None:
    text = 'id,title,publisher,url\na-1,"Fish, 2009 <b>survey</b>",Cefas,https://example.org/a\n'

    assert read(text) == (
        DatasetRow("line 2", "a-1", "", "Fish, 2009 survey", "Cefas", url="https://example.org/a"),
    )


def test_the_dump_of_data_gov_uk_is_read() -> None:
    text = (
        "Name,Title,URL,Organization,Top level organisation,License,Published,NII,Location,Import source\r\n"
        "river-levels,River levels,https://data.gov.uk/dataset/river-levels,Environment Agency,Defra,"
        "UK Open Government Licence,True,False,,\r\n"
    )

    assert read(text, "cp1252") == (
        DatasetRow(
            "line 2",
            "",
            "river-levels",
            "River levels",
            "Environment Agency",
            licence="UK Open Government Licence",
            url="https://data.gov.uk/dataset/river-levels",
        ),
    )


def test_without_a_title_column_the_name_is_the_title_and_dataset_the_id() -> None:
    (row,) = read("dataset,name,themes\nconservation-area,Conservation area,heritage\n")
    (only,) = read("Dataset;Owner;Link;Licence;Tag\nTree list;Parks;n/a;OGL;trees, parks | Trees\n")

    assert (row.source_id, row.title, row.themes) == ("conservation-area", "Conservation area", ("heritage",))
    assert (only.source_id, only.title, only.publisher, only.url) == ("", "Tree list", "Parks", "")
    assert (only.licence, only.tags) == ("OGL", ("trees", "parks"))


def test_line_breaks_inside_cells_and_dates_are_read() -> None:
    text = (
        "\ufeffDataset,Title,Description,Modified\n"
        'https://example.org/very/long,A,"one\n\n* two",31/12/2023\n'
        ",B,,soon\n"
    )

    first, second = read(text)

    assert (first.source_id, first.description, first.modified) == (
        "https://example.org/very/long",
        "one • two",
        date(2023, 12, 31),
    )
    assert (second.where, second.source_id, second.modified) == ("line 5", "", None)


def test_a_row_without_a_title_is_named_and_does_not_stop_the_others() -> None:
    found = read_catalogue(b"id,title\n1,\n2,B\n2,C\n", "catalogue.csv")

    assert [row.title for row in found.rows] == ["B"]
    assert found.problems == (
        SkippedRecord("line 2", "It has no title."),
        SkippedRecord("line 4", "Its id is already that of line 3, “B”."),
    )


def test_a_list_of_people_is_not_taken_for_a_catalogue(template: bytes) -> None:
    with pytest.raises(IntakeError, match="No column holds the titles of datasets"):
        read_catalogue(b"Colour,Size\nred,2\n", "catalogue.csv")
    with pytest.raises(IntakeError, match="This looks like a list of people"):
        read_catalogue(template, "attendees.csv")
    with pytest.raises(IntakeError, match="This looks like a list of people"):
        read_catalogue(b"Name,Email\nAna,ana@example.org\n", "attendees.csv")


def test_the_day_of_the_last_change_may_have_its_month_in_words() -> None:
    said = ("3 March 2027", '"Mar 3, 2027"', "3-Mar-27", "Wed 3 March 2027", "03/03/2027", "soon")
    text = "id,title,modified\n" + "".join(f"{at},Rain {at},{day}\n" for at, day in enumerate(said))
    found = read_catalogue(text.encode(), "list.csv")
    assert [str(row.modified) for row in found.rows] == ["2027-03-03"] * 5 + ["None"]


def test_words_for_nothing_are_no_publisher_no_id_and_no_description_and_a_total_is_no_dataset() -> None:
    text = (
        "Ref,Title,Publisher,Notes,Tags,Licence\n"
        "n/a,Peat depth,n/a,tbc,-,none\n"
        "TBC,Tree canopy,Unknown,Nothing grows here,soil; n/a,OGL\n"
        "r-3,Total catch,Cefas,,,\n"
        "r-4,tbc,Cefas,,,\n"
        ",Total: 3,,,,\n"
    )

    found = read_catalogue(text.encode(), "register.csv")

    assert found.rows == (
        DatasetRow("line 2", "", "", "Peat depth"),
        DatasetRow(
            "line 3", "", "", "Tree canopy", description="Nothing grows here", tags=("soil",), licence="OGL"
        ),
        DatasetRow("line 4", "r-3", "", "Total catch", "Cefas"),
    )
    assert found.problems == (
        SkippedRecord("line 5", "“tbc” is no title."),
        SkippedRecord("line 6", "“Total: 3” looks like a total, not a dataset."),
    )
