import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.utils.estimator_checks import parametrize_with_checks

from matchmaker.matching.affinity import Affinity
from matchmaker.matching.row_products import with_row


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
