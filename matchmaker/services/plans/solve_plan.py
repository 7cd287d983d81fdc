"""Solve a plan: from what it depends on to meetings that keep every rule, with the proof and the reasons.

Values in, values out. A plan that the checker finds fault with is never returned.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from matchmaker.matching.candidates import candidates_from, score_pairs
from matchmaker.matching.common_ground import common_ground, is_told
from matchmaker.matching.explain import explain
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.reasons import Reason
from matchmaker.matching.scores import Weights
from matchmaker.matching.vectors import Meaning, Vectors, vectorise
from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Certificate, Meeting
from matchmaker.scheduling.problem.plan import Plan as Solution
from matchmaker.scheduling.shortages import shortages
from matchmaker.scheduling.solver import planner
from matchmaker.services.plans.hall import Hall, Pair, ordered
from matchmaker.services.plans.keep_meetings import MOST_PLACES, ToKeep, locked_meetings
from matchmaker.services.plans.place_topics import as_planned
from matchmaker.services.plans.plan_versions import Inputs, SolvedPlan, missing
from matchmaker.store.base import JsonObject

Progress = Callable[[int, int, str], None]

FEWEST_CANDIDATES, CANDIDATES_A_ROUND = 30, 6
"""So many possible partners are scored for each person: enough to choose from in every round."""

MOST_TO_SHARE = 60
"""Of more people than this who need the same tables, enough pairs are among the candidates anyway."""

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


def solve(
    inputs: Inputs, progress: Progress | None = None, seed: int = 0, meaning: Meaning | None = None,
    places: int = MOST_PLACES,
) -> SolvedPlan:  # fmt: skip
    """Return a plan with its proof and reasons; the same inputs and seed give the same plan.

    To grant a wish that came after the plan to be kept, up to `places` may change. `meaning` is the sentence model,
    if it is to count in what a meeting is worth.

    What must stay of earlier versions stays. Raises NothingToPlan if the event has no rounds, tables or people,
    and RuleBroken, with nothing kept, if the checker finds fault with the plan. Minutes for a thousand people,
    seconds for a hundred.
    """
    hall = inputs.hall
    if lacking := missing(hall, inputs.absent):
        raise NothingToPlan(" ".join(f"{one.title}. {one.words}" for one in lacking))
    tell = _teller(progress)
    tell(0)
    vectors = _read(inputs, meaning)
    problem = replace(
        hall.problem(()),  # which the candidates are put into once, as each is looked at
        pairs=tuple(_candidates(inputs, vectors, meaning)),
        locked=hall.round_places(inputs.kept.frozen),
        locked_meetings=locked_meetings(hall, (*inputs.kept.settled, *inputs.kept.locked)),
    )
    tell(1)
    solution = planner.plan(
        problem,
        seed=seed,
        keep=_earlier(inputs.kept),
        places=places,
        progress=lambda done, _total: tell(min(1 + done, 5)),
    )
    tell(6)
    faults = check(problem, solution)
    if faults:
        raise RuleBroken("; ".join(fault.words for fault in faults[:5]))
    groups = [one.people for one in solution.meetings]
    if len(vectors.profiles) < len(inputs.profiles):  # of some only the past is left, which is told, too
        vectors = vectorise(inputs.profiles, inputs.catalogue, meaning)
    why = _reasons(vectors, groups)
    return SolvedPlan(inputs, problem, solution, why)


def _earlier(kept: ToKeep) -> Solution | None:
    """Return the meetings and talks to keep as an earlier plan, in the planner's numbers; None if there are none."""
    if not kept.meetings and not kept.talks:
        return None
    hall = kept.hall
    table_at = {number: place for place, number in enumerate(hall.tables, start=1)}
    round_at = {number: place for place, number in enumerate(hall.rounds, start=1)}
    return Solution(
        tuple(
            # A table that was lost is no table of the planner's: the meeting moves.
            Meeting(round_at[one.round], table_at.get(one.table, 0), tuple(map(str, one.people)), 0.0)
            for one in kept.meetings
        ),
        Certificate(0.0, 0.0, 0.0, 1.0, 0, 0),
        talks=as_planned(kept.talks, round_at),
    )


def _teller(progress: Progress | None) -> Callable[[int], None]:
    def tell(step: int) -> None:
        if progress is not None:
            progress(step, len(_STEPS), _STEPS[step])

    return tell


