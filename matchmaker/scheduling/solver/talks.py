"""Plan talks: which topics in which rounds and corners, and who is there, before any pair is chosen."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.scheduling.problem.plan import Plan, Talk
from matchmaker.scheduling.problem.problem import Corner, Problem
from matchmaker.scheduling.solver.best_talks import best_talks
from matchmaker.scheduling.solver.hosting import NO_ROOM, Hosting, TalkSlot
from matchmaker.scheduling.solver.spread import spread
from matchmaker.scheduling.solver.stars import counted_bound
from matchmaker.scheduling.solver.talk_limits import bearable
from matchmaker.scheduling.solver.talk_seats import WISH, SeatedTalks, seats_of_talks
from matchmaker.scheduling.solver.talk_timetable import refined, timetable
from matchmaker.scheduling.solver.timetable import Timetable

ATTEMPTS, MOST_REFINED = 5, 1_500
"""Timetables that are found by moves, of which the one that reaches most is taken; with no more stars than these, it
is looked at more closely.
"""


def plan_talks(problem: Problem, seed: int, keep: Plan | None = None) -> tuple[Talk, ...]:
    """Return the talks of a plan; those of an earlier plan that can still be held stay, with who is there.

    In locked rounds nothing comes to these.
    """
    if not problem.topics or not problem.corners:
        return ()
    hosting = Hosting(problem)
    kept: list[TalkSlot] = []
    if keep is not None:
        hosting.keep_meetings(keep)
        kept = _kept(hosting, keep)
        hosting.keep_guests(kept, keep)
    for number in problem.locked:
        used = {one.corner for one in kept if one.round == number - 1}
        hosting.corners[number - 1] = [one for one in hosting.corners[number - 1] if one.id in used]
    if keep is not None:
        return _most_worth(hosting, kept, keep, seed)[1].talks
    held, _, sure = _most_worth(hosting, kept, None, seed)
    if not sure and sum(map(len, hosting.guests)) <= MOST_REFINED:
        held = refined(hosting, held, seed, lambda sessions: _seated_at(hosting, sessions)[1].worth)
    slots, seated = _seated_at(hosting, held)
    return _spread(hosting, slots, seated)


def _most_worth(
    hosting: Hosting, kept: list[TalkSlot], keep: Plan | None, seed: int
) -> tuple[dict[int, list[int]], SeatedTalks, bool]:
    """Return the timetable that is worth most of those found, with its people, and whether none can be worth more."""
    best, held, before = SeatedTalks((), -1.0), dict[int, list[int]](), list[TalkSlot]()
    most, tries = counted_bound(hosting) + WISH * len(hosting.problem.wanted), 0
    for sessions in _timetables(hosting, kept, keep, seed):
        slots = bearable(hosting, _in_corners(hosting, sessions, kept))
        if slots == before:
            # There is nothing to choose.
            break
        found, before, tries = seats_of_talks(hosting, slots, keep), slots, tries + 1
        best, held = max((best, held), (found, sessions), key=lambda one: one[0].worth)
        if best.worth >= most:
            break
    return held, best, tries < ATTEMPTS or best.worth >= most


def _seated_at(hosting: Hosting, sessions: dict[int, list[int]]) -> tuple[list[TalkSlot], SeatedTalks]:
    """Return these sessions in corners and with their people, where nothing is kept."""
    slots = bearable(hosting, _in_corners(hosting, sessions, []))
    return slots, seats_of_talks(hosting, slots, None)


def _spread(hosting: Hosting, slots: list[TalkSlot], seated: SeatedTalks) -> tuple[Talk, ...]:
    """Return the talks in rounds that are fairer beside meetings, if they are worth as much there."""
    again = spread(hosting, slots, seated.talks)
    if again is None or bearable(hosting, again) != again:
        return seated.talks
    found = seats_of_talks(hosting, sorted(again, key=lambda one: (one.round, one.corner)), None)
    return found.talks if found.worth >= seated.worth else seated.talks


def _timetables(
    hosting: Hosting, kept: list[TalkSlot], earlier: Plan | None, seed: int
) -> Iterator[dict[int, list[int]]]:
    """Yield the best timetable where it can be told, or else some good ones."""
    best = best_talks(hosting, kept, earlier)
    if best is not None:
        yield best
        return
    for attempt in range(ATTEMPTS):
        yield timetable(hosting, kept, seed, attempt)


def _kept(hosting: Hosting, earlier: Plan) -> list[TalkSlot]:
    """Return the talks of an earlier plan that can still be held where and when they were."""
    by_id = {topic.id: i for i, topic in enumerate(hosting.topics)}
    kept: list[TalkSlot] = []
    times = [0] * len(hosting.topics)
    busy: set[tuple[int, int]] = set()
    for talk in earlier.talks:
        topic, round_ = by_id.get(talk.topic), talk.round - 1
        if topic is None or not 0 <= round_ < hosting.rounds or times[topic] >= hosting.topics[topic].times:
            continue
        taken = {one.corner for one in kept if one.round == round_}
        places = {one.id for one in hosting.corners[round_] if hosting.suits(topic, one)} - taken
        hosts = {(round_, host) for host in hosting.hosts[topic]}
        if talk.corner in places and hosting.can_host(topic, round_) and busy.isdisjoint(hosts):
            kept.append(TalkSlot(topic, round_, talk.corner))
            busy |= hosts
            times[topic] += 1
    return kept


def _in_corners(hosting: Hosting, sessions: dict[int, list[int]], kept: list[TalkSlot]) -> list[TalkSlot]:
    """Return the sessions with their corners: what is kept where it was, if the others can be beside it."""
    placed: list[TalkSlot] = []
    for round_, topics in sessions.items():
        where = {corner.id: corner for corner in hosting.corners[round_]}
        stays = {one.topic: where[one.corner] for one in kept if one.round == round_}
        seated = _seated(hosting, round_, topics, stays)
        placed += [TalkSlot(topic, round_, corner.id) for topic, corner in seated.items()]
    return sorted(placed, key=lambda one: (one.round, one.corner))


def _seated(hosting: Hosting, round_: int, topics: list[int], stays: dict[int, Corner]) -> dict[int, Corner]:
    """Return a corner for each topic of a round, so that as many as possible of those who want it can sit there."""
    if any(hosting.topics[topic].loud for topic in topics):
        corners = sorted(hosting.corners[round_], key=lambda corner: (-corner.seats, corner.id))
        order = [*stays, *(topic for topic in topics if topic not in stays)]
        return next(hosting.seatings(order, corners, stays), stays)
    new = sorted(topic for topic in topics if topic not in stays)
    free = sorted(
        (one for one in hosting.corners[round_] if one not in stays.values()), key=lambda one: one.id
    )
    if not new or not free:
        return stays
    room = np.array([[hosting.room(topic, corner) for corner in free] for topic in new], dtype=float)
    pairs = zip(*linear_sum_assignment(room, maximize=True), strict=True)
    fitting = {new[i]: free[j] for i, j in pairs if room[i, j] > NO_ROOM}
    return stays | fitting


def pairs_at_talks(problem: Problem, talks: tuple[Talk, ...]) -> set[tuple[str, str]]:
    """Return the pairs who sit at a topic together, and so need no meeting unless they asked for one."""
    asked = {(min(pair), max(pair)) for pair in problem.wanted}
    locked = {pair for one in problem.locked_meetings for pair in combinations(sorted(one.people), 2)}
    return {pair for talk in talks for pair in combinations(talk.people, 2)} - asked - locked


def attend(table: Timetable, talks: tuple[Talk, ...]) -> None:
    """Send the people of talks there, before any pair is chosen."""
    number = {person: i for i, person in enumerate(table.model.ids)}
    for talk in talks:
        table.attend(talk.round - 1, tuple(number[one] for one in talk.people))
