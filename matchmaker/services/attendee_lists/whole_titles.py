"""Titles with commas in them, whole again: a cell that lists things by commas was parted at every comma.

"Fish, Celtic Sea, 1990" is three things to whoever reads the list, and one to whoever knows the catalogue.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matchmaker.intake.rows import AttendeeRow
from matchmaker.store.attendee_lists.waiting_titles import COMMA
from matchmaker.store.base import normalised

TITLES = ("datasets", "datasets_made", "datasets_wanted", "datasets_stuck")
"""The fields of a row that hold titles of datasets."""
LONGEST_RUN = 8
"""So many parts may be one title, which has one comma less."""


def whole_titles(rows: Sequence[AttendeeRow], known: Collection[str]) -> set[str]:
    """Return what several neighbouring parts could be as one title, where one of them is no title of its own."""
    return {title for row in rows for titles in _lists(row) for title in could_be(titles, known)}


def could_be(titles: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Yield the same of the titles of one cell."""
    for start, end in _runs(len(titles)):
        if any(normalised(part) not in known for part in titles[start:end]):
            yield joined(titles[start:end])


def with_whole_titles(row: AttendeeRow, known: Mapping[str, object]) -> AttendeeRow:
    """Return a row with the parts of a title that a dataset has made one again, the longest that is one first.

    `known` has the titles there are, as they are compared. Parts that are each a title of their own stay apart.
    """
    lists: dict[str, Any] = {
        name: tuple(joined(parts) for parts in parted(getattr(row, name), known)) for name in TITLES
    }
    return replace(row, **lists)


def parted(titles: Sequence[str], known: Collection[str]) -> Iterator[Sequence[str]]:
    """Yield the titles in their order, those that are parts of one title together."""
    start = 0
    while start < len(titles):
        end = next(
            (
                end
                for end in range(min(len(titles), start + LONGEST_RUN), start + 1, -1)
                if normalised(joined(titles[start:end])) in known
                and any(normalised(part) not in known for part in titles[start:end])
            ),
            start + 1,
        )
        yield titles[start:end]
        start = end


def joined(parts: Sequence[str]) -> str:
    """Return the title that was parted."""
    return COMMA.join(parts)


def _lists(row: AttendeeRow) -> Iterator[tuple[str, ...]]:
    yield from (getattr(row, name) for name in TITLES)


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for start in range(count):
        for end in range(start + 2, min(count, start + LONGEST_RUN) + 1):
            yield start, end