def _read(inputs: Inputs, meaning: Meaning | None) -> Vectors:
    """Return everybody who is there as numbers, with whom they must not meet in place of what they said of it."""
    hall = inputs.hall
    never: dict[int, set[str]] = defaultdict(set)
    for a, b in hall.forbidden | hall.apart():
        never[a].add(str(b))
        never[b].add(str(a))
    there = [
        # Teams are among the forbidden pairs already.
        replace(profile, team="", not_with=frozenset(never[int(profile.id)]))
        for profile in inputs.profiles
        if hall.there[int(profile.id)]
    ]
    return vectorise(there, inputs.catalogue, meaning)


def _candidates(inputs: Inputs, vectors: Vectors, meaning: Meaning | None) -> list[tuple[str, str, float]]:
    """Return who could meet and how good that would be: about thirty others or more for everybody there."""
    each = max(FEWEST_CANDIDATES, CANDIDATES_A_ROUND * len(inputs.hall.rounds))
    found = candidates_from(vectors, each)
    return found + _more_pairs(inputs, meaning, found)


def _sharing(hall: Hall) -> set[Pair]:
    """Return the pairs of those who need tables of which there are too few: who shares one takes half as many."""
    short = [one for one in shortages(hall.seating()) if one.tables and len(one.people) <= MOST_TO_SHARE]
    pairs = {ordered(int(a), int(b)) for one in short for a, b in combinations(one.people, 2)}
    return pairs - hall.forbidden - hall.apart()


def _more_pairs(
    inputs: Inputs, meaning: Meaning | None, found: list[tuple[str, str, float]]
) -> list[tuple[str, str, float]]:
    """Return the pairs of meetings to keep, or who could share a table, that are no candidates, with their scores.

    Somebody of whom only the past is left has no profile, and scores 0.
    """
    kept = {
        pair
        for one in (*inputs.kept.meetings, *inputs.kept.settled, *inputs.kept.locked)
        for pair in one.pairs
    }
    wanted = kept | _sharing(inputs.hall)
    listed = {pair for a, b, _ in found if (pair := ordered(int(a), int(b))) in wanted} if wanted else set()
    pairs = sorted(wanted - listed)
    profiled = {one.id for one in inputs.profiles}
    known = [(str(a), str(b)) for a, b in pairs if {str(a), str(b)} <= profiled]
    scores = (
        dict(zip(known, score_pairs(inputs.profiles, known, inputs.catalogue, meaning), strict=True))
        if known
        else {}
    )
    return [(str(a), str(b), scores.get((str(a), str(b)), 0.0)) for a, b in pairs]


def reasons(
    profiles: Sequence[Profile],
    catalogue: Sequence[DatasetLink],
    groups: Sequence[tuple[str, ...]],
    meaning: Meaning | None = None,
) -> tuple[list[JsonObject], ...]:
    """Return why the people of each group meet, for every pair in it, as the lower id reads it.

    Where nothing is a reason to meet, what many here have in common with them, too, is somewhere to begin. Somebody
    without a profile is in no pair.
    """
    return _reasons(vectorise(profiles, catalogue, meaning), groups)


def _reasons(vectors: Vectors, groups: Sequence[tuple[str, ...]]) -> tuple[list[JsonObject], ...]:
    pairs = [
        (place, a, b)
        for place, people in enumerate(groups)
        for a, b in combinations(sorted(people, key=int), 2)
        if a in vectors.position and b in vectors.position
    ]
    positions = np.asarray(
        [(vectors.position[a], vectors.position[b]) for _, a, b in pairs], dtype=np.intp
    ).reshape(-1, 2)
    found: tuple[list[JsonObject], ...] = tuple([] for _ in groups)

    def tell(number: int, some: Iterable[Reason]) -> None:
        place, a, b = pairs[number]
        found[place].extend(
            {"reader": int(a), "other": int(b), **one.kept()} for one in some if one.kind != "other"
        )

    order = np.lexsort(positions.T[::-1])  # pairs of one person are quicker to compare beside each other
    a, b = positions[order].T
    explained = dict(zip(order.tolist(), explain(vectors, a, b, Weights()), strict=True))
    bare = []
    for number in range(len(pairs)):
        one = explained.pop(number)
        tell(number, one.reasons)
        if not is_told(one.reasons):
            bare.append(number)
    if bare:
        for number, some in zip(bare, common_ground(Quotes(vectors), *positions[bare].T), strict=True):
            tell(number, some)
    return found
