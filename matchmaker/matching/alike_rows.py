"""Which of some rows are like which of others, found once: the few products that are more than chance."""

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from matchmaker.matching.row_products import Floats, Ints


class AlikeRows:
    """The dot products above a least one of all of some unit rows with all of others."""

    def __init__(self, rows: sparse.csr_array, left: Ints, right: Ints, least: float) -> None:
        """Multiply rows `left` with rows `right`, which may be named more than once.

        O(for each number on the left, how many on the right stand in its column); held is what is found.
        """
        (ours, self._row), (theirs, self._column) = (_numbered(some, rows.shape[0]) for some in (left, right))
        one, other = sparse.csr_matrix(rows[ours]), sparse.csr_matrix(rows[theirs].T)
        found = sp_matmul_topn(one, other, top_n=max(len(theirs), 1), threshold=least)
        found.sort_indices()
        self._products = sparse.csr_array(found)

    def cosines(self, left: Ints, right: Ints) -> Floats:
        """Return those of rows `left[i]` and `right[i]`, in [0, 1]; 0 for what is not above the least."""
        if not len(left):  # which SciPy would answer with a table
            return np.zeros(0)
        found = self._products[self._row[left], self._column[right]]
        return np.minimum(np.asarray(found, dtype=np.float64).ravel(), 1.0)


def _numbered(some: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the different numbers among some, in order, and for every number below `count` where it stands there."""
    different = np.unique(some)
    place = np.zeros(count, dtype=np.intp)
    place[different] = np.arange(len(different))
    return different, place
