"""Reading an attendee list: any table in which a column holds names or email addresses.

`headers` says what the columns seem to be, for a page that asks; `read_attendees` reads the rows. A row that
cannot be used is named with its line and does not stop the others; a cell that cannot be understood is noted
and the rest of its row is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.intake.cells import unguarded, yes_or_no
from matchmaker.intake.columns import FIELDS, LISTS, Guess, export_format, guess, known_names
from matchmaker.intake.problems import IntakeError, Note, Problem
from matchmaker.intake.rows import AttendeeRow, LeftOutError, RefusedError, RowReader
from matchmaker.intake.tables import Table, read_table
from matchmaker.intake.text import tidy

__all__ = [
    "FIELDS",
    "AttendeeFile",
    "AttendeeRow",
    "IntakeError",
    "Note",
    "Problem",
    "Question",
    "Sheet",
    "headers",
    "read_attendees",
]


@dataclass(frozen=True)
class Question:
    """A column nobody could place: its header and up to three values, for the person who has to say."""

    header: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What the columns of a list seem to be, before its rows are read.

    `mapping` goes from header to field id (a key of FIELDS) for every column that was recognised; `unsure`
    are the headers among them that were recognised by words in a question; `questions` are the columns that
    were not. `samples` holds up to three values of each column. `format` is eventbrite, pretix, indico,
    microsoft-forms, template, csv or xlsx. `usable` is false as long as no column holds names or addresses.
    """

    format: str
    headers: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    mapping: Mapping[str, str]
    unsure: tuple[str, ...]
    questions: tuple[Question, ...]
    row_count: int
    notes: tuple[Note, ...]

    @property
    def usable(self) -> bool:
        """Whether rows can be read without asking."""
        return _usable(self.mapping)


