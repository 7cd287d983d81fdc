"""DCAT in JSON: nested, data.json, DCAT-US 3, `@graph` and expanded, each with the dirt that real ones have."""

import contextlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.intake.catalogue import CatalogueFile, DatasetRow, IntakeError, SkippedRecord, read_catalogue

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"


def read(document: Any) -> CatalogueFile:
    return read_catalogue(json.dumps(document, ensure_ascii=False).encode(), "catalogue.json")


RIVER = DatasetRow(
    where="record 1",
    source_id="river-1",
    slug="",
    title="River levels",
    publisher="Environment Agency",
    description="Level & flow",
    tags=("rivers", "water"),
    themes=("Environment",),
    licence="Open Government Licence",
    url="https://example.org/river-1",
    modified=date(2024, 5, 6),
)

NESTED = {
    "@context": {"dct": DCT, "dcat": DCAT},
    "@type": "dcat:Catalog",
    "dct:title": "A catalogue",
    "dcat:dataset": [
        {
            "@id": "https://example.org/id/river-1",
            "@type": "dcat:Dataset",
            "dct:identifier": "river-1",
            "dct:title": [
                {"@value": "Lefelau afon", "@language": "cy"},
                {"@value": "River levels", "@language": "en"},
            ],
            "dct:description": "<p>Level &amp; flow</p>",
            "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Environment Agency"},
            "dct:creator": {"foaf:name": "Ana Lind"},
            "dcat:contactPoint": {"vcard:fn": "Ben Ode", "vcard:hasEmail": "mailto:ben@example.org"},
            "dcat:keyword": ["rivers", "water"],
            "dcat:theme": {"@id": "http://example.org/theme/1", "skos:prefLabel": "Environment"},
            "dct:license": {"@id": "https://example.org/ogl", "dct:title": "Open Government Licence"},
            "dcat:landingPage": {"@id": "https://example.org/river-1"},
            "dct:modified": {"@value": "2024-05-06T10:00:00", "@type": "xsd:dateTime"},
            "adms:identifier": "other",
        }
    ],
}

GRAPH = {
    "@context": {},
    "@graph": [
        {"@id": "_:c", "@type": "dcat:Catalog", "dcat:dataset": {"@id": "_:d"}},
        {"@id": "_:p", "@type": "foaf:Agent", "foaf:name": "Environment Agency"},
        {"@id": "_:t", "@type": "skos:Concept", "skos:prefLabel": {"en": "Environment", "cy": "Amgylchedd"}},
        {
            "@id": "_:d",
            "@type": ["dcat:Dataset"],
            "dcterms:identifier": {"@value": "river-1"},
            "dcterms:title": "River levels",
            "dcterms:description": "Level & flow",
            "dcterms:publisher": {"@id": "_:p"},
            "dcat:keyword": "rivers, water",
            "dcat:theme": {"@id": "_:t"},
            "dcat:landingPage": "https://example.org/river-1",
            "dcterms:modified": "2024-05-06",
            "dcat:distribution": {"@id": "_:f"},
        },
        {
            "@id": "_:f",
            "@type": "dcat:Distribution",
            "dcterms:title": "As CSV",
            "dcterms:identifier": "file-1",
            "dcterms:license": "Open Government Licence",
        },
    ],
}

EXPANDED = [
    {
        "@id": "_:d",
        "@type": [f"{DCAT}Dataset"],
        f"{DCT}identifier": [{"@value": "river-1"}],
        f"{DCT}title": [
            {"@value": "River levels", "@language": "en"},
            {"@value": "Niveaux", "@language": "fr"},
        ],
        f"{DCT}description": [{"@value": "Level & flow"}],
        f"{DCT}publisher": [{"@id": "_:p"}],
        f"{DCAT}keyword": [
            {"@value": "rivers", "@language": "en"},
            {"@value": "rivières", "@language": "fr"},
            {"@value": "water"},
        ],
        "https://www.w3.org/ns/dcat#theme": [{"@id": "http://example.org/themes/Environment"}],
        f"{DCT}license": [{"@id": "_:l"}],
        f"{DCAT}landingPage": [{"@id": "https://example.org/river-1"}],
        f"{DCT}modified": [{"@value": "2024-05-06", "@type": "http://www.w3.org/2001/XMLSchema#date"}],
    },
    {"@id": "_:p", "http://xmlns.com/foaf/0.1/name": [{"@value": "Environment Agency"}]},
    {
        "@id": "_:l",
        "@type": [f"{DCT}LicenseDocument"],
        f"{DCT}title": [{"@value": "Open Government Licence"}],
    },
]

