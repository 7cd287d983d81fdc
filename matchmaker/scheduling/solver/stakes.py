"""What a plan is worth beyond its scores: wishes first, then fairness, keeping apart, mixing, the total.

A person's meetings are worth less and less, so that a meeting always goes to whoever has had fewest: the k-th
sit-out of a person weighs k × SIT_OUT points, and meetings up to the number that everybody could reach weigh
more than any sit-out. A wish weighs more than what fairness could lose by it. Where pairs are to be kept apart,
each that meets all the same costs APART points, and fairness weighs APART times as much; so it does where people
are to meet others of another pool, each missing one of whom costs MIX points. Worths are finite, so
a bound of the form "best worth of all − what this plan's fairness and wishes are worth" holds for every plan whose
fairness and wishes are worth as much, whatever the weights.
"""

from dataclasses import dataclass, replace

import numpy as np

from matchmaker.scheduling.solver.choice import SCALE, SIT_OUT, whole
from matchmaker.scheduling.solver.model import Floats, Ints, Model

APART = 100
"""Points of score that one meeting of two people who are to be kept apart costs."""

MIX = 25
"""Points of score that it costs if somebody does not meet one person more of another pool, though they should."""

BEYOND = 1_000_000
"""A meeting that somebody must not have loses as much as so many wishes."""


@dataclass(frozen=True)
class Stakes:
    """The weights for one model, in points of score.

    `there` (n,): the most meetings each person can have. `sit_out`: of a person's first. `floor`: the meetings
    everybody could reach. `wish`: of one wish. `scale`: whole-number units a point, smaller where the weights
    would not fit 64 bits. `bonus` (n,), in units, is what each person's partner of another pool is worth
    where pairs are looked at one by one; the choice of all pairs needs none.
    """

    there: Ints
    sit_out: int
    floor: int
    floor_weight: int
    wish: int
    scale: int
    bonus: Ints

    def level(self, person: Ints, nth: Ints) -> Ints:
        """Return what the `nth` meeting of each `person` is worth, in units; falls as `nth` grows."""
        sit_outs = self.sit_out * (self.there[person] - nth + 1)
        level: Ints = (sit_outs + self.floor_weight * np.maximum(0, self.floor - nth + 1)) * self.scale
        return level

    def level_of(self, person: int, nth: int) -> int:
        """Return `level` for one person; a loss beyond all gains for more meetings than they can have."""
        if nth > self.there[person]:
            return -self.wish * self.scale * BEYOND
        sit_outs = self.sit_out * (int(self.there[person]) - nth + 1)
        return (sit_outs + self.floor_weight * max(0, self.floor - nth + 1)) * self.scale

    def worth(self, model: Model) -> Ints:
        """Return what each pair is worth, in units, shape (m,): its score and whatever else counts, except mixing."""
        return whole(model.score, self.scale) + self.beyond(model)

    def one_by_one(self, model: Model) -> Ints:
        """Return what each pair is worth, in units, shape (m,), its people's bonuses included."""
        return self.worth(model) + model.cross * (self.bonus[model.first] + self.bonus[model.second])

    def beyond(self, model: Model) -> Ints:
        """Return what each pair is worth beyond its score, in units, shape (m,)."""
        return (self.wish * model.wished - APART * model.reluctant) * self.scale

    def with_bonus(self, bonus: Floats) -> "Stakes":
        """Return these weights with a `bonus` (n,), in units, rounded up so that no tie is left to chance."""
        return replace(self, bonus=np.ceil(bonus).astype(np.int64))

    def mixing(self, model: Model, keys: Ints) -> int:
        """Return what it is worth for mixing, in units, if the pairs with `keys` meet."""
        if not model.due.any():
            return 0
        return MIX * self.scale * int(np.minimum(model.mixed(keys), model.due).sum())

    def standing(self, meetings: Ints) -> int:
        """Return what the `meetings` (n,) of all people are worth for fairness, in units."""
        person, nth = counted(np.zeros_like(meetings), meetings)
        return int(self.level(person, nth).sum())


def stakes(model: Model, floor: int) -> Stakes:
    """Return the weights for `model`, where `floor` is the most meetings that everybody who can meet might have."""
    there = model.reach
    sit_out = SIT_OUT * (APART if model.reluctant.any() or model.due.any() else 1)
    floor_weight = sit_out * (model.rounds + 1)
    wish = 4 * (floor_weight * (floor + 1) + sit_out * (model.rounds + 1))
    scale = SCALE
    while scale > 1 and wish * scale * max(2 * model.people + 8, model.people * model.rounds) > 2**60:
        scale //= 10
    return Stakes(there, sit_out, floor, floor_weight, wish, scale, np.zeros(model.people, dtype=np.int64))


def counted(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return person and number of each meeting after the `start`-th up to the `end`-th, per person (n,)."""
    count = end - start
    person = np.repeat(np.arange(len(count)), count)
    offset = np.repeat(np.cumsum(count) - count, count)
    nth: Ints = np.arange(len(person)) - offset + start[person] + 1
    return person, nth
