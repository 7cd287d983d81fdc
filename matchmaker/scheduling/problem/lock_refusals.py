"""Refuse locked meetings and host tables that contradict the rules or one another.

A locked meeting is in every plan, so one that breaks a rule would make every plan break it. What it may do is
bring together two people who are not listed in `pairs`: an organiser who says so knows why.
"""

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from matchmaker.scheduling.problem.parts import HostTable, LockedMeeting, Meet, ProblemError
from matchmaker.scheduling.problem.refusals import check_known, check_round, check_whole

if TYPE_CHECKING:
    from matchmaker.scheduling.problem.problem import Problem


@dataclass
class _Day:
    """What the host tables and locked meetings looked at so far take up, each with the one that took it."""

    there: dict[str, frozenset[int] | None]
    seats: dict[tuple[int, str], str] = field(default_factory=dict)
    tables: dict[tuple[int, int], str] = field(default_factory=dict)
    met: dict[frozenset[str], str] = field(default_factory=dict)
    trios: dict[int, str] = field(default_factory=dict)


def check_locked_meetings(problem: "Problem", known: set[str]) -> None:
    """Refuse the first locked meeting that no plan which keeps the rules can have."""
    never = {frozenset(pair): "must never meet" for pair in problem.forbidden}
    never |= {frozenset(pair): "have met already" for pair in problem.met}
    day = _Day({person.id: person.rounds for person in problem.people})
    double = {frozenset(pair) for pair in problem.double}
    for number, table in enumerate(problem.host_tables):
        _check_host_table(problem, day, f"host_tables[{number}]", table, known)
    for number, meeting in enumerate(problem.locked_meetings):
        where = f"locked_meetings[{number}]"
        _check_place(problem, where, meeting)
        _check_people(problem, where, meeting, known)
        for person in meeting.people:
            _check_seat(problem, day, where, meeting, person)
        for pair in combinations(meeting.people, 2):
            if frozenset(pair) in never:
                raise ProblemError(where, f"{pair[0]} and {pair[1]} {never[frozenset(pair)]}.")
            if problem.kin_meet(*pair) is Meet.NEVER:
                raise ProblemError(where, f"{pair[0]} and {pair[1]} must never meet.")
        _check_beside(day, where, meeting, double)
    _check_doubles(problem)
    _check_helpers(problem, day)
    _check_rests(problem, day)


def _check_host_table(problem: "Problem", day: _Day, where: str, table: HostTable, known: set[str]) -> None:
    """Refuse a host table that no plan which keeps the rules can have, and take note of it."""
    _check_place(problem, where, table)
    check_known(f"{where}.host", table.host, known)
    for name, person in [("people", one) for one in table.people] + [
        ("interested", one) for one in table.interested
    ]:
        check_known(f"{where}.{name}", person, known)
    if len(set(table.sure)) < len(table.sure):
        raise ProblemError(f"{where}.people", "names somebody twice, or the host.")
    check_whole(f"{where}.seats", table.seats, least=len(table.sure))
    forbidden = {frozenset(pair) for pair in problem.forbidden}
    for pair in combinations(table.sure, 2):
        if frozenset(pair) in forbidden or problem.kin_meet(*pair) is Meet.NEVER:
            raise ProblemError(where, f"{pair[0]} and {pair[1]} must never meet.")
    _take(day, where, table)
    for person in table.sure:
        _check_seat(problem, day, where, table, person)


def _take(day: _Day, where: str, held: LockedMeeting | HostTable) -> None:
    """Refuse a table, or people, that are taken already, and take note of them."""
    round_ = held.round
    before = day.tables.setdefault((round_, held.table), where)
    if before != where:
        raise ProblemError(f"{where}.table", f"is taken in round {round_} by {before}.")
    for person in held.sure if isinstance(held, HostTable) else held.people:
        before = day.seats.setdefault((round_, person), where)
        if before != where:
            raise ProblemError(f"{where}.people", f"{person} is in {before} in round {round_} too.")


def _check_place(problem: "Problem", where: str, meeting: LockedMeeting | HostTable) -> None:
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


def _check_seat(
    problem: "Problem", day: _Day, where: str, meeting: LockedMeeting | HostTable, person: str
) -> None:
    rounds = day.there[person]
    if rounds is not None and meeting.round not in rounds:
        raise ProblemError(where, f"{person} is not there in round {meeting.round}.")
    fixed = problem.fixed_table.get(person, meeting.table)
    if fixed != meeting.table:
        raise ProblemError(f"{where}.table", f"{person} always sits at table {fixed}.")
    if meeting.table not in problem.allowed_tables.get(person, (meeting.table,)):
        raise ProblemError(f"{where}.table", f"{person} cannot sit at table {meeting.table}.")


def _check_beside(day: _Day, where: str, meeting: LockedMeeting, double: set[frozenset[str]]) -> None:
    """Refuse a meeting that cannot be beside those before it, and take note of it."""
    round_ = meeting.round
    _take(day, where, meeting)
    for pair in combinations(meeting.people, 2):
        before = day.met.setdefault(frozenset(pair), where)
        if before != where and frozenset(pair) not in double:
            words = f"{pair[0]} and {pair[1]} meet in {before} too; a pair meets once."
            raise ProblemError(f"{where}.people", words)
    if len(meeting.people) == 3 and day.trios.setdefault(round_, where) != where:
        words = f"round {round_} has its one trio in {day.trios[round_]}."
        raise ProblemError(f"{where}.people", words)


def _check_helpers(problem: "Problem", day: _Day) -> None:
    """Refuse a supporter who would have to be at two tables in one round."""
    for name, group in problem.helpers.items():
        first: dict[int, tuple[str, str]] = {}
        for (round_, person), where in day.seats.items():
            if person not in group:
                continue
            before, other = first.setdefault(round_, (where, person))
            if before != where:
                words = f"{person} comes with {name}, who is with {other} in round {round_}, {before}."
                raise ProblemError(f"{where}.people", words)


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
