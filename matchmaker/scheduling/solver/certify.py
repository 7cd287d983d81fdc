"""Say what a finished plan is, and how far any plan could be better."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import fsum

import numpy as np

from matchmaker.scheduling.problem.plan import Certificate, Changes, Group, Meeting, Talk
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.choice import Choice
from matchmaker.scheduling.solver.fewest import Fewest
from matchmaker.scheduling.solver.model import Floats, Model, among, distinct
from matchmaker.scheduling.solver.stakes import Stakes
from matchmaker.scheduling.solver.stars import stars_bound, stars_reached
from matchmaker.scheduling.solver.timetable import Timetable
from matchmaker.scheduling.solver.what_gave_way import Reasons, gave_way

CLOSE = 2e-9
"""Points by which a bound that a plan reaches may seem to be above it, as sums are rounded."""


@dataclass(frozen=True)
class Best:
    """What no plan is better than: by score alone, in points, and by all goals together, in units.

    `slack` is by how many points scores in units may be less than they are.
    """

    score: float
    worth: Fraction
    slack: float = 0.0

    @classmethod
    def of(cls, table: Timetable, weights: Stakes, most_score: int, fairest: Choice) -> "Best":
        """Return the bounds on plans with the settled meetings of `table`.

        `most_score` bounds the score of the rest, in half units; `fairest` is its relaxed optimum by wishes,
        fairness and score. Relaxed are: that rounds differ (who is there when), that pairs are whole, and which
        tables are free.
        """
        model = table.model
        slack = _rounding(model, weights.scale)
        settled, beyond = 0.0, weights.standing(table.had())
        if table.met:
            met = among(model.keys, table.met_keys())
            settled = fsum(model.score[met].tolist())
            settled += fsum(double.score for key, double in model.doubles.items() if key in table.met)
            beyond += int(weights.beyond(model)[met].sum()) + weights.mixing(model, table.met_keys())
        worth = Fraction(fairest.value, 2) + beyond + Fraction((settled + slack) * weights.scale)
        return cls(settled + most_score / 2 / weights.scale + slack, worth, slack)

    def lowered(self, score: int, worth: int, weights: Stakes) -> "Best":
        """Return these bounds less so many half units each."""
        return replace(
            self, score=self.score - score / 2 / weights.scale, worth=self.worth - Fraction(worth, 2)
        )

    def capped(self, worth: int | None, weights: Stakes) -> "Best":
        """Return these bounds, tightened where the whole problem, not only its relaxation, was solved to `worth`."""
        if worth is None:
            return self
        return replace(self, worth=min(self.worth, worth + Fraction(self.slack) * weights.scale))


def certify(
    problem: Problem, model: Model, weights: Stakes, meetings: tuple[Meeting, ...], best: Best,
    fewest: Fewest, changes: Changes | None, groups: tuple[Group, ...] = (), talks: tuple[Talk, ...] = (),
) -> Certificate:  # fmt: skip
    """Return the certificate of `meetings`, in each of which people are in order of id."""
    number = {person: i for i, person in enumerate(model.ids)}
    total = fsum(meeting.score for meeting in meetings)
    seats = [number[one] for meeting in meetings for one in meeting.people]
    seats += [number[one] for group in groups for one in group.people]
    seats += [number[one] for talk in talks for one in talk.people]
    had = np.bincount(np.array(seats, dtype=np.int64), minlength=model.people)
    wished = dict.fromkeys((a, b) if a < b else (b, a) for a, b in problem.wanted)
    rounds = {
        pair: meeting.round
        for meeting in (meetings if wished else ())
        for pair in combinations(meeting.people, 2)
        if pair in wished
    }
    beyond = weights.standing(had) + _beyond_scores(model, weights, meetings, number)
    bound = max(round(best.score, 9), total)
    fair_bound = max(min(round(float((best.worth - beyond) / weights.scale), 9), bound), total)
    if fair_bound - total <= CLOSE:
        fair_bound = total
    rested = np.isin(np.arange(model.people), list(model.limits.resting))
    there = model.present.any(axis=1) & ~rested
    reasons = Reasons(problem, model, number, rounds)
    return Certificate(
        total=total,
        bound=bound,
        fair_bound=fair_bound,
        ratio=total / fair_bound if fair_bound else 1.0,
        fewest_meetings=int(had[there].min()) if there.any() else 0,
        double_sit_outs=int((weights.there - had >= 2).sum()),
        unmet=tuple(reasons.reason(a, b) for a, b in wished if (a, b) not in rounds),
        gave_way=gave_way(problem, meetings, dict(zip(model.ids, model.reach.tolist(), strict=True))),
        changes=changes,
        fewest_bound=fewest.most,
        fewest_limit=fewest.limit,
        stars=stars_reached(problem, talks) if problem.topics else None,
        stars_bound=stars_bound(problem) if problem.topics else None,
    )


def _beyond_scores(
    model: Model, weights: Stakes, meetings: tuple[Meeting, ...], number: dict[str, int]
) -> int:
    """Return what the pairs who meet are worth beyond their scores, in units."""
    if not (model.wished.any() or model.reluctant.any() or model.due.any()):
        return 0
    keys = [
        model.key(number[a], number[b]) for meeting in meetings for a, b in combinations(meeting.people, 2)
    ]
    held = distinct(np.array(keys, dtype=np.int64))
    return int(weights.beyond(model)[among(model.keys, held)].sum()) + weights.mixing(model, held)


def _rounding(model: Model, scale: int) -> float:
    """Return the most that rounding scores to whole units can have taken off a bound."""
    error = model.score - np.rint(model.score * scale) / scale
    most = int(model.capacity().sum()) + 2 * model.rounds
    largest: Floats = np.sort(error)[::-1][:most]
    return float(np.maximum(largest, 0).sum())
