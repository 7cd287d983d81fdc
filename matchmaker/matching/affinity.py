"""A scikit-learn transformer: for each row, its best rows by a weighted sum of cosines, block by block.

It is the one estimator of our own; everything before it is stock scikit-learn. Only the best of each row are
ever held, so that memory grows with rows × best, not with rows × rows.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data
from sparse_dot_topn import sp_matmul_topn

AT_ONCE = 2000
"""Rows that are scaled, or compared, at a time."""


class Affinity(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc] # untyped bases
    """Weighted sum of per-block cosines between rows and the fitted rows, best `top` of each row only.

    Parameters
    ----------
    top : int, default=20
        How many fitted rows are kept for each row.
    sizes : sequence of int or None, default=None
        How many columns each block has, from the left; None is one block of all columns.
    weights : sequence of float or None, default=None
        What each block's cosine counts; None is 1 / number of blocks each.

    Attributes
    ----------
    rows_ : sparse array of shape (n_fitted, n_features)
        The fitted rows, each block scaled to length √weight.
    n_features_in_ : int
        Number of columns seen in `fit`.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> rows = csr_array([[3.0, 0.0, 1.0], [5.0, 0.0, 0.0], [0.0, 2.0, 2.0]])
    >>> Affinity(top=2, sizes=[2, 1], weights=[0.75, 0.25]).fit_transform(rows).toarray().round(3)
    array([[1.  , 0.75, 0.  ],
           [0.75, 0.75, 0.  ],
           [0.25, 0.  , 1.  ]])

    Notes
    -----
    Time is that of the sparse product of the two matrices; memory O(rows × top). Values that are not positive
    are left out. Rows are compared one by one in a fixed order, so that the result is the same every time.
    """

    def __init__(
        self, top: int = 20, sizes: Sequence[int] | None = None, weights: Sequence[float] | None = None
    ) -> None:
        """Store the parameters as they are, as scikit-learn wants it."""
        self.top = top
        self.sizes = sizes
        self.weights = weights

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803 - scikit-learn's name
        """Keep the rows of `X`, shape (n_fitted, n_features), to compare others with; `y` is ignored."""
        X = validate_data(self, X, accept_sparse="csr", dtype=(np.float64, np.float32))
        if self.top < 1:
            raise ValueError(f"top must be at least 1, not {self.top}")
        sizes = [X.shape[1]] if self.sizes is None else list(self.sizes)
        weights = [1 / len(sizes)] * len(sizes) if self.weights is None else list(self.weights)
        if sum(sizes) != X.shape[1] or len(weights) != len(sizes):
            raise ValueError(
                f"{len(sizes)} blocks of {sum(sizes)} columns, {len(weights)} weights, {X.shape[1]} columns"
            )
        self.sizes_, self.weights_ = sizes, weights
        self.rows_ = self.scaled(X)
        return self

    def transform(self, X: Any) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        """Return the affinities of the rows of `X` to their best fitted rows, shape (n_rows, n_fitted)."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=(np.float64, np.float32), reset=False)
        X = sparse.csr_array(X)
        columns, top = sparse.csr_matrix(self.rows_.T), min(self.top, self.rows_.shape[0])
        portions = (self.scaled(X[start : start + AT_ONCE]) for start in range(0, X.shape[0], AT_ONCE))
        best = [
            sp_matmul_topn(
                sparse.csr_matrix(some.astype(self.rows_.dtype)), columns, top_n=top, threshold=0.0, sort=True
            )
            for some in portions
        ]
        return sparse.csr_array(sparse.vstack(best, format="csr"))

    @property
    def _n_features_out(self) -> int:
        return int(self.rows_.shape[0])

    def scaled(self, X: Any) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        """Scale each block of each row to length √weight."""
        X = sparse.csr_array(X)
        if not X.has_sorted_indices:
            X = X.sorted_indices()
        data = np.empty_like(X.data)  # where they stand stays, and is held once
        for start in range(0, X.shape[0], AT_ONCE):
            some = X[start : start + AT_ONCE]
            data[X.indptr[start] : X.indptr[start] + some.nnz] = self._scaled(some).data
        return sparse.csr_array((data, X.indices, X.indptr), shape=X.shape)

    def _scaled(self, X: Any) -> sparse.csr_array:  # noqa: N803 - scikit-learn's name
        edges = np.cumsum([0, *self.sizes_])
        blocks = [
            normalize(X[:, start:end]) * X.dtype.type(np.sqrt(weight))
            for start, end, weight in zip(edges[:-1], edges[1:], self.weights_, strict=True)
        ]
        return sparse.csr_array(sparse.hstack(blocks, format="csr"))

    def __sklearn_tags__(self) -> Any:
        """Say that sparse input is welcome and that single precision stays single precision."""
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
