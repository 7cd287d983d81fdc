"""The report on an event afterwards: what was planned, what took place and what came of it; it names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from matchmaker.documents import clock
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.plans.spreadsheets import csv_file

FEWEST = 5
"""Organisations with fewer people who met are put together, and fewer meetings are not counted out."""
OTHERS = "Other organisations"
FEW = f"1 to {FEWEST - 1}"
"""In place of a small number: as short as a number, so that all columns are in sight."""
MORE = f"{FEWEST} or more"
"""In place of one more number, where a small one alone could be worked out from how many there are in all."""
TOOK_PLACE = (
    "A meeting took place if its round is over, everybody in it was checked in and there for that round, "
    "and nothing had called it off."
)


@dataclass(frozen=True)
class OrganisationMatrix:
    """How many meetings took place between people of any two organisations; `cells` has a row for each of `names`."""

    names: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def only_others(self) -> bool:
        """Whether no organisation is large enough to be told apart: a table of one cell would say nothing."""
        return self.names == (OTHERS,)

    @property
    def hidden(self) -> dict[tuple[int, int], str]:
        """The words in place of each number that is hidden, by the places of its organisations, the first first.

        That is every small number; where it is only one, the smallest of the others, too.
        """
        counts = {
            (one, other): self.cells[one][other]
            for one in range(len(self.names))
            for other in range(one, len(self.names))
        }
        found = {pair: FEW for pair, count in counts.items() if 0 < count < FEWEST}
        others = [pair for pair, count in counts.items() if count >= FEWEST]
        if len(found) == 1 and others:
            found[min(others, key=lambda pair: (counts[pair], pair))] = MORE
        return found

    def shown(self) -> list[tuple[str, list[str]]]:
        """Return each organisation with its cells in words: small numbers are hidden, and what says nothing."""
        if self.only_others:
            return []
        hidden = self.hidden
        return [
            (name, [hidden.get((min(at, to), max(at, to)), str(count)) for to, count in enumerate(row)])
            for at, (name, row) in enumerate(zip(self.names, self.cells, strict=True))
        ]


@dataclass(frozen=True)
class EventReport:
    """An event in figures, each with its words; `made_at` carries a zone.

    `ahead` says that nothing has taken place yet, and when it will, or that nothing but the figures is known any
    more; it is empty from the day on until the event's data is erased.
    """

    event: str
    where: str
    figures: tuple[tuple[str, int], ...]
    matrix: OrganisationMatrix
    made_at: datetime
    zone: ZoneInfo
    ahead: str = ""


def report_sheets(report: EventReport) -> Sheets:
    """Make the report: the figures, then each pair of organisations that met."""
    rows: list[Sequence[str]] = [[words, str(count)] for words, count in report.figures]
    rows += [[_between(one, other), count] for one, other, count in pairs(report.matrix)]
    made = f"made {clock.clock(report.made_at, report.zone)} on {clock.day(report.made_at, report.zone)}"
    values = {
        "stamp": made,
        "leads": [report.where, report.ahead or TOOK_PLACE],
        "widths": [130, 45],
        "heads": ["What", "Number"],
        "rows": rows,
    }
    return Sheets("report", f"Report on {report.event}", report.made_at, values)


def _between(one: str, other: str) -> str:
    if one != other:
        return f"Meetings: {one} and {other}"
    return "Meetings among other organisations" if one == OTHERS else f"Meetings within {one}"


def report_csv(report: EventReport) -> bytes:
    """Write the same as a file for spreadsheets."""
    rows: list[Sequence[str | int]] = [(words, "", "", count) for words, count in report.figures]
    rows += [("Meetings between", one, other, count) for one, other, count in pairs(report.matrix)]
    return csv_file(("What", "Organisation", "Other organisation", "Number"), rows)


def pairs(matrix: OrganisationMatrix) -> list[tuple[str, str, str]]:
    """Return each two organisations that met, once, with the number as it is shown."""
    shown = matrix.shown()
    return [
        (name, matrix.names[at], cells[at])
        for row, (name, cells) in enumerate(shown)
        for at in range(row, len(cells))
        if cells[at] != "0"
    ]
