"""Count the stars that talks reach, and prove how many any plan could reach."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from matchmaker.scheduling.problem.plan import Talk
from matchmaker.scheduling.problem.problem import Problem, TableTopic
from matchmaker.scheduling.solver.hosting import Hosting

MOST_STARS_TO_BOUND = 20_000
"""Of more stars than this, the bound comes from counting and not from a linear program."""


def stars_reached(problem: Problem, talks: tuple[Talk, ...]) -> int:
    """Return how many stars talks reach: people at a topic they gave one to, hosts aside."""
    topics: dict[str, TableTopic] = {one.id: one for one in problem.topics}
    return sum(person not in topics[talk.topic].hosts for talk in talks for person in talk.people)


def stars_bound(problem: Problem) -> int:
    """Return how many stars no plan can reach more of, by counting, or in small events by a linear program.

    The program lets topics be on, and people be there, in parts: as many at once as there are corners, each as often
    as it may be, nobody in more than one place in parts, and nobody where their topic is not on.
    """
    hosting = Hosting(problem)
    size, counted = sum(map(len, hosting.guests)), counted_bound(hosting)
    if size > MOST_STARS_TO_BOUND or not size:
        return counted
    return min(counted, _relaxed(hosting))


def counted_bound(hosting: Hosting) -> int:
    """Return the bound on the stars by counting the rounds of people and the seats of topics."""
    rounds = np.bitwise_count(hosting.there).astype(int)
    mine = [min(len(stars), int(rounds[person])) for person, stars in enumerate(hosting.stars)]
    each = [
        min(len(guests), topic.times * (topic.seats - len(topic.hosts)))
        for topic, guests in zip(hosting.topics, hosting.guests, strict=True)
    ]
    return min(sum(mine), sum(each))


def _relaxed(hosting: Hosting) -> int:
    """Return the optimum of the linear program of `stars_bound`, rounded down; rounds are counted, not told apart."""
    rows, cost = Linear(), list[float]()
    people = np.bitwise_count(hosting.there).astype(int).tolist()
    corners = [one for several in hosting.corners for one in several]
    largest = max((corner.seats for corner in corners), default=0)
    for topic, guests in enumerate(hosting.guests):
        on = len(cost)
        cost.append(0.0)
        most = (
            hosting.topics[topic].times
            if any(hosting.can_host(topic, r) for r in range(hosting.rounds))
            else 0
        )
        rows.add(("times", topic), on, 1, most)
        rows.add(("corners",), on, 1, len(corners))
        for host in hosting.hosts[topic]:
            rows.add(("person", host), on, 1, people[host])
        seats = min(largest, hosting.topics[topic].seats) - len(hosting.hosts[topic])
        rows.add(("seats", topic), on, -seats, 0)
        for person in guests:
            guest = len(cost)
            cost.append(-1.0)
            rows.add(("person", person), guest, 1, people[person])
            rows.add(("seats", topic), guest, 1, 0)
            rows.add(("on", guest), guest, 1, 0)
            rows.add(("on", guest), on, -1, 0)
    most_of = [1.0 if one else float(hosting.rounds) for one in cost]
    matrix, most_rows = rows.matrix(len(cost))
    answer = milp(
        np.array(cost), bounds=Bounds(0, most_of), constraints=LinearConstraint(matrix, -np.inf, most_rows)
    )
    return int(-answer.fun + 1e-6) if answer.x is not None else sum(map(len, hosting.guests))


class Linear:
    """The rows of a linear program, each known by what it is about, with the most it may come to."""

    def __init__(self) -> None:
        """Begin without rows."""
        self.place: dict[tuple[object, ...], int] = {}
        self.most: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    def add(self, key: tuple[object, ...], column: int, value: float, most: float) -> None:
        """Let a column count so much in a row."""
        if key not in self.place:
            self.place[key] = len(self.most)
            self.most.append(most)
        self.entries.append((self.place[key], column, value))

    def matrix(self, columns: int) -> tuple[csr_matrix, list[float]]:
        """Return the rows over so many columns, and the most each may come to."""
        row, column, value = zip(*self.entries, strict=True)
        return csr_matrix((value, (row, column)), shape=(len(self.most), columns)), self.most
