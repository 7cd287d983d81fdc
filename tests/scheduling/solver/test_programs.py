"""Prices prove a bound, and whole values that lose less than what was not looked at are proven best."""

import numpy as np
from scipy.sparse import csr_matrix

from matchmaker.scheduling.solver.choice import SCALE
from matchmaker.scheduling.solver.programs import Laid, integers, relaxed

TRIANGLE = Laid(
    gain=np.array([4, 3, 2]) * SCALE,
    most=np.ones(3, dtype=np.int64),
    rows=csr_matrix(np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])),
    limit=np.ones(3, dtype=np.int64),
    exact=0,
)
"""Three pairs of three people, of whom everybody can be in one: halves of all are worth more than any whole one."""


def test_prices_prove_what_halves_are_worth_and_whole_values_are_the_best_pair() -> None:
    solved = relaxed(TRIANGLE)
    assert solved is not None
    price, answer = solved
    assert TRIANGLE.bound(price) == 4.5 * SCALE
    assert answer.tolist() == [0.5, 0.5, 0.5]
    found = integers(TRIANGLE, price, answer, limit=10 * SCALE)
    assert found is not None
    assert (found[0].tolist(), found[1]) == ([1, 0, 0], 4 * SCALE)


def test_what_is_not_looked_at_may_be_worth_the_bound_less_what_it_loses() -> None:
    solved = relaxed(TRIANGLE)
    assert solved is not None
    found = integers(TRIANGLE, *solved, limit=0)
    assert found is not None
    assert found[1] == 4.5 * SCALE


def test_a_program_without_an_answer_has_none() -> None:
    full = Laid(TRIANGLE.gain, TRIANGLE.most, TRIANGLE.rows, -TRIANGLE.limit, exact=0)
    assert relaxed(full) is None
