"""Say what a finished plan is, and how far any plan could be better."""

from itertools import combinations
from math import fsum

import numpy as np

from matchmaker.scheduling.choosing import Choice
from matchmaker.scheduling.model import Floats, Model
from matchmaker.scheduling.plan import Certificate, Changes, Meeting, Unmet
from matchmaker.scheduling.problem import Problem
from matchmaker.scheduling.stakes import Stakes


def certify(
    problem: Problem, model: Model, weights: Stakes, meetings: tuple[Meeting, ...],
    best: Choice, fairest: Choice, changes: Changes | None = None,
) -> Certificate:  # fmt: skip
    """Return the certificate of `meetings`.

    `best` is the relaxed optimum by score alone, `fairest` the one by wishes, fairness and score. Relaxed
    are: that rounds differ (who is there when), that pairs are whole, and which table a meeting needs.
    """
    number = {person: i for i, person in enumerate(model.ids)}
    total = fsum(meeting.score for meeting in meetings)
    met = {frozenset(pair) for meeting in meetings for pair in combinations(meeting.people, 2)}
    had = np.zeros(model.people, dtype=np.int64)
    for meeting in meetings:
        for person in meeting.people:
            had[number[person]] += 1
    wished = list(dict.fromkeys(tuple(sorted(pair)) for pair in problem.wanted))
    granted = sum(frozenset(pair) in met for pair in wished)
    slack = _rounding(model, weights.scale)
    bound = best.value / 2 / weights.scale + slack
    beyond = weights.standing(had) + weights.wish * weights.scale * granted
    fair_bound = (fairest.value / 2 - beyond) / weights.scale + slack
    there = weights.there > 0
    bound = max(round(bound, 9), total)
    fair_bound = max(min(round(fair_bound, 9), bound), total)
    unmet = _Reasons(problem, model, meetings, met)
    return Certificate(
        total=total,
        bound=bound,
        fair_bound=fair_bound,
        ratio=total / fair_bound if fair_bound else 1.0,
        fewest_meetings=int(had[there].min(initial=model.rounds)) if there.any() else 0,
        double_sit_outs=int((weights.there - had >= 2).sum()),
        unmet=tuple(unmet.reason(a, b) for a, b in wished if frozenset((a, b)) not in met),
        changes=changes,
    )


def _rounding(model: Model, scale: int) -> float:
    """Return the most that rounding scores to whole units can have taken off a bound."""
    error = model.score - np.rint(model.score * scale) / scale
    most = int(model.capacity().sum()) + 2 * model.rounds
    largest: Floats = np.sort(error)[::-1][:most]
    return float(np.maximum(largest, 0).sum())


class _Reasons:
    """Why wishes were not met, in words that `checking` can verify."""

    def __init__(
        self, problem: Problem, model: Model, meetings: tuple[Meeting, ...], met: set[frozenset[str]]
    ) -> None:
        wanted = {frozenset(pair) for pair in problem.wanted}
        self.model = model
        self.number = {person: i for i, person in enumerate(model.ids)}
        self.forbidden = {frozenset(pair) for pair in problem.forbidden}
        self.granted: dict[str, set[int]] = {}
        for meeting in meetings:
            for pair in combinations(meeting.people, 2):
                for person in pair if frozenset(pair) in wanted else ():
                    self.granted.setdefault(person, set()).add(meeting.round - 1)

    def reason(self, a: str, b: str) -> Unmet:
        """Return why `a` and `b` do not meet: the first of the reasons that is true."""
        model, i, j = self.model, self.number[a], self.number[b]
        common = np.flatnonzero(model.present[i] & model.present[j]).tolist()
        if frozenset((a, b)) in self.forbidden:
            return Unmet((a, b), f"{a} and {b} must never meet.")
        if not common:
            return Unmet((a, b), f"{a} and {b} are never there together.")
        if not any(model.share_a_table((i, j), r) for r in common):
            return Unmet((a, b), f"There is no table at which both {a} and {b} may sit while they are there.")
        for one in (a, b):
            if self.granted.get(one, set()) >= set(common):
                words = f"Every round in which {a} and {b} are both there "
                words += f"is full of meetings both asked for of {one}."
                return Unmet((a, b), words)
        return Unmet((a, b), f"No place found: {a} and {b} are there together in {len(common)} rounds.")
