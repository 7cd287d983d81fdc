"""Everybody's list as it stands, in columns: a refresh looks at thousands of entries, and at few of them closely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.row_products import Floats, Ints
from matchmaker.matching.suggest import Suggestion


@dataclass(frozen=True, slots=True)
class StandingLists:
    """Every entry of the lists of those who are here, list by list in order; people are places among everybody.

    Whoever stands on a list and is not here any more has a place behind everybody's.
    """

    reader: Ints
    """Whose list each entry is on."""
    listed: Ints
    """Who that entry is."""
    score: Floats
    """How good it is to meet them."""
    bridge: NDArray[np.bool_]
    """Whether they are the list's bridge."""
    gone: tuple[str, ...]
    """The ids of those who are not here, in the order of their places."""

    @classmethod
    def of(
        cls,
        position: Mapping[str, int],
        ids: Sequence[str],
        reader: Ints,
        listed: Ints,
        score: Floats,
        bridge: NDArray[np.bool_],
    ) -> "StandingLists":
        """Take entries whose `reader` and `listed` are numbers of these ids; `position` says who is here."""
        places = np.asarray([position.get(one, -1) for one in ids], dtype=np.intp)
        gone = np.flatnonzero(places < 0)
        places[gone] = len(position) + np.arange(len(gone))
        kept = np.flatnonzero(places[reader] < len(position))
        return cls(
            places[reader[kept]],
            places[listed[kept]],
            score[kept],
            bridge[kept],
            tuple(ids[one] for one in gone.tolist()),
        )

    @classmethod
    def of_lists(
        cls, position: Mapping[str, int], lists: Mapping[str, Sequence[Suggestion]]
    ) -> "StandingLists":
        """Take the lists that `suggest` gives; who is not there has none."""
        entries = [(reader, one) for reader, mine in lists.items() for one in mine]
        ids = [*dict.fromkeys(one for reader, entry in entries for one in (reader, entry.id))]
        number = {one: place for place, one in enumerate(ids)}
        numbers = [(number[reader], number[entry.id]) for reader, entry in entries]
        reader, listed = np.asarray(numbers, dtype=np.intp).reshape(-1, 2).T
        score = np.asarray([entry.score for _, entry in entries], dtype=np.float64)
        bridge = np.asarray([entry.bridge for _, entry in entries], dtype=np.bool_)
        return cls.of(position, ids, reader, listed, score, bridge)

    def entries_of(self, reader: int) -> Ints:
        """Return which entries are somebody's list, in order."""
        return np.flatnonzero(self.reader == reader)

    def entries_with(self, listed: int) -> Ints:
        """Return which entries somebody is."""
        return np.flatnonzero(self.listed == listed)

    def load(self, people: int, but: int) -> list[int]:
        """Return on how many lists each of so many people is, and those who are gone, `but` for one person's list."""
        others = self.listed[self.reader != but]
        counts: list[int] = np.bincount(others, minlength=people + len(self.gone)).tolist()
        return counts
