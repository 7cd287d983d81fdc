"""What is wrong with a file, or with one row of it, in words that say what to do."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class IntakeError(Exception):
    """The whole file cannot be read; the message is a sentence for the person who chose it."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was refused: its `line` in the file (from 1) and the reason, which says what to do.

    `kind` is a key of KINDS; `field` is what could be put right (a key of `FIELDS`, or ""), `value` what stands
    there now. `who` is the name or address as the line has it, so that a person knows whom it is about.
    """

    line: int
    reason: str
    kind: str = "unread"
    field: str = ""
    value: str = ""
    who: str = dataclasses.field(default="", compare=False)

    @property
    def where(self) -> str:
        """The place as a person would say it: `line 12`."""
        return f"line {self.line}"


@dataclass(frozen=True)
class Note:
    """Something a person should know of a row: how a cell was understood, or why the row was left out.

    `left_out` is true for a row that is fine in itself but is not wanted, such as a cancelled ticket.
    `line` is None for a note about the whole file. `kind`, `field`, `value` and `who` are as in RefusedRow.
    """

    line: int | None
    text: str
    left_out: bool = False
    kind: str = "answer"
    field: str = ""
    value: str = ""
    who: str = dataclasses.field(default="", compare=False)

    @property
    def where(self) -> str:
        """The place as a person would say it: `line 12`, or `the file`."""
        return "the file" if self.line is None else f"line {self.line}"


KINDS: Mapping[str, tuple[str, str]] = {
    "not-coming": ("1 person is not coming", "{} people are not coming"),
    "both-ways": (
        "1 person has lines that differ on whether they come",
        "{} people have lines that differ on whether they come",
    ),
    "not-confirmed": ("1 person has not confirmed", "{} people have not confirmed"),
    "status": ("1 person has a status that we do not know", "{} people have a status that we do not know"),
    "letters": ("1 name may have wrong letters", "{} names may have wrong letters"),
    "name": ("1 name may not be right", "{} names may not be right"),
    "badge": ("1 person is read under another name", "{} people are read under another name"),
    "no-name": ("1 line has no name", "{} lines have no name"),
    "placeholder": ("1 line names nobody yet", "{} lines name nobody yet"),
    "total": (
        "1 line looks like a total or a note, not a person",
        "{} lines look like totals or notes, not people",
    ),
    "heading": (
        "1 line heads the lines below, and is not a person",
        "{} lines head the lines below, and are not people",
    ),
    "room": ("1 line is a room or a thing, not a person", "{} lines are rooms or things, not people"),
    "header": ("1 line repeats the column names", "{} lines repeat the column names"),
    "address": ("1 email address cannot be used", "{} email addresses cannot be used"),
    "address-doubt": ("1 email address may not be right", "{} email addresses may not be right"),
    "orderer": (
        "1 address is that of the person who ordered",
        "{} addresses are those of the people who ordered",
    ),
    "shared": ("1 address is somebody else’s on this list", "{} addresses are somebody else’s on this list"),
    "twice": (
        "1 line adds to an earlier one of the same person",
        "{} lines add to earlier ones of the same people",
    ),
    "same-person": ("1 person may be listed twice", "{} people may be listed twice"),
    "apart": (
        "1 line says whom to keep apart, and we cannot tell who that is",
        "{} lines say whom to keep apart, and we cannot tell who that is",
    ),
    "access": ("1 access need is yours to arrange", "{} access needs are yours to arrange"),
    "answer": ("1 answer could not be read as it stands", "{} answers could not be read as they stand"),
    "sentence": ("1 answer is in sentences, not a list", "{} answers are in sentences, not lists"),
    "long": ("1 text was cut", "{} texts were cut"),
    "hidden": ("1 hidden row was read", "{} hidden rows were read"),
    "formula": ("1 formula has no value in the file", "{} formulas have no value in the file"),
    "quotation": ("1 quotation mark is never closed", "{} quotation marks are never closed"),
    "decided": ("1 line was left out by you", "{} lines were left out by you"),
    "unread": ("1 line cannot be read", "{} lines cannot be read"),
}
"""Kind of remark → what is said of one line and of several."""


@dataclass(frozen=True)
class Remark:
    """All that is to be said of one kind: the sentence, and the notes and problems it sums up, by line."""

    kind: str
    items: tuple[Note | RefusedRow, ...]

    @property
    def text(self) -> str:
        """The sentence, such as `3 people have not confirmed`."""
        one, several = KINDS[self.kind]
        count = len(self.lines)
        return one if count == 1 else several.format(f"{count:,}")

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines it is about, each once."""
        return tuple(dict.fromkeys(item.line for item in self.items if item.line is not None))


def remarks_by_kind(notes: Iterable[Note], problems: Iterable[RefusedRow] = ()) -> tuple[Remark, ...]:
    """Return what is to be said of single lines, gathered by kind in the order of KINDS."""
    found: dict[str, list[Note | RefusedRow]] = {kind: [] for kind in KINDS}
    every: list[Note | RefusedRow] = [*notes, *problems]
    for item in every:
        if item.line is not None:
            found[item.kind].append(item)
    return tuple(
        Remark(kind, tuple(sorted(items, key=lambda item: item.line or 0)))
        for kind, items in found.items()
        if items
    )


@dataclass(frozen=True)
class Decisions:
    """What an organiser said of single lines of a list.

    `keep` are lines to read although we would leave them out, `leave_out` the opposite; `right` holds for a line
    the values, by field, that stand in place of what the file says.
    """

    keep: frozenset[int] = frozenset()
    leave_out: frozenset[int] = frozenset()
    right: Mapping[int, Mapping[str, str]] = dataclasses.field(default_factory=dict)
