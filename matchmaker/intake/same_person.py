"""Two lines of one person made one: what only the second says is added, and where they differ the first counts."""

from dataclasses import fields, replace
from typing import Any

from matchmaker.intake.columns import FIELDS
from matchmaker.intake.lists import distinct
from matchmaker.intake.rows import AttendeeRow

PROSE = {"bio": "\n", "offers": "\n", "needs": "\n", "access_needs": "; ", "diet": "; "}
"""Fields of which both lines are kept → what stands between them."""
APART = ("line", "name", "email", "arrives", "leaves")
"""Fields that are not joined one by one: who it is, and the hours, which go together."""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same words, whatever their order and capitals.

    >>> same_name("Okafor, Maria", "maria okafor"), same_name("Maria Okafor", "Cat Vale")
    (True, False)
    """
    return _words(one) == _words(other)


def joined(first: AttendeeRow, again: AttendeeRow) -> tuple[AttendeeRow, tuple[str, ...]]:
    """Return the first line with what only the second says, and the names of the fields in which they differ.

    Lists hold the things of both, and words of one's own stand one after the other. Hours are taken together.
    """
    new: dict[str, Any] = {}
    differ: list[str] = []
    for field in (one.name for one in fields(AttendeeRow) if one.name not in APART):
        mine, theirs = getattr(first, field), getattr(again, field)
        if isinstance(mine, tuple):
            new[field] = distinct((*mine, *theirs))
        elif field in PROSE:
            new[field] = PROSE[field].join(dict.fromkeys(text for text in (mine, theirs) if text))
        elif not _says(field, mine):
            new[field] = theirs
        elif _says(field, theirs) and _compared(theirs) != _compared(mine) and field in FIELDS:
            differ.append(FIELDS[field].lower())
    hours, others = (first.arrives, first.leaves), (again.arrives, again.leaves)
    if hours == (None, None):
        new["arrives"], new["leaves"] = others
    elif others not in ((None, None), hours):
        differ.append("hours")
    return replace(first, **new), tuple(differ)


def what_stays(line: int, differ: tuple[str, ...]) -> str:
    """Say which of two lines counts where they differ, as a sentence after another; "" where they do not."""
    return f" Where they differ, line {line} counts: {', '.join(differ)}." if differ else ""


def _says(field: str, value: object) -> bool:
    """Whether a field says anything; that somebody is outside the department does."""
    return value is not None if field == "inside" else bool(value)


def _compared(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _words(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())
