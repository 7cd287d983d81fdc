"""CKAN answers in every wrapping: what is read of a package, what is left out, and what is said of the file."""

import json
from datetime import date
from typing import Any

import pytest

from matchmaker.intake.catalogue import CatalogueFile, DatasetRow, IntakeError, SkippedRecord, read_catalogue

HELP = "https://ckan.publishing.service.gov.uk/api/3/action/help_show?name=package_search"


def package(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"id-{number}",
        "name": f"river-{number}",
        "title": f"River number {number} in words",
        "notes": "<p>Flow &amp; level</p>",
        "state": "active",
        "type": "dataset",
        "private": False,
        "organization": {
            "name": "environment-agency",
            "title": "Environment Agency",
            "is_organization": True,
        },
        "tags": [{"display_name": "Rivers", "name": "rivers"}, {"name": "flow"}],
        "license_id": "uk-ogl",
        "license_title": "UK Open Government Licence (OGL)",
        "metadata_modified": "2020-03-18T04:48:27.035267",
        "author": "Ana Lind",
        "author_email": "ana@example.org",
        "maintainer": "Ben Ode",
        "resources": [{"name": "Readings", "url": "https://example.org/a.csv"}],
        "extras": [
            {"key": "contact-email", "value": "ana@example.org"},
            {"key": "theme-primary", "value": "environment"},
        ],
        **changes,
    }


def search(*packages: Any, count: int | None = None, **outside: Any) -> dict[str, Any]:
    result = {
        "count": len(packages) if count is None else count,
        "sort": "score desc",
        "facets": {},
        "results": packages,
    }
    return {"help": HELP, "success": True, "result": result, **outside}


def read(document: Any) -> CatalogueFile:
    return read_catalogue(json.dumps(document).encode(), "catalogue.json")


def only(document: Any) -> DatasetRow:
    found = read(document)
    assert found.problems == ()
    (row,) = found.rows
    return row


RIVER = DatasetRow(
    where="record 1",
    source_id="id-1",
    slug="river-1",
    title="River number 1 in words",
    publisher="Environment Agency",
    description="Flow & level",
    tags=("Rivers", "flow"),
    themes=("environment",),
    licence="UK Open Government Licence (OGL)",
    url="https://www.data.gov.uk/dataset/id-1/river-1",
    modified=date(2020, 3, 18),
)


def test_a_search_answer_is_read() -> None:
    assert read(search(package())) == CatalogueFile((RIVER,), (), (), "ckan")


@pytest.mark.parametrize(
    "wrapped",
    [
        {"help": HELP, "success": True, "result": package()},
        {"success": True, "result": [package()]},
        {"success": True, "result": [[package()]]},
        package(),
        [package()],
        {"count": 1, "results": [package()]},
        {"response": {"numFound": 1, "start": 0, "docs": [package()]}},
        {"response": {"numFound": 1, "docs": [{"id": "id-1", "validated_data_dict": json.dumps(package())}]}},
        {"count": 1, "results": [{"organization": "environment-agency", "data_dict": json.dumps(package())}]},
    ],
)
def test_the_same_package_is_read_the_same_in_every_wrapping(wrapped: Any) -> None:
    assert only(wrapped) == RIVER


def test_json_lines_are_read_and_a_broken_line_is_named() -> None:
    text = "\n".join([json.dumps(package(1)), '{"id": "id-2", "title": }', "", json.dumps(package(3))])

    found = read_catalogue(text.encode(), "dump.jsonl")

    assert [(row.where, row.source_id) for row in found.rows] == [("line 1", "id-1"), ("line 4", "id-3")]
    assert found.problems == (SkippedRecord("line 2", "It is not complete JSON, from column 25 on."),)
    assert found.format == "ckan"


def test_people_in_a_catalogue_leave_no_trace() -> None:
    found = read(search(package(contact_name="Cat Vale", contacts=[{"name": "Dan Moor"}])))

    for person in ("Ana Lind", "Ben Ode", "Cat Vale", "Dan Moor", "ana@example.org"):
        assert person not in repr(found)