DATA_JSON = {
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [
        {
            "@type": "dcat:Dataset",
            "identifier": "river-1",
            "title": "River levels",
            "description": "Level & flow",
            "publisher": {
                "@type": "org:Organization",
                "name": "Environment Agency",
                "subOrganizationOf": {"name": "UK"},
            },
            "contactPoint": {"fn": "Ben Ode", "hasEmail": "mailto:ben@example.org"},
            "keyword": ["rivers", "water"],
            "theme": ["Environment"],
            "license": "Open Government Licence",
            "landingPage": "https://example.org/river-1",
            "modified": "2024-05-06",
        }
    ],
}


@pytest.mark.parametrize(
    ("document", "form"),
    [
        (NESTED, "dcat"),
        (GRAPH, "dcat-graph"),
        (EXPANDED, "dcat-expanded"),
        (DATA_JSON, "data.json"),
        (DATA_JSON["dataset"], "dcat"),
        ([{**DATA_JSON["dataset"][0], "@type": None}], "dcat"),
    ],
)
def test_one_dataset_is_read_the_same_from_every_shape(document: Any, form: str) -> None:
    found = read(document)

    assert replace(found, rows=tuple(replace(row, languages=()) for row in found.rows)) == CatalogueFile(
        (RIVER,), (), (), form
    )


def test_people_in_a_catalogue_are_not_read() -> None:
    for document in (NESTED, DATA_JSON):
        assert not any(
            person in repr(read(document)) for person in ("Ana Lind", "Ben Ode", "ben@example.org")
        )


def data_json(*datasets: Any, **outside: Any) -> dict[str, Any]:
    return {"@type": "dcat:Catalog", "dataset": list(datasets), **outside}


@pytest.mark.parametrize(
    ("given", "source_id"),
    [
        ({"identifier": {"@id": "https://example.org/1"}}, "https://example.org/1"),
        ({"identifier": {"@type": "adms:Identifier", "notation": "N-1"}}, "N-1"),
        ({"identifier": [{"@value": "L-1"}]}, "L-1"),
        ({"identifier": 17}, "17"),
        ({"@id": "https://example.org/2"}, "https://example.org/2"),
        ({"@id": "_:b0"}, ""),
        ({"@id": "_:b0", "identifier": "I-1"}, "I-1"),
        ({}, ""),
    ],
)
def test_the_id_is_the_identifier_in_any_form_and_never_a_blank_node(
    given: dict[str, Any], source_id: str
) -> None:
    (row,) = read(data_json({"title": "River levels", **given})).rows

    assert row.source_id == source_id


def test_what_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    found = read(
        data_json(
            {
                "identifier": "a",
                "title": 707,
                "modified": "R/P1W",
                "license": "<a href='https://x.org'>Free</a>",
            },
            {},
            {"identifier": "c", "description": "no title"},
            {"identifier": "d", "title": "Search", "modified": None, "publisher": None, "keyword": None},
        )
    )

    assert [(row.source_id, row.title, row.modified, row.licence) for row in found.rows] == [
        ("a", "707", None, "Free"),
        ("d", "Search", None, ""),
    ]
    assert found.problems == (
        SkippedRecord("record 2", "It is empty."),
        SkippedRecord("record 3", "It has no title."),
    )


def test_a_long_description_is_kept_whole() -> None:
    (row,) = read(data_json({"identifier": "a", "title": "A", "description": "word " * 11_000})).rows

    assert len(row.description) == 54_999


