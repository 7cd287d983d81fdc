import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matchmaker.matching import row_products as products
from matchmaker.matching.row_products import (
    ByColumn,
    SharedColumns,
    near_products,
    product_terms,
    row_products,
)

SOME = np.random.default_rng(0)
ROWS = sparse.random_array((60, 40), density=0.3, rng=SOME, format="csr")
OTHERS = sparse.random_array((50, 40), density=0.3, rng=SOME, format="csr")


def one_after_the_other(one, other, left, right):
    found = []
    for a, b in zip(left, right, strict=True):
        total = 0.0
        for mine, theirs in zip(one[[a]].toarray()[0], other[[b]].toarray()[0], strict=True):
            total += mine * theirs
        found.append(total)
    return found


@given(st.lists(st.tuples(st.integers(0, 59), st.integers(0, 49))))
def test_products_of_rows_that_stand_near_each_other_are_those_of_each_pair_to_the_last_digit(pairs):
    left, right = np.asarray(pairs, dtype=np.intp).reshape(-1, 2).T
    assert near_products(ROWS, OTHERS, left, right).tolist() == one_after_the_other(ROWS, OTHERS, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (np.repeat(np.arange(3), 50), np.tile(np.arange(50), 3)),
        (np.tile(np.arange(50), 3), np.repeat(np.arange(3), 50)),
        (np.arange(60), np.arange(60)[::-1]),
        (SOME.integers(0, 60, 500), SOME.integers(0, 60, 500)),
        (np.minimum(np.arange(60), 7), np.maximum(np.arange(60), 7)),
        (np.minimum(np.arange(7), 7), np.maximum(np.arange(7), 7)),
        (np.asarray([2, 7, 7]), np.asarray([7, 7, 9])),
        (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)),
    ],
    ids=[
        *("few against many", "many against few", "each once", "all with all"),
        *("one with all, and with itself", "one with few on either side", "one in most", "none"),
    ],
)
@pytest.mark.parametrize("near", [20, 8192], ids=["cut into parts", "at once"])
def test_products_are_the_same_whichever_way_they_are_made(left, right, near, monkeypatch):
    monkeypatch.setattr(products, "NEAR", near)
    found = near_products(ROWS, ROWS, left, right)
    assert found.tolist() == row_products(ROWS, left, right).tolist()
    assert found[:200].tolist() == one_after_the_other(ROWS, ROWS, left[:200], right[:200])


def test_a_few_rows_have_the_same_products_with_all_by_column_also_with_rows_that_came_later():
    rows = sparse.csr_array(sparse.vstack([ROWS, OTHERS], format="csr"))
    few, everyone = [3, 58, 70], range(110)
    expected = [one_after_the_other(rows, rows, [one] * 110, everyone) for one in few]
    for known in (ROWS, rows):
        assert ByColumn(known).products(rows, np.asarray(few)).T.tolist() == expected


def test_columns_that_one_row_shares_with_others_are_those_of_each_two_rows():
    rows = sparse.csr_array(sparse.vstack([ROWS, sparse.csr_array((1, 40))], format="csr"))
    shared = SharedColumns(rows)
    for one, other in [(3, 5), (3, 60), (3, 4), (60, 3), (7, 3), (7, 7), (3, 5)]:
        found, expected = shared.terms(one, other), product_terms(rows, one, other)
        assert [part.tolist() for part in found] == [part.tolist() for part in expected]
