"""Titles that look like lists, whole again: a cell that names several things is parted at commas and the like.

"Fish, Celtic Sea, 1990" is three things to whoever reads the list, and one to whoever knows the catalogue. What is
named once of two titles that begin alike, such as that of 1990 and that of 1991, is a part of both.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchmaker.intake.lists import split_list
from matchmaker.intake.rows import AttendeeRow
from matchmaker.store.base import normalised

PARTED_AT = (",", ";", "|", "/", "•", "、", "，")
"""A title that a cell could be parted at has one of these."""
TITLES = ("datasets", "datasets_made", "datasets_wanted", "datasets_stuck")
"""The fields of a row that hold titles of datasets."""

_FIRST = re.compile(r"([^\W\d][\w ’'&.-]*?) ?, ")
"""The first part of a title that is parted at commas alone: by it most titles are told apart without parting them."""


@dataclass(frozen=True)
class Named:
    """What a cell names: a title, and the parts of it, as typed, that belong to no other title."""

    title: str
    parts: tuple[str, ...]


def parts_of(title: str) -> tuple[str, ...]:
    """Return what a cell that holds this title alone is parted into, as titles are compared.

    >>> parts_of("Fish, Celtic Sea, 1990"), parts_of("Soil (arable, dairy)")
    (('fish', 'celtic sea', '1990'), ('soil (arable, dairy)',))
    """
    return tuple(normalised(part) for part in split_list(title))


def in_parts(titles: Iterable[str], named: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return those titles of several parts, all of which are `named`, with the parts; each as they are compared."""
    found = {}
    for title in titles:
        signs = [sign for sign in PARTED_AT if sign in title]
        first = _FIRST.match(title) if signs == [","] else None
        if not signs or (first and first[1] not in named):
            continue
        parts = parts_of(title)
        if len(parts) > 1 and all(part in named for part in parts):
            found[title] = parts
    return found


def with_whole_titles(
    row: AttendeeRow, known: Collection[str], parted: Mapping[str, tuple[str, ...]]
) -> AttendeeRow:
    """Return a row with the parts of a title that a dataset has made one again, the longest that is one first.

    `known` has the titles there are, as they are compared, and `parted` those of several parts, with these. Parts
    that are each a title of their own stay apart.
    """
    lists: dict[str, Any] = {
        name: tuple(one.title for one in grouped(getattr(row, name), known, parted)) for name in TITLES
    }
    return replace(row, **lists)


def grouped(
    titles: Sequence[str], known: Collection[str], parted: Mapping[str, tuple[str, ...]]
) -> Iterator[Named]:
    """Yield what a cell names, in the order of its titles, those together that are parts of one title.

    Parts of a title are neighbours in the cell, but for those that a title before has, too: they stand there once.
    """
    place = {normalised(title): number for number, title in enumerate(titles)}
    whole = {key: parts for key, parts in parted.items() if all(part in place for part in parts)}
    taken: set[int] = set()
    found: dict[int, tuple[str, list[int]]] = {}
    order = sorted(whole, key=lambda key: (-len(whole[key]), key))
    while fresh := next(_fresh(order, whole, place, taken, known), None):
        key, places = fresh
        taken.update(places)
        found[places[0]] = (key, places)
        order.remove(key)
    for number, title in enumerate(titles):
        if number in found:
            key, places = found[number]
            typed = ", ".join(titles[place[part]] for part in whole[key])
            yield Named(typed if normalised(typed) == key else key, tuple(titles[one] for one in places))
        elif number not in taken:
            yield Named(title, (title,))


def _fresh(
    order: Iterable[str],
    whole: Mapping[str, tuple[str, ...]],
    place: Mapping[str, int],
    taken: Collection[int],
    known: Collection[str],
) -> Iterator[tuple[str, list[int]]]:
    """Yield the titles, with the places of their parts that no other has, that are named here as things stand."""
    for key in order:
        parts = [part for part in whole[key] if place[part] not in taken]
        places = [place[part] for part in parts]
        neighbours = places == list(range(min(places, default=0), max(places, default=0) + 1))
        if neighbours and any(part not in known for part in parts):
            yield key, places
