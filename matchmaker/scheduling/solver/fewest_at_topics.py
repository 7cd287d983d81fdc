"""Prove how many meetings everybody could have at most where there are topics: a seat at a topic is a meeting too.

To what tables give somebody, or a set of people (`fewest`), comes what topics can: nobody hears one twice, and all
together have no more seats than corners and topics have. In each round, all people have no more places than they are,
and at topics no more than those who want the topics for which there are corners. Which topics are on at once is left
out otherwise.
"""

from collections.abc import Sequence

import numpy as np

from matchmaker.scheduling.problem.plan import FewestLimit, Talk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.fewest import Crowd, Fewest
from matchmaker.scheduling.solver.model import Ints, Model


def fewest_at_topics(problem: Problem, model: Model, talks: Sequence[Talk], seed: int) -> Fewest:
    """Return the least bound on the fewest meetings that any plan can have.

    Its `floor` is on plans with these `talks`, in whose `model` nobody meets whom they sit at a topic with.
    """
    able, floor = _with(talks, Crowd(problem, model))
    # Without these talks, those who sit together there could meet.
    crowd = Crowd(problem, build(problem, seed) if talks else model)
    if not len(crowd.counted):
        return Fewest(0, None, 0)
    topics = _Topics(problem, crowd)
    found = [topics.bound_of(place) for place in range(len(crowd.counted))]
    for group, seats, words in crowd.together(crowd.counted):
        more = topics.seats(group)
        found.append(crowd.bound(group, seats + more, f"{words[:-1]}, and {more} at topics."))
    everybody = crowd.counted.tolist()
    places = topics.places(everybody)
    words = f"{len(everybody)} people have {places} places, each in one a round, at tables and topics."
    found.append(crowd.bound(everybody, places, words))
    most, limit = min(found, key=lambda one: one[0])
    return Fewest(most, limit, min(most, floor), able)


def _with(talks: Sequence[Talk], crowd: Crowd) -> tuple[tuple[int, ...], int]:
    """Return who can have a meeting beside these talks, or is at one, and the most that all of them can have."""
    model, number = crowd.model, crowd.number
    had, open_ = np.zeros(model.people, dtype=np.int64), model.seatable.copy()
    for talk in talks:
        people = [number[one] for one in talk.people]
        had[people] += 1
        open_[people, talk.round - 1] = False
    left: Ints = open_.sum(axis=1)[crowd.counted]
    alone, _ = crowd.alone()
    most = had[crowd.counted] + np.minimum(left, alone)
    some = most > 0
    return tuple(crowd.counted[some].tolist()), int(most[some].min(initial=model.rounds))


class _Topics:
    """How often each person can be at a topic."""

    def __init__(self, problem: Problem, crowd: Crowd) -> None:
        self.problem, self.crowd, model = problem, crowd, crowd.model
        # Seats in corners, by round.
        self.room = np.array(
            [
                sum(one.seats for one in problem.corners if one.rounds is None or number in one.rounds)
                for number in range(1, model.rounds + 1)
            ],
            dtype=np.int64,
        )
        times = np.zeros(model.people, dtype=np.int64)
        for topic in problem.topics:
            for one in {*topic.hosts, *topic.stars}:
                times[crowd.number[one]] += topic.times if one in topic.hosts else 1
        there = model.present & (self.room > 0)
        self.times: Ints = np.minimum(times, there.sum(axis=1))
        self.usable: Ints = (model.seatable | there).sum(axis=1)
        self.pairs, _ = crowd.alone()

    def bound_of(self, place: int) -> tuple[int, FewestLimit]:
        """Return the bound of one person, by their place among those counted."""
        person = int(self.crowd.counted[place])
        pairs, topics, usable = int(self.pairs[place]), int(self.times[person]), int(self.usable[person])
        name = self.crowd.model.ids[person]
        words = f"{name} can be at a table or a topic in {usable} rounds."
        if pairs + topics < usable:
            words = f"{name} can have {pairs} meetings at tables and be at {topics} topics."
        return min(usable, pairs + topics), FewestLimit((name,), words)

    def seats(self, group: Sequence[int]) -> int:
        """Return how many seats at topics a group can have: what people, corners and topics allow."""
        names = {self.crowd.model.ids[one] for one in group}
        of_topics = (
            one.times * min(one.seats, len(names & {*one.hosts, *one.stars})) for one in self.problem.topics
        )
        return min(int(self.times[list(group)].sum()), int(self.room.sum()), sum(of_topics))

    def places(self, group: Sequence[int]) -> int:
        """Return how many places a group has at tables and topics, counted in each round by itself."""
        model, problem = self.crowd.model, self.problem
        names = {model.ids[one] for one in group}
        wanted = sorted(
            (min(one.seats, len(names & {*one.hosts, *one.stars})) for one in problem.topics), reverse=True
        )
        total = 0
        for round_, tables in enumerate(self.crowd.open_to(group)):
            there = int(model.present[list(group), round_].sum())
            corners = sum(one.rounds is None or round_ + 1 in one.rounds for one in problem.corners)
            at_topics = min(int(self.room[round_]), sum(wanted[:corners]))
            total += min(there, 2 * len(tables) + int(self.crowd.beside[round_]) + at_topics)
        return total
