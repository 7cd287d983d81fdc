"""Files as people spoil them, made by chance: each is read or refused in words, and nothing ever breaks.

A thousand files: encodings, separators, blank lines, second headers, merged cells, wrong types, deep nesting, bytes
cut off or changed.
"""

import csv
import io
import json
import zipfile
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from matchmaker.intake.attendees import Decisions, IntakeError, headers, read_attendees
from matchmaker.intake.catalogue import read_catalogue
from tests.tries import tries

QUICK = tries(100, suppress_health_check=list(HealthCheck))

HEADERS = st.sampled_from(
    [
        *(
            "Name",
            "First name",
            "Surname",
            "Email",
            "Attendee email",
            "Order Email",
            "Organisation",
            "Status",
            "RSVP",
        ),
        *(
            "Cancelled",
            "Topics",
            "Datasets used",
            "Datasets used [Rain]",
            "Topics - Soil",
            "Arrives",
            "Leaves",
            "",
            "Name",
        ),
        *(
            "Access needs",
            "Needs step-free",
            "Not with",
            "Table number",
            "Void Status",
            "Name for badge",
            "zzz",
            "title",
        ),
    ]
)
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "Ada Byrne",
                "José Núñez",
                "ada@example.org",
                "a@b@c",
                "Yes",
                "x",
                "no",
                "TBC",
                "Total",
                "=A1&B2",
            ),
            *(
                '["a","b"]',
                "[[[",
                "{'a': [1, {",
                "1. a 2. b",
                ";#a;#1;#b",
                "<b>a</b>",
                "&#39;",
                "9:30",
                "25:99",
                "1e999",
            ),
            *(
                "I cannot use stairs",
                "waitlisted (3)",
                "\u202eabc",
                "\x00",
                '"',
                "a\nb",
                "Name",
                "😀",
                "١٢",
                "٣",
                "²",
            ),
        ]
    ),
    st.text(max_size=12),
)
TABLES = st.lists(st.lists(CELLS, max_size=8), max_size=8).flatmap(
    lambda body: st.lists(HEADERS, min_size=1, max_size=8).map(lambda head: [head, *body])
)


