"""Going through the rows of an attendee list: people, refusals and notes as they come, and who was there already."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from matchmaker.intake.capitals import NAMES, row_as_written, style_of
from matchmaker.intake.cells import says_nothing, unguarded
from matchmaker.intake.columns import LISTS, Guess, known_names, normal
from matchmaker.intake.day_times import Day
from matchmaker.intake.directory_names import behind_name, organisations_behind
from matchmaker.intake.header_and_rows import Table
from matchmaker.intake.headings import find_headings
from matchmaker.intake.list_columns import what_it_adds
from matchmaker.intake.person_names import cleaned, is_sentence, is_total, without_formula
from matchmaker.intake.problems import Decisions, Note, RefusedRow
from matchmaker.intake.rows import NOT_IMPORTED, AttendeeRow, LeftOutError, RefusedError, RowReader
from matchmaker.intake.same_person import joined, same_name, what_stays
from matchmaker.intake.text import spelling, tidy
from matchmaker.intake.whole_names import as_said, family_first

_ROOM = {
    "Resource",
    "Ressource",
    "Recurso",
    "Risorsa",
    "Resurs",
    "Zasób",
    "Adnodd",
    "Resource (Room or Equipment)",
}
"""What Outlook says of a room that was invited."""


def _who(values: Mapping[str, list[str]]) -> str:
    """Return the name, else the address, as a line has it."""
    parts = [values[name][0] for name in ("name", "first_name", "last_name") if values.get(name)]
    return tidy(" ".join(dict.fromkeys(parts)) or next(iter(values.get("email", ())), ""))[:80]


def _who_is(row: AttendeeRow) -> tuple[str, str]:
    """Return name and organisation, however they are spelt."""
    return (spelling(row.name) or row.name, spelling(row.organisation) or row.organisation)


def _key(row: AttendeeRow) -> tuple[str, ...]:
    """Return what two lines of one person share: the address, else name and organisation."""
    return (row.email,) if row.email else _who_is(row)


class ListReading:
    """The reading of one table. Linear in its rows."""

    def __init__(self, table: Table, guesses: Mapping[str, Guess], decisions: Decisions, day: Day) -> None:
        """Take a table, what its columns are, what was decided of single lines, and the hours of the event."""
        self.rows: list[AttendeeRow] = []
        self.problems: list[RefusedRow] = []
        self.notes: list[Note] = []
        self.declines: list[tuple[AttendeeRow, str]] = []
        self._table = table
        self._decided, self._day = decisions, day
        self._guesses = guesses
        self._first: dict[tuple[str, ...], int] = {}
        self._namesakes: dict[tuple[str, str], AttendeeRow] = {}
        self._headings = [normal(header) for header in table.headers]
        # The likeliest column of a field comes first; columns of equal rank keep their order.
        self._columns = sorted(
            (found.rank, column, found.field, header)
            for column, header in enumerate(table.headers)
            if (found := guesses.get(header)) and found.field != "ignore"
        )
        self._orders = self._orders_by_address()
        owners = [column for _, column, field, _ in self._columns if field in ("organisation", "team")]
        self._heads = find_headings(table.rows, owners, of_people=True)
        self._styles = {name: style_of(self._column(name)) for name in NAMES}
        self._family_first = family_first(self._column("name"))
        known = any(map(tidy, self._column("organisation")))
        self._behind_names = frozenset() if known else organisations_behind(self._column("name"))

    def read_rows(self) -> None:
        """Read every row of the table."""
        for line, cells in self._table.rows:
            if line in self._decided.leave_out:
                who = _who(self._values(line, cells))
                self._leave_out(line, "You said to leave this line out.", "decided", who=who)
            elif (
                line in self._decided.keep
                or line in self._decided.right
                or not self._is_no_person(line, cells)
            ):
                self._read(line, cells)
        self._tell_of_both()

    def _tell_of_both(self) -> None:
        """Tell of whoever does not come by one line and is read from another: nobody knows their last word."""
        found: dict[int, AttendeeRow] = {}
        for row, _ in self.declines:
            place = self._first.get(_key(row))
            if place is not None and same_name(self.rows[place].name, row.name):
                found[row.line] = self.rows[place]
        for number, note in enumerate(self.notes):
            if note.kind == "not-coming" and note.line in found:
                first, said = found[note.line], note.text.removesuffix(NOT_IMPORTED)
                self.notes[number] = replace(
                    note, text=f"{said}. {first.name} is read from line {first.line}."
                )
                text = f"{said} on line {note.line}. If that is their last word, leave this line out."
                self.notes.append(Note(first.line, text, kind="both-ways", who=first.name))

    def _read(self, line: int, cells: tuple[str, ...]) -> None:
        values = self._values(line, cells)
        self._write_names(line, values)
        self._take_organisation(line, values)
        orders = max(
            (self._orders[tidy(cell).casefold()] for cell in values.get("orderer_email", ())), default=0
        )
        reader = RowReader(line, values, line in self._decided.keep, orders, self._day)
        try:
            self._keep(reader.attendee())
        except LeftOutError as reason:
            self._leave_out(line, str(reason), reason.kind, reason.field, reason.value, _who(values))
            if reason.kind == "not-coming":
                self._decline(RowReader(line, values, kept=True, orders=orders, day=self._day), reason.value)
            return
        except RefusedError as refusal:
            about = (refusal.kind, refusal.field, refusal.value, _who(values))
            self.problems.append(RefusedRow(line, str(refusal), *about))
            return
        who = _who(values)
        told = line in self._decided.keep or any(said.kind == "name" for said in reader.notes)
        if line in self._heads.doubtful and not told:
            text = f"“{who}” stands alone on its line. If it heads the lines below, leave it out."
            self.notes.append(Note(line, text, kind="name", field="name", value=who, who=who))
        self.notes += (
            Note(line, said.text, False, said.kind, said.field, said.value, who) for said in reader.notes
        )

    def _decline(self, reader: RowReader, word: str) -> None:
        """Keep who does not come, so that it can be seen whether they are known already."""
        with suppress(RefusedError):
            self.declines.append((reader.attendee(), word))

    def _leave_out(
        self, line: int, why: str, kind: str, about: str = "", value: str = "", who: str = ""
    ) -> None:
        self.notes.append(Note(line, why, True, kind, about, value, who))

    def _orders_by_address(self) -> Counter[str]:
        return Counter(tidy(cell).casefold() for cell in self._column("orderer_email"))

    def _column(self, name: str) -> Iterator[str]:
        """Yield the cells of a field that are not empty."""
        columns = [column for _, column, field, _ in self._columns if field == name]
        return (cells[column] for _, cells in self._table.rows for column in columns if cells[column])

    def _write_names(self, line: int, values: dict[str, list[str]]) -> None:
        """Write names in capitals or small letters as people do, unless somebody has said how this one is written."""
        if "name" in self._decided.right.get(line, {}):
            return
        was = _who(values)
        changed, asked = row_as_written(values, self._styles)
        values.update(changed)
        if self._family_first and "name" in values:
            cells = [tidy(cell) for cell in values["name"]]
            values["name"] = [as_said(cell, sure=True) for cell in cells]
            asked |= values["name"] != list(map(as_said, cells))
        if asked:
            now = _who(values)
            text = f"“{was}” was read as {now}." if now != was else f"“{was}” was left as it stands."
            self.notes.append(
                Note(line, f"{text} Check the name.", kind="name", field="name", value=now, who=was)
            )

    def _take_organisation(self, line: int, values: dict[str, list[str]]) -> None:
        """Read the organisation from behind the name where no column says it."""
        name, organisation = behind_name(cleaned(next(iter(values.get("name", ())), "")))
        said = {"name", "organisation"} & self._decided.right.get(line, {}).keys()
        if organisation not in self._behind_names or said:
            return
        values["organisation"] = [organisation]
        text = f"“{organisation}” behind the name was read as the organisation of {as_said(name)}. Check it."
        self.notes.append(Note(line, text, kind="name", field="organisation", value=organisation, who=name))

    def _is_no_person(self, line: int, cells: tuple[str, ...]) -> bool:
        """Whether a line is a heading, a total, a note, a room or the column names again; it is left out, named."""
        filled = [(column, tidy(cell)) for column, cell in enumerate(cells) if cell.strip()]
        if any(self._headings[column] == "attendance" and text in _ROOM for column, text in filled):
            who = _who(self._values(line, cells))
            self._leave_out(line, f"“{who}” is a room or a thing, so it was not imported.", "room", who=who)
            return True
        if not filled or any("@" in text and "." in text for _, text in filled):
            return False
        names = sum(normal(text) == self._headings[column] for column, text in filled)
        names = names or (len(filled) == 1 and normal(filled[0][1]) in self._headings)
        if names == len(filled) or (names > 1 and names * 2 >= len(filled)) or known_names(cells) > 22:
            self._leave_out(line, "The line repeats the column names, so it was not imported.", "header")
            return True
        if heading := self._heads.sure.get(line):
            told, after = "seems to head the lines below", " Those are read as they stand."
            if line == self._table.rows[-1][0]:
                told, after = "stands below the list and seems to name nobody", ""
            self._leave_out(line, f"“{heading[:60]}” {told}, so it was not imported.{after}", "heading")
            return True
        first = filled[0][1]
        others = [text for _, text in filled[1:]]
        quiet = all(re.fullmatch(r"[^\w]*[\d.,:%£$€ /-]*", text) or is_total(text) for text in others)
        advice = bool(others) and all(re.fullmatch(r"\(.+\)", text) for _, text in filled)
        if advice or (quiet and is_total(first)) or (not others and len(cells) > 1 and is_sentence(first)):
            self._leave_out(
                line, f"“{first[:60]}” looks like a total or a note, so it was not imported.", "total"
            )
            return True
        return False

    def _values(self, line: int, cells: tuple[str, ...]) -> dict[str, list[str]]:
        """Return the cells that are not empty, by field, as shown rather than as typed; then what was put right."""
        values: dict[str, list[str]] = {}
        for _, column, field, header in self._columns:
            if cells[column] and (cell := self._cell(line, cells, column, field, header)).strip():
                values.setdefault(field, []).append(cell)
        for field, text in self._decided.right.get(line, {}).items():
            for name in NAMES if field == "name" else (field,):
                values.pop(name, None)
            if text.strip():
                values[field] = [text]
        return values

    def _cell(self, line: int, cells: tuple[str, ...], column: int, field: str, header: str) -> str:
        typed = unguarded(cells[column])
        cell, known = without_formula(typed)
        if not known and typed != cells[column]:
            cell = typed  # the apostrophe before it says that it is text
        elif not known:
            text = (
                f"“{header}” is a formula whose value is not in the file. "
                "Save the list with values, and choose it again."
            )
            self.notes.append(Note(line, text, kind="formula"))
        if field in LISTS:
            return what_it_adds(self._guesses[header], header, cell)
        return self._joined_again(cell, column, cells) if field == "email" else cell

    def _joined_again(self, cell: str, column: int, cells: tuple[str, ...]) -> str:
        """Return an address that a comma for a dot tore in two, as it was typed."""
        after = cells[column + 1].strip() if column + 1 < len(cells) else ""
        torn = re.fullmatch(r"[^@\s]+@[^@\s.]+", cell.strip()) and re.fullmatch(
            r"[a-z]{2,4}(\.[a-z]{2,4})?", after
        )
        unnamed = column + 1 < len(cells) and self._table.headers[column + 1] not in self._guesses
        return f"{cell.strip()},{after}" if torn and unnamed else cell

    def _keep(self, row: AttendeeRow) -> None:
        """Add the row, or what it adds to an earlier one of the same person."""
        who, key = _who_is(row), _key(row)
        place = self._first.get(key)
        if place is None:
            self._first[key] = len(self.rows)
            self._remark_on_namesake(row, self._namesakes.setdefault(who, row))
        elif row.email and not same_name(self.rows[place].name, row.name):
            self._refuse_address(row, self.rows[place])
        elif row.email or row.line not in self._decided.keep:
            self._join(row, place)
            return
        self.rows.append(row)

    def _join(self, row: AttendeeRow, place: int) -> None:
        first = self.rows[place]
        self.rows[place], differ = joined(first, row)
        name = f"{row.name}, {row.organisation}," if row.organisation else row.name
        text = (
            f"{row.name} is on line {first.line} already, with the same address."
            if row.email
            else f"{name} is on line {first.line} already, and neither line has an email address. If these are two "
            "people, import this line as well."
        )
        text += f" Both lines are read as one person.{what_stays(first.line, differ)}"
        self.notes.append(Note(row.line, text, False, "twice", "email", row.email, row.name))

    def _refuse_address(self, row: AttendeeRow, first: AttendeeRow) -> None:
        raise RefusedError(
            f"{row.email} is already used for {first.name} on line {first.line}. "
            f"Give {row.name} an address of their own, or empty the cell: they then get a code at the desk.",
            "shared",
            "email",
            row.email,
        )

    def _remark_on_namesake(self, row: AttendeeRow, first: AttendeeRow) -> None:
        if first is row or says_nothing(row.name):
            return
        name = f"{row.name}, {row.organisation}," if row.organisation else row.name
        which = f"with {first.email}" if first.email else "without an address"
        text = (
            f"{name} is also on line {first.line} {which}. If this is one person, leave one of the lines out."
        )
        self.notes.append(Note(row.line, text, kind="same-person", field="email", value=row.email))
