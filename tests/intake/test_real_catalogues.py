"""Catalogues as portals really answer: what a file is, its languages, pages, publishers, other shapes, RDF."""

import json
import sys
from typing import Any

import pytest

from matchmaker.intake.catalogue import CatalogueFile, DatasetRow, IntakeError, read_catalogue
from matchmaker.intake.dataset_rows import Wording

PACKAGE = {"id": "9f1c", "name": "rain", "title": "Rain gauges", "notes": "Readings", "resources": []}
DCAT = {
    "@type": "dcat:Dataset",
    "@id": "https://example.org/d/1",
    "dct:title": "Snow",
    "dcat:keyword": ["snow"],
}


def read(document: Any) -> CatalogueFile:
    return read_catalogue(json.dumps(document, ensure_ascii=False).encode(), "catalogue.json")


def only(document: Any) -> DatasetRow:
    (row,) = read(document).rows
    return row


@pytest.mark.parametrize(
    "more",
    [
        {"identifier": "rg-1"},
        {"identifier": None, "theme": ["water"]},
        {"landingPage": "https://example.org", "identifier": "x"},
        {"keyword": ["rain"], "identifier": "x", "license_title": "OGL"},
    ],
)
@pytest.mark.parametrize(
    "wrap", [lambda one: {"success": True, "result": one}, lambda one: [one], lambda one: one]
)
def test_a_key_of_another_kind_does_not_make_a_package_something_else(
    more: dict[str, Any], wrap: Any
) -> None:
    found = read(wrap({**PACKAGE, **more}))

    assert (found.format, found.rows[0].source_id, found.rows[0].description) == ("ckan", "9f1c", "Readings")


def test_a_file_that_mixes_records_says_so_and_each_is_read_as_what_it_is() -> None:
    found = read([PACKAGE, {**PACKAGE, "id": "2", "title": "Hail"}, DCAT, {"colour": "red"}])

    assert [(row.source_id, row.title) for row in found.rows] == [
        ("9f1c", "Rain gauges"),
        ("2", "Hail"),
        ("https://example.org/d/1", "Snow"),
    ]
    assert "The file mixes records: 2 CKAN and 1 DCAT. Each was read as what it is." in found.warnings
    assert [problem.where for problem in found.problems] == ["record 4"]


@pytest.mark.parametrize(
    "document",
    [
        {"title": "Rain"},
        [{"title": "Rain"}],
        {"results": [{"title": "Rain"}], "count": 1},
        [{"title": "Rain", "publisher": "Kew"}],
    ],
)
def test_a_dataset_with_a_title_and_no_id_is_read(document: Any) -> None:
    row = only(document)

    assert (row.title, row.source_id, row.url) == ("Rain", "", "")


def test_json_lines_with_titles_alone_are_read() -> None:
    found = read_catalogue(b'{"title": "Rain"}\n{"title": "Snow"}\n', "a.jsonl")

    assert [row.title for row in found.rows] == ["Rain", "Snow"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ({"title": {"fr": "", "de": "Wetter", "en": ""}}, "Wetter"),
        ({"title": {"en": "Soil", "de": "Boden"}}, "Soil"),
        ({"title": {"cy": "Pridd", "en-GB": "Soil"}}, "Soil"),
        ({"title": '{"en": "Rain", "fr": "Pluie"}'}, "Rain"),
        ({"title": None, "title_fr": "Pluie", "title_en": "Rain"}, "Rain"),
        ({"title": None, "title_fr": "Pluie", "title_en": " "}, "Pluie"),
        ({"title": "x", "title_translated": {"fr": "Pluie", "en": "Rain"}}, "Rain"),
        ({"title": None, "titleMap": {"deu": "Regen", "eng": "Rain"}}, "Rain"),
        (
            {"title": [{"@value": "Glaw", "@language": "cy"}, {"@value": "Rain", "@language": "en-gb"}]},
            "Rain",
        ),
        ({"title": {"default": "Rain", "langfre": "Pluie"}}, "Rain"),
    ],
)
def test_the_title_is_the_readers_then_the_first_that_is_not_empty(title: dict[str, Any], shown: str) -> None:
    assert only({"success": True, "result": {**PACKAGE, **title}}).title == shown


@pytest.mark.parametrize(
    "title", [{"titleMap": {"en-GB": "Rain", "cy": "Glaw"}}, {"title_en": "Rain", "title_cy": "Glaw"}]
)
def test_a_title_in_languages_alone_makes_a_record_with_an_identifier_a_dataset(
    title: dict[str, Any],
) -> None:
    found = read_catalogue(json.dumps([{"identifier": "9", **title}]).encode(), "list.json")
    assert [
        (row.source_id, row.title, [one.language for one in row.languages][-1]) for row in found.rows
    ] == [("9", "Rain", "cy")]


