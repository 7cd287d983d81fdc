"""What the checker knows of a problem, and how it says what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from matchmaker.scheduling.problem.problem import Corner, Problem

TOLERANCE = 1e-6
"""Sums of scores may differ by this much: adding in another order rounds differently."""


@dataclass(frozen=True)
class Fault:
    """One broken rule: a short name for it, and the sentence an organiser reads."""

    rule: str
    words: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.words


class Lookup:
    """The problem as look-up tables."""

    def __init__(self, problem: Problem) -> None:
        """Look everything up once; O(size of the problem)."""
        everywhere = frozenset(range(1, len(problem.rounds) + 1))
        self.tables = [round_.tables for round_ in problem.rounds]
        self.closed = [round_.closed for round_ in problem.rounds]
        self.there = {p.id: everywhere if p.rounds is None else p.rounds for p in problem.people}
        self.score = {frozenset((a, b)): float(score) for a, b, score in problem.pairs}
        self.forbidden = {frozenset(pair) for pair in problem.forbidden}
        self.corners = {one.id: one for one in problem.corners}
        self.topics = {one.id: one for one in problem.topics}
        self.kin = problem.kin
        self.groups_of: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for which, group in enumerate(problem.kin):
            for one in group.people:
                self.groups_of[group.meet.value][one].add(which)
        self.wanted = {frozenset(pair) for pair in problem.wanted}
        self.met = {frozenset(pair) for pair in problem.met}
        self.met_before = {frozenset(pair) for pair in problem.met_before}
        self.apart = {frozenset(pair) for pair in problem.apart}
        self.host_tables = problem.host_tables
        self.double = {frozenset(pair) for pair in problem.double}
        self.rests = problem.rests
        self.helpers = problem.helpers
        self.breaks = {n for n, round_ in enumerate(problem.rounds, 1) if round_.after_break}
        self.locked = problem.locked_meetings
        by_hand = {frozenset(pair) for one in self.locked for pair in combinations(one.people, 2)}
        self.listed = self.score.keys() | self.wanted | by_hand
        self.mixing = problem.mixing
        self.pool = {person.id: person.pool for person in problem.people}
        self.fixed = problem.fixed_table
        self.allowed = problem.allowed_tables
        self.trios = problem.trios
        self.fill = problem.fill

    def never(self, pair: frozenset[str]) -> bool:
        """Whether two people must never meet: named as a pair, or of one group."""
        if pair in self.forbidden or self._of_one(pair, "never"):
            return True
        return pair not in self.wanted and self._of_one(pair, "if_wanted")

    def rather_not(self, pair: frozenset[str]) -> bool:
        """Whether two people are to be kept apart."""
        return pair in self.apart or pair not in self.wanted and self._of_one(pair, "rather_not")

    def _of_one(self, pair: frozenset[str], meet: str) -> bool:
        """Whether two people are of one group in which people meet that often."""
        one, *others = pair
        groups = self.groups_of[meet]
        return bool(others) and not groups[one].isdisjoint(groups[others[0]])

    def may_sit(self, person: str, table: int) -> bool:
        """Whether a table suits a person."""
        return self.fixed.get(person, table) == table and table in self.allowed.get(person, (table,))

    def could_sit(self, people: Iterable[str], number: int) -> bool:
        """Whether round `number` has a table at which all `people` may sit."""
        tied = [person for person in people if person in self.fixed or person in self.allowed]
        shut, last = self.closed[number - 1], self.tables[number - 1]
        some: Iterable[int] = range(1, last + 1)
        if tied:
            some = {self.fixed.get(tied[0], 1), *self.allowed.get(tied[0], ())}
        within = (table for table in some if table <= last and table not in shut)
        return any(all(self.may_sit(person, table) for person in people) for table in within)

    def corners_in(self, number: int) -> list[Corner]:
        """Return the corners that can be used in a round."""
        return [one for one in self.corners.values() if one.rounds is None or number in one.rounds]

    def rows(self, rounds: Iterable[int]) -> list[int]:
        """Return the lengths of the runs of `rounds` that follow one another without a break."""
        lengths: list[int] = []
        before = None
        for number in sorted(rounds):
            if before is not None and number == before + 1 and number not in self.breaks:
                lengths[-1] += 1
            else:
                lengths.append(1)
            before = number
        return lengths

    def reach(self, person: str) -> int:
        """Return how many meetings a person could have: one in each round they are there, if their rests allow it."""
        rounds, rest = self.there[person], self.rests.get(person)
        if rest is None:
            return len(rounds)
        most = len(rounds)
        if rest.in_a_row is not None:
            most = sum(length - length // (rest.in_a_row + 1) for length in self.rows(rounds))
        return most if rest.most is None else min(most, rest.most)


def place_faults(
    hall: Lookup, where: str, number: int, table: int, people: tuple[str, ...]
) -> Iterator[Fault]:
    """Yield what is wrong with `people` being at a table in a round that there is."""
    if not 1 <= table <= hall.tables[number - 1]:
        yield Fault("table", f"{where}: there is no such table in that round.")
    if table in hall.closed[number - 1]:
        yield Fault("table", f"{where}: that table is closed in that round.")
    for person in people:
        if person not in hall.there:
            yield Fault("person", f"{where}: nobody is called {person}.")
            continue
        if number not in hall.there[person]:
            yield Fault("presence", f"{where}: {person} is not there in that round.")
        if hall.fixed.get(person, table) != table:
            yield Fault("fixed table", f"{where}: {person} always sits at table {hall.fixed[person]}.")
        if table not in hall.allowed.get(person, (table,)):
            yield Fault("allowed table", f"{where}: {person} cannot sit at that table.")
