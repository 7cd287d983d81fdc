"""Everybody's partners come best first, and only those with whom a meeting is still possible."""

import numpy as np

from matchmaker.scheduling.problem.problem import Mixing, Person
from matchmaker.scheduling.solver.left_to_choose import possible
from matchmaker.scheduling.solver.partners import Partners
from tests.scheduling.solver.conftest import Hall, everybody

SCORES = {"ab": 0.5, "ac": 1.0, "ad": 0.25, "bc": 0.75}


def of(hall: Hall, one: str, partners: Partners | None = None) -> list[tuple[str, float]]:
    """The partners of somebody by name, with the points of score that a meeting is worth."""
    found = (partners or hall.partners).of(hall.number[one])
    return [(hall.letters([other]), worth / hall.weights.scale) for other, worth in found]


def test_partners_come_best_first() -> None:
    hall = everybody("abcde", 2, SCORES)
    assert of(hall, "a") == [("c", 1.0), ("b", 0.5), ("d", 0.25)]
    assert of(hall, "c") == [("a", 1.0), ("b", 0.75)]
    assert of(hall, "e") == []


def test_a_wish_makes_somebody_the_best_partner() -> None:
    hall = everybody("abcd", 2, SCORES, wanted=(("d", "a"),))
    assert of(hall, "a")[0] == ("d", 0.25 + hall.weights.wish)


def test_whom_somebody_has_met_is_no_partner_any_more() -> None:
    hall = everybody("abcd", 2, SCORES)
    hall.meet(0, "ac")
    assert of(hall, "a", Partners(hall.model, hall.weights, possible(hall.table))) == [
        ("b", 0.5),
        ("d", 0.25),
    ]


def test_a_meeting_is_worth_the_same_from_both_sides_and_nothing_where_it_cannot_be() -> None:
    hall = everybody("abcde", 2, SCORES)
    a, b, e = (hall.number[one] for one in "abe")
    assert hall.partners.worth(a, b) == hall.partners.worth(b, a) == 0.5 * hall.weights.scale
    assert hall.partners.worth(a, e) == 0


def test_somebody_of_another_pool_is_worth_what_both_gain_by_it() -> None:
    pools = {"b": Person("b", pool="in"), "c": Person("c", pool="out")}
    hall = everybody("abc", 2, people=pools, mixing=Mixing(1))
    bonus = np.array([{"b": 2.0, "c": 3.0}.get(one, 0.0) for one in hall.model.ids])
    weights = hall.weights.with_bonus(bonus * hall.weights.scale)
    partners = Partners(hall.model, weights, possible(hall.table))
    assert of(hall, "c", partners) == [("b", 5.5), ("a", 0.5)]
