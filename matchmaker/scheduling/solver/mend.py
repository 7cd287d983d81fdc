"""Mend rounds in which somebody is left over, by chains of changes inside the round.

Somebody free takes the partner of somebody else, who takes another's, until a free person, or one who can
best spare a meeting, is reached: an alternating path, as in matching. The chain that gains most is taken if
it gains at all, so mending never makes a plan worse. A search goes on from some dozens of people: O(those ×
their pairs).
"""

from dataclasses import dataclass
from heapq import heappop, heappush

from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import FREE, Timetable

ENOUGH, MOST = 40, 1000
"""People a search goes on from: so many, or up to so many while two people who are left over have not been
joined.
"""

Steps = list[tuple[int, int, int]]
"""Each (person, their new partner, whom that partner leaves, or -1)."""


@dataclass
class Mender:
    """A timetable with its people's number of meetings, `had`, which it keeps up to date."""

    table: Timetable
    partners: Partners
    weights: Stakes
    had: list[int]

    def mend(self, people: set[int]) -> None:
        """Give `people`, and all who are free in a round that has room, meetings where that gains."""
        for round_, row in enumerate(self.table.at):
            free = [person for person, partner in enumerate(row) if partner == FREE]
            for person in free:
                # One more meeting needs a table and, at the end of the chain, somebody else who is free.
                joinable = self.table.room[round_] > 0 and len(free) > 1
                if row[person] == FREE and (person in people or joinable):
                    self._mend(round_, person, MOST if joinable else ENOUGH)

    def _mend(self, round_: int, person: int, most: int) -> None:
        steps = self._search(round_, person, most)
        for _, partner, left in steps:
            if left >= 0:
                self.table.remove(round_, partner, left)
                self.had[partner] -= 1
                self.had[left] -= 1
        for one, partner, _ in steps:
            self.table.add(round_, one, partner)
            self.had[one] += 1
            self.had[partner] += 1

    def _search(self, round_: int, start: int, most: int) -> Steps:
        """Return the steps of the best chain found from `start`, or none where no chain gains.

        Best first: whoever could be left with the least loss is gone on from next.
        """
        best, best_steps = -self._next(start), Steps()
        came: dict[int, Steps] = {start: []}
        heap = [(0, start)]
        searched = 0
        while heap and searched < (ENOUGH if best_steps else most):
            loss, person = heappop(heap)
            searched += 1
            before = came[person]
            on_path = {one for step in before for one in step} | {person}
            for partner, worth in self._options(round_, person):
                if partner in on_path:
                    continue
                left = self.table.at[round_][partner]
                gain = worth - loss
                if left == FREE:
                    if self.table.room[round_] > 0 and gain + self._next(partner) > best:
                        best, best_steps = gain + self._next(partner), [*before, (person, partner, -1)]
                    continue
                gain -= self.partners.worth(partner, left)
                if gain - self._last(left) > best:
                    best, best_steps = gain - self._last(left), [*before, (person, partner, left)]
                if left not in came:
                    came[left] = [*before, (person, partner, left)]
                    heappush(heap, (-gain, left))
        return best_steps

    def _options(self, round_: int, person: int) -> list[tuple[int, int]]:
        """Return the (partner, worth) that `person` could have if all others gave way, best first."""
        row, met, people, tied = self.table.at[round_], self.table.met, len(self.had), self.table.model.tied
        found = [
            (other, worth)
            for other, worth in self.partners.of(person)
            if row[other] >= FREE
            and (person * people + other if person < other else other * people + person) not in met
        ]
        if person in tied or not tied.keys().isdisjoint(other for other, _ in found):
            return [(other, worth) for other, worth in found if self._has_table(round_, person, other)]
        return found

    def _has_table(self, round_: int, a: int, b: int) -> bool:
        """Whether a table is kept for whichever of two people is tied to some, and for nobody else; two of them, who
        may share one, are left alone.
        """
        tied = [one for one in (a, b) if one in self.table.model.tied]
        held = self.table.held[round_]
        return not tied or len(tied) == 1 and list(held.values()).count(held.get(tied[0], 0)) == 1

    def _next(self, person: int) -> int:
        return self.weights.level_of(person, self.had[person] + 1)

    def _last(self, person: int) -> int:
        return self.weights.level_of(person, self.had[person])


def fill(table: Timetable, partners: Partners, sat_out: list[int]) -> None:
    """Pair people who are free in the same round, those who sit out most first, best partner first."""
    model = table.model
    for round_ in range(model.rounds):
        row = table.at[round_]
        free = [person for person in range(model.people) if row[person] == FREE]
        free.sort(key=lambda person: -sat_out[person])
        for person in free:
            if row[person] != FREE or table.room[round_] <= 0:
                continue
            partner = _partner(table, partners, round_, person, free)
            if partner is not None:
                table.add(round_, person, partner)
                sat_out[person] -= 1
                sat_out[partner] -= 1


def _partner(table: Timetable, partners: Partners, round_: int, person: int, free: list[int]) -> int | None:
    """Return the best free partner whom `person` may meet, having kept them a table."""
    row, met, model = table.at[round_], table.met, table.model
    for other, _ in partners.of(person):
        if row[other] == FREE and model.key(person, other) not in met and table.seat(round_, (person, other)):
            return other
    # The sort is stable: who is to be kept apart comes last.
    for other in sorted(free, key=lambda one: model.is_apart(model.key(person, one))) if model.fill else ():
        key = model.key(person, other)
        allowed = other != person and key not in met and not model.is_banned(key)
        if allowed and row[other] == FREE and table.seat(round_, (person, other)):
            return other
    return None
