"""Decide which topic is talked about in which round to the end, where an event has few enough topics and people.

An integer program: a topic is on in a round and corner or not, and people are there or not. Of timetables that
reach as many stars, it takes the one with fewest talks, so that a topic is held again only where that reaches more
stars than it costs its host. Rests and helpers come after it (`talk_limits`).
"""

from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.stars import Linear
from matchmaker.scheduling.solver.talk_seats import WISH

MOST_COLUMNS, NODES = 200, 60
"""So many columns a small event has at most; so many nodes the program may branch into before it is given up."""


def best_talks(hosting: Hosting, kept: list[TalkSlot], earlier: Plan | None) -> dict[int, list[int]] | None:
    """Return the topics of each round, what is `kept` among them, with nothing better possible; None if not known."""
    program = _Program(hosting, kept, earlier)
    if program.size > MOST_COLUMNS:
        return None
    program.fill()
    return program.solved()


class _Program:
    """Columns by what they stand for: (topic, round, corner) is on, (person, topic, round) is there."""

    def __init__(self, hosting: Hosting, kept: list[TalkSlot], earlier: Plan | None) -> None:
        self.hosting, self.kept, self.earlier = hosting, kept, earlier
        self.rows, self.worth, self.least = Linear(), list[float](), list[float]()
        places = sum(map(len, hosting.corners))
        self.size = sum(map(len, hosting.guests)) * hosting.rounds + len(hosting.topics) * places
        self.on: dict[tuple[int, int], dict[str, int]] = {}
        self.there: dict[tuple[int, int, int], int] = {}

    def fill(self) -> None:
        """Add all columns and rules."""
        hosting = self.hosting
        stays = {(one.topic, one.round, one.corner) for one in self.kept}
        every = [one for several in hosting.corners for one in several]
        # So little that all talks together are worth less than one star.
        little = 1 / (1 + len(every))
        for topic, round_ in product(range(len(hosting.topics)), range(hosting.rounds)):
            if hosting.can_host(topic, round_):
                self._session(topic, round_, little, stays)
        self._loud_ones_apart()
        self._people()
        self._apart()
        self._wishes()

    def _column(self, worth: float, *, sure: bool = False) -> int:
        self.worth.append(worth)
        self.least.append(float(sure))
        return len(self.worth) - 1

    def _session(self, topic: int, round_: int, little: float, stays: set[tuple[int, int, str]]) -> None:
        hosting, rows = self.hosting, self.rows
        for corner in hosting.corners[round_]:
            if not hosting.suits(topic, corner):
                continue
            column = self._column(-little, sure=(topic, round_, corner.id) in stays)
            self.on.setdefault((topic, round_), {})[corner.id] = column
            rows.add(("corner", round_, corner.id), column, 1, 1)
            rows.add(("times", topic), column, 1, hosting.topics[topic].times)
            rows.add(("once", topic, round_), column, 1, 1)
            for host in hosting.hosts[topic]:
                rows.add(("person", host, round_), column, 1, 1)
            seats = min(corner.seats, hosting.topics[topic].seats) - len(hosting.hosts[topic])
            rows.add(("seats", topic, round_), column, -seats, 0)

    def _loud_ones_apart(self) -> None:
        hosting = self.hosting
        loud = [key for key in self.on if hosting.topics[key[0]].loud]
        for (one, round_), (other, then) in product(loud, loud):
            for a, b in product(hosting.corners[round_], hosting.corners[round_]):
                near = a.id in b.beside or b.id in a.beside
                if one < other and round_ == then and near:
                    for key, corner in (((one, round_), a.id), ((other, round_), b.id)):
                        if corner in self.on[key]:
                            self.rows.add(
                                ("loud", one, other, round_, a.id, b.id), self.on[key][corner], 1, 1
                            )

    def _people(self) -> None:
        hosting, rows = self.hosting, self.rows
        sure = self._were_there()
        for (topic, round_), corners in self.on.items():
            for person in hosting.guests[topic]:
                stays = (topic, round_, person) in sure
                if not stays and not hosting.free[person] >> round_ & 1:
                    continue
                column = self._column(1.0, sure=stays)
                self.there[person, topic, round_] = column
                rows.add(("person", person, round_), column, 1, 1)
                rows.add(("heard", person, topic), column, 1, 1)
                rows.add(("seats", topic, round_), column, 1, 0)
                rows.add(("on", column), column, 1, 0)
                for corner, on in corners.items():
                    if person not in hosting.not_for[corner]:
                        rows.add(("on", column), on, -1, 0)

    def _were_there(self) -> set[tuple[int, int, int]]:
        """Return (topic, round, person) of the talks that are kept."""
        number = {topic.id: i for i, topic in enumerate(self.hosting.topics)}
        kept = {(one.topic, one.round, one.corner) for one in self.kept}
        return {
            (number[talk.topic], talk.round - 1, self.hosting.number[person])
            for talk in (self.earlier.talks if self.earlier is not None else ())
            if talk.topic in number and (number[talk.topic], talk.round - 1, talk.corner) in kept
            for person in talk.people
            if person in self.hosting.number
        }

    def _apart(self) -> None:
        number = self.hosting.number
        for pair in self.hosting.problem.forbidden:
            a, b = sorted(number[one] for one in pair)
            for (topic, round_), corners in self.on.items():
                hosts = self.hosting.hosts[topic]
                for one in (a, b):
                    if (one, topic, round_) in self.there:
                        column = self.there[one, topic, round_]
                        self.rows.add(("apart", a, b, topic, round_), column, 1, 1)
                    elif one in hosts:
                        for on in corners.values():
                            self.rows.add(("apart", a, b, topic, round_), on, 1, 1)

    def _wishes(self) -> None:
        problem, hosting = self.hosting.problem, self.hosting
        for a, b in sorted({(min(pair), max(pair)) for pair in problem.wanted} - set(problem.forbidden)):
            i, j = hosting.number[a], hosting.number[b]
            for round_ in range(hosting.rounds):
                both = hosting.there[i] & hosting.there[j] & 1 << round_ and round_ + 1 not in problem.locked
                if both and problem.rounds[round_].tables:
                    column = self._column(WISH)
                    self.rows.add(("person", i, round_), column, 1, 1)
                    self.rows.add(("person", j, round_), column, 1, 1)
                    self.rows.add(("wish", i, j), column, 1, 1)

    def solved(self) -> dict[int, list[int]] | None:
        """Return the topics of each round, None if the program came to no end or what is kept cannot be."""
        found: dict[int, list[int]] = {round_: [] for round_ in range(self.hosting.rounds)}
        if not self.there:
            return found
        matrix, most = self.rows.matrix(len(self.worth))
        answer = milp(
            -np.array(self.worth), integrality=np.ones(len(self.worth)), bounds=Bounds(self.least, 1),
            constraints=LinearConstraint(matrix, -np.inf, most),
            options={"node_limit": NODES, "mip_rel_gap": 0},
        )  # fmt: skip
        if answer.x is None or answer.status != 0:
            return None
        for (topic, round_), corners in self.on.items():
            if any(answer.x[column] > 0.5 for column in corners.values()):
                found[round_].append(topic)
        return found
