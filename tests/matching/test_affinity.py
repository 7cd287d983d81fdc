import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.utils.estimator_checks import parametrize_with_checks

from matchmaker.matching.affinity import Affinity


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