def test_one_page_of_many_is_said_to_be_one() -> None:
    found = read(search(*(package(number) for number in range(4)), count=10))

    assert found.warnings == (
        "The file holds 4 of 10 datasets: it is one page of the answer. "
        "Ask the catalogue for the rest (from number 5) and import that file too.",
    )


def test_deleted_and_foreign_records_and_those_without_a_title_are_left_out_with_the_reason() -> None:
    found = read(
        search(
            package(1, state="Active", type="Dataset"),
            package(2, state="deleted"),
            package(3, type="harvest"),
            package(4, title=None),
            package(5, title="<br>"),
            {},
            "river-7",
            package(8, private=True),
        )
    )

    assert [(row.source_id, row.private) for row in found.rows] == [("id-1", False), ("id-8", True)]
    assert found.problems == (
        SkippedRecord("record 2", "The catalogue says it is “deleted”."),
        SkippedRecord("record 3", "It is a “harvest”, not a dataset."),
        SkippedRecord("record 4", "It has no title."),
        SkippedRecord("record 5", "It has no title."),
        SkippedRecord("record 6", "It has no title."),
        SkippedRecord("record 7", "It is not a dataset."),
    )


@pytest.mark.parametrize(
    ("changes", "publisher"),
    [
        ({"organization": "natural-england"}, "natural-england"),
        ({"organization": {"name": "cefas"}}, "cefas"),
        ({"organization": None, "publisher": [{"name": "Kew"}]}, "Kew"),
        ({"organization": None, "groups": [{"title": "Ville d’Évian"}, {"title": "Other"}]}, "Ville d’Évian"),
        ({"organization": None}, ""),
    ],
)
def test_the_publisher_is_found_where_portals_put_it(changes: dict[str, Any], publisher: str) -> None:
    assert only(search(package(**changes))).publisher == publisher


@pytest.mark.parametrize(
    ("changes", "licence"),
    [
        ({"license_title": None}, "UK Open Government Licence (OGL)"),
        ({"license_title": "", "license_id": "cc-by"}, "cc-by"),
        (
            {
                "license_title": None,
                "license_id": "",
                "extras": [{"key": "licence", "value": '["Free to use", "x"]'}],
            },
            "Free to use",
        ),
        (
            {"license_title": None, "license_id": "", "extras": {"licence": "[&quot;Free &amp; open&quot;]"}},
            "Free & open",
        ),
        (
            {"license_title": "https://example.org/licence", "license_id": None},
            "https://example.org/licence",
        ),
        (
            {"license_title": None, "license_id": None, "license_url": "https://example.org/l"},
            "https://example.org/l",
        ),
        ({"license_title": "License not specified", "license_id": "notspecified"}, ""),
    ],
)
def test_the_licence_falls_back_step_by_step(changes: dict[str, Any], licence: str) -> None:
    assert only(search(package(**changes))).licence == licence


@pytest.mark.parametrize(
    ("changes", "themes"),
    [
        (
            {"theme-primary": "environment", "theme-secondary": ["mapping", "Environment"]},
            ("environment", "mapping"),
        ),
        ({"extras": {"theme-primary": '["towns"]'}}, ("towns",)),
        ({"extras": [], "theme": "Water"}, ("Water",)),
        ({"extras": [], "extras_theme-primary": "soil"}, ("soil",)),
    ],
)
def test_themes_are_found_in_the_package_or_its_extras(
    changes: dict[str, Any], themes: tuple[str, ...]
) -> None:
    assert only(search(package(**changes))).themes == themes


def test_addresses_are_trimmed_and_only_web_addresses_are_kept() -> None:
    assert only(search(package(url=" https://example.org/\nriver "))).url == "https://example.org/river"
    assert (
        only(search(package(url="javascript:alert(1)"))).url == "https://www.data.gov.uk/dataset/id-1/river-1"
    )
    other = search(package(), help="https://data.example.org/api/3/action/help_show?name=package_search")
    assert only(other).url == "https://data.example.org/dataset/river-1"


