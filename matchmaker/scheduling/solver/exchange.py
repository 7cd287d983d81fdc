"""Exchange meetings that are settled for others in the same round, if every rule still holds then."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.model import Model
from matchmaker.scheduling.solver.timetable import Settled, Timetable


@dataclass(frozen=True)
class Exchange:
    """Settled meetings of a `round` that are given up, and who of their people, and of those free, meets instead."""

    round: int
    gives_up: tuple[Settled, ...]
    meets: tuple[tuple[int, ...], ...]

    @property
    def places(self) -> int:
        """Return how many places change; a place is one person in one round."""
        return len({*chain.from_iterable(people for _, people, _ in self.gives_up), *chain(*self.meets)})


def exchange(table: Timetable, asked: Exchange) -> bool:
    """Make an exchange; False, having changed nothing, if a rule is against it.

    A meeting takes the table of one that was given up where it may. O(settled meetings).
    """
    round_ = asked.round
    held, freed = dict(table.held[round_]), [at for _, _, at in asked.gives_up if at]
    for entry in asked.gives_up:
        table.unsettle(entry)
    done: list[Settled] = []
    for people in asked.meets:
        made = _settled(table, round_, people, freed)
        if made is None:
            for one in reversed(done):
                table.unsettle(one)
            table.held[round_] = held
            for was in asked.gives_up:
                table.settle(*was)
            return False
        done.append(made)
    return True


def _settled(table: Timetable, round_: int, people: tuple[int, ...], tables: list[int]) -> Settled | None:
    """Settle people who may meet, at one of these tables if they may sit there; None if they may not meet."""
    may = table.room[round_] > 0 and all(
        table.is_free(round_, one) and table.model.key(one, other) not in table.met
        for one in people
        for other in people
        if one != other
    )
    if not may or not table.seat(round_, people):
        return None
    own = next((table.held[round_][one] for one in people if one in table.held[round_]), 0)
    at = next((number for number in tables if table.holds(round_, number, people)), 0)
    entry = (round_, people, at if not own else 0)
    table.settle(*entry)
    return entry


@dataclass(frozen=True)
class MayGo:
    """Which settled meetings may be given up: none that is locked, in a locked round, wished for or a double one."""

    model: Model
    rounds: frozenset[int]
    locked: frozenset[tuple[int, frozenset[int]]]
    stay: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, model: Model, problem: Problem) -> "MayGo":
        """Return what the rules of a problem say of it."""
        number = {person: i for i, person in enumerate(model.ids)}
        return cls(
            model,
            frozenset(range(model.rounds)) - {one - 1 for one in problem.locked},
            frozenset(
                (one.round - 1, frozenset(number[person] for person in one.people))
                for one in problem.locked_meetings
            ),
            frozenset(model.keys[model.wished].tolist()) | model.doubles.keys(),
        )

    def __call__(self, entry: Settled) -> bool:
        """Whether a meeting may be given up."""
        round_, people, _ = entry
        keys = {self.model.key(a, b) for a, b in combinations(people, 2)}
        return (
            round_ in self.rounds and (round_, frozenset(people)) not in self.locked and not keys & self.stay
        )


def meeting_of(table: Timetable) -> dict[tuple[int, int], Settled]:
    """Return the settled meeting of each (round, person) who has one."""
    return {(entry[0], person): entry for entry in table.settled for person in entry[1]}


def without(entry: Settled, person: int) -> Iterator[tuple[int, ...]]:
    """Yield the meeting that goes on if one of three leaves it; of two, none does."""
    left = tuple(one for one in entry[1] if one != person)
    if len(left) > 1:
        yield left
