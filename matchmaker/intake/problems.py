"""What is wrong with a file, or with one row of it, in words that say what to do."""

from dataclasses import dataclass


class IntakeError(Exception):
    """The whole file cannot be read; the message is a sentence for the person who chose it."""


@dataclass(frozen=True)
class Problem:
    """A row that was refused: its `line` in the file (from 1) and the reason, which says what to do."""

    line: int
    reason: str

    @property
    def where(self) -> str:
        """The place as a person would say it: `line 12`."""
        return f"line {self.line}"


@dataclass(frozen=True)
class Note:
    """Something a person should know of a row: how a cell was understood, or why the row was left out.

    `left_out` is true for a row that is fine in itself but is not wanted, such as a cancelled ticket.
    `line` is None for a note about the whole file.
    """

    line: int | None
    text: str
    left_out: bool = False

    @property
    def where(self) -> str:
        """The place as a person would say it: `line 12`, or `the file`."""
        return "the file" if self.line is None else f"line {self.line}"
