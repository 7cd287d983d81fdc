"""Judge a plan against its problem, rule by rule, in words.

Written from the rules alone and sharing no code with the planner, so that a mistake there cannot hide here.
Every pass is linear in the size of the problem and the plan.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from matchmaker.scheduling.checker.claims import claims
from matchmaker.scheduling.checker.groups import group_faults
from matchmaker.scheduling.checker.limits import double_faults, limit_faults
from matchmaker.scheduling.checker.lookup import TOLERANCE, Fault, Lookup, place_faults
from matchmaker.scheduling.checker.talks import talk_faults
from matchmaker.scheduling.problem.plan import Meeting, Plan
from matchmaker.scheduling.problem.problem import Problem

__all__ = ["Fault", "check"]


def check(problem: Problem, plan: Plan) -> list[Fault]:
    """Return every broken rule and every false claim of the certificate; an empty list means none."""
    hall = Lookup(problem)
    faults = [fault for meeting in plan.meetings for fault in _meeting_faults(hall, meeting)]
    faults += _score_faults(hall, plan.meetings)
    faults += _clashes(plan)
    faults += _repeats(hall, plan.meetings)
    faults += double_faults(hall, plan.meetings)
    faults += _locks(hall, plan.meetings)
    faults += limit_faults(hall, plan)
    faults += group_faults(hall, plan)
    faults += talk_faults(hall, plan)
    faults += claims(hall, plan)
    return faults


def _meeting_faults(hall: Lookup, meeting: Meeting) -> Iterator[Fault]:
    """Yield what is wrong with one meeting by itself."""
    where = f"Round {meeting.round}, table {meeting.table}"
    people = meeting.people
    if not 1 <= meeting.round <= len(hall.tables):
        yield Fault("round", f"{where}: there is no such round.")
        return
    yield from place_faults(hall, where, meeting.round, meeting.table, people)
    yield from _size_faults(hall, where, people)
    yield from _pair_faults(hall, where, meeting)


def _size_faults(hall: Lookup, where: str, people: tuple[str, ...]) -> Iterator[Fault]:
    if len(people) not in (2, 3):
        yield Fault("size", f"{where}: a meeting has two people, or three in a trio; this has {len(people)}.")
    if len(set(people)) < len(people):
        yield Fault("size", f"{where}: somebody is listed twice.")
    if len(people) == 3:
        agreed = hall.trios
        if agreed is False:
            yield Fault("trio", f"{where}: three people meet, but trios are not allowed.")
        elif agreed is not True:
            for person in people:
                if person not in agreed:
                    yield Fault("trio", f"{where}: {person} has not agreed to meet in a trio.")


def _pair_faults(hall: Lookup, where: str, meeting: Meeting) -> Iterator[Fault]:
    for a, b in combinations(meeting.people, 2):
        pair = frozenset((a, b))
        if hall.never(pair):
            yield Fault("forbidden", f"{where}: {a} and {b} must never meet.")
        if pair in hall.met:
            yield Fault("met already", f"{where}: {a} and {b} have met already.")
        if pair not in hall.listed and not hall.fill:
            yield Fault("candidate", f"{where}: {a} and {b} are not among the pairs who could meet.")


def _score_faults(hall: Lookup, meetings: Iterable[Meeting]) -> Iterator[Fault]:
    """Yield wrong scores: each pair adds theirs once, those who meet for two rounds in the first of them."""
    first: dict[frozenset[str], int] = {}
    for meeting in meetings:
        for pair in map(frozenset, combinations(meeting.people, 2)):
            first[pair] = min(meeting.round, first.get(pair, meeting.round))
    for meeting in meetings:
        pairs = map(frozenset, combinations(meeting.people, 2))
        score = sum(
            hall.score.get(pair, 0.0)
            for pair in pairs
            if pair not in hall.double or first[pair] == meeting.round
        )
        if not math.isclose(score, meeting.score, abs_tol=TOLERANCE):
            where = f"Round {meeting.round}, table {meeting.table}"
            yield Fault("score", f"{where}: the score is {score:g}, not {meeting.score:g}.")


def _clashes(plan: Plan) -> Iterator[Fault]:
    """Yield people in two places, tables taken twice and second trios of a round."""
    at_table: set[tuple[int, int]] = set()
    seats: set[tuple[int, str]] = set()
    for meeting in plan.held:
        where = f"Round {meeting.round}, table {meeting.table}"
        if (meeting.round, meeting.table) in at_table:
            yield Fault("one meeting a table", f"{where}: two meetings are at this table.")
        at_table.add((meeting.round, meeting.table))
        for person in dict.fromkeys(meeting.people):
            if (meeting.round, person) in seats:
                yield Fault(
                    "one place at a time", f"{where}: {person} is at another table in that round too."
                )
            seats.add((meeting.round, person))
    trios = Counter(meeting.round for meeting in plan.meetings if len(meeting.people) == 3)
    for number, count in sorted(trios.items()):
        if count > 1:
            yield Fault("one trio a round", f"Round {number}: there are {count} trios; there may be one.")


def _repeats(hall: Lookup, meetings: Iterable[Meeting]) -> Iterator[Fault]:
    first: dict[frozenset[str], int] = {}
    for meeting in meetings:
        for a, b in combinations(meeting.people, 2):
            pair = frozenset((a, b))
            if pair in first and pair not in hall.double:
                words = f"Round {meeting.round}: {a} and {b} meet again, after round {first[pair]}."
                yield Fault("no pair twice", words)
            first.setdefault(pair, meeting.round)


def _locks(hall: Lookup, meetings: Iterable[Meeting]) -> Iterator[Fault]:
    """Yield the locked meetings that are not in the plan as they are."""
    held = {(meeting.round, meeting.table, frozenset(meeting.people)) for meeting in meetings}
    for locked in hall.locked:
        if (locked.round, locked.table, frozenset(locked.people)) not in held:
            names = " and ".join(sorted(locked.people))
            yield Fault("locked", f"Round {locked.round}, table {locked.table}: {names} are locked here.")
