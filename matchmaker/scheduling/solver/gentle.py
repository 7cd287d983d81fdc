"""Put whole rounds in a gentle order: easy conversations first, bridges between unlike people later.

Only rounds that can stand for one another change places, so that every rule holds as before, and only if nobody
has to change tables more often for it. O(people × rounds), and seating twice.
"""

from dataclasses import replace

from matchmaker.scheduling.problem.plan import Meeting
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.seat import meetings_of
from matchmaker.scheduling.solver.timetable import Timetable

Alike = dict[tuple[int, frozenset[int], bytes], list[int]]
"""Rounds by what makes them alike: how many tables, which are closed, and who is there."""


def gently(table: Timetable, problem: Problem) -> tuple[Meeting, ...]:
    """Return the meetings of `table`, seated, with rounds that are alike in order of the mean score of a meeting."""
    as_it_is = meetings_of(table)
    scores: dict[int, list[float]] = {}
    for meeting in as_it_is:
        scores.setdefault(meeting.round - 1, []).append(meeting.score)
    mean = {round_: sum(several) / len(several) for round_, several in scores.items()}
    order = list(range(table.model.rounds))
    for rounds in _alike(table, problem).values():
        # The sort is stable: where nothing is gained, nothing changes.
        for round_, instead in zip(rounds, sorted(rounds, key=lambda r: -mean.get(r, 0.0)), strict=True):
            order[round_] = instead
    gentle = meetings_of(_reordered(table, order))
    return gentle if _moves(gentle) <= _moves(as_it_is) else as_it_is


def _alike(table: Timetable, problem: Problem) -> Alike:
    """Return the rounds that can stand for one another, in classes.

    Not those that were given, or in which something is tied to the hour: locked ones, host tables, double meetings;
    and none at all if somebody needs rests between their meetings.
    """
    model = table.model
    if model.limits.in_a_row:
        return {}
    given = set(problem.locked) | {one.round for one in problem.locked_meetings}
    bound = {number - 1 for number in given | {one.round for one in problem.host_tables}}
    bound |= {r for r, _ in table.talks}
    bound |= {r for r, people, _ in table.settled if len(people) == 2 and model.key(*people) in model.doubles}
    alike: Alike = {}
    for round_ in sorted(set(range(model.rounds)) - bound):
        kind = (int(model.tables[round_]), model.closed[round_], model.present[:, round_].tobytes())
        alike.setdefault(kind, []).append(round_)
    return alike


def _reordered(table: Timetable, order: list[int]) -> Timetable:
    """Return `table` with its rounds in another order: the r-th is what was `order[r]`."""
    place = {old: new for new, old in enumerate(order)}
    return replace(
        table,
        at=[table.at[r] for r in order],
        room=[table.room[r] for r in order],
        held=[table.held[r] for r in order],
        taken=[table.taken[r] for r in order],
        settled=[(place[r], people, at) for r, people, at in table.settled],
        busy={(place[r], person) for r, person in table.busy},
    )


def _moves(meetings: tuple[Meeting, ...]) -> int:
    """Return how often people sit down at another table than the one at which they sat last."""
    sat: dict[str, int] = {}
    moves = 0
    for meeting in meetings:
        for person in meeting.people:
            moves += sat.get(person, meeting.table) != meeting.table
            sat[person] = meeting.table
    return moves