def test_a_socrata_answer_is_known_without_a_classification() -> None:
    record = {"resource": {"id": "abcd-1234", "name": "Rain"}, "permalink": "https://d.example/d/abcd-1234"}
    found = read_catalogue(json.dumps({"results": [record], "resultSetSize": 1}).encode(), "list.json")
    assert (found.format, [(row.source_id, row.title) for row in found.rows]) == (
        "socrata",
        [("abcd-1234", "Rain")],
    )


def test_what_is_said_in_each_language_is_kept() -> None:
    words = {
        "title": {"de": "Boden", "en": "Soil"},
        "notes_translated": {"de": "Messwerte"},
        "notes": "",
        "keywords": {"de": ["klima"], "en": ["climate", "soil"]},
    }

    row = only([{**PACKAGE, **words}])

    assert (row.title, row.description, row.tags) == ("Soil", "Messwerte", ("climate", "soil"))
    assert row.languages == (
        Wording("de", "Boden", "Messwerte", ("klima",)),
        Wording("en", "Soil", "", ("climate", "soil")),
    )
    assert only([PACKAGE]).languages == ()


@pytest.mark.parametrize(
    ("help_address", "url"),
    [
        (
            "https://open.example.ca/data/api/3/action/help_show?name=package_search",
            "https://open.example.ca/data/dataset/rain",
        ),
        ("https://data.example.org/api/3/action/help_show", "https://data.example.org/dataset/rain"),
        ("", ""),
    ],
)
def test_the_page_is_the_portals_and_none_is_invented(help_address: str, url: str) -> None:
    answer = {"help": help_address, "success": True, "result": {"count": 1, "results": [PACKAGE]}}

    assert only(answer).url == url


@pytest.mark.parametrize(
    "publisher",
    ["ex:BeeAgency", {"@id": "ex:BeeAgency"}, "https://ex.gov/org/BeeAgency", {"name": "BeeAgency"}],
)
def test_a_publisher_is_named_by_the_end_of_its_address(publisher: Any) -> None:
    graph = {
        "@context": {"ex": "https://ex.gov/org/"},
        "@graph": [{"@id": "ex:d", "@type": "Dataset", "title": "Bees", "publisher": publisher}],
    }

    assert only(graph).publisher == "BeeAgency"


SERVED = {"@type": "Dataset", "title": "Served", "identifier": "https://ex.gov/d/1"}


@pytest.mark.parametrize(
    "document",
    [
        {
            "@type": "Catalog",
            "title": "C",
            "service": [{"@type": "DataService", "title": "S", "servesDataset": [SERVED]}],
        },
        {"@type": "DataService", "title": "S", "servesDataset": SERVED},
        {
            "@type": "Catalog",
            "dataset": [SERVED],
            "service": [{"@type": "DataService", "servesDataset": [SERVED]}],
        },
        {"@type": "Catalog", "dataset": [], "record": [{"@type": "CatalogRecord", "primaryTopic": SERVED}]},
    ],
)
def test_a_dataset_that_a_service_or_a_record_names_is_one_dataset(document: Any) -> None:
    assert [row.title for row in read(document).rows] == ["Served"]


