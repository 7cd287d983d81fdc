"""What the preview of an attendee list remarks on, line by line, and what an organiser answers there."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from werkzeug.datastructures import MultiDict

from matchmaker.intake.attendees import FIELDS, Decisions
from matchmaker.intake.problems import Note, RefusedRow, Remark
from matchmaker.web.whole_numbers import all_whole

MOST_LINES = 25
"""So many lines of a kind are shown, each with its choices; the sentence counts all."""

LONGEST = 300
_KEEPABLE = frozenset(
    {"not-coming", "placeholder", "total", "heading", "header", "room", "address", "decided"}
)


@dataclass(frozen=True)
class LineRemark:
    """One line of a kind: what is said of it, and what can be answered.

    `who` is the name as the line has it. `answer` is "keep" for a line that is not imported and could be, "out" for
    one that is imported, "" where only putting it right helps. `field` is what could be put right, with its `label`;
    `value` what stands there.
    """

    line: int
    who: str
    text: str
    answer: str
    field: str
    label: str
    value: str

    @property
    def name(self) -> str:
        """The name of the box for what is put right."""
        return f"right-{self.line}-{self.field}"


@dataclass(frozen=True)
class KindOfRemark:
    """All lines of a kind: the sentence, the lines shown, and how many more there are."""

    kind: str
    text: str
    lines: tuple[LineRemark, ...]
    more: int


def decidable(remarks: Iterable[Remark]) -> list[KindOfRemark]:
    """Return the remarks as the page shows them, those on lines that are not imported first."""
    kinds = [
        KindOfRemark(
            remark.kind,
            remark.text,
            tuple(map(_line, remark.items[:MOST_LINES])),
            max(0, len(remark.items) - MOST_LINES),
        )
        for remark in remarks
    ]
    return sorted(kinds, key=lambda kind: all(line.answer == "out" for line in kind.lines))


def _line(item: Note | RefusedRow) -> LineRemark:
    refused = isinstance(item, RefusedRow)
    stays_out = refused or (isinstance(item, Note) and item.left_out)
    answer = "" if item.kind == "apart" else "out"
    if item.kind == "twice" and not item.value:
        answer = "keep"  # nothing but the name says that it is the same person
    elif stays_out:
        answer = "keep" if item.kind in _KEEPABLE else ""
    field = item.field if item.field in FIELDS and item.kind != "not-coming" else ""
    return LineRemark(
        line=item.line or 0,
        who=item.who,
        text=item.reason if isinstance(item, RefusedRow) else item.text,
        answer=answer,
        field=field,
        label=FIELDS.get(field, ""),
        value=item.value[:LONGEST],
    )


def said_of_lines(form: MultiDict[str, str]) -> Decisions:
    """Return what the form says: lines ticked to keep or leave out, and boxes whose words were changed.

    A box comes with what it held (`was-…`), so that one left alone says nothing. A line with two remarks on one thing
    has two boxes for it.
    """
    right: dict[int, dict[str, str]] = {}
    for name in form:
        prefix, _, rest = name.partition("-")
        line, _, field = rest.partition("-")
        if prefix == "right" and field in FIELDS and (text := _changed(form, rest)) is not None:
            for number in all_whole([line]):
                right.setdefault(number, {})[field] = text.strip()[:LONGEST]
    return Decisions(numbers(form.getlist("keep")), numbers(form.getlist("out")), right)


def _changed(form: MultiDict[str, str], rest: str) -> str | None:
    """Return what the first box that was changed says, of those for one thing of one line; None if none was."""
    boxes = zip_longest(form.getlist(f"right-{rest}"), form.getlist(f"was-{rest}"), fillvalue="")
    return next((text for text, was in boxes if text != was), None)


def numbers(values: Iterable[str]) -> frozenset[int]:
    """Return the numbers of lines among what boxes sent."""
    return frozenset(all_whole(values))
