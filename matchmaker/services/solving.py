"""Solving: from what a plan depends on to a plan that keeps every rule, with its proof and its reasons.

Values in, values out. A plan that the checker finds fault with is never returned.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import combinations

import numpy as np

from matchmaker.matching.candidates import candidate_pairs
from matchmaker.matching.reasons import explain
from matchmaker.matching.scoring import Weights
from matchmaker.matching.vectors import vectorise
from matchmaker.scheduling import planner
from matchmaker.scheduling.checking import check
from matchmaker.scheduling.plan import Plan as Solution
from matchmaker.services.planning import Inputs, Solved, missing
from matchmaker.store.base import JsonObject

Progress = Callable[[int, int, str], None]

FEWEST_CANDIDATES, CANDIDATES_A_ROUND = 30, 6
"""So many possible partners are scored for each person: enough to choose from in every round."""

_STEPS = (
    "Comparing what people offer and need",
    "Working out the best that is possible",
    "Choosing who meets whom",
    "Choosing who meets whom",
    "Putting the meetings into rounds",
    "Giving every meeting a table",
    "Checking the plan against every rule",
)


class NothingToPlan(Exception):  # noqa: N818 - it is an answer, not a fault
    """The event lacks something a plan needs; the message says what to add."""


class RuleBroken(Exception):  # noqa: N818 - a name that says what happened
    """The planner's answer broke a rule, and was not kept; the message says which."""


def solve(inputs: Inputs, progress: Progress | None = None, seed: int = 0) -> Solved:
    """Return a plan with its proof and reasons; the same inputs and seed give the same plan.

    Raises NothingToPlan if the event has no rounds, tables or people, and RuleBroken, with nothing kept, if
    the checker finds fault with the plan. Minutes for a thousand people, seconds for a hundred.
    """
    hall = inputs.hall
    if lacking := missing(hall):
        raise NothingToPlan(lacking)
    tell = _teller(progress)
    tell(0)
    problem = hall.problem(_candidates(inputs))
    tell(1)
    solution = planner.plan(problem, seed=seed, progress=lambda done, _total: tell(min(1 + done, 5)))
    tell(6)
    faults = check(problem, solution)
    if faults:
        raise RuleBroken("; ".join(fault.words for fault in faults[:5]))
    return Solved(hall, problem, solution, _reasons(inputs, solution))


def _teller(progress: Progress | None) -> Callable[[int], None]:
    def tell(step: int) -> None:
        if progress is not None:
            progress(step, len(_STEPS), _STEPS[step])

    return tell


def _candidates(inputs: Inputs) -> list[tuple[str, str, float]]:
    """Return who could meet and how good that would be: about thirty others or more for everybody there."""
    hall = inputs.hall
    never: dict[int, set[str]] = defaultdict(set)
    for a, b in hall.forbidden | hall.apart():
        never[a].add(str(b))
        never[b].add(str(a))
    known = [
        # Teams are among the forbidden pairs already.
        replace(profile, team="", not_with=frozenset(never[int(profile.id)]))
        for profile in inputs.profiles
        if hall.there[int(profile.id)]
    ]
    each = max(FEWEST_CANDIDATES, CANDIDATES_A_ROUND * len(hall.rounds))
    return candidate_pairs(known, per_person=each, catalogue=inputs.catalogue)


def _reasons(inputs: Inputs, solution: Solution) -> tuple[list[JsonObject], ...]:
    """Return the reasons of each meeting, of every pair in it, as the lower id reads them."""
    vectors = vectorise(inputs.profiles, inputs.catalogue)
    pairs = [
        (place, a, b)
        for place, meeting in enumerate(solution.meetings)
        for a, b in combinations(sorted(meeting.people, key=int), 2)
    ]
    positions = np.asarray(
        [(vectors.position[a], vectors.position[b]) for _, a, b in pairs], dtype=np.intp
    ).reshape(-1, 2)
    found: tuple[list[JsonObject], ...] = tuple([] for _ in solution.meetings)
    explained = explain(vectors, positions[:, 0], positions[:, 1], Weights())
    for (place, a, b), pair in zip(pairs, explained, strict=True):
        found[place].extend(
            {"reader": int(a), "other": int(b), **asdict(reason)}
            for reason in pair.reasons
            if reason.kind != "other"
        )
    return found