@pytest.mark.parametrize(
    ("document", "form"),
    [
        (
            {
                "total_count": 1,
                "results": [
                    {
                        "dataset_id": "t",
                        "metas": {"default": {"title": "Trees", "publisher": "City", "keyword": ["tree"]}},
                    }
                ],
            },
            "opendatasoft",
        ),
        (
            {
                "nhits": 1,
                "datasets": [
                    {"datasetid": "t", "metas": {"title": "Trees", "publisher": "City", "keyword": ["tree"]}}
                ],
            },
            "opendatasoft",
        ),
        (
            {
                "total_count": 1,
                "datasets": [
                    {
                        "dataset": {
                            "dataset_id": "t",
                            "metas": {
                                "default": {"title": "Trees", "publisher": "City", "keyword": ["tree"]}
                            },
                        }
                    }
                ],
            },
            "opendatasoft",
        ),
        (
            {
                "results": [
                    {
                        "resource": {"name": "Trees", "id": "t", "attribution": "City"},
                        "classification": {"domain_tags": ["tree"]},
                    }
                ],
                "resultSetSize": 1,
            },
            "socrata",
        ),
        (
            [{"id": "t", "name": "Trees", "viewType": "tabular", "attribution": "City", "tags": ["tree"]}],
            "socrata",
        ),
        (
            {
                "data": [
                    {
                        "id": "t",
                        "type": "dataset",
                        "attributes": {"name": "Trees", "source": "City", "tags": ["tree"]},
                    }
                ],
                "meta": {"stats": {"totalCount": 1}},
            },
            "hub",
        ),
        (
            {
                "hits": {
                    "total": {"value": 1},
                    "hits": [
                        {
                            "_id": "t",
                            "_source": {
                                "uuid": "t",
                                "resourceTitleObject": {"default": "Trees"},
                                "tag": [{"default": "tree"}],
                                "OrgForResource": ["City"],
                            },
                        }
                    ],
                }
            },
            "geonetwork",
        ),
        (
            {
                "@context": "https://schema.org/",
                "@type": "Dataset",
                "name": "Trees",
                "identifier": "t",
                "keywords": "tree",
                "creator": {"@type": "Organization", "name": "City"},
            },
            "schema.org",
        ),
        (
            {
                "@context": "http://schema.org",
                "@graph": [
                    {
                        "@type": "DataCatalog",
                        "dataset": [
                            {
                                "@type": "Dataset",
                                "name": "Trees",
                                "identifier": "t",
                                "keywords": ["tree"],
                                "publisher": {"@type": "Organization", "name": "City"},
                            }
                        ],
                    }
                ],
            },
            "dcat-graph",
        ),
        (
            {
                "data": {
                    "items": [
                        {
                            "name": "Trees",
                            "type": "dataset",
                            "global_id": "t",
                            "publisher": "City",
                            "keywords": ["tree"],
                        }
                    ],
                    "total_count": 1,
                }
            },
            "dataverse",
        ),
        (
            {
                "data": [
                    {
                        "id": "10.5285/T",
                        "type": "dois",
                        "attributes": {
                            "doi": "t",
                            "titles": [
                                {"title": "Arbres", "titleType": "TranslatedTitle"},
                                {"title": "Trees"},
                            ],
                            "publisher": {"name": "City"},
                            "subjects": [{"subject": "tree", "subjectScheme": "GEMET"}],
                            "types": {"resourceTypeGeneral": "Dataset"},
                        },
                    }
                ],
                "meta": {"total": 1, "totalPages": 1},
            },
            "datacite",
        ),
        (
            {
                "collections": [
                    {"id": "t", "title": "Trees", "keywords": ["tree"], "providers": [{"name": "City"}]}
                ]
            },
            "stac",
        ),
        (
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "id": "t",
                        "properties": {
                            "title": "Trees",
                            "keywords": ["tree"],
                            "providers": [{"name": "City"}],
                        },
                    }
                ],
            },
            "stac",
        ),
        (
            {
                "data": [
                    {
                        "id": "t",
                        "title": "Trees",
                        "tags": ["tree"],
                        "organization": {"name": "City"},
                        "resources": [],
                    }
                ],
                "total": 1,
            },
            "ckan",
        ),
    ],
)
def test_portals_with_a_shape_of_their_own_are_read(document: Any, form: str) -> None:
    found = read(document)

    assert (found.format, found.partial) == (form, False)
    assert [(row.source_id, row.title, row.publisher, row.tags) for row in found.rows] == [
        ("t", "Trees", "City", ("tree",))
    ]


def test_of_what_datacite_lists_only_datasets_are_read_each_with_its_abstract_and_page() -> None:
    paper = {
        "attributes": {"titles": [{"title": "On tides"}], "types": {"resourceTypeGeneral": "JournalArticle"}}
    }
    tides = {
        "doi": "10.5285/2",
        "titles": [{"title": "Tides"}],
        "publisher": "Data Centre",
        "descriptions": [
            {"description": "By boat.", "descriptionType": "Methods"},
            {"description": "Heights of tides.", "descriptionType": "Abstract"},
        ],
        "rightsList": [{"rights": "Open Government Licence"}],
        "types": {"resourceTypeGeneral": "Dataset"},
        "creators": [{"name": "Lind, Ana"}],
    }

    found = read({"data": [paper, {"id": "x", "attributes": tides}], "meta": {"total": 2}})

    assert [(row.title, row.publisher, row.description, row.licence, row.url) for row in found.rows] == [
        ("Tides", "Data Centre", "Heights of tides.", "Open Government Licence", "https://doi.org/10.5285/2")
    ]
    assert [one.reason for one in found.problems] == ["It is a “JournalArticle”, not a dataset."]
    assert "Lind" not in str(found)


def test_a_maker_who_may_be_a_person_is_not_read() -> None:
    row = only(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": "Tides",
            "creator": {"@type": "Person", "name": "Ana Lind"},
        }
    )

    assert (row.title, row.publisher) == ("Tides", "")


TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://example.org/d/1> a dcat:Dataset ; dct:title "Soil"@en, "Pridd"@cy ; dct:description "Depth" ;
  dcat:keyword "soil" ; dct:publisher <https://example.org/o> ; dct:issued "2026-01-01" .
