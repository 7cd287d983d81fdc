"""An event's profiles, which a file holds as plain values: each is made a profile when somebody looks at it.

To read some thousand profiles with all their datasets back as such takes longer than all else that is kept, and who
works out one person's list looks at some hundred, and at a field or two of everybody's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from matchmaker.matching.profile import DatasetLink, Profile

_FIELDS = tuple(one.name for one in fields(Profile))
_DATASETS = _FIELDS.index("datasets")
_LINK_FIELDS = tuple(one.name for one in fields(DatasetLink))
_ID, _ROLE = _LINK_FIELDS.index("id"), _LINK_FIELDS.index("role")

_values, _link_values = attrgetter(*_FIELDS), attrgetter(*_LINK_FIELDS)

Plain = tuple[Any, ...]
"""The values of a profile in the order of its fields, each of its datasets a tuple, too."""


class People:
    """Everybody's profile, by place."""

    __slots__ = ("_columns", "_kept")

    def __init__(self, kept: Iterable[Profile | Plain]) -> None:
        """Hold these profiles, or their plain values."""
        self._kept = list(kept)
        self._columns: dict[str, list[Any]] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kept)

    def __getitem__(self, place: int) -> Profile:
        """Return the profile at a place, from 0."""
        one = self._kept[place]
        if isinstance(one, tuple):
            values = list(one)
            values[_DATASETS] = tuple(DatasetLink(*link) for link in one[_DATASETS])
            one = self._kept[place] = Profile(*values)
        return one

    def __iter__(self) -> Iterator[Profile]:
        """Yield every profile, in order."""
        return (self[place] for place in range(len(self._kept)))

    def __reduce__(self) -> tuple[type["People"], tuple[list[Plain]]]:
        """Return how it is put into a file: as plain values."""
        return People, ([one if isinstance(one, tuple) else _plain(one) for one in self._kept],)

    def each(self, field: str) -> Sequence[Any]:
        """Return one field of everybody's profile, but for `datasets`, without looking at the rest.

        A field is gone through once, and stays when one profile changes.
        """
        if field not in self._columns:
            place = _FIELDS.index(field)
            self._columns[field] = [
                one[place] if isinstance(one, tuple) else getattr(one, field) for one in self._kept
            ]
        return self._columns[field]

    def made(self, place: int) -> set[str]:
        """Return the ids of the datasets that the person at a place had a hand in, likewise."""
        one = self._kept[place]
        if isinstance(one, tuple):
            return {link[_ID] for link in one[_DATASETS] if link[_ROLE]}
        return {link.id for link in one.datasets if link.role}

    def with_one(self, place: int, person: Profile) -> "People":
        """Return everybody with this profile at a place, or added at the end."""
        changed = People((*self._kept[:place], person, *self._kept[place + 1 :]))
        changed._columns = {  # noqa: SLF001 - of the same class
            field: [*column[:place], getattr(person, field), *column[place + 1 :]]
            for field, column in self._columns.items()
        }
        return changed


def _plain(one: Profile) -> Plain:
    values = _values(one)
    links = tuple(map(_link_values, one.datasets))
    return (*values[:_DATASETS], links, *values[_DATASETS + 1 :])
