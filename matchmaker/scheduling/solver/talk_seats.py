"""Decide who is at which talk.

An integer program over the talks that there are (HiGHS, limited by nodes): a column for each guest of each talk, and
for each wish in each round, so that people who both asked to meet have a round left for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from matchmaker.scheduling.problem.plan import Plan, Talk
from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot
from matchmaker.scheduling.solver.talk_limits import rules

NODES = 500
"""Nodes the integer program may branch into."""
STAYS, WISH = 10.0, 20.0
"""What it is worth, in stars, that somebody stays at a talk, and a round left for two who asked to meet."""


@dataclass(frozen=True)
class SeatedTalks:
    """Talks with their people, and what they and the room they leave for wishes are worth, in stars."""

    talks: tuple[Talk, ...]
    worth: float


def seats_of_talks(hosting: Hosting, sessions: list[TalkSlot], earlier: Plan | None) -> SeatedTalks:
    """Return the talks with their people: as many stars reached as seats allow, and a round left for every wish.

    A talk to which nobody comes is not held.

    Whoever was at a talk of an `earlier` plan stays there, and nobody leaves one of its meetings for a talk.
    """
    hosts_at = {(one.round, host) for one in sessions for host in hosting.hosts[one.topic]}
    stay = _stay(hosting, sessions, earlier)
    locked = {number - 1 for number in hosting.problem.locked}
    columns = [
        (person, i)
        for i, one in enumerate(sessions)
        for person in hosting.guests[one.topic]
        if hosting.there[person] >> one.round & 1
        and person not in hosting.not_for[one.corner]
        and (one.round, person) not in hosts_at
        and ((person, i) in stay or (one.round not in locked and hosting.free[person] >> one.round & 1))
    ]
    rows, worth = _Rows(), [1.0 + STAYS * (one in stay) for one in columns]
    for column, (person, i) in enumerate(columns):
        rows.add(("seats", i), column)
        rows.add(("person", person, sessions[i].round), column)
        rows.add(("topic", person, sessions[i].topic), column)
    _keep_apart(hosting, sessions, columns, rows, earlier)
    _leave_room_for_wishes(hosting, hosts_at, rows, worth)
    in_round: dict[tuple[int, int], list[int]] = {}
    for key, busy in rows.columns.items():
        match key:
            case ("person", int(person), int(round_)):
                in_round[person, round_] = busy
    limited: dict[tuple[object, ...], int] = {}
    for key, column, most in list(rules(hosting, sessions, columns, in_round)):
        rows.add(key, column)
        limited[key] = most
    seats = {corner.id: corner.seats for corner in hosting.problem.corners}
    room: dict[tuple[object, ...], int] = {
        ("seats", i): min(seats[one.corner], hosting.topics[one.topic].seats) - len(hosting.hosts[one.topic])
        for i, one in enumerate(sessions)
    } | limited
    chosen = _solve(worth, rows, room)
    name = sorted(hosting.number, key=hosting.number.__getitem__)
    people = [list(hosting.topics[one.topic].hosts) for one in sessions]
    for (person, i), there in zip(columns, chosen, strict=False):
        if there:
            people[i].append(name[person])
    talks = tuple(
        Talk(one.round + 1, one.corner, hosting.topics[one.topic].id, tuple(sorted(people[i])))
        for i, one in enumerate(sessions)
        if len(people[i]) > len(hosting.hosts[one.topic])
    )
    return SeatedTalks(talks, sum(one for one, there in zip(worth, chosen, strict=True) if there))


def _keep_apart(
    hosting: Hosting,
    sessions: list[TalkSlot],
    columns: list[tuple[int, int]],
    rows: "_Rows",
    earlier: Plan | None,
) -> None:
    """Let no two be at one talk who must never meet, or who have a meeting in the plan to be kept."""
    number = hosting.number
    pairs = _apart(hosting, earlier)
    at: dict[int, dict[int, int]] = {}
    for column, (person, i) in enumerate(columns):
        at.setdefault(person, {})[i] = column
    hosted = [(host, i) for i, one in enumerate(sessions) for host in hosting.hosts[one.topic]]
    near: dict[int, list[int]] = {}
    for a, b in sorted(sorted(number[one] for one in pair) for pair in pairs):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
        for i in sorted(at.get(a, {}).keys() & at.get(b, {}).keys()):
            rows.add(("apart", a, b, i), at[a][i])
            rows.add(("apart", a, b, i), at[b][i])
    for host, i in hosted:
        for guest in near.get(host, ()):
            if i in at.get(guest, {}):
                rows.add(("shut", guest, i), at[guest][i])


def _apart(hosting: Hosting, earlier: Plan | None) -> set[frozenset[str]]:
    """Return the pairs who must never meet, or have a meeting in the plan to be kept.

    People of one team or organisation meet others in twos, and may sit at a topic together.
    """
    problem = hosting.problem
    pairs = {frozenset(pair) for pair in problem.forbidden}
    for one in earlier.meetings if earlier is not None else ():
        pairs |= {
            frozenset(pair) for pair in combinations(one.people, 2) if set(pair) <= hosting.number.keys()
        }
    return pairs


def _leave_room_for_wishes(
    hosting: Hosting, hosts_at: set[tuple[int, int]], rows: "_Rows", worth: list[float]
) -> None:
    """Add a column for each wish in each round with tables: a meeting that talks leave room for."""
    problem = hosting.problem
    for a, b in sorted({(min(pair), max(pair)) for pair in problem.wanted} - set(problem.forbidden)):
        i, j = hosting.number[a], hosting.number[b]
        for round_ in range(hosting.rounds):
            both = hosting.there[i] & hosting.there[j] & 1 << round_ and round_ + 1 not in problem.locked
            if both and problem.rounds[round_].tables and {(round_, i), (round_, j)}.isdisjoint(hosts_at):
                rows.add(("person", i, round_), len(worth))
                rows.add(("person", j, round_), len(worth))
                rows.add(("wish", i, j), len(worth))
                worth.append(WISH)


def _stay(hosting: Hosting, sessions: list[TalkSlot], earlier: Plan | None) -> set[tuple[int, int]]:
    """Return the (person, session) of an earlier plan that should stay."""
    if earlier is None:
        return set()
    place = {(one.round, one.corner, hosting.topics[one.topic].id): i for i, one in enumerate(sessions)}
    return {
        (hosting.number[person], place[talk.round - 1, talk.corner, talk.topic])
        for talk in earlier.talks
        if (talk.round - 1, talk.corner, talk.topic) in place
        for person in talk.people
        if person in hosting.number
    }


class _Rows:
    """Rules of an integer program: of the columns of each, at most one is chosen, or as many as there is room for."""

    def __init__(self) -> None:
        self.columns: dict[tuple[object, ...], list[int]] = {}

    def add(self, key: tuple[object, ...], column: int) -> None:
        self.columns.setdefault(key, []).append(column)


def _solve(worth: list[float], rows: _Rows, room: Mapping[tuple[object, ...], int]) -> list[bool]:
    if not worth:
        return []
    most = [0 if key[0] == "shut" else room.get(key, 1) for key in rows.columns]
    at = np.repeat(np.arange(len(most)), [len(columns) for columns in rows.columns.values()])
    columns = np.array([column for several in rows.columns.values() for column in several])
    matrix = csr_matrix((np.ones(len(columns)), (at, columns)), shape=(len(most), len(worth)))
    answer = milp(
        -np.array(worth), integrality=np.ones(len(worth)), bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, most), options={"node_limit": NODES},
    )  # fmt: skip
    return [False] * len(worth) if answer.x is None else [one > 0.5 for one in answer.x.tolist()]
