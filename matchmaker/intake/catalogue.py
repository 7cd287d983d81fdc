"""Reading a dataset catalogue: CKAN, DCAT in JSON, data.json, CSV or .xlsx, told apart by what is in the file.

Every readable record is kept and each other one is named with the reason. Texts come out plain. Names and
addresses of people in a catalogue are not read at all.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchmaker.intake import ckan, dcat
from matchmaker.intake.dataset_rows import DatasetRow, SkipError, SkippedRecord
from matchmaker.intake.dataset_tables import read_dataset_table
from matchmaker.intake.json_files import load_json
from matchmaker.intake.problems import IntakeError
from matchmaker.intake.series import propose_series
from matchmaker.intake.tables import decode, refuse_unreadable
from matchmaker.intake.text import spelling

__all__ = ["CatalogueFile", "DatasetRow", "IntakeError", "SkippedRecord", "read_catalogue"]

_UNREAD_FORMATS: tuple[tuple[str, str], ...] = (
    (r"\s*(?:@prefix|@base|PREFIX\s)", "This is Turtle, which we do not read."),
    (r"\s*(?:<\?xml|<rdf:|<!DOCTYPE rdf)", "This is XML (perhaps RDF/XML), which we do not read."),
)
_ASK_INSTEAD = "Ask the catalogue for its CKAN answer, for DCAT as JSON-LD, for data.json or for CSV."


MOST_RECORDS = 100_000
_TOO_MANY = f"This file has more than {MOST_RECORDS:,} records. Split it, and import the parts one by one."


@dataclass(frozen=True)
class CatalogueFile:
    """A catalogue as it was read, in the order of the file.

    `format` is ckan, dcat, dcat-graph, dcat-expanded, data.json, csv or xlsx. `problems` are the records that
    were left out. `warnings` are sentences about the whole file. `partial` is true where the catalogue says
    that it has more datasets than the file, so that a dataset which is not in it may still be listed there.
    """

    rows: tuple[DatasetRow, ...]
    problems: tuple[SkippedRecord, ...]
    warnings: tuple[str, ...]
    format: str
    partial: bool = False


@dataclass(frozen=True)
class _Found:
    """Records of one shape, each ready to be made a row, and how many the whole answer has by its own count."""

    format: str
    makers: Sequence[Callable[[str], DatasetRow]]
    total: int = 0


def read_catalogue(data: bytes, filename: str) -> CatalogueFile:
    """Read the datasets of a catalogue file; its shape is found from the content, whatever `filename` says.

    Raises IntakeError, in words, for a file that holds no catalogue we can read. Time and memory grow with
    the file: 12 MB of CKAN take about a second and stay under 200 MB.
    """
    refuse_unreadable(data)
    if not data.startswith(b"PK\x03\x04"):
        text, _ = decode(data)
        start = text[:400].lstrip()
        _refuse_unread_format(start)
        if start[:1] in {"{", "["}:
            return _from_json(text)
    return _finished(*read_dataset_table(data))


def _refuse_unread_format(start: str) -> None:
    for pattern, sentence in _UNREAD_FORMATS:
        if re.match(pattern, start, re.IGNORECASE):
            raise IntakeError(f"{sentence} {_ASK_INSTEAD}")
    if start.startswith(("//", "/*")):
        raise IntakeError(
            "Line 1 begins with a comment, which JSON does not allow. "
            "Delete the lines above the first { or [, and choose the file again."
        )


def _from_json(text: str) -> CatalogueFile:
    file = load_json(text)
    rows: list[DatasetRow] = []
    skipped = list(file.skipped)
    warnings = list(file.warnings)
    formats: list[str] = []
    partial = False
    for line, document in file.documents:
        try:
            found = _shape(document, prefixed='"dcat:dataset"' in text)
        except IntakeError as error:
            if not file.lines:
                raise
            skipped.append(SkippedRecord(line, str(error)))
            continue
        formats.append(found.format)
        if len(rows) + len(found.makers) > MOST_RECORDS:
            raise IntakeError(_TOO_MANY)
        for number, make in enumerate(found.makers, start=1):
            where = line or f"record {number}"
            try:
                rows.append(make(where))
            except SkipError as reason:
                skipped.append(SkippedRecord(where, str(reason)))
        if found.total > len(found.makers):
            partial = True
            warnings.append(
                f"The file holds {len(found.makers):,} of {found.total:,} datasets: it is one page of the "
                f"answer. "
                f"Ask the catalogue for the rest (from number {len(found.makers) + 1:,}) and import that "
                f"file too."
            )
    whole = _finished(formats[0] if formats else "json", rows, skipped, warnings)
    return replace(whole, partial=partial)


def _shape(document: Any, prefixed: bool) -> _Found:
    """Return the records in a document, by its shape; `prefixed` tells DCAT from data.json."""
    if isinstance(document, list):
        return _list_shape(document, ckan.portal_page(""))
    if not isinstance(document, dict):
        raise IntakeError(f"This is JSON, but not a catalogue. {_ASK_INSTEAD}")
    if document.get("success") is False:
        raise IntakeError(
            "The catalogue answered with an error instead of datasets. Ask it again, and choose the new file."
        )
    page = ckan.portal_page(str(document.get("help") or ""))
    answer = document.get("result", document.get("response"))
    if isinstance(answer, list):
        return _list_shape(answer, page)
    answer = answer if isinstance(answer, dict) else document
    listed = answer.get("results", answer.get("docs"))
    if isinstance(listed, list):
        return _packages(listed, page, _count(answer))
    return _single_shape(answer, page, prefixed)


def _single_shape(document: dict[str, Any], page: str, prefixed: bool) -> _Found:
    """Return the records of a graph, a catalogue that holds its datasets, or one dataset by itself."""
    graph = document.get("@graph")
    if isinstance(graph, list):
        return _graph(graph, "dcat-graph")
    if not {"dataset", "catalog", "datasetSeries"}.isdisjoint(document):
        return _graph([document], "dcat" if prefixed else "data.json")
    return _list_shape([document], page)


def _list_shape(nodes: list[Any], page: str) -> _Found:
    """Return the records of a bare list: packages, or DCAT nodes, compact or expanded."""
    if len(nodes) == 1 and isinstance(nodes[0], list):
        nodes = nodes[0]
    _refuse_other_lists(nodes)
    if any(isinstance(node, dict) and "@type" in node for node in nodes) or any(map(dcat.is_dataset, nodes)):
        expanded = any("http" in str(node.get("@type")) for node in nodes if isinstance(node, dict))
        return _graph(nodes, "dcat-expanded" if expanded else "dcat")
    if any(map(ckan.is_package, nodes)):
        return _packages(nodes, page, 0)
    raise IntakeError(f"This is JSON, but not a catalogue of datasets. {_ASK_INSTEAD}")


def _refuse_other_lists(nodes: list[Any]) -> None:
    """Raise IntakeError for lists that look like datasets and are not, naming what they are."""
    inner = [node for node in nodes if isinstance(node, dict)]
    if nodes and not inner:
        raise IntakeError(_no_titles(len(nodes)))
    if any(map(ckan.is_organisation, inner)) and not any(map(ckan.is_package, inner)):
        raise IntakeError(f"This is a list of organisations or groups, not of datasets. {_ASK_INSTEAD}")
    if any("aspects" in node for node in inner):
        raise IntakeError(f"These are Magda records, which we do not read. {_ASK_INSTEAD}")
    if any("recordSet" in node for node in inner):
        raise IntakeError(f"This is Croissant, which we do not read. {_ASK_INSTEAD}")


def _no_titles(count: int) -> str:
    return (
        f"The file names {count:,} {'dataset' if count == 1 else 'datasets'} but gives no titles. "
        "Ask the catalogue for the full answer (package_search), not for a list of names."
    )


def _packages(nodes: list[Any], page: str, total: int) -> _Found:
    """Return the records of a list of packages; some answers hold only their titles."""
    if nodes and all(isinstance(node, str) for node in nodes) and any(" " in node.strip() for node in nodes):
        nodes = [{"title": node} for node in nodes]  # names for addresses have no spaces
    _refuse_other_lists(nodes)
    if nodes and not any(ckan.has_title(node) for node in nodes):
        raise IntakeError(_no_titles(len(nodes)))
    makers = [lambda where, node=node: ckan.package_row(where, node, page) for node in nodes]
    return _Found("ckan", makers, total)


def _graph(nodes: list[Any], file_format: str) -> _Found:
    graph = dcat.Graph(nodes)
    makers = [
        lambda where, node=node, series=series: graph.row(where, node, series)
        for node, series in graph.datasets()
    ]
    return _Found(file_format, makers, graph.total(len(makers)))


def _count(answer: dict[str, Any]) -> int:
    count = answer.get("count", answer.get("numFound"))
    return count if isinstance(count, int) else 0


def _finished(
    file_format: str, rows: Iterable[DatasetRow], skipped: Iterable[SkippedRecord], warnings: Iterable[str]
) -> CatalogueFile:
    """Leave out repeated records, propose series and warn of what the whole file shows."""
    problems = list(skipped)
    kept = _distinct(rows, problems)
    if not kept and not problems:
        raise IntakeError(
            "There is no dataset in this file. If it is the answer to a search, widen the search."
        )
    nameless = sum(not row.source_id for row in kept)
    remarks = list(warnings)
    if nameless:
        some = "1 dataset does not have" if nameless == 1 else f"{nameless:,} datasets do not have"
        which = "No dataset has" if nameless == len(kept) else some
        remarks.append(
            f"{which} an id: publisher and title together tell them apart. Check these before you import "
            f"them."
        )
    remarks += _spellings(kept)
    return CatalogueFile(tuple(propose_series(kept)), tuple(problems), tuple(remarks), file_format)


def _distinct(rows: Iterable[DatasetRow], problems: list[SkippedRecord]) -> list[DatasetRow]:
    """Return each dataset once; add a problem for a repeated one.

    One that is listed by itself and again as a member of its series keeps what the second says of the series.
    """
    first: dict[tuple[str, ...], DatasetRow] = {}
    for row in rows:
        key = (row.source_id,) if row.source_id else (row.publisher.casefold(), row.title.casefold())
        earlier = first.setdefault(key, row)
        if earlier is row:
            continue
        if row.series_hint and not earlier.series_hint:
            first[key] = replace(earlier, series_hint=row.series_hint)
        same = "Publisher and title are those of {}, and neither has an id."
        if row.source_id:
            same = "Its id is already that of {}, “" + earlier.title + "”."
        problems.append(SkippedRecord(row.where, same.replace("{}", earlier.where, 1)))
    return list(first.values())


def _spellings(rows: Iterable[DatasetRow]) -> Iterator[str]:
    """Yield a sentence for each publisher that the file spells in several ways."""
    spelt: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if row.publisher:
            spelt[spelling(row.publisher)][row.publisher] = None
    for names in spelt.values():
        if len(names) > 1:
            listed = [f"“{name}”" for name in names]
            yield f"One publisher seems to be spelt in {len(names)} ways: {', '.join(listed[:-1])} and {listed[-1]}."
