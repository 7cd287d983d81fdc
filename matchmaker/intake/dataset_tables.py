"""Dataset catalogues as tables: CSV or .xlsx with a column of titles."""

import re
from collections.abc import Iterable, Mapping

from matchmaker.intake.column_names import SURE
from matchmaker.intake.columns import normal
from matchmaker.intake.dataset_rows import DatasetRow, SkipError, SkippedRecord, dataset_row, split_tags
from matchmaker.intake.header_and_rows import read_table
from matchmaker.intake.headings import find_headings
from matchmaker.intake.languages import lists
from matchmaker.intake.lists import as_code
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
        *(
            "publisher name",
            "publisher title",
            "organisation name",
            "organization name",
            "organisation title",
        ),
        *(
            "organization title",
            "org",
            "org name",
            "published by",
            "data owner",
            "data publisher",
            "provider",
        ),
        *("data provider", "agency", "department", "custodian"),
    ),
    "description": ("description", "notes", "summary", "abstract"),
    "tags": ("tags", "tag", "keywords", "keyword", "tag names"),
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
    owners = [column for field, column in columns.items() if field == "publisher"]
    heads = find_headings(table.rows, owners, of_people=False)
    rows: list[DatasetRow] = []
    skipped: list[SkippedRecord] = []
    for line, cells in table.rows:
        values = {field: cells[column].strip() for field, column in columns.items()}
        try:
            _refuse_no_dataset(
                values, {table.headers[column]: values[field] for field, column in columns.items()}
            )
            if line in heads.sure:
                raise SkipError(f"“{heads.sure[line]}” seems to head the lines below, and is not a dataset.")
            rows.append(_row(f"line {line}", values))
        except SkipError as reason:
            skipped.append(SkippedRecord(f"line {line}", str(reason)))
    warnings = [
        note.text if note.line is None else f"Line {note.line}: {note.text}" for note in table.remarks
    ]
    if heads.doubtful:
        warnings.append(
            f"These stand alone on their lines: {_listed(heads.doubtful.values())}. They were read as datasets. "
            "If they head the lines below, take them out of the file."
        )
    read = set(columns.values())
    unread = [
        header for column, header in enumerate(table.headers)
        if column not in read and any(cells[column].strip() for _, cells in table.rows)
    ]  # fmt: skip
    if unread:
        warnings.append(f"Columns that were not read: {_listed(unread)}.")
    return table.kind, rows, skipped, warnings


def _refuse_no_dataset(values: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Raise SkipError for a total, and for the column names again; `said` is what stands below each header."""
    if _TOTAL.fullmatch(values["title"]) and not any(
        re.search(r"[^\W\d_]", text) for field, text in values.items() if field != "title"
    ):
        raise SkipError(f"“{values['title']}” looks like a total, not a dataset.")
    if all(normal(text) == normal(header) for header, text in said.items() if text) and any(said.values()):
        raise SkipError("The line repeats the column names.")


def _listed(names: Iterable[str]) -> str:
    """Return up to twelve names in quotation marks."""
    shown = [f"“{name[:60]}”" for name in names]
    return ", ".join(shown[:12]) + (" and more" if len(shown) > 12 else "")


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
        raise IntakeError(
            f"No column holds the titles of datasets. The columns are {_listed(headers)}. "
            "Name one “title”, and if you can others “publisher”, “id”, “tags”, “description” and “url”."
        )
    return columns


def _row(where: str, values: Mapping[str, str]) -> DatasetRow:
    tags = values.get("tags", "")
    by_language = lists(tags)
    return dataset_row(
        where,
        values["title"],
        source_id=values.get("source_id", ""),
        slug=values.get("slug", ""),
        publisher=_named(values.get("publisher", "")),
        description=values.get("description", ""),
        tags=by_language if any(by_language) else split_tags(tags),
        themes=split_tags(values.get("themes", "")),
        licence=_named(values.get("licence", "")),
        url=values.get("url", ""),
        modified=values.get("modified", ""),
    )


def _named(cell: str) -> str:
    """Return the name in a cell that holds an object or a list as code, as exports of CKAN do; else the cell.

    >>> _named('{"name": "ea", "title": "Environment Agency"}'), _named("Kew [Wakehurst]")
    ('Environment Agency', 'Kew [Wakehurst]')
    """
    return next(iter(as_code(cell) or ()), cell)
