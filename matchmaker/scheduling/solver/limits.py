"""How many meetings a person, or a helper whom several people share, can have: in a row and in all.

These rules look at more than one meeting, so they are checked each time a single meeting is placed
(`Timetable.allows`); the choice of pairs keeps them because rounds are taken out beforehand (`rest`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.problem.problem import Problem

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """Limits by person: `most` meetings in all, `in_a_row`, and the people `sharing` a helper with them.

    `stretches` are the rounds from one break to the next. `limited` holds everybody who has any limit, `resting`
    those with one on their own meetings.
    """

    most: Mapping[int, int] = field(default_factory=dict)
    in_a_row: Mapping[int, int] = field(default_factory=dict)
    sharing: Mapping[int, frozenset[int]] = field(default_factory=dict)
    stretches: tuple[range, ...] = ()

    @cached_property
    def limited(self) -> frozenset[int]:
        """Return everybody who has any limit."""
        return frozenset(self.sharing) | self.resting

    @cached_property
    def resting(self) -> frozenset[int]:
        """Return everybody who has a limit on their own meetings."""
        return frozenset(self.most) | frozenset(self.in_a_row)

    def reach(self, present: Bools) -> Ints:
        """Return the most meetings that each person can have for their rests, shape (n,); `present` is (n, R)."""
        reach: Ints = present.sum(axis=1)
        for person, limit in self.in_a_row.items():
            runs = (run for stretch in self.stretches for run in _runs(present[person, list(stretch)]))
            reach[person] = sum(length - length // (limit + 1) for length in runs)
        for person, limit in self.most.items():
            reach[person] = min(reach[person], limit)
        return reach


def limits_of(problem: Problem, number: Mapping[str, int]) -> Limits:
    """Return the limits of `problem` for people by `number`."""
    rests = problem.rests.items()
    sharing: dict[int, set[int]] = {}
    for people in problem.helpers.values():
        group = {number[one] for one in people}
        for person in group if len(group) > 1 else ():
            sharing.setdefault(person, set()).update(group - {person})
    starts = [r for r, round_ in enumerate(problem.rounds) if r == 0 or round_.after_break]
    ends = [*starts[1:], len(problem.rounds)]
    return Limits(
        most=dict(sorted((number[one], rest.most) for one, rest in rests if rest.most is not None)),
        in_a_row=dict(
            sorted((number[one], rest.in_a_row) for one, rest in rests if rest.in_a_row is not None)
        ),
        sharing={person: frozenset(others) for person, others in sorted(sharing.items())},
        stretches=tuple(range(start, end) for start, end in zip(starts, ends, strict=True)) if starts else (),
    )


def windows(stretches: tuple[range, ...], length: int) -> Iterator[range]:
    """Yield every `length` rounds that follow one another without a break."""
    for stretch in stretches:
        for start in range(stretch.start, stretch.stop - length + 1):
            yield range(start, start + length)


def _runs(there: Bools) -> list[int]:
    """Return the lengths of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], there.astype(np.int8), [0]])))
    lengths: list[int] = (edges[1::2] - edges[0::2]).tolist()
    return lengths