def test_a_catalogue_of_the_wrong_type_or_of_none_is_read_anyway() -> None:
    for kind in ({"@type": "dcat:Wrong"}, {"@type": None, "title": "The catalogue", "identifier": "cat"}):
        found = read(data_json({"identifier": "a", "title": "A thing"}, **kind))
        assert [row.title for row in found.rows] == ["A thing"]


def test_a_parents_children_are_proposed_as_a_series_under_its_title() -> None:
    parent = {"@id": "p", "identifier": "p", "title": "All rivers"}
    found = read(
        data_json(parent, *({"identifier": n, "title": f"{n} river", "isPartOf": "p"} for n in "abc"))
    )
    strange = read(data_json({"identifier": "a", "title": "A river", "isPartOf": "elsewhere"}))

    assert [row.series_hint for row in found.rows] == ["", "All rivers", "All rivers", "All rivers"]
    assert strange.rows[0].series_hint == "elsewhere"


def test_nested_catalogues_and_series_members_are_read_once() -> None:
    member = {"@type": "Dataset", "identifier": "m-1", "title": "January"}
    other = {"@type": "Dataset", "identifier": "m-2", "title": "February"}
    series = {"title": "Monthly rivers", "first": member, "last": other, "seriesMember": [member, other]}
    inner = {
        "@type": "Catalog",
        "title": "Inner",
        "dataset": [{"@type": "Dataset", "identifier": "i", "title": "Deep"}],
    }
    document = {
        "@type": "Catalog",
        "dataset": [{"@type": "Dataset", "identifier": "o", "title": "Outer"}],
        "catalog": [{"@type": "Catalog", "catalog": [inner]}],
        "datasetSeries": [series],
    }

    found = read(document)

    assert [(row.source_id, row.title, row.series_hint) for row in found.rows] == [
        ("o", "Outer", ""),
        ("i", "Deep", ""),
        ("m-1", "January", "Monthly rivers"),
        ("m-2", "February", "Monthly rivers"),
    ]
    assert found.problems == ()


def test_a_dataset_listed_by_itself_and_in_its_series_keeps_the_series() -> None:
    january = {"@type": "Dataset", "identifier": "m-1", "title": "January"}
    found = read(
        {
            "dataset": [january, {"identifier": "o", "title": "Other"}],
            "datasetSeries": [{"title": "Months", "seriesMember": [january]}],
        }
    )

    assert [(row.source_id, row.series_hint) for row in found.rows] == [("m-1", "Months"), ("o", "")]
    assert found.problems == (SkippedRecord("record 3", "Its id is already that of record 1, “January”."),)


def test_the_spellings_of_a_publisher_are_pointed_out_with_accents_and_all() -> None:
    names = ("Ville d'Evian", "Ville d’Évian", "VILLE D'ÉVIAN", "Ville d Evian", "Ville de Thonon")
    found = read(
        data_json(
            *(
                {"identifier": name, "title": name, "publisher": {"name": name}, "license": ""}
                for name in names
            )
        )
    )

    assert found.warnings == (
        "One publisher seems to be spelt in 4 ways: “Ville d'Evian”, “Ville d’Évian”, “VILLE D'ÉVIAN” and "
        "“Ville d Evian”.",
    )


def test_datasets_without_a_type_in_a_graph_are_told_from_their_files() -> None:
    nodes = [
        {"@id": "d", "dct:title": "Bare", "dcat:distribution": {"@id": "f"}},
        {"@id": "f", "dct:title": "As CSV", "dcat:accessURL": "https://example.org/f"},
        {"@id": "p", "foaf:name": "Kew"},
    ]

    assert [row.title for row in read({"@graph": nodes}).rows] == ["Bare"]


def test_four_hundred_datasets_without_dates_and_one_title_twice_stay_apart() -> None:
    many = [{"identifier": f"n-{n}", "title": f"Thing {'x' * n}", "modified": None} for n in range(400)]

    found = read(
        data_json(*many, {"identifier": "s-1", "title": "Trade"}, {"identifier": "s-2", "title": "Trade"})
    )

    assert (len(found.rows), found.problems, found.warnings) == (402, (), ())
    assert {row.modified for row in found.rows} == {None}


