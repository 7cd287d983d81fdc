"""The plan as files for a spreadsheet: CSV and .xlsx, in which no cell is ever a formula.

A name is other people's text. A spreadsheet runs a CSV cell that begins with `=`, `+`, `-` or `@` as a
formula, so such cells get an apostrophe in front; cells of an .xlsx are marked as text instead and keep the
name unchanged.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain
from typing import Any

from matchmaker.documents import clock
from matchmaker.documents.people import names
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.intake.cells import guarded

Cell = str | int | time | None

_WIDEST_COLUMN = 60


@dataclass(frozen=True)
class PlanPerson:
    """Somebody in the plan; `key` is what meetings refer to, and may be any text that is theirs alone.

    `alone` is the name where the organisation does not stand beside it, if that is another.
    """

    key: str
    name: str
    organisation: str
    alone: str = ""


@dataclass(frozen=True)
class PlanMeeting:
    """One meeting, or a talk by its `topic`; `people` are keys, times carry a zone."""

    round: int
    starts: datetime
    ends: datetime
    table: int
    people: tuple[str, ...]
    topic: str = ""


@dataclass(frozen=True)
class PlanTables:
    """A whole plan. `people` are all who are part of it, those without a meeting too; every key is theirs."""

    stamp: Stamp
    people: tuple[PlanPerson, ...]
    meetings: tuple[PlanMeeting, ...]


def plan_csv(plan: PlanTables) -> bytes:
    """Write a file with one row a meeting, by round and table. Raises KeyError for a key that is nobody's."""
    return csv_file(*_by_round(plan))


def plan_xlsx(plan: PlanTables) -> bytes:
    """Write a workbook, sheets `By round` and `By person`. Raises KeyError for a key that is nobody's."""
    import openpyxl  # noqa: PLC0415 - heavy, only for a workbook

    book = openpyxl.Workbook()
    book.properties.creator = "matchmaker"
    book.properties.title = f"{plan.stamp.event}, {plan.stamp.full}"
    book.properties.created = plan.stamp.made_at.astimezone(UTC).replace(tzinfo=None)
    _fill(book.active, "By round", "A2", *_by_round(plan))
    _fill(book.create_sheet(), "By person", "C2", *_by_person(plan))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file that Excel opens as it is: UTF-8 with a byte-order mark, and no cell a formula."""
    text = io.StringIO(newline="")
    every = chain([head], rows)
    csv.writer(text).writerows([cell if cell == "" else neutral(cell) for cell in row] for row in every)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def neutral(cell: Cell) -> str:
    """Write a cell so that no spreadsheet takes it for a formula.

    >>> neutral("=1+1"), neutral("Priya Nair"), neutral(-3), neutral(None)
    ("'=1+1", 'Priya Nair', '-3', '')
    """
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)


def _wall(moment: datetime, stamp: Stamp) -> time:
    return clock.local(moment, stamp.zone).time().replace(tzinfo=None)


def _by_round(plan: PlanTables) -> tuple[list[str], list[list[Cell]]]:
    people = {person.key: person for person in plan.people}
    seats = max([2, *(len(meeting.people) for meeting in plan.meetings)])
    topics = any(meeting.topic for meeting in plan.meetings)
    head = ["Round", "Starts", "Ends", "Table", *(["Topic"] if topics else [])]
    head += [f"{what} {seat}" for seat in range(1, seats + 1) for what in ("Person", "Organisation")]
    rows: list[list[Cell]] = []
    for meeting in sorted(plan.meetings, key=lambda meeting: (meeting.round, meeting.table)):
        starts, ends = _wall(meeting.starts, plan.stamp), _wall(meeting.ends, plan.stamp)
        row: list[Cell] = [meeting.round, starts, ends, meeting.table, *([meeting.topic] if topics else [])]
        for key in meeting.people:
            row += [people[key].name, people[key].organisation]
        rows.append([*row, *[None] * (len(head) - len(row)), plan.stamp.plan_version])
    return [*head, "Plan"], rows


def _by_person(plan: PlanTables) -> tuple[list[str], list[list[Cell]]]:
    people = {person.key: person for person in plan.people}
    rounds = {meeting.round: meeting.starts for meeting in plan.meetings}
    days: dict[str, dict[int, str]] = {key: {} for key in people}
    for meeting in plan.meetings:
        for key in meeting.people:
            others = [people[other].alone or people[other].name for other in meeting.people if other != key]
            days[key][meeting.round] = f"Table {meeting.table}: {meeting.topic or ' and '.join(others)}"
    head = ["Name", "Organisation", "Meetings"]
    head += [f"Round {number}, {plan.stamp.clock(rounds[number])}" for number in sorted(rounds)]
    rows: list[list[Cell]] = [
        [
            person.name,
            person.organisation,
            len(days[person.key]),
            *(days[person.key].get(number) for number in sorted(rounds)),
        ]
        for person in sorted(
            plan.people, key=lambda person: (names.sort_key(person.name), person.organisation)
        )
    ]
    return head, rows


def _fill(sheet: Any, title: str, frozen: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a sheet with a bold head that stays in view, and columns as wide as what is in them."""
    from openpyxl.styles import Font  # noqa: PLC0415 - heavy, only for a workbook
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, only for a workbook

    sheet.title, sheet.freeze_panes = title, frozen
    for down, row in enumerate([head, *rows], start=1):
        for across, value in enumerate(row, start=1):
            _write(sheet.cell(down, across), value)
    for across, name in enumerate(head, start=1):
        sheet.cell(1, across).font = Font(bold=True)
        longest = max([len(name), *(len(neutral(row[across - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(across)].width = min(longest, _WIDEST_COLUMN) + 2
    sheet.auto_filter.ref = sheet.dimensions


def _write(cell: Any, value: Cell) -> None:
    """Put a value in a cell; text stays text, also when somebody edits it later."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - heavy, only for a workbook

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value
        if isinstance(value, time):
            cell.number_format = "hh:mm"