<https://example.org/o> a foaf:Organization ; foaf:name "Kew" .
"""


def test_rdf_is_read_the_same_from_turtle_xml_and_triples() -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    files = {
        "turtle": TURTLE,
        "rdf-xml": graph.serialize(format="xml"),
        "n-triples": graph.serialize(format="nt"),
    }

    for form, text in files.items():
        found = read_catalogue(text.encode(), "catalogue")
        (row,) = found.rows
        assert (found.format, row.source_id, row.title, row.publisher, row.tags) == (
            form,
            "https://example.org/d/1",
            "Soil",
            "Kew",
            ("soil",),
        )
        assert sorted(wording.title for wording in row.languages) == ["Pridd", "Soil"]


@pytest.mark.parametrize(
    ("base", "named", "publisher", "found"),
    [
        ("", "#a", "#kew", ("#a", "kew")),
        ("", "sets/a", "/bodies/kew", ("sets/a", "kew")),
        ("", "/sets/a", "../kew/", ("/sets/a", "kew")),
        ("@base <https://example.org/> .", "sets/a", "kew", ("https://example.org/sets/a", "kew")),
    ],
)
def test_relative_addresses_of_a_turtle_file_name_no_place_on_this_machine(
    base: str, named: str, publisher: str, found: tuple[str, str]
) -> None:
    pytest.importorskip("rdflib")
    text = f"""{base}
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<{named}> a dcat:Dataset ; dct:title "Soil" ; dct:publisher <{publisher}> ."""
    (row,) = read_catalogue(text.encode(), "catalogue").rows
    assert (row.source_id, row.publisher) == found


@pytest.mark.parametrize(
    "text",
    [
        "@prefix dct: <http://purl.org/dc/terms/> .\n<a> dct:title ;;; .",
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>',
        '<https://example.org/a> <http://purl.org/dc/terms/title> "x',
    ],
)
def test_broken_rdf_is_refused_in_words(text: str) -> None:
    with pytest.raises(IntakeError, match="is broken"):
        read_catalogue(text.encode(), "catalogue")


def test_rdf_that_declares_entities_is_refused() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'

    with pytest.raises(IntakeError, match="entities|broken|XML"):
        read_catalogue(text.encode(), "catalogue")


def test_without_the_extra_turtle_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(IntakeError, match=r"This is Turtle\. .* matchmaker\[rdf\]"):
        read_catalogue(TURTLE.encode(), "catalogue.ttl")


TITLED = {"en": "River levels", "de": "Pegel"}


@pytest.mark.parametrize(
    "record",
    [
        {"id": "r", "title": TITLED, "publisher": {"name": "EA"}},
        {"id": "r", "title": TITLED, "publisher": {"name": "EA"}, "modified": "2027-03-01"},
        {
            "id": "r",
            "title": TITLED,
            "publisher": {"name": "EA"},
            "catalog": {"id": "uk", "title": {"en": "UK"}},
        },
        {"identifier": "r", "title": TITLED, "publisher": {"name": "EA"}},
        {"@id": "r", "title": TITLED, "publisher": {"name": "EA"}, "theme": "water"},
    ],
)
@pytest.mark.parametrize("wrapped", ["search", "list", "lines", "alone"])
def test_a_record_with_a_publisher_of_its_own_is_a_dataset_however_it_comes(
    record: dict[str, Any], wrapped: str
) -> None:
    texts = {
        "search": json.dumps({"result": {"count": 1, "results": [record]}}),
        "list": json.dumps([record]),
        "lines": f"{json.dumps(record)}\n{json.dumps({'id': 's', 'title': 'Rain'})}\n",
        "alone": json.dumps(record),
    }

    found = read_catalogue(texts[wrapped].encode(), "a.json")

    assert [(row.source_id, row.title, row.publisher) for row in found.rows][:1] == [
        ("r", "River levels", "EA")
    ]
    assert (len(found.rows), found.problems) == (1 + (wrapped == "lines"), ())


def test_keywords_that_say_their_language_are_kept_by_language() -> None:
    words = [("water", "en"), ("Wasser", "de"), ("level", "en")]
    keywords = [{"id": word, "label": word, "language": language} for word, language in words]

    row = only({"result": {"results": [{"id": "r", "title": TITLED, "keywords": keywords}], "count": 1}})

    assert row.tags == ("water", "level")
    assert {said.language: said.tags for said in row.languages} == {
        "en": ("water", "level"),
        "de": ("Wasser",),
    }


def test_a_list_of_records_none_of_which_is_a_dataset_is_refused_for_what_it_is() -> None:
    agents = [
        {"@id": "ex:a", "@type": "foaf:Agent", "name": "EA"},
        {"@id": "ex:b", "@type": "foaf:Agent", "name": "Kew"},
    ]

    with pytest.raises(IntakeError, match="None of the 2 records in this file is said to be a dataset"):
        read_catalogue(json.dumps(agents).encode(), "a.json")