@st.composite
def spoilt_csv(draw: st.DrawFn) -> bytes:
    """Return a table with a usual separator and encoding, then lines added and bytes lost as accidents do."""
    table = draw(TABLES)
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(
        out,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=quoting,
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    for row in [
        *draw(st.lists(st.just(["Data day"]), max_size=2)),
        *table,
        *draw(st.lists(st.just(table[0]), max_size=1)),
    ]:
        writer.writerow(row)
    encoding = draw(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850", "utf-32"])
    )
    return spoilt(draw, out.getvalue().encode(encoding, errors="replace"))


def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Cut a file off, or change one of its bytes, or neither."""
    accident = draw(st.integers(0, 5))
    place = draw(st.integers(0, max(0, len(data) - 1)))
    if accident == 0:
        return data[:place]
    return data[:place] + bytes([draw(st.integers(0, 255))]) + data[place + 1 :] if accident == 1 else data


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
)
BOOK = (
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="L" r:id="r1"/></sheets></workbook>'
)
RELATED = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


@st.composite
def spoilt_workbook(draw: st.DrawFn) -> bytes:
    """Return a package with a sheet written by hand: wrong types, absent styles, merges, hidden rows."""
    lines = []
    for number, row in enumerate(draw(TABLES), start=draw(st.integers(1, 3))):
        cells = "".join(
            spoilt_cell(draw, chr(65 + place) + str(number), text) for place, text in enumerate(row)
        )
        lines.append(f'<row r="{number}" hidden="{draw(st.sampled_from(["0", "1"]))}">{cells}</row>')
    areas = draw(st.lists(st.sampled_from(["A1:B2", "B2:A1", "A1:XFD99999", "x"]), max_size=3))
    sheet = SHEET.format(rows="".join(lines), merged="".join(f'<mergeCell ref="{area}"/>' for area in areas))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", RELATED)
        package.writestr("xl/worksheets/sheet1.xml", spoilt(draw, sheet.encode("utf-8", "replace")))
    return spoilt(draw, out.getvalue())


def spoilt_cell(draw: st.DrawFn, place: str, text: str) -> str:
    """Return a cell that may lie about its place, its type and its style."""
    where = draw(st.sampled_from(["", place, "ZZZ9", "A0"]))
    kind = draw(st.sampled_from(["inlineStr", "s", "n", "b", "e", "d", "str", "q"]))
    style = draw(st.sampled_from(["0", "1", "99"]))
    formula = draw(st.sampled_from(["", "<f>A1</f>"]))
    words = escaped(text)
    return f'<c r="{where}" t="{kind}" s="{style}">{formula}<is><t>{words}</t></is><v>{words}</v></c>'


def escaped(text: str) -> str:
    """Return text as XML may hold it."""
    return (
        "".join(one for one in text if one >= " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
    )


KEYS = st.sampled_from(
    [
        *(
            "title",
            "name",
            "id",
            "identifier",
            "notes",
            "tags",
            "resources",
            "publisher",
            "@type",
            "@id",
            "@graph",
            "dataset",
        ),
        *(
            "results",
            "result",
            "data",
            "attributes",
            "metas",
            "default",
            "hits",
            "_source",
            "en",
            "title_fr",
            "keyword",
            "theme",
        ),
        *(
            "service",
            "servesDataset",
            "inSeries",
            "extras",
            "key",
            "value",
            "organization",
            "resource",
            "classification",
            "count",
        ),
        *(
            "license",
            "landingPage",
            "record",
            "primaryTopic",
            "@value",
            "@language",
            "success",
            "metadata",
            "properties",
            "items",
        ),
    ]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 10**22),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(
            [
                "Dataset",
                "dcat:Dataset",
                "Catalog",
                "ex:a",
                "_:b",
                '{"en": "a"}',
                "https://example.org/a",
                "[1",
            ]
        ),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@st.composite
def spoilt_json(draw: st.DrawFn) -> bytes:
    """Return JSON of the right words in the wrong places, nested deeply now and then, one document or one a line."""
    depth = draw(st.sampled_from([0, 0, 0, 1, 60]))
    documents = [json.dumps(value) for value in draw(st.lists(VALUES, min_size=1, max_size=3))]
    text = draw(st.sampled_from(["", "\n"])).join(documents)
    return spoilt(draw, ('{"dataset": [' * depth + text + "]}" * depth).encode())


def attempt(data: bytes) -> None:
    """Read a file as either kind; whoever gets nothing gets a sentence that ends as one."""
    for reading in (
        lambda: headers(data, "f"),
        lambda: read_attendees(
            data, "f", None, Decisions(frozenset({2}), frozenset({3}), {4: {"name": "Ada"}})
        ),
        lambda: read_catalogue(data, "f"),
    ):
        try:
            found = reading()
        except IntakeError as refusal:
            words = str(refusal)
        else:
            words = ""
        if words:
            assert words.rstrip()[-1] in ".:"
        else:
            said = [getattr(found, name, ()) for name in ("rows", "problems", "notes", "headers", "warnings")]
            assert any(said)


@QUICK
@given(spoilt_csv())
def test_a_spoilt_table_is_read_or_refused_in_words(data: bytes) -> None:
    attempt(data)


@QUICK
@given(spoilt_workbook())
def test_a_spoilt_workbook_is_read_or_refused_in_words(data: bytes) -> None:
    attempt(data)


@QUICK
@given(spoilt_json())
def test_spoilt_json_is_read_or_refused_in_words(data: bytes) -> None:
    attempt(data)


@QUICK
@given(
    st.sampled_from(
        ["<table>", "<?xml version='1.0'?>", "@prefix a: <b> .", "<rdf:RDF>", "PK\x03\x04", "\x1f\x8b"]
    ),
    st.text(max_size=60),
)
def test_markup_and_packages_that_only_begin_well_are_refused_in_words(start: str, rest: str) -> None:
    attempt((start + rest).encode("utf-8", "replace"))
