"""Judge a plan against its problem, rule by rule, in words.

Written from the rules alone and sharing no code with the planner, so that a mistake there cannot hide here.
Every pass is linear in the size of the problem and the plan.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from matchmaker.scheduling.plan import Meeting, Plan, Unmet
from matchmaker.scheduling.problem import Problem

TOLERANCE = 1e-6
"""Sums of scores may differ by this much: adding in another order rounds differently."""


@dataclass(frozen=True)
class Fault:
    """One broken rule: a short name for it, and the sentence an organiser reads."""

    rule: str
    words: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.words


def check(problem: Problem, plan: Plan) -> list[Fault]:
    """Return every broken rule and every false claim of the certificate; an empty list means none."""
    hall = _Hall(problem)
    faults = [fault for meeting in plan.meetings for fault in _meeting_faults(hall, meeting)]
    faults += _clashes(plan.meetings)
    faults += _repeats(plan.meetings)
    faults += _claims(hall, plan)
    return faults


class _Hall:
    """The problem as look-up tables."""

    def __init__(self, problem: Problem) -> None:
        everywhere = frozenset(range(1, len(problem.rounds) + 1))
        self.tables = [round_.tables for round_ in problem.rounds]
        self.there = {p.id: everywhere if p.rounds is None else p.rounds for p in problem.people}
        self.score = {frozenset((a, b)): float(score) for a, b, score in problem.pairs}
        self.forbidden = {frozenset(pair) for pair in problem.forbidden}
        self.wanted = {frozenset(pair) for pair in problem.wanted}
        self.fixed = problem.fixed_table
        self.allowed = problem.allowed_tables
        self.trios = problem.trios
        self.fill = problem.fill

    def may_sit(self, person: str, table: int) -> bool:
        return self.fixed.get(person, table) == table and table in self.allowed.get(person, (table,))

    def could_sit(self, people: Iterable[str], number: int) -> bool:
        """Whether round `number` has a table at which all `people` may sit."""
        tied = [person for person in people if person in self.fixed or person in self.allowed]
        some = {self.fixed.get(tied[0], 1), *self.allowed.get(tied[0], ())} if tied else {1}
        within = (table for table in some if table <= self.tables[number - 1])
        return any(all(self.may_sit(person, table) for person in people) for table in within)


def _meeting_faults(hall: _Hall, meeting: Meeting) -> Iterator[Fault]:
    """Yield what is wrong with one meeting by itself."""
    where = f"Round {meeting.round}, table {meeting.table}"
    people = meeting.people
    if not 1 <= meeting.round <= len(hall.tables):
        yield Fault("round", f"{where}: there is no such round.")
        return
    if not 1 <= meeting.table <= hall.tables[meeting.round - 1]:
        yield Fault("table", f"{where}: there is no such table in that round.")
    yield from _size_faults(hall, where, people)
    for person in people:
        if person not in hall.there:
            yield Fault("person", f"{where}: nobody is called {person}.")
            continue
        if meeting.round not in hall.there[person]:
            yield Fault("presence", f"{where}: {person} is not there in that round.")
        if hall.fixed.get(person, meeting.table) != meeting.table:
            yield Fault("fixed table", f"{where}: {person} always sits at table {hall.fixed[person]}.")
        if meeting.table not in hall.allowed.get(person, (meeting.table,)):
            yield Fault("allowed table", f"{where}: {person} cannot sit at that table.")
    yield from _pair_faults(hall, where, meeting)


def _size_faults(hall: _Hall, where: str, people: tuple[str, ...]) -> Iterator[Fault]:
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


def _pair_faults(hall: _Hall, where: str, meeting: Meeting) -> Iterator[Fault]:
    score = 0.0
    for a, b in combinations(meeting.people, 2):
        pair = frozenset((a, b))
        score += hall.score.get(pair, 0.0)
        if pair in hall.forbidden:
            yield Fault("forbidden", f"{where}: {a} and {b} must never meet.")
        if pair not in hall.score and pair not in hall.wanted and not hall.fill:
            yield Fault("candidate", f"{where}: {a} and {b} are not among the pairs who could meet.")
    if not math.isclose(score, meeting.score, abs_tol=TOLERANCE):
        yield Fault("score", f"{where}: the score is {score:g}, not {meeting.score:g}.")


def _clashes(meetings: Iterable[Meeting]) -> Iterator[Fault]:
    """Yield people in two places, tables taken twice and second trios of a round."""
    at_table: set[tuple[int, int]] = set()
    seats: set[tuple[int, str]] = set()
    trios: Counter[int] = Counter()
    for meeting in meetings:
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
        trios[meeting.round] += len(meeting.people) == 3
    for number, count in sorted(trios.items()):
        if count > 1:
            yield Fault("one trio a round", f"Round {number}: there are {count} trios; there may be one.")


def _repeats(meetings: Iterable[Meeting]) -> Iterator[Fault]:
    first: dict[frozenset[str], int] = {}
    for meeting in meetings:
        for a, b in combinations(meeting.people, 2):
            pair = frozenset((a, b))
            if pair in first:
                words = f"Round {meeting.round}: {a} and {b} meet again, after round {first[pair]}."
                yield Fault("no pair twice", words)
            first.setdefault(pair, meeting.round)


def _claims(hall: _Hall, plan: Plan) -> Iterator[Fault]:
    """Yield the claims of the certificate that are not true."""
    claimed = plan.certificate
    total = math.fsum(meeting.score for meeting in plan.meetings)
    if not math.isclose(total, claimed.total, abs_tol=TOLERANCE):
        yield Fault("total", f"The scores add up to {total:g}, not {claimed.total:g}.")
    for name, words in (("bound", "any plan"), ("fair_bound", "any plan as fair")):
        bound = getattr(claimed, name)
        if not total <= bound + TOLERANCE:
            yield Fault(name, f"The total, {total:g}, is more than the bound on {words}, {bound:g}.")
    ratio = claimed.total / claimed.fair_bound if claimed.fair_bound else 1.0
    if not math.isclose(ratio, claimed.ratio, abs_tol=TOLERANCE):
        yield Fault(
            "ratio", f"The total is {ratio:g} of the bound on any plan as fair, not {claimed.ratio:g}."
        )
    yield from _fairness_claims(hall, plan)
    yield from _wish_claims(hall, plan)


def _fairness_claims(hall: _Hall, plan: Plan) -> Iterator[Fault]:
    met = Counter(person for meeting in plan.meetings for person in meeting.people)
    there = [person for person, rounds in hall.there.items() if rounds]
    fewest = min((met[person] for person in there), default=0)
    if fewest != plan.certificate.fewest_meetings:
        words = f"The fewest meetings anybody has is {fewest}, not {plan.certificate.fewest_meetings}."
        yield Fault("fewest meetings", words)
    twice = sum(len(hall.there[person]) - met[person] >= 2 for person in there)
    if twice != plan.certificate.double_sit_outs:
        words = (
            f"The people who sit out twice or more number {twice}, not {plan.certificate.double_sit_outs}."
        )
        yield Fault("double sit-outs", words)


def _wish_claims(hall: _Hall, plan: Plan) -> Iterator[Fault]:
    met = {frozenset(pair) for meeting in plan.meetings for pair in combinations(meeting.people, 2)}
    listed = Counter(frozenset(unmet.people) for unmet in plan.certificate.unmet)
    for pair in sorted(hall.wanted - met - set(listed), key=sorted):
        yield Fault(
            "unmet", f"{' and '.join(sorted(pair))} both asked and do not meet; the certificate is silent."
        )
    for unmet in plan.certificate.unmet:
        pair = frozenset(unmet.people)
        names = " and ".join(unmet.people)
        if pair not in hall.wanted or listed[pair] > 1:
            yield Fault("unmet", f"The certificate lists {names}, who did not both ask, or lists them twice.")
        elif pair in met:
            yield Fault("unmet", f"The certificate says that {names} do not meet, but they do.")
        else:
            yield from _false_reason(hall, plan, unmet)


def _false_reason(hall: _Hall, plan: Plan, unmet: Unmet) -> Iterator[Fault]:
    """Yield a fault where a reason makes a claim that does not hold. "No place found" claims nothing."""
    pair, because = frozenset(unmet.people), unmet.because
    common = frozenset.intersection(*(frozenset(hall.there[person]) for person in unmet.people))
    if "must never meet" in because:
        true = pair in hall.forbidden
    elif "never there together" in because:
        true = not common
    elif "no table" in because:
        true = not any(hall.could_sit(unmet.people, number) for number in common)
    elif "is full of meetings both asked for" in because:
        true = any(
            person in because and _full_of_wishes(hall, plan, person, common) for person in unmet.people
        )
    else:
        true = because.startswith("No place found")
    if not true:
        yield Fault(
            "reason", f"The reason why {' and '.join(unmet.people)} do not meet is not true: {because}"
        )


def _full_of_wishes(hall: _Hall, plan: Plan, person: str, rounds: frozenset[int]) -> bool:
    """Whether each of `rounds` holds a meeting of `person` that both sides asked for."""
    granted = {
        meeting.round
        for meeting in plan.meetings
        if person in meeting.people
        and any(frozenset(pair) in hall.wanted for pair in combinations(meeting.people, 2) if person in pair)
    }
    return rounds <= granted
