"""Decide which topic is talked about in which round.

It starts from the topics with most stars in order and is bettered by moves drawn from the seed, each looked at for
everybody at once (`hosting`). O(moves × people × 2^stars of a person).
"""

from collections.abc import Callable
from itertools import chain

import numpy as np

from matchmaker.scheduling.solver.hosting import Hosting, TalkSlot

MOVES, IN_VAIN = 6_000, 3_000
"""Moves tried at most, and in vain, to better a timetable; several short tries find more than a long one."""
LOOKS = 40
"""Moves that are looked at with their seats."""
WARM = 1.5
"""Stars that a move may lose at first; less and less, until none."""


def timetable(hosting: Hosting, kept: list[TalkSlot], seed: int, attempt: int = 0) -> dict[int, list[int]]:
    """Return the topics of each round: what is kept, then those that reach most stars; each `attempt` another way."""
    chance = np.random.default_rng([seed, 7, attempt])
    sessions: dict[int, list[int]] = {round_: [] for round_ in range(hosting.rounds)}
    fixed: set[tuple[int, int]] = set()
    left = [topic.times for topic in hosting.topics]
    for one in kept:
        sessions[one.round].append(one.topic)
        fixed.add((one.round, one.topic))
        left[one.topic] -= 1
    order = sorted(range(len(left)), key=lambda topic: (-len(hosting.guests[topic]), topic))
    for _again in range(max([0, *left])):
        for topic in order:
            fitting = [round_ for round_ in sessions if hosting.fits(sessions, round_, topic, None)]
            if left[topic] > 0 and fitting and hosting.guests[topic]:
                sessions[min(fitting, key=lambda round_: len(sessions[round_]))].append(topic)
                left[topic] -= 1
    return _without_needless(hosting, _bettered(hosting, sessions, fixed, left, chance), fixed)


def refined(
    hosting: Hosting,
    sessions: dict[int, list[int]],
    seed: int,
    worth_of: Callable[[dict[int, list[int]]], float],
) -> dict[int, list[int]]:
    """Return `sessions` after moves each of which was looked at with its seats: `worth_of` says what they are worth.

    That takes hundreds of times as long as to see how many stars could be reached, so few are looked at, and only
    those by which hardly fewer could be.
    """
    chance = np.random.default_rng([seed, 8])
    now = {round_: topics[:] for round_, topics in sessions.items()}
    left = [topic.times for topic in hosting.topics]
    for topic in chain.from_iterable(now.values()):
        left[topic] -= 1
    best, could, looks = worth_of(now), hosting.reached(now), 0
    for _move_tried in range(MOVES):
        places = [(round_, topic) for round_, topics in now.items() for topic in topics]
        if looks == LOOKS or not places:
            break
        undo = _move(hosting, now, set(), left, places[int(chance.integers(len(places)))], chance)
        if undo is None:
            continue
        got = hosting.reached(now)
        worth = worth_of(now) if got >= could - 1 else -1.0
        looks += worth >= 0
        if worth >= best:
            best, could = worth, got
        else:
            undo()
    return now


def _without_needless(
    hosting: Hosting, sessions: dict[int, list[int]], fixed: set[tuple[int, int]]
) -> dict[int, list[int]]:
    """Return `sessions` without those of a topic that is on elsewhere and reaches as many stars there."""
    reached = hosting.reached(sessions)
    for round_, topic in sorted((r, t) for r, topics in sessions.items() for t in topics):
        if (round_, topic) in fixed or sum(topic in topics for topics in sessions.values()) < 2:
            continue
        fewer = {r: [one for one in topics if (r, one) != (round_, topic)] for r, topics in sessions.items()}
        if hosting.has_room(fewer, topic) and hosting.reached(fewer) >= reached:
            sessions, reached = fewer, hosting.reached(fewer)
    return sessions


def _bettered(
    hosting: Hosting,
    sessions: dict[int, list[int]],
    fixed: set[tuple[int, int]],
    left: list[int],
    chance: np.random.Generator,
) -> dict[int, list[int]]:
    """Return `sessions` after moves that reach more stars; those `fixed` stay."""
    best, now = hosting.reached(sessions), hosting.reached(sessions)
    found = {round_: topics[:] for round_, topics in sessions.items()}
    most = float(hosting.count.sum())
    in_vain = 0
    for move in range(MOVES):
        places = [(r, t) for r, topics in sessions.items() for t in topics if (r, t) not in fixed]
        if best >= most or in_vain >= IN_VAIN or not places:
            break
        round_, topic = places[int(chance.integers(len(places)))]
        undo = _move(hosting, sessions, fixed, left, (round_, topic), chance)
        if undo is None:
            in_vain += 1
            continue
        got = hosting.reached(sessions)
        warmth = WARM * (1 - move / MOVES) * float(chance.random())
        if got > best:
            best, in_vain = got, 0
            found = {r: topics[:] for r, topics in sessions.items()}
        else:
            in_vain += 1
        if got >= now - warmth:
            now = got
        else:
            undo()
    return found


def _move(
    hosting: Hosting,
    sessions: dict[int, list[int]],
    fixed: set[tuple[int, int]],
    left: list[int],
    place: tuple[int, int],
    chance: np.random.Generator,
) -> Callable[[], None] | None:
    """Let a topic go to another round, change places, or give way; return what undoes it, None if it cannot."""
    round_, topic = place
    other = int(chance.integers(hosting.rounds))
    kind = int(chance.integers(3))
    if kind == 2:
        return _replaced(hosting, sessions, left, place, chance)
    if other == round_:
        return None
    if kind == 0:
        if not hosting.fits(sessions, other, topic, None):
            return None
        _go(sessions, topic, round_, other)
        return lambda: _go(sessions, topic, other, round_)
    free = [one for one in sessions[other] if (other, one) not in fixed]
    instead = free[int(chance.integers(len(free)))] if free else topic
    fits = hosting.fits(sessions, other, topic, instead) and hosting.fits(sessions, round_, instead, topic)
    if not free or not fits:
        return None
    _swap(sessions, round_, topic, other, instead)
    return lambda: _swap(sessions, round_, instead, other, topic)


def _replaced(
    hosting: Hosting,
    sessions: dict[int, list[int]],
    left: list[int],
    place: tuple[int, int],
    chance: np.random.Generator,
) -> Callable[[], None] | None:
    """Let a topic give way to one that could be on more often; return what undoes it, None if none could."""
    round_, topic = place
    spare = [one for one, times in enumerate(left) if times > 0 and one != topic]
    instead = spare[int(chance.integers(len(spare)))] if spare else topic
    if not spare or not hosting.fits(sessions, round_, instead, topic):
        return None
    _give_way(sessions, left, round_, topic, instead)
    return lambda: _give_way(sessions, left, round_, instead, topic)


def _go(sessions: dict[int, list[int]], topic: int, from_: int, to: int) -> None:
    sessions[from_].remove(topic)
    sessions[to].append(topic)


def _swap(sessions: dict[int, list[int]], round_: int, topic: int, other: int, instead: int) -> None:
    sessions[round_].remove(topic)
    sessions[other].remove(instead)
    sessions[round_].append(instead)
    sessions[other].append(topic)


def _give_way(sessions: dict[int, list[int]], left: list[int], round_: int, topic: int, instead: int) -> None:
    sessions[round_].remove(topic)
    sessions[round_].append(instead)
    left[topic] += 1
    left[instead] -= 1
