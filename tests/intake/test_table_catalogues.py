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


def test_a_month_alone_is_no_day_and_a_number_is_the_day_that_excel_means() -> None:
    found = read_catalogue(b"id,title,modified\n1,Rain,March 2025\n2,Snow,45731\n3,Hail,2025\n", "list.csv")
    assert [str(row.modified) for row in found.rows] == ["None", "2025-03-15", "None"]


def test_a_total_beside_a_number_is_no_dataset() -> None:
    found = read_catalogue(b"Ref,Dataset,Owner\nD1,Rain,Kew\nD2,Total catch,Cefas\n,Total,2\n", "list.csv")
    assert [row.title for row in found.rows] == ["Rain", "Total catch"]
    assert [one.reason for one in found.problems] == ["“Total” looks like a total, not a dataset."]


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


@pytest.mark.parametrize(
    "cell",
    [
        "['water', 'level']",
        '["water", "level"]',
        "{water,level}",
        '[{"name": "water", "id": "1"}, {"name": "level", "id": "2"}]',
        "[{'display_name': 'water', 'vocabulary_id': None}, {'display_name': 'level', 'vocabulary_id': None}]",
        "water;level",
        "water, level | Water",
    ],
)
def test_tags_are_read_however_a_cell_lists_them(cell: str) -> None:
    quoted = cell.replace('"', '""')

    (row,) = read(f'title,tags,themes\nRiver levels,"{quoted}","{quoted}"\n')

    assert (row.tags, row.themes) == (("water", "level"), ("water", "level"))


def test_tags_that_are_told_apart_by_language_stay_so() -> None:
    (row,) = read('title,tags\nRiver levels,"{""en"": [""water""], ""de"": [""Wasser"", ""Pegel""]}"\n')

    assert row.tags == ("water",)
    assert {said.language: said.tags for said in row.languages} == {
        "en": ("water",),
        "de": ("Wasser", "Pegel"),
    }


@pytest.mark.parametrize(
    "header", ["org", "Organization.title", "Published by", "Data owner", "organization"]
)
@pytest.mark.parametrize(
    "cell",
    [
        "Environment Agency",
        '{"name": "ea", "title": "Environment Agency"}',
        "{'id': 'x', 'title': 'Environment Agency'}",
    ],
)
def test_the_publisher_is_read_under_every_usual_name_and_as_code(header: str, cell: str) -> None:
    quoted = cell.replace('"', '""')

    assert [row.publisher for row in read(f'title,{header}\nRiver levels,"{quoted}"\n')] == [
        "Environment Agency"
    ]


def test_columns_that_are_not_read_are_named_unless_they_are_empty() -> None:
    found = read_catalogue(b"id,title,NII,Empty,Column 5\n1,A,yes,,\n2,B,no,,\n", "catalogue.csv")

    assert found.warnings == ("Columns that were not read: “NII”.",)
    assert read_catalogue(b"id,title\n1,A\n", "catalogue.csv").warnings == ()


def test_lines_that_head_others_or_repeat_the_column_names_are_no_datasets() -> None:
    text = (
        "id,title,publisher\n,Cefas,\n1,Table 1: Fish,Cefas\n,EA (2),\n2,Speakers,Environment Agency\n"
        "id,Title,publisher\n3,Rivers,Environment Agency\n,Monday,\n"
    )

    found = read_catalogue(text.encode(), "catalogue.csv")

    assert [row.title for row in found.rows] == ["Table 1: Fish", "Speakers", "Rivers", "Monday"]
    assert found.problems == (
        SkippedRecord("line 2", "“Cefas” seems to head the lines below, and is not a dataset."),
        SkippedRecord("line 4", "“EA (2)” seems to head the lines below, and is not a dataset."),
        SkippedRecord("line 6", "The line repeats the column names."),
    )


def test_a_title_that_may_head_the_lines_below_is_a_dataset_and_named_as_doubtful() -> None:
    text = "title,publisher\nWater,\nRivers,EA\nTides,EA\nFlow,EA\nLand,\nSoil,Kew\nPeat,Kew\n"
    alone = "title,publisher\nWater,\nLand,\nSoil,\n"

    found = read_catalogue(text.encode(), "catalogue.csv")

    assert len(found.rows) == 7
    assert found.warnings[0] == (
        "These stand alone on their lines: “Water”, “Land”. They were read as datasets. "
        "If they head the lines below, take them out of the file."
    )
    assert not any("stand alone" in said for said in read_catalogue(alone.encode(), "a.csv").warnings)


def test_a_register_on_its_side_is_refused_with_what_to_do() -> None:
    with pytest.raises(IntakeError, match="stands on its side"):
        read_catalogue(b"title,River levels,Soil\npublisher,EA,Kew\nid,1,2\n", "catalogue.csv")
