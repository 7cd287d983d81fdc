"""Catalogues with anything in any place: the good record is kept, the odd one kept or named, nothing breaks."""

import contextlib
import json
from itertools import product
from typing import Any

import pytest

from matchmaker.intake import catalogue
from matchmaker.intake.catalogue import IntakeError, read_catalogue

ODD: tuple[Any, ...] = (
    None, 7, 7.5, True, "", [], {}, [None], [[]], [{}], {"a": None}, {"@id": None}, {"@value": None},
    {"@id": ["x"]}, {"name": {"name": []}}, {"@value": {"@value": [{}]}}, "\ud800", "x" * 3000, float("inf"),
    {"key": [], "value": None},
)  # fmt: skip
PACKAGE = [
    "id",
    "name",
    "title",
    "notes",
    "organization",
    "groups",
    "publisher",
    "tags",
    "extras",
    "license",
    "license_title",
    "license_id",
    "license_url",
    "url",
    "metadata_modified",
    "resources",
    "state",
    "type",
    "private",
    "theme",
    "validated_data_dict",
]
DATASET = [
    "@id",
    "@type",
    "title",
    "description",
    "publisher",
    "keyword",
    "theme",
    "license",
    "distribution",
    "landingPage",
    "modified",
    "identifier",
    "isPartOf",
    "inSeries",
    "seriesMember",
    "first",
    "last",
    "totalItems",
]
GOOD = {"id": "g", "name": "g", "title": "Good", "organization": {"title": "Office"}, "resources": []}
GOOD_DCAT = {"@type": "dcat:Dataset", "identifier": "g", "title": "Good", "distribution": []}


@pytest.mark.parametrize("key", PACKAGE)
def test_an_odd_value_in_a_package_costs_no_other_record(key: str) -> None:
    for odd in ODD:
        package = {**GOOD, "id": "p", "title": "Odd", key: odd}
        for answer in ({"success": True, "result": {"results": [GOOD, package]}}, [GOOD, package]):
            found = read_catalogue(json.dumps(answer).encode(), "a.json")
            assert found.rows[0].title == "Good", (key, odd)
            assert len(found.rows) + len(found.problems) == 2, (key, odd)


@pytest.mark.parametrize("key", DATASET)
def test_an_odd_value_in_a_dcat_dataset_costs_no_other_record(key: str) -> None:
    for odd in ODD:
        dataset = {**GOOD_DCAT, "identifier": "p", "title": "Odd", key: odd}
        found = read_catalogue(json.dumps({"dataset": [GOOD_DCAT, dataset]}).encode(), "a.json")
        assert found.rows[0].title == "Good", (key, odd)
        assert len(found.rows) + len(found.problems) == 2, (key, odd)
        for document in ({"@graph": [GOOD_DCAT, dataset]}, [GOOD_DCAT, dataset]):
            found = read_catalogue(json.dumps(document).encode(), "a.json")
            assert found.rows[0].title == "Good", (key, odd)


def test_an_odd_wrapping_is_refused_in_words_or_read() -> None:
    for wrap, odd in product(("result", "results", "response", "success", "help", "count", "@graph"), ODD):
        for document in ({wrap: odd}, {"success": True, "result": {"results": [GOOD], wrap: odd}}):
            with contextlib.suppress(IntakeError):
                assert read_catalogue(json.dumps(document).encode(), "a.json").rows, (wrap, odd)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = json.dumps({"dataset": [{**GOOD_DCAT, "title": "Coûts"}]}, ensure_ascii=False)
    assert [row.title for row in read_catalogue(text.encode(encoding), "a").rows] == ["Coûts"]


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"dataset":[' * 5_000, b'{"a":' * 100_000])
def test_a_file_that_is_only_depth_is_refused(data: bytes) -> None:
    with pytest.raises(IntakeError, match="nested too deeply"):
        read_catalogue(data, "a.json")


def test_the_first_of_two_equal_keys_counts() -> None:
    found = read_catalogue(b'{"dataset":[{"title":"First","title":"Second","identifier":"1"}]}', "a.json")
    assert [row.title for row in found.rows] == ["First"]


def test_more_records_than_anybody_needs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_RECORDS", 1)
    with pytest.raises(IntakeError, match="Split it"):
        read_catalogue(json.dumps([GOOD, {**GOOD, "id": "p"}]).encode(), "a.json")
    lines = "title,id\n" + "".join(f"Survey {number},{number}\n" for number in range(100_001))
    with pytest.raises(IntakeError, match="more than 100,000 rows"):
        read_catalogue(lines.encode(), "a.csv")


def test_the_ends_of_a_series_are_not_read_twice_and_a_repeated_id_is_named() -> None:
    ends = {"@type": "dcat:Dataset", "identifier": "a", "title": "May"}
    series = {
        "title": "Air",
        "seriesMember": [ends, {**ends, "identifier": "b"}],
        "first": ends,
        "last": ends,
    }
    found = read_catalogue(json.dumps({"datasetSeries": [series]}).encode(), "a.json")
    assert ([row.source_id for row in found.rows], found.problems) == (["a", "b"], ())
    found = read_catalogue(json.dumps({"dataset": [GOOD_DCAT, GOOD_DCAT]}).encode(), "a.json")
    assert [(one.where, one.reason) for one in found.problems] == [
        ("record 2", "Its id is already that of record 1, “Good”.")
    ]
