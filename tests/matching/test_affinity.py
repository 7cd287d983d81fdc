import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.utils.estimator_checks import parametrize_with_checks

from matchmaker.matching.affinity import Affinity
from matchmaker.matching.row_products import row_products, unit_rows, with_row


@parametrize_with_checks([Affinity()])
def test_it_keeps_every_convention_of_scikit_learn(estimator, check):
    check(estimator)


def test_it_gives_the_cosines_of_a_dense_product():
    rows = np.random.default_rng(1).random((30, 8))
    found = Affinity(top=30).fit_transform(rows).toarray()
    np.testing.assert_allclose(found, cosine_similarity(rows), atol=1e-12)


def test_it_keeps_only_the_best_of_each_row():
    rows = np.random.default_rng(2).random((30, 8))
    found = Affinity(top=4).fit_transform(rows)
    cosines = cosine_similarity(rows)
    for row in range(30):
        kept = found[[row]].indices
        assert set(kept) == set(np.argsort(-cosines[row])[:4])


def test_blocks_are_weighted_and_a_missing_block_counts_nothing():
    rows = sparse.csr_array([[1.0, 0.0, 7.0], [2.0, 0.0, 0.0]])
    found = Affinity(sizes=[2, 1], weights=[0.6, 0.4]).fit_transform(rows).toarray()
    np.testing.assert_allclose(found, [[1.0, 0.6], [0.6, 0.6]])


def test_rows_are_compared_the_same_however_many_at_once(monkeypatch):
    rows = np.random.default_rng(5).random((30, 8))
    affinity = Affinity(top=4, sizes=[3, 5], weights=[0.3, 0.7])
    wanted = affinity.fit_transform(rows)
    monkeypatch.setattr("matchmaker.matching.affinity.AT_ONCE", 7)
    assert affinity.fit_transform(rows).toarray().tolist() == wanted.toarray().tolist()


@pytest.mark.parametrize(
    "wrong",
    [{"top": 0}, {"sizes": [1, 1]}, {"sizes": [2, 1], "weights": [1.0]}],
    ids=["top", "sizes", "weights"],
)
def test_parameters_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError, match="top must be|columns"):
        Affinity(**wrong).fit(np.ones((2, 3)))


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_row_is_replaced_or_added_at_the_end_and_the_others_stay(place):
    table = np.array([[0.0, 1, 2], [0, 0, 0], [3, 0, 0]])
    new = np.array([[0.0, 5, 0], [6, 0, 7]])[: 1 if place < 3 else 2]
    changed = with_row(sparse.csr_array(table), place, sparse.csr_array(new)).toarray()
    expected = np.vstack([table[:place], new, table[place + 1 :]])
    assert changed.tolist() == expected.tolist()


@pytest.mark.parametrize("few_each", [1, 10_000], ids=["row by row", "pair by pair"])
@pytest.mark.parametrize("groups", [1, 7, 300])
def test_products_of_rows_are_the_same_to_the_last_digit_however_they_are_asked_for(
    few_each, groups, monkeypatch
):
    drawn = np.random.default_rng(3)
    rows = unit_rows(sparse.csr_array(sparse.random_array((300, 90), density=0.2, format="csr", rng=drawn)))
    left, right = drawn.integers(0, groups, 500), drawn.integers(0, 300, 500)
    dense = rows.toarray()
    monkeypatch.setattr("matchmaker.matching.row_products.SMALL_TABLE", 1)
    monkeypatch.setattr("matchmaker.matching.row_products.TOGETHER", 64)
    one_by_one = [float(row_products(rows, left[[place]], right[[place]])[0]) for place in range(500)]
    monkeypatch.setattr("matchmaker.matching.row_products.FEW_EACH", few_each)
    found = row_products(rows, left, right)
    assert found.tolist() == one_by_one
    assert found == pytest.approx(np.einsum("ij,ij->i", dense[left], dense[right]), abs=1e-12)
