import numpy as np
import pytest
from scipy import sparse

from matchmaker.matching.alike_rows import AlikeRows
from matchmaker.matching.row_products import unit_rows

ROWS = unit_rows(sparse.random_array((60, 40), density=0.3, rng=np.random.default_rng(0), format="csr"))
EVERY = (ROWS @ ROWS.T).toarray()
NOTHING = np.zeros(0, dtype=np.intp)


def test_what_is_above_the_least_is_the_product_to_the_last_digit_and_the_rest_is_nothing():
    left, right = np.asarray([7, 3, 7, 41]), np.asarray([3, 58, 58, 2, 0])
    alike = AlikeRows(ROWS, left, right, 0.3)
    a, b = np.repeat(left, len(right)), np.tile(right, len(left))
    told = EVERY[a, b]
    assert alike.cosines(a, b).tolist() == np.where(told > 0.3, np.minimum(told, 1.0), 0.0).tolist()
    assert 0 < np.count_nonzero(told > 0.3) < len(told)


@pytest.mark.parametrize(
    ("left", "right"), [(NOTHING, np.arange(3)), (np.arange(3), NOTHING), (NOTHING, NOTHING)]
)
def test_nothing_is_like_nothing(left, right):
    assert AlikeRows(ROWS, left, right, 0.3).cosines(NOTHING, NOTHING).tolist() == []
