"""Mend rounds in which somebody is left over, by chains of changes inside the round.

Somebody free takes the partner of somebody else, who takes another's, until a free person, or one who can best spare
a meeting, is reached: an alternating path, as in matching. The chain that gains most is taken if it gains at all,
so mending never makes a plan worse. A search goes on from some dozens of people: O(those × their pairs).
"""

from dataclasses import dataclass
from heapq import heappop, heappush

from matchmaker.scheduling.partners import Partners
from matchmaker.scheduling.stakes import Stakes
from matchmaker.scheduling.timetable import FREE, Timetable

ENOUGH, MOST = 60, 1500
"""People a search goes on from: at least so many, and at most so many while it has found nothing that gains."""

Steps = list[tuple[int, int, int]]
"""Each (person, their new partner, whom that partner leaves, or -1)."""


@dataclass
class Mender:
    """A timetable with its people's number of meetings, `had`, which it keeps up to date."""

    table: Timetable
    partners: Partners
    weights: Stakes
    had: list[int]

    def mend(self, people: list[int]) -> None:
        """Give each of `people` meetings in rounds where they are free, where that gains."""
        for person in people:
            for round_, row in enumerate(self.table.at):
                if row[person] == FREE:
                    self._mend(round_, person)

    def _mend(self, round_: int, person: int) -> None:
        steps = self._search(round_, person)
        for _, partner, left in steps:
            if left >= 0:
                self.table.remove(round_, partner, left)
                self.had[partner] -= 1
                self.had[left] -= 1
        for one, partner, _ in steps:
            self.table.add(round_, one, partner)
            self.had[one] += 1
            self.had[partner] += 1

    def _search(self, round_: int, start: int) -> Steps:
        """Return the steps of the best chain found from `start`, or none where no chain gains.

        Best first: whoever could be left with the least loss is gone on from next.
        """
        best, best_steps = -self._next(start), Steps()
        came: dict[int, Steps] = {start: []}
        heap = [(0, start)]
        searched = 0
        while heap and searched < (ENOUGH if best_steps else MOST):
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
        """Return the (partner, worth) that `person` could have in a round if all others gave way, best first."""
        row = self.table.at[round_]
        found = self.partners.of(person)
        return [(one, worth) for one, worth in found if row[one] >= FREE and self._may(round_, person, one)]

    def _may(self, round_: int, a: int, b: int) -> bool:
        """Whether two people may meet here: not yet met, and a table is kept for one who is tied to it."""
        tied = [one for one in (a, b) if one in self.table.model.tied]
        if len(tied) > 1 or tied and tied[0] not in self.table.held[round_]:
            return False
        return self.table.model.key(a, b) not in self.table.met

    def _next(self, person: int) -> int:
        return self.weights.level_of(person, self.had[person] + 1)

    def _last(self, person: int) -> int:
        return self.weights.level_of(person, self.had[person])
