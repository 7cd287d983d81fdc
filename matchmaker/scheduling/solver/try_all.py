"""Try every arrangement of a small hall where its plan falls short of what is not proven to be impossible."""

from itertools import islice

import numpy as np

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.fewest import Fewest
from matchmaker.scheduling.solver.kinds import all_entries, settle_entries
from matchmaker.scheduling.solver.model import among
from matchmaker.scheduling.solver.place import value
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.timetable import Timetable


def rank(table: Timetable, fewest: Fewest, weights: Stakes) -> tuple[int, int, int]:
    """Return how good a timetable is: wishes met, then the fewest meetings, then its worth in units."""
    return _wishes(table), fewest.had_by(table.had()), value(table, weights)


def falls_short(table: Timetable, fewest: Fewest) -> bool:
    """Whether somebody has fewer meetings than is proven to be the most, or a wish is not met."""
    wishes = int(np.count_nonzero(table.model.wished))
    return fewest.had_by(table.had()) < fewest.floor or _wishes(table) < wishes


def _wishes(table: Timetable) -> int:
    model = table.model
    return int(np.count_nonzero(model.wished & among(model.keys, table.met_keys())))


def _rested(table: Timetable) -> dict[int, int]:
    """Return who asks for rests, with the number of meetings they can have."""
    model = table.model
    partners = np.bincount(np.append(model.first, model.second), minlength=model.people)
    reach = np.minimum(model.reach, partners).tolist()
    return {one: reach[one] for one in sorted(model.limits.resting) if reach[one]}


def tried_all(
    start: Timetable, made: Timetable, problem: Problem, fewest: Fewest, weights: Stakes, seed: int
) -> tuple[Timetable, Fewest]:
    """Return the best way to go on from `start`, or `made` if that is as good, and the bound on the fewest.

    Of a hall that is too large, `made` and the bound as they were.
    """
    from matchmaker.scheduling.solver.exact import MOST_ENTRIES, Program  # noqa: PLC0415 - heavy: CP-SAT

    entries = list(islice(all_entries(start, weights), MOST_ENTRIES + 1))
    if len(entries) > MOST_ENTRIES:
        return made, fewest
    solved = Program(start, problem, weights, entries).solve(fewest.able, fewest.floor, seed, _rested(start))
    if solved is None:
        return made, fewest
    table = start.copy()
    settle_entries(table, solved.entries)
    if solved.proven and not problem.topics:
        fewest = fewest.solved(solved.fewest)
    return max(made, table, key=lambda one: rank(one, fewest, weights)), fewest