def test_a_paged_answer_warns_by_its_own_total() -> None:
    page = {
        "@id": "https://example.org/?page=1",
        "http://www.w3.org/ns/hydra/core#totalItems": [{"@value": 4}],
    }

    found = read([*EXPANDED, page])

    assert found.warnings == (
        "The file holds 1 of 4 datasets: it is one page of the answer. "
        "Ask the catalogue for the rest (from number 2) and import that file too.",
    )


@pytest.mark.parametrize("total", ["²", "9" * 5000])
def test_a_total_that_is_no_number_is_left_out(total: str) -> None:
    page = {"@id": "https://example.org/", "http://www.w3.org/ns/hydra/core#totalItems": [{"@value": total}]}
    assert read([*EXPANDED, page]).warnings == ()


def test_datasets_that_the_file_only_links_to_are_named() -> None:
    linked = [{"@id": "d"}, {"@id": "elsewhere"}, "https://example.org/other"]
    nodes = [
        {"@id": "c", "@type": "dcat:Catalog", "dcat:dataset": [*linked, 5]},
        {"@id": "d", "@type": "dcat:Dataset", "dct:title": "River"},
    ]

    found = read({"@graph": nodes})

    assert [row.title for row in found.rows] == ["River"]
    assert found.problems == (SkippedRecord("record 2", "It is empty."),)
    assert found.partial
    assert found.warnings == (
        "The file only names 2 more datasets, such as “elsewhere”, and does not describe them. "
        "Ask the catalogue for a file that does.",
    )


def test_one_dataset_that_is_only_an_address_is_named_and_no_page_is_missing() -> None:
    found = read(data_json({"identifier": "a", "title": "A"}, "https://example.org/3"))  # type: ignore[arg-type]

    assert ([row.title for row in found.rows], found.partial) == (["A"], True)
    assert found.warnings == (
        "The file only names 1 more dataset, such as “https://example.org/3”, and does not describe it. "
        "Ask the catalogue for a file that does.",
    )


KEYS = [
    *(
        "result",
        "results",
        "response",
        "docs",
        "count",
        "help",
        "@graph",
        "@id",
        "@type",
        "@value",
        "@language",
    ),
    *(
        "dataset",
        "catalog",
        "datasetSeries",
        "seriesMember",
        "id",
        "name",
        "title",
        "notes",
        "description",
        "tags",
    ),
    *(
        "organization",
        "publisher",
        "groups",
        "extras",
        "key",
        "value",
        "license",
        "license_title",
        "url",
        "state",
    ),
    *(
        "type",
        "private",
        "identifier",
        "notation",
        "keyword",
        "theme",
        "landingPage",
        "distribution",
        "isPartOf",
        "en",
    ),
    *("resources", "modified", "metadata_modified", "totalItems", "data_dict"),
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["Dataset", "Catalog", "[1]", "a"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_read_or_refused_in_words(document: Any) -> None:
    with contextlib.suppress(IntakeError):
        read(document)


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("Kew", "Kew"),
        ({"foaf:name": {"@value": "Kew"}}, "Kew"),
        ({"vcard:fn": "Kew"}, "Kew"),
        ([{"name": "Kew"}, {"name": "Other"}], "Kew"),
        ({"@id": "https://example.org/organisation/kew"}, "kew"),
        ("https://example.org/organisation/kew", "kew"),
        ({"@id": "_:gone"}, ""),
        (None, ""),
    ],
)
def test_the_publisher_is_a_name_wherever_it_stands(publisher: Any, name: str) -> None:
    (row,) = read(data_json({"identifier": "a", "title": "A", "publisher": publisher})).rows

    assert row.publisher == name


def test_a_catalogue_that_holds_itself_does_not_go_on_for_ever() -> None:
    nodes = [
        {"@id": "c", "@type": "dcat:Catalog", "dcat:catalog": {"@id": "c"}, "dcat:dataset": {"@id": "d"}},
        {"@id": "d", "@type": "dcat:Dataset", "dct:title": "River"},
    ]

    assert [row.title for row in read({"@graph": nodes}).rows] == ["River"]
