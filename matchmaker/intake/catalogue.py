"""Reading a dataset catalogue: CKAN, DCAT in JSON, data.json, CSV or .xlsx, told apart by what is in the file.

Every readable record is kept and each other one is named with the reason. Texts come out plain. Names and
addresses of people in a catalogue are not read at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from matchmaker.intake.archives import unpacked
from matchmaker.intake.dataset_rows import DatasetRow, SkipError, SkippedRecord
from matchmaker.intake.dataset_tables import read_dataset_table
from matchmaker.intake.decoding import decode
from matchmaker.intake.header_and_rows import refuse_unreadable
from matchmaker.intake.json_files import load_json
from matchmaker.intake.problems import IntakeError
from matchmaker.intake.rdf_kinds import rdf_format
from matchmaker.intake.series import propose_series
from matchmaker.intake.shapes import ASK_INSTEAD, RecordsFound, mixed, shape
from matchmaker.intake.text import spelling

__all__ = ["CatalogueFile", "DatasetRow", "IntakeError", "SkippedRecord", "read_catalogue"]

MOST_RECORDS = 100_000
_TOO_MANY = f"This file has more than {MOST_RECORDS:,} records. Split it, and import the parts one by one."


@dataclass(frozen=True)
class CatalogueFile:
    """A catalogue as it was read, in the order of the file.

    `format` is ckan, dcat, dcat-graph, dcat-expanded, data.json, schema.org, the name of a portal's own shape
    (`portal_records.NAMES`), turtle, rdf-xml, n-triples, csv or xlsx. `problems` are the records that
    were left out. `warnings` are sentences about the whole file. `partial` is true where the catalogue says
    that it has more datasets than the file, so that a dataset which is not in it may still be listed there.
    """

    rows: tuple[DatasetRow, ...]
    problems: tuple[SkippedRecord, ...]
    warnings: tuple[str, ...]
    format: str
    partial: bool = False


def read_catalogue(data: bytes, filename: str) -> CatalogueFile:
    """Read the datasets of a catalogue file; its shape is found from the content, whatever `filename` says.

    Raises IntakeError, in words, for a file that holds no catalogue we can read. Time and memory grow with
    the file: 12 MB of CKAN take about a second and stay under 200 MB.
    """
    data = unpacked(data)
    refuse_unreadable(data)
    if not data.startswith(b"PK\x03\x04"):
        text, _ = decode(data)
        start = text[:4000].lstrip()
        if rdf := rdf_format(start):
            return _from_rdf(text, rdf)
        _refuse_unread_format(start)
        if start[:1] in {"{", "["}:
            return _from_json(text)
    return _finished(*read_dataset_table(data))


def _from_rdf(text: str, rdf: str) -> CatalogueFile:
    """Read Turtle, RDF/XML or N-Triples, as the JSON-LD that says the same."""
    from matchmaker.intake.rdf_files import as_json_ld  # noqa: PLC0415 - heavy, and an extra

    return replace(_from_json(as_json_ld(text, rdf)), format=rdf)


def _refuse_unread_format(start: str) -> None:
    if (
        re.match(r"<\?xml|<", start)
        and "office:spreadsheet" not in start
        and not re.match(r"(?i)<(!doctype )?html", start)
    ):
        kind = (
            "ISO 19139 records"
            if "gmd:" in start or "mdb:" in start
            else "XML that is neither RDF nor a workbook"
        )
        if "<table" not in start.casefold():
            raise IntakeError(
                f"These are {kind}, which we do not read. {ASK_INSTEAD}".replace(
                    "These are XML", "This is XML"
                )
            )
    if start.startswith(("//", "/*")):
        raise IntakeError(
            "Line 1 begins with a comment, which JSON does not allow. "
            "Delete the lines above the first { or [, and choose the file again."
        )


def _from_json(text: str) -> CatalogueFile:
    file = load_json(text)
    reading = _JsonReading(list(file.skipped), list(file.warnings))
    for line, document in file.documents:
        try:
            found = shape(document, prefixed='"dcat:dataset"' in text)
        except IntakeError as error:
            if not file.lines:
                raise
            reading.skipped.append(SkippedRecord(line, str(error)))
            continue
        reading.add(found, line)
    if sentence := mixed(reading.kinds):
        reading.warnings.append(sentence)
    usual = reading.formats.most_common(1)[0][0] if reading.formats else "json"
    whole = _finished(usual, reading.rows, reading.skipped, reading.warnings)
    return replace(whole, partial=reading.partial)


@dataclass
class _JsonReading:
    """The records of one file of JSON, as its documents are read."""

    skipped: list[SkippedRecord]
    warnings: list[str]
    rows: list[DatasetRow] = field(default_factory=list)
    formats: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    partial: bool = False

    def add(self, found: RecordsFound, line: str) -> None:
        """Make the rows of one document, which may be one page of an answer."""
        self.formats[found.format] += 1
        self.kinds += found.kinds or Counter()
        if len(self.rows) + len(found.makers) > MOST_RECORDS:
            raise IntakeError(_TOO_MANY)
        for number, make in enumerate(found.makers, start=1):
            where = line or f"record {number}"
            try:
                self.rows.append(make(where))
            except SkipError as reason:
                self.skipped.append(SkippedRecord(where, str(reason)))
        if found.linked and found.total <= len(found.makers):
            self.partial = True
            count = len(found.linked)
            self.warnings.append(
                f"The file only names {count:,} more {'dataset' if count == 1 else 'datasets'}, such as "
                f"“{found.linked[0][:200]}”, and does not describe {'it' if count == 1 else 'them'}. "
                "Ask the catalogue for a file that does."
            )
        if found.total > len(found.makers):
            self.partial = True
            self.warnings.append(
                f"The file holds {len(found.makers):,} of {found.total:,} datasets: it is one page of the answer. "
                f"Ask the catalogue for the rest (from number {len(found.makers) + 1:,}) and import that file too."
            )


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
