"""Dataset catalogues as tables: CSV or .xlsx with a column of titles."""

import re
from collections.abc import Iterable, Iterator, Mapping

from matchmaker.intake.columns import normal
from matchmaker.intake.dataset_rows import DatasetRow, SkipError, SkippedRecord, dataset_row, split_tags
from matchmaker.intake.header_and_rows import SURE, read_table
from matchmaker.intake.problems import IntakeError

_NAMES: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "identifier", "guid", "uuid", "dataset id", "ref", "dataset ref", "reference number"),
    "title": ("title", "dataset title", "dataset name"),
    "slug": ("slug",),
    "publisher": (
        "publisher",
        "organisation",
        "organization",
        "owner",
        "publisher name",
        "organisation name",
    ),
    "description": ("description", "notes", "summary", "abstract"),
    "tags": ("tags", "tag", "keywords", "keyword"),
    "themes": ("theme", "themes", "topic", "topics", "category"),
    "licence": ("licence", "license", "licence title", "license title"),
    "url": ("url", "link", "landing page", "landingpage", "page", "address", "web address"),
    "modified": ("modified", "last modified", "updated", "last updated", "metadata modified", "published"),
}
_FIELD = {name: field for field, names in _NAMES.items() for name in names}
_SPARE = ("name", "dataset")
"""Names that say less than those above: they are read for what no other column holds."""
_TOTAL = re.compile(
    r"(?:(?:grand|sub) ?)?totals?(?: (?:datasets?|records?|rows?))?\s*[:=]?\s*[\d,. ]*", re.IGNORECASE
)
_PEOPLE = frozenset({"email", "email address", "first name", "last name", "surname"})


def read_dataset_table(data: bytes) -> tuple[str, list[DatasetRow], list[SkippedRecord], list[str]]:
    """Return what kind of table it is (csv or xlsx), its datasets, the rows left out, and warnings.

    A column `name` is the slug where there is a title column, else the title; `dataset` is then the id.
    Raises IntakeError for a table without titles, or of people.
    """
    table = read_table(data, _known_names)
    columns = _columns(table.headers)
    rows: list[DatasetRow] = []
    skipped: list[SkippedRecord] = []
    for line, cells in table.rows:
        values = {field: cells[column].strip() for field, column in columns.items()}
        if _TOTAL.fullmatch(values["title"]) and not any(
            values[field] for field in columns if field != "title"
        ):
            skipped.append(
                SkippedRecord(f"line {line}", f"“{values['title']}” looks like a total, not a dataset.")
            )
            continue
        try:
            rows.append(_row(f"line {line}", values))
        except SkipError as reason:
            skipped.append(SkippedRecord(f"line {line}", str(reason)))
    warnings = [
        note.text if note.line is None else f"Line {note.line}: {note.text}" for note in table.remarks
    ]
    return table.kind, rows, skipped, warnings


def _known_names(cells: Iterable[str]) -> int:
    """Return how sure a row is to name the columns of a catalogue: titles weigh most."""
    names = [normal(cell) for cell in cells if len(cell) < 80]
    known = [_FIELD.get(name, "") or "name" for name in names if name in _FIELD or name in _SPARE]
    return len(known) + SURE * ("title" in known)


def _columns(headers: tuple[str, ...]) -> dict[str, int]:
    """Return the column of each field; the first that fits counts."""
    names = [normal(header) for header in headers]
    columns: dict[str, int] = {}
    for column, name in enumerate(names):
        if name in _FIELD:
            columns.setdefault(_FIELD[name], column)
    for spare in _SPARE:
        if spare in names:
            free = "title" if "title" not in columns else "slug" if spare == "name" else "source_id"
            columns.setdefault(free, names.index(spare))
    titled = any(_FIELD.get(name) == "title" for name in names)
    if _PEOPLE & set(names) and not titled and not columns.keys() & {"url", "licence"}:
        raise IntakeError("This looks like a list of people. Choose the list of datasets here.")
    if "title" not in columns:
        shown = ", ".join(f"“{header[:60]}”" for header in headers[:12])
        raise IntakeError(
            f"No column holds the titles of datasets. The columns are {shown}. "
            "Name one “title”, and if you can others “publisher”, “id”, “tags”, “description” and “url”."
        )
    return columns


def _row(where: str, values: Mapping[str, str]) -> DatasetRow:
    return dataset_row(
        where,
        values["title"],
        source_id=values.get("source_id", ""),
        slug=values.get("slug", ""),
        publisher=values.get("publisher", ""),
        description=values.get("description", ""),
        tags=_parted(values.get("tags", "")),
        themes=_parted(values.get("themes", "")),
        licence=values.get("licence", ""),
        url=values.get("url", ""),
        modified=values.get("modified", ""),
    )


def _parted(cell: str) -> Iterator[str]:
    yield from split_tags(cell)
