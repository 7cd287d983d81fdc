"""Look up of a problem with topics what does not change while its timetable is worked out.

How many of somebody's stars can be reached is, by König and Hall, the least over all sets of these of (stars outside
the set + rounds in which the set is on). It is looked at for everybody at once: O(people × 2^stars of a person), the
first EIGHT of which are looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Corner, Problem

EIGHT = 8
"""Stars of each person looked at for a timetable."""
FULL = 0.85, 1.0
"""A topic with seats for fewer than such a share of those who want it is full, whenever it is; each is tried."""
NO_ROOM = -1e6
"""What a corner is worth that does not suit the hosts of a topic."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TalkSlot:
    """A topic in a round, by number; in a corner once that is chosen."""

    topic: int
    round: int
    corner: str = ""


@dataclass
class Hosting:
    """The topics of a problem as numbers, and what does not change while a timetable is worked out."""

    problem: Problem
    number: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up who is there when, what they gave stars to, and which corners each round has."""
        problem = self.problem
        self.topics = problem.topics
        self.number = {one.id: i for i, one in enumerate(sorted(problem.people, key=lambda one: one.id))}
        self.rounds = len(problem.rounds)
        self.settled = self._settled_in()
        self.there = self._there_in() & ~self.settled
        self.free = self.there.copy()
        self.seated = np.zeros_like(self.there)
        self.hosts = [[self.number[one] for one in topic.hosts] for topic in self.topics]
        self.guests = [
            [self.number[one] for one in topic.stars if one not in topic.hosts] for topic in self.topics
        ]
        self.by_demand = [-len(guests) for guests in self.guests]
        self.corners = [self._corners_of(number) for number in range(1, self.rounds + 1)]
        self.not_for = {
            corner.id: frozenset(self.number[one] for one in corner.not_for) for corner in problem.corners
        }
        self.choosy = any(self.not_for.values()) or any(topic.loud for topic in self.topics)
        stars: list[list[int]] = [[] for _ in self.number]
        for topic, guests in enumerate(self.guests):
            for person in guests:
                stars[person].append(topic)
        self.stars = stars
        width = max([1, *(min(EIGHT, len(mine)) for mine in stars)])
        # A star that is not there points at the topic after the last, which is never on.
        self.of = np.full((width, len(stars)), len(self.topics), dtype=np.int64)
        for person, mine in enumerate(stars):
            self.of[: min(width, len(mine)), person] = mine[:width]
        self.count = np.array([min(width, len(mine)) for mine in stars], dtype=np.int64)

    def _there_in(self) -> Ints:
        """Return the rounds in which each person is there, as bits, shape (n,)."""
        every = (1 << self.rounds) - 1
        there = np.zeros(len(self.number), dtype=np.int64)
        for one in self.problem.people:
            mask = every if one.rounds is None else sum(1 << number - 1 for number in one.rounds)
            there[self.number[one.id]] = mask
        return there

    def _settled_in(self) -> Ints:
        """Return the rounds in which each person has a locked meeting or is at a host table, as bits, shape (n,)."""
        problem = self.problem
        places = [(table.round, one) for table in problem.host_tables for one in table.sure]
        places += [(meeting.round, one) for meeting in problem.locked_meetings for one in meeting.people]
        settled = np.zeros(len(self.number), dtype=np.int64)
        for number, person in places:
            settled[self.number[person]] |= 1 << number - 1
        return settled

    @cached_property
    def rooms(self) -> list[list[int]]:
        """Return the seats of the corners of each round, most first, as they are once talks are kept."""
        return [sorted((one.seats for one in corners), reverse=True) for corners in self.corners]

    def _corners_of(self, number: int) -> list[Corner]:
        """Return the corners that can be used in a round, numbered from 1."""
        return [one for one in self.problem.corners if one.rounds is None or number in one.rounds]

    def suits(self, topic: int, corner: Corner) -> bool:
        """Whether the hosts of a topic can sit in a corner."""
        hosts = self.hosts[topic]
        return len(hosts) <= corner.seats and self.not_for[corner.id].isdisjoint(hosts)

    def room(self, topic: int, corner: Corner) -> float:
        """Return how many of those who want a topic have a seat in a corner; of equals, where more could come."""
        if not self.suits(topic, corner):
            return NO_ROOM
        able = len(set(self.guests[topic]) - self.not_for[corner.id])
        seats = min(corner.seats, self.topics[topic].seats) - len(self.hosts[topic])
        return min(seats, able) + able / (1 + len(self.number))

    def can_host(self, topic: int, round_: int) -> bool:
        """Whether all hosts of a topic are there in a round, and have no meeting or seat at a talk to keep."""
        return all((self.free[host] & ~self.seated[host]) >> round_ & 1 for host in self.hosts[topic])

    def keep_meetings(self, earlier: Plan) -> None:
        """Let nobody leave a meeting of an earlier plan that can stay."""
        for meeting in earlier.meetings:
            round_ = meeting.round - 1
            people = [self.number[one] for one in meeting.people if one in self.number]
            known = len(people) == len(meeting.people) and 0 <= round_ < self.rounds
            if known and all(self.there[one] >> round_ & 1 for one in people):
                self.free[people] &= ~(1 << round_)

    def keep_guests(self, kept: Iterable[TalkSlot], earlier: Plan) -> None:
        """Let nobody leave a talk of an earlier plan that is `kept` and has a star of theirs, to host another."""
        at = {(one.round, one.corner): one.topic for one in kept}
        for talk in earlier.talks:
            topic = at.get((talk.round - 1, talk.corner))
            if topic is not None and self.topics[topic].id == talk.topic:
                stay = {self.number[one] for one in talk.people if one in self.number}
                stay &= set(self.guests[topic]) - self.not_for[talk.corner]
                self.seated[list(stay)] |= 1 << talk.round - 1

    def reached(self, sessions: Mapping[int, list[int]]) -> float:
        """Return how many stars these sessions (topics by round) can reach, less those for whom there is no seat."""
        on, seats = [0] * (len(self.topics) + 1), [0] * len(self.topics)
        hosted = dict[int, int]()
        for round_, topics in sessions.items():
            by_demand = sorted(topics, key=self.by_demand.__getitem__)
            for topic, most in zip(by_demand, self.rooms[round_], strict=False):
                on[topic] |= 1 << round_
                seats[topic] += min(most, self.topics[topic].seats) - len(self.hosts[topic])
                for host in self.hosts[topic]:
                    hosted[host] = hosted.get(host, 0) | 1 << round_
        free = self.free.copy()
        free[list(hosted)] &= ~np.array(list(hosted.values()), dtype=np.int64)
        # Whichever topics are taken to be full, no more can be reached, so the least of several is nearest.
        full = {
            tuple(most < share * len(guests) for most, guests in zip(seats, self.guests, strict=True))
            for share in FULL
        }
        return min(self._reached_if(on, seats, some, free) for some in full)

    def _reached_if(self, on: list[int], seats: list[int], full: tuple[bool, ...], free: Ints) -> float:
        """Return how many stars can be reached if the seats of these topics are full, whoever has to be elsewhere."""
        filled = sum(most for most, is_full in zip(seats, full, strict=True) if is_full)
        on = [0 if is_full else rounds for rounds, is_full in zip(on, (*full, False), strict=True)]
        # For every set of a person's stars, the rounds in which any of them is on, in as few bytes as hold them.
        small = np.min_scalar_type((1 << self.rounds) - 1)
        masks = np.array(on, dtype=small)[self.of] & free.astype(small)
        width, people = masks.shape
        union = np.zeros((1 << width, people), dtype=masks.dtype)
        for star, mask in enumerate(masks):
            np.bitwise_or(union[: 1 << star], mask, out=union[1 << star : 2 << star])
        outside = width - np.bitwise_count(np.arange(1 << width))
        least = (np.bitwise_count(union) + outside[:, None].astype(np.uint8)).min(axis=0)
        return float(np.minimum(least, self.count).sum() + filled)

    def has_room(self, sessions: Mapping[int, list[int]], topic: int) -> bool:
        """Whether all who want a topic have a seat at it in the smallest corners of the rounds in which it is on."""
        smallest = (min(one.seats for one in self.corners[r]) for r, on in sessions.items() if topic in on)
        hosts = len(self.hosts[topic])
        return sum(min(one, self.topics[topic].seats) - hosts for one in smallest) >= len(self.guests[topic])

    def fits(self, sessions: Mapping[int, list[int]], round_: int, topic: int, out: int | None) -> bool:
        """Whether a topic can be on in a round beside those there, `out` aside: hosts, corners and loudness."""
        others = [one for one in sessions[round_] if one != out]
        hosts = {host for one in others for host in self.hosts[one]}
        if topic in others or not hosts.isdisjoint(self.hosts[topic]) or not self.can_host(topic, round_):
            return False
        return self.seat(round_, [*others, topic]) is not None

    def seat(self, round_: int, topics: list[int]) -> dict[int, Corner] | None:
        """Return a corner for each topic of a round, those most asked for in the largest; None if they do not fit."""
        corners = sorted(self.corners[round_], key=lambda corner: (-corner.seats, corner.id))
        order = sorted(topics, key=lambda topic: (-len(self.guests[topic]), topic))
        if len(order) > len(corners):
            return None
        if not self.choosy:
            big_enough = all(len(self.hosts[t]) <= c.seats for t, c in zip(order, corners, strict=False))
            return dict(zip(order, corners, strict=False)) if big_enough else None
        return next(self.seatings(order, corners, {}), None)

    def seatings(
        self, order: list[int], corners: list[Corner], seated: dict[int, Corner]
    ) -> Iterator[dict[int, Corner]]:
        """Yield ways to seat topics in corners that suit their hosts, no two loud ones beside each other."""
        if len(seated) == len(order):
            yield dict(seated)
            return
        topic = order[len(seated)]
        for corner in corners:
            taken = corner in seated.values() or not self.suits(topic, corner)
            if not taken and not (self.topics[topic].loud and self._too_near(corner, seated)):
                yield from self.seatings(order, corners, {**seated, topic: corner})

    def _too_near(self, corner: Corner, seated: dict[int, Corner]) -> bool:
        return any(
            self.topics[topic].loud and (corner.id in other.beside or other.id in corner.beside)
            for topic, other in seated.items()
        )