def test_numbers_and_unreadable_dates_are_no_error() -> None:
    row = only(search(package(title=2021, metadata_modified="mardi 3 mars", tags="soil, rivers; Soil")))

    assert (row.title, row.modified, row.tags) == ("2021", None, ("soil", "rivers"))


def test_without_an_id_the_name_is_the_id() -> None:
    assert only(search(package(id=None))).source_id == "river-1"


def test_titles_alone_are_read_with_a_warning() -> None:
    found = read(
        {"count": 2, "results": [{"title": "River levels"}, {"title": "Soil map"}, {"title": "River Levels"}]}
    )

    assert [(row.title, row.source_id, row.url) for row in found.rows] == [
        ("River levels", "", ""),
        ("Soil map", "", ""),
    ]
    assert found.problems == (
        SkippedRecord("record 3", "Publisher and title are those of record 1, and neither has an id."),
    )
    assert found.warnings == (
        "No dataset has an id: publisher and title together tell them apart. Check these before you import "
        "them.",
    )


def test_an_answer_that_is_only_titles_is_read_by_title() -> None:
    found = read({"count": 3, "results": ["River levels", "Soil", "river Levels"]})

    assert [(row.title, row.source_id) for row in found.rows] == [("River levels", ""), ("Soil", "")]
    assert found.problems[0].where == "record 3"
    assert found.warnings[0].startswith("No dataset has an id")


def test_an_answer_with_tags_cut_short_and_the_licence_among_the_extras_is_read() -> None:
    tags = [{"name": "Environment"}, {"name": "environment"}, {"name": "a" * 50}]
    extras = [{"key": "licence", "value": '["Free for all"]'}, {"key": "guid", "value": "x"}]

    row = only(search(package(tags=tags, license_id="", license_title="", extras=extras)))

    assert (row.tags, row.licence) == (("Environment", "a" * 50), "Free for all")


def test_a_city_that_lists_one_dataset_by_month_is_asked_about_a_series() -> None:
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
    titles = [f"Payments to suppliers {month} 2015" for month in months]

    found = read(search(*(package(n, title=title) for n, title in enumerate([*titles, "Street trees"]))))

    assert [row.series_hint for row in found.rows] == ["Payments to suppliers"] * 9 + [""]


def test_two_listings_of_one_dataset_by_two_publishers_stay_two() -> None:
    both = [package(n, title="Cod landings", organization=name) for n, name in enumerate(("cefas", "medin"))]

    assert [row.publisher for row in read(search(*both)).rows] == ["cefas", "medin"]


def test_one_title_of_two_publishers_is_two_datasets_and_one_id_twice_is_one() -> None:
    found = read(
        search(
            package(1, title="Spending"),
            package(2, title="Spending", organization={"title": "Cefas"}),
            package(1, title="Spending"),
            package(2, title="Other"),
        )
    )

    assert [(row.title, row.publisher) for row in found.rows] == [
        ("Spending", "Environment Agency"),
        ("Spending", "Cefas"),
    ]
    assert found.problems == (
        SkippedRecord("record 3", "Its id is already that of record 1, “Spending”."),
        SkippedRecord("record 4", "Its id is already that of record 2, “Spending”."),
    )


def test_spellings_of_one_publisher_are_pointed_out() -> None:
    names = ("Food & Farming", "The Food and Farming", "Cefas")

    found = read(search(*(package(n, organization={"title": name}) for n, name in enumerate(names))))

    assert found.warnings == (
        "One publisher seems to be spelt in 2 ways: “Food & Farming” and “The Food and Farming”.",
    )


