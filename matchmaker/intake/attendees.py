"""Reading an attendee list: any table in which a column holds names or email addresses.

`headers` says what the columns seem to be, for a page that asks; `read_attendees` reads the rows. A row that
cannot be used is named with its line and does not stop the others; a cell that cannot be understood is noted
and the rest of its row is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.intake.columns import FIELDS, Guess, known_names
from matchmaker.intake.day_times import BY_DAY, Day
from matchmaker.intake.exports import EXPORTS, export_format
from matchmaker.intake.header_and_rows import Table, read_table
from matchmaker.intake.list_columns import understand, usable
from matchmaker.intake.list_reading import ListReading
from matchmaker.intake.problems import Decisions, IntakeError, Note, RefusedRow, Remark, remarks_by_kind
from matchmaker.intake.rows import AttendeeRow
from matchmaker.intake.text import tidy

__all__ = [
    "FIELDS",
    "AttendeeFile",
    "AttendeeRow",
    "Decisions",
    "IntakeError",
    "Note",
    "RefusedRow",
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
    were not. `samples` holds up to three values of each column. `format` is a key of EXPORTS, or csv, xlsx, ods,
    xml or html. `usable` is false as long as no column holds names or addresses.
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
        return usable(self.mapping)

    @property
    def looks_like(self) -> str:
        """What the list seems to be, as a sentence; "" where it is nobody's export."""
        return _looks_like(self.format)


@dataclass(frozen=True)
class AttendeeFile:
    """A list as it was read: people in the order of the file, refused rows, notes, the columns.

    `declines` are those of whom it says that they do not come, each with the word by which it does; they are not in
    `rows`. `unread` are the columns that hold something and of which nobody knows what.
    """

    rows: tuple[AttendeeRow, ...]
    problems: tuple[RefusedRow, ...]
    notes: tuple[Note, ...]
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    format: str
    declines: tuple[tuple[AttendeeRow, str], ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def looks_like(self) -> str:
        """What the list seems to be, as a sentence; "" where it is nobody's export."""
        return _looks_like(self.format)

    @property
    def not_read(self) -> str:
        """The sentence that names up to twelve columns of which nobody knows what they hold; "" for none."""
        shown = [f"“{header[:60]}”" for header in self.unread]
        words = ", ".join(shown[:12]) + (" and more" if len(shown) > 12 else "")
        return f"Columns that were not read: {words}." if shown else ""

    @property
    def twice(self) -> int:
        """How many rows were joined to an earlier one, as they are of the same person."""
        return sum(note.kind == "twice" for note in self.notes)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All that is to be said of single lines, by kind."""
        return remarks_by_kind(self.notes, self.problems)


def headers(data: bytes, filename: str) -> Sheet:
    """Return what the columns of a list seem to be; raises IntakeError for what is no list."""
    table = read_table(data, known_names)
    guesses = understand(table)
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


def read_attendees(
    data: bytes,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    decisions: Decisions | None = None,
    day: Day = BY_DAY,
) -> AttendeeFile:
    """Read the people of a list.

    `mapping`, from header to field id, overrules what the columns seem to be; headers the file does not have
    are passed over, so a remembered mapping can be given for a later file. `decisions` are what somebody said of
    single lines; `day` is from when to when the event is. Raises IntakeError for a file that is no list or has
    neither names nor addresses, and ValueError for a field id that is not in FIELDS. Time grows with the number
    of rows.
    """
    table = read_table(data, known_names)
    guesses = understand(table)
    for header, field in (mapping or {}).items():
        if field not in FIELDS:
            raise ValueError(f"no such field: {field}")
        if header in table.headers:
            seems = guesses.get(header)
            choice = seems.choice if seems and seems.field == field else ""
            guesses[header] = Guess(field, seems.rank if seems else 1, choice)
    taken = {header: guesses[header].field for header in table.headers if header in guesses}
    if not usable(taken):
        raise IntakeError(_no_usable_column(table.headers))
    reading = ListReading(table, guesses, decisions or Decisions(), day)
    reading.read_rows()
    return AttendeeFile(
        rows=tuple(reading.rows),
        problems=tuple(reading.problems),
        notes=(*table.remarks, *reading.notes),
        headers=table.headers,
        mapping=taken,
        format=export_format(table.headers) or table.kind,
        declines=tuple(reading.declines),
        unread=tuple(
            header
            for column, header in enumerate(table.headers)
            if header not in guesses and any(cells[column].strip() for _, cells in table.rows)
        ),
    )


def _looks_like(form: str) -> str:
    return f"This looks like {EXPORTS[form]}." if form in EXPORTS else ""


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