@dataclass(frozen=True)
class AttendeeFile:
    """A list as it was read: people in the order of the file, refused rows, notes, the columns."""

    rows: tuple[AttendeeRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    format: str


def headers(data: bytes, filename: str) -> Sheet:
    """Return what the columns of a CSV or .xlsx list seem to be; raises IntakeError for what is no list."""
    table = read_table(data, known_names)
    guesses = _guesses(table)
    samples = {header: _samples(table, column) for column, header in enumerate(table.headers)}
    return Sheet(
        format=export_format(table.headers) or table.kind,
        headers=table.headers,
        samples=samples,
        mapping={header: found.field for header, found in guesses.items()},
        unsure=tuple(header for header, found in guesses.items() if found.rank == 3),
        questions=tuple(
            Question(header, samples[header])
            for header in table.headers
            if header not in guesses and samples[header]
        ),
        row_count=len(table.rows),
        notes=table.remarks,
    )


def read_attendees(data: bytes, filename: str, mapping: Mapping[str, str] | None = None) -> AttendeeFile:
    """Read the people of a CSV or .xlsx list.

    `mapping`, from header to field id, overrules what the columns seem to be; headers the file does not have
    are passed over, so a remembered mapping can be given for a later file. Raises IntakeError for a file that
    is no list or has neither names nor addresses, and ValueError for a field id that is not in FIELDS.
    """
    table = read_table(data, known_names)
    guesses = _guesses(table)
    for header, field in (mapping or {}).items():
        if field not in FIELDS:
            raise ValueError(f"no such field: {field}")
        if header in table.headers:
            guesses[header] = Guess(field, guesses[header].rank if header in guesses else 1)
    taken = {header: guesses[header].field for header in table.headers if header in guesses}
    if not _usable(taken):
        raise IntakeError(_no_usable_column(table.headers))
    reading = _Reading(table, guesses)
    reading.read_rows()
    return AttendeeFile(
        rows=tuple(reading.rows),
        problems=tuple(reading.problems),
        notes=(*table.remarks, *reading.notes),
        headers=table.headers,
        mapping=taken,
        format=export_format(table.headers) or table.kind,
    )


class _Reading:
    """The reading of one table: rows, refusals and notes as they come, and who was there already."""

    def __init__(self, table: Table, guesses: Mapping[str, Guess]) -> None:
        self.rows: list[AttendeeRow] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._table = table
        self._first: dict[tuple[str, ...], AttendeeRow] = {}
        # The likeliest column of a field comes first; columns of equal rank keep their order.
        self._columns = sorted(
            (found.rank, column, found.field, header)
            for column, header in enumerate(table.headers)
            if (found := guesses.get(header)) and found.field != "ignore"
        )

    def read_rows(self) -> None:
        """Read every row of the table."""
        for line, cells in self._table.rows:
            reader = RowReader(line, self._values(cells))
            try:
                self._keep(reader.attendee())
            except RefusedError as refusal:
                self.problems.append(Problem(line, str(refusal)))
                continue
            except LeftOutError as reason:
                self.notes.append(Note(line, str(reason), left_out=True))
                continue
            self.notes += (Note(line, text) for text in reader.notes)

    def _values(self, cells: tuple[str, ...]) -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for _, column, field, header in self._columns:
            cell = unguarded(cells[column])
            if field in LISTS:
                cell = _ticked_choice(header, cell)
            if cell.strip():
                values.setdefault(field, []).append(cell)
        return values

    def _keep(self, row: AttendeeRow) -> None:
        """Add the row, unless an earlier one holds the same person or the same address."""
        key = (row.email,) if row.email else (row.name.casefold(), row.organisation.casefold())
        first = self._first.setdefault(key, row)
        if first is row:
            self.rows.append(row)
            return
        if not row.email:
            who = f"{row.name}, {row.organisation}," if row.organisation else row.name
            raise RefusedError(
                f"{who} is already on line {first.line} and neither row has an email address. "
                "If these are two people, add an address to one of the rows."
            )
        if first.name.casefold() == row.name.casefold():
            raise RefusedError(f"{row.email} is already on line {first.line}. Only the first row was kept.")
        raise RefusedError(
            f"{row.email} is already used for {first.name} on line {first.line}. "
            f"Give {row.name} an address of their own, or empty the cell: they then get a code at the desk."
        )


def _ticked_choice(header: str, cell: str) -> str:
    """Return what a cell adds to a list: in a column of one choice, that choice where ticked.

    >>> _ticked_choice("Datasets – Soil survey", "Yes"), _ticked_choice("Datasets – Soil survey", "No")
    ('Soil survey', '')
    """
    choice = header.partition(" – ")[2]
    answer = yes_or_no(cell) if choice else None
    if answer is None:
        return cell
    return choice if answer else ""


def _usable(mapping: Mapping[str, str]) -> bool:
    return not {"name", "first_name", "last_name", "email"}.isdisjoint(mapping.values())


def _guesses(table: Table) -> dict[str, Guess]:
    """Return what each column seems to be: by its name; for addresses, if no name says so, by its cells."""
    found = {header: taken for header in table.headers if (taken := guess(header))}
    if all(taken.field != "email" for taken in found.values()):
        for column, header in enumerate(table.headers):
            filled = [cells[column] for _, cells in table.rows[:200] if cells[column].strip()]
            addresses = sum(bool(re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", cell)) for cell in filled)
            if header not in found and addresses * 2 > len(filled):
                found[header] = Guess("email", 3)
                break
    return found


def _samples(table: Table, column: int) -> tuple[str, ...]:
    """Return up to three different values of a column, shortened for a page."""
    samples: dict[str, None] = {}
    for _, cells in table.rows:
        text = tidy(cells[column])
        if text:
            samples[text if len(text) <= 80 else text[:79].rstrip() + "…"] = None
        if len(samples) == 3:
            break
    return tuple(samples)


def _no_usable_column(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{name[:60]}”" for name in names[:12]) + (" and more" if len(names) > 12 else "")
    return (
        "No column seems to hold names or email addresses. "
        f"The columns are {shown}. Say which column is what, or name them as in the template."
    )