def test_datasets_alike_but_for_a_code_or_month_are_proposed_as_a_series() -> None:
    titles = [f"Land survey Post {year} ALCB0{year}" for year in (1988, 1990, 1995)] + [
        "Land survey",
        "Spend March 2014",
    ]

    found = read(search(*(package(number, title=title) for number, title in enumerate(titles))))

    assert [row.series_hint for row in found.rows] == ["Land survey Post"] * 3 + ["", ""]


def test_a_stray_backslash_is_read_as_it_stands_and_reported() -> None:
    text = json.dumps(search(package(notes="contact XXex")), indent=1).replace("XX", "\\")

    found = read_catalogue(text.encode(), "catalogue.json")

    assert found.rows[0].description == "contact \\ex"
    assert found.warnings[0].startswith("A stray backslash on line ")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            {"success": False, "error": {"message": "Not found"}},
            "The catalogue answered with an error instead of datasets. Ask it again, and choose the new "
            "file.",
        ),
        (
            search(),
            "There is no dataset in this file. If it is the answer to a search, widen the search.",
        ),
        (
            {"success": True, "result": ["river-1", "river-2"]},
            "The file names 2 datasets but gives no titles. "
            "Ask the catalogue for the full answer (package_search), not for a list of names.",
        ),
        (
            {"count": 1, "results": [{"name": "river-1", "organization": "environment-agency"}]},
            "The file names 1 dataset but gives no titles. "
            "Ask the catalogue for the full answer (package_search), not for a list of names.",
        ),
        (
            {"success": True, "result": [{"title": "Cefas", "name": "cefas", "is_organization": True}]},
            "This is a list of organisations or groups, not of datasets. Ask the catalogue for its CKAN "
            "answer, "
            "for DCAT as JSON-LD, for data.json or for CSV.",
        ),
        (
            [{"id": "x", "name": "River", "aspects": {"dcat-dataset-strings": {"title": "River"}}}],
            "These are Magda records, which we do not read. Ask the catalogue for its CKAN answer, "
            "for DCAT as JSON-LD, for data.json or for CSV.",
        ),
        (
            {"@type": "sc:Dataset", "name": "River", "recordSet": []},
            "This is Croissant, which we do not read. Ask the catalogue for its CKAN answer, "
            "for DCAT as JSON-LD, for data.json or for CSV.",
        ),
        (
            {"type": "FeatureCollection", "features": []},
            "This is JSON, but not a catalogue of datasets. Ask the catalogue for its CKAN answer, "
            "for DCAT as JSON-LD, for data.json or for CSV.",
        ),
    ],
)
def test_json_that_is_no_catalogue_is_refused_in_words(document: Any, sentence: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        read(document)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '{"result": {\n "results": [}',
            "This file is not complete JSON: it cannot be read past line 2, column 14. "
            "It may be cut off or changed by hand. Download it again.",
        ),
        (
            '{"@type": "sc:Dataset",\n "name": {{ dataset.name }} }',
            "This file is not complete JSON: it cannot be read past line 2, column 11. "
            "It may be cut off or changed by hand. Download it again.",
        ),
        (
            "// saved by hand\n{}",
            "Line 1 begins with a comment, which JSON does not allow. "
            "Delete the lines above the first { or [, and choose the file again.",
        ),
        (
            "[" * 100_000,
            "This file is nested too deeply to be a catalogue. Check that you chose the right one.",
        ),
        (
            '<?xml version="1.0"?><OAI-PMH/>',
            "This is XML that is neither RDF nor a workbook, which we do not read. Ask the catalogue for its "
            "CKAN answer, for DCAT as JSON-LD, for data.json or for CSV.",
        ),
        (
            "<gmd:MD_Metadata/>",
            "These are ISO 19139 records, which we do not read. Ask the catalogue for its "
            "CKAN answer, for DCAT as JSON-LD, for data.json or for CSV.",
        ),
        ("", "This file is empty. Check that you chose the right one, and export it again if need be."),
    ],
)
def test_text_that_is_no_catalogue_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        read_catalogue(text.encode(), "catalogue.json")
    assert str(refusal.value) == sentence
