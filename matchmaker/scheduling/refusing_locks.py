"""Refuse meetings that are locked by hand and contradict the rules or one another.

A locked meeting is in every plan, so one that breaks a rule would make every plan break it. What it may do is
bring together two people who are not listed in `pairs`: an organiser who says so knows why.
"""

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from matchmaker.scheduling.parts import LockedMeeting, ProblemError
from matchmaker.scheduling.refusing import check_known, check_round, check_whole

if TYPE_CHECKING:
    from matchmaker.scheduling.problem import Problem


@dataclass
class _Day:
    """What the locked meetings looked at so far take up, each with the place in the list that took it."""

    seats: dict[tuple[int, str], int] = field(default_factory=dict)
    tables: dict[tuple[int, int], int] = field(default_factory=dict)
    met: dict[frozenset[str], int] = field(default_factory=dict)
    trios: dict[int, int] = field(default_factory=dict)


def check_locked_meetings(problem: "Problem", known: set[str]) -> None:
    """Refuse the first locked meeting that no plan which keeps the rules can have."""
    there = {person.id: person.rounds for person in problem.people}
    never = {frozenset(pair): "must never meet" for pair in problem.forbidden}
    never |= {frozenset(pair): "have met already" for pair in problem.met}
    day, double = _Day(), {frozenset(pair) for pair in problem.double}
    for number, meeting in enumerate(problem.locked_meetings):
        where = f"locked_meetings[{number}]"
        _check_place(problem, where, meeting)
        _check_people(problem, where, meeting, known)
        for person in meeting.people:
            rounds = there[person]
            if rounds is not None and meeting.round not in rounds:
                raise ProblemError(where, f"{person} is not there in round {meeting.round}.")
            _check_seat(problem, where, meeting, person)
        for pair in combinations(meeting.people, 2):
            if frozenset(pair) in never:
                raise ProblemError(where, f"{pair[0]} and {pair[1]} {never[frozenset(pair)]}.")
        _check_beside(day, where, number, meeting, double)
    _check_doubles(problem)
    _check_helpers(problem, day)
    _check_rests(problem, day)


def _check_place(problem: "Problem", where: str, meeting: LockedMeeting) -> None:
    check_round(f"{where}.round", meeting.round, len(problem.rounds))
    check_whole(f"{where}.table", meeting.table, least=1)
    round_ = problem.rounds[meeting.round - 1]
    if meeting.table > round_.tables:
        words = f"there is no table {meeting.table} in round {meeting.round}; the last is {round_.tables}."
        raise ProblemError(f"{where}.table", words)
    if meeting.table in round_.closed:
        raise ProblemError(f"{where}.table", f"table {meeting.table} is closed in round {meeting.round}.")


def _check_people(problem: "Problem", where: str, meeting: LockedMeeting, known: set[str]) -> None:
    people = meeting.people
    for person in people:
        check_known(f"{where}.people", person, known)
    if len(people) not in (2, 3):
        words = f"must name two people, or three in a trio; it names {len(people)}."
        raise ProblemError(f"{where}.people", words)
    if len(set(people)) < len(people):
        raise ProblemError(f"{where}.people", "names somebody twice.")
    agreed = problem.trios
    if len(people) == 3 and agreed is False:
        raise ProblemError(f"{where}.people", "names three people, but trios are not allowed.")
    if len(people) == 3 and isinstance(agreed, frozenset):
        for person in people:
            if person not in agreed:
                raise ProblemError(f"{where}.people", f"{person} has not agreed to meet in a trio.")


def _check_seat(problem: "Problem", where: str, meeting: LockedMeeting, person: str) -> None:
    fixed = problem.fixed_table.get(person, meeting.table)
    if fixed != meeting.table:
        raise ProblemError(f"{where}.table", f"{person} always sits at table {fixed}.")
    if meeting.table not in problem.allowed_tables.get(person, (meeting.table,)):
        raise ProblemError(f"{where}.table", f"{person} cannot sit at table {meeting.table}.")


def _check_beside(
    day: _Day, where: str, number: int, meeting: LockedMeeting, double: set[frozenset[str]]
) -> None:
    """Refuse a meeting that cannot be beside those before it, and take note of it."""
    round_ = meeting.round
    before = day.tables.setdefault((round_, meeting.table), number)
    if before != number:
        raise ProblemError(f"{where}.table", f"is taken in round {round_} by locked_meetings[{before}].")
    for person in meeting.people:
        before = day.seats.setdefault((round_, person), number)
        if before != number:
            words = f"{person} is in locked_meetings[{before}] in round {round_} too."
            raise ProblemError(f"{where}.people", words)
    for pair in combinations(meeting.people, 2):
        before = day.met.setdefault(frozenset(pair), number)
        if before != number and frozenset(pair) not in double:
            words = f"{pair[0]} and {pair[1]} meet in locked_meetings[{before}] too; a pair meets once."
            raise ProblemError(f"{where}.people", words)
    if len(meeting.people) == 3 and day.trios.setdefault(round_, number) != number:
        words = f"round {round_} has its one trio in locked_meetings[{day.trios[round_]}]."
        raise ProblemError(f"{where}.people", words)


def _check_helpers(problem: "Problem", day: _Day) -> None:
    """Refuse a helper who would have to be at two tables in one round."""
    for name, group in problem.helpers.items():
        first: dict[int, tuple[int, str]] = {}
        for (round_, person), number in sorted(day.seats.items(), key=lambda seat: seat[1]):
            if person not in group:
                continue
            before, other = first.setdefault(round_, (number, person))
            if before != number:
                words = f"{person} needs {name}, who is with {other} in round {round_}, locked_meetings[{before}]."
                raise ProblemError(f"locked_meetings[{number}].people", words)


def _check_rests(problem: "Problem", day: _Day) -> None:
    """Refuse more meetings than somebody has asked for."""
    for person, rest in problem.rests.items():
        rounds = sorted(round_ for round_, one in day.seats if one == person)
        if rest.most is not None and len(rounds) > rest.most:
            words = f"{person} is in {len(rounds)} of them; rests.{person}.most is {rest.most}."
            raise ProblemError("locked_meetings", words)
        row, before = 0, 0
        for round_ in rounds:
            goes_on = round_ == before + 1 and not problem.rounds[round_ - 1].after_break
            row, before = row + 1 if goes_on else 1, round_
            if rest.in_a_row is not None and row > rest.in_a_row:
                words = f"{person} is in {row} in a row, up to round {round_}; "
                words += f"rests.{person}.in_a_row is {rest.in_a_row}."
                raise ProblemError("locked_meetings", words)


def _check_doubles(problem: "Problem") -> None:
    """Refuse meetings of two rounds' length that are not two meetings in a row at one table."""
    for a, b in problem.double:
        held = sorted(
            (meeting.round, meeting.table, len(meeting.people))
            for meeting in problem.locked_meetings
            if a in meeting.people and b in meeting.people
        )
        if not held:
            continue
        round_, table, _ = held[0]
        in_a_row = held == [(round_, table, 2), (round_ + 1, table, 2)]
        if not in_a_row or problem.rounds[round_].after_break:
            words = f"{a} and {b} meet for two rounds in a row; lock both, at one table and with no break between."
            raise ProblemError("locked_meetings", words)
