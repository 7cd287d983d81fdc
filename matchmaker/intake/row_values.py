"""The cells of a row of an attendee list as single values: texts, prose, lists, ticks; what was understood how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from matchmaker.intake import cells
from matchmaker.intake.lists import distinct, split_list
from matchmaker.intake.prose import things_and_prose
from matchmaker.intake.text import tidy, tidy_lines

Value = TypeVar("Value")

LONGEST = 200
"""Most characters of a name, organisation, job title or team; longer ones are cut, with a note."""

SAYS = {"bio": "of their work", "needs": "that they need help with"}
"""Field that keeps what was said in sentences → what such sentences say."""


@dataclass(frozen=True)
class Said:
    """Something to say of the row, before its line is known: text, kind, field and value as in Note."""

    text: str
    kind: str = "answer"
    field: str = ""
    value: str = ""


@dataclass
class RowValues:
    """The cells of one row, by field; `notes` collects what was understood how.

    `values` holds for each field the cells that are not empty, the likeliest column first. `said` are sentences that
    stood in a list, by the field of prose that keeps them.
    """

    line: int
    values: Mapping[str, Sequence[str]]
    notes: list[Said] = field(default_factory=list, kw_only=True)
    said: dict[str, list[str]] = field(default_factory=dict, kw_only=True)

    def _say(self, text: str, kind: str = "answer", about: str = "", value: str = "") -> None:
        self.notes.append(Said(text, kind, about, value))

    def _cells(self, name: str) -> Sequence[str]:
        return self.values.get(name, ())

    def _first(self, name: str) -> str:
        return next((text for cell in self._cells(name) if (text := tidy(cell))), "")

    def _short(self, name: str, longest: int = LONGEST) -> str:
        """Return a text of at most so many characters."""
        text = next(
            (text for cell in self._cells(name) if not cells.says_nothing(text := cells.shown(cell))), ""
        )
        return self._cut(text, longest)

    def _cut(self, text: str, longest: int = LONGEST) -> str:
        if len(text) <= longest:
            return text
        self._say(f"“{text[:40]}…” has {len(text)} characters and was cut after {longest}.", "long")
        return text[: longest - 1].rstrip() + "…"

    def _prose(self, name: str) -> str:
        """Return what was written, line breaks kept, several columns one below the other."""
        texts = [tidy_lines(cell) for cell in (*self._cells(name), *self.said.get(name, ()))]
        return "\n".join(dict.fromkeys(text for text in texts if not cells.says_nothing(text)))

    def _list(self, name: str) -> tuple[str, ...]:
        if name == "not_with":
            return distinct(thing for cell in self._cells(name) for thing in split_list(cell))
        read = [things_and_prose(cell) for cell in self._cells(name)]
        found = distinct(thing for things, _ in read for thing in things)
        self._keep_sentences(name, [prose for _, prose in read if prose])
        ticks = [thing for thing in found if cells.is_tick(thing)]
        if ticks:
            words = "”, “".join(ticks)
            self._say(
                f"“{words}” names none of what the column asks for, so it was left out.",
                "answer",
                name,
                words,
            )
            return tuple(thing for thing in found if thing not in ticks)
        return found

    def _keep_sentences(self, name: str, told: Sequence[str]) -> None:
        """Keep what stands in sentences where things were asked for: as what they say, never as a thing."""
        to = "needs" if name in ("datasets_wanted", "datasets_stuck") else "bio"
        for text in told:
            self.said.setdefault(to, []).append(text)
            words = " ".join(text.split())
            self._say(
                f"“{words}” is kept as what they say {SAYS[to]}, not as a list.", "sentence", name, words
            )

    def _parsed(self, name: str, parse: Callable[[str], Value | None], complaint: str) -> Value | None:
        """Return what `parse` makes of the first cell; None, with a note, where it refuses."""
        text = self._first(name)
        try:
            return parse(text)
        except ValueError:
            self._say(f"“{text}” {complaint}", "answer", name, text)
            return None

    def _ticked(self, name: str) -> bool:
        text = self._first(name)
        answer = cells.yes_or_no(text)
        if answer is None:
            self._doubtful(name, text)
        return bool(answer)

    def _doubtful(self, name: str, text: str) -> None:
        self._say(
            f"“{text}” is neither yes nor no, so it was read as no. Write yes or no.", "answer", name, text
        )
