"""Say what a finished plan is, and how far any plan could be better."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import fsum

import numpy as np

from matchmaker.scheduling.choosing import Choice
from matchmaker.scheduling.model import Floats, Model, among
from matchmaker.scheduling.plan import Certificate, Changes, Meeting, Unmet
from matchmaker.scheduling.problem import Problem
from matchmaker.scheduling.stakes import Stakes
from matchmaker.scheduling.timetable import Timetable

SOLVER_TOLERANCE = 2e-6
"""Points by which the integer program may miss its optimum."""


@dataclass(frozen=True)
class Best:
    """What no plan is better than: by score alone, in points, and by all goals together, in units."""

    score: float
    worth: Fraction

    @classmethod
    def of(cls, table: Timetable, weights: Stakes, most_score: int, fairest: Choice) -> "Best":
        """Return the bounds on plans with the settled meetings of `table`.

        `most_score` bounds the score of the rest, in half units; `fairest` is its relaxed optimum by wishes,
        fairness and score. Relaxed are: that rounds differ (who is there when), that pairs are whole, and which
        tables are free.
        """
        model = table.model
        slack = _rounding(model, weights.scale)
        settled, granted = 0.0, 0
        if table.met:
            met = among(model.keys, table.met_keys())
            settled, granted = fsum(model.score[met].tolist()), int((met & model.wished).sum())
        beyond = weights.standing(table.had()) + weights.wish * weights.scale * granted
        worth = Fraction(fairest.value, 2) + beyond + Fraction((settled + slack) * weights.scale)
        return cls(settled + most_score / 2 / weights.scale + slack, worth)

    def capped(self, worth: int | None, weights: Stakes) -> "Best":
        """Return these bounds, tightened where the whole problem, not only its relaxation, was solved to `worth`."""
        if worth is None:
            return self
        return Best(self.score, min(self.worth, worth + Fraction(SOLVER_TOLERANCE) * weights.scale))


def certify(
    problem: Problem, model: Model, weights: Stakes, meetings: tuple[Meeting, ...], best: Best,
    changes: Changes | None,
) -> Certificate:  # fmt: skip
    """Return the certificate of `meetings`, in each of which people are in order of id."""
    number = {person: i for i, person in enumerate(model.ids)}
    total = fsum(meeting.score for meeting in meetings)
    seats = [number[one] for meeting in meetings for one in meeting.people]
    had = np.bincount(np.array(seats, dtype=np.int64), minlength=model.people)
    wished = dict.fromkeys((a, b) if a < b else (b, a) for a, b in problem.wanted)
    rounds = {
        pair: meeting.round
        for meeting in (meetings if wished else ())
        for pair in combinations(meeting.people, 2)
        if pair in wished
    }
    granted = len(rounds)
    beyond = weights.standing(had) + weights.wish * weights.scale * granted
    bound = max(round(best.score, 9), total)
    fair_bound = max(min(round(float((best.worth - beyond) / weights.scale), 9), bound), total)
    there = weights.there > 0
    reasons = _Reasons(problem, model, number, rounds)
    return Certificate(
        total=total,
        bound=bound,
        fair_bound=fair_bound,
        ratio=total / fair_bound if fair_bound else 1.0,
        fewest_meetings=int(had[there].min()) if there.any() else 0,
        double_sit_outs=int((weights.there - had >= 2).sum()),
        unmet=tuple(reasons.reason(a, b) for a, b in wished if (a, b) not in rounds),
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
        self, problem: Problem, model: Model, number: dict[str, int], rounds: dict[tuple[str, str], int]
    ) -> None:
        self.model, self.number = model, number
        self.forbidden = {frozenset(pair) for pair in problem.forbidden}
        self.granted: dict[str, set[int]] = {}
        for pair, round_ in rounds.items():
            for person in pair:
                self.granted.setdefault(person, set()).add(round_ - 1)

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
