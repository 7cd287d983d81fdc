"""Rows of numbers: lists end to end, unit rows, and products of chosen rows without the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

SMALL_TABLE = 4000
"""Up to so many texts, all cosines among them are held at once (128 MB)."""

FEW_EACH = 4000
"""Where the rows that one row is asked for with hold fewer numbers than this, it is not worth laying out for all
columns.
"""

NEAR = 8192
"""So many pairs in a row are looked at for rows that they have in common; more, if they are all of few rows."""

TIGHT = 2
"""Pairs are of few rows where these make no more than so many times as many products."""

PARTS = 8
"""Into so many parts pairs of too many rows are cut, to look at each by itself."""

SPARE = 16
"""So many times as many products as pairs are worth making at once."""

TOGETHER = 1024
"""So many pairs are multiplied at once: their rows are copied for it."""


@dataclass(frozen=True, slots=True)
class IdLists:
    """A list of whole numbers for each person, end to end: person p has `items[start[p]:start[p + 1]]`."""

    start: Ints
    items: Ints

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "IdLists":
        """Lay the lists end to end."""
        rows = list(lists)
        start = np.cumsum([0, *map(len, rows)], dtype=np.intp)
        return cls(start, np.asarray([item for row in rows for item in row], dtype=np.intp))

    @property
    def counts(self) -> Ints:
        """How many items each person has."""
        return np.diff(self.start)

    def first(self, most: int) -> "IdLists":
        """Return the lists with at most the first `most` items of each."""
        if not len(self.items) or self.counts.max() <= most:
            return self
        place = np.arange(len(self.items)) - np.repeat(self.start[:-1], self.counts)
        start = np.concatenate([[0], np.cumsum(np.minimum(self.counts, most))])
        return IdLists(start.astype(np.intp), self.items[place < most])

    def each(self, people: Ints) -> tuple[Ints, Ints]:
        """Return (place, item) for every item of each of these people, in order."""
        counts = self.counts[people]
        place = np.repeat(np.arange(len(people)), counts)
        before = np.cumsum(counts) - counts
        return place, self.items[np.arange(len(place)) + np.repeat(self.start[people] - before, counts)]

    def shared(self, a: Ints, b: Ints) -> tuple[Ints, Ints]:
        """Return (pair, item) for every item that persons `a[i]` and `b[i]` both have. O(items of a)."""
        width = int(self.items.max(initial=0)) + 1
        owned = np.sort(np.repeat(np.arange(len(self.start) - 1), self.counts) * width + self.items)
        pair, items = self.each(a)
        codes = b[pair] * width + items
        place = np.minimum(np.searchsorted(owned, codes), max(len(owned) - 1, 0))
        both = owned[place] == codes if len(owned) else np.zeros(0, dtype=np.bool_)
        return pair[both], items[both]

    def replaced(self, person: int, items: Sequence[int]) -> "IdLists":
        """Return the lists with that of one person replaced, or added at the end. O(all items)."""
        if person == len(self.start) - 1:
            return IdLists(
                np.append(self.start, self.start[-1] + len(items)),
                np.append(self.items, items).astype(np.intp),
            )
        before, after = self.start[person], self.start[person + 1]
        start = self.start.copy()
        start[person + 1 :] += len(items) - (after - before)
        items_ = [self.items[:before], np.asarray(items, dtype=np.intp), self.items[after:]]
        return IdLists(start, np.concatenate(items_))

    def incidence(self, columns: int, values: Floats | None = None) -> sparse.csr_array:
        """Return a matrix of shape (persons, columns) with `values` per item, or 1, where a person has it."""
        data = np.ones(len(self.items)) if values is None else values
        # Copies, as summing works in place; short, as what is multiplied with it has numbers of the same length.
        items, start = self.items.astype(np.int32), self.start.astype(np.int32)
        table = sparse.csr_array((data, items, start), shape=(len(self.start) - 1, columns))
        table.sum_duplicates()
        return table


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Scale every row to length 1, or leave it at 0; any shape will do."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, lengths, out=np.zeros(len(lengths)), where=lengths > 0)
    data = matrix.data * np.repeat(scale, np.diff(matrix.indptr))
    scaled = sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return scaled if scaled.has_sorted_indices else scaled.sorted_indices()


def row_sums(values: Floats, start: Ints) -> Floats:
    """Return the sum of each row of values that stand end to end: row r has `values[start[r]:start[r + 1]]`."""
    found = np.zeros(len(start) - 1)
    some = np.flatnonzero(np.diff(start))
    if len(some):
        found[some] = np.add.reduceat(values, start[some])
    return found


def row_products(rows: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """Return the dot products of `rows[left[i]]` and `rows[right[i]]`.

    O(sum of the lengths of the rows that are asked for less), or one product of all where most pairs are asked for.
    """
    if rows.shape[0] <= SMALL_TABLE and len(left) * 8 > rows.shape[0] ** 2:
        return np.asarray((rows @ rows.T).toarray()[left, right])
    asked = np.bincount(left, minlength=rows.shape[0]) + np.bincount(right, minlength=rows.shape[0])
    most = int(asked.argmax()) if len(asked) else 0
    if len(left) and asked[most] == len(left) and not np.any((left == most) & (right == most)):
        return _with_one(rows, most, np.where(left == most, right, left))
    left, right = np.where(asked[left] < asked[right], (right, left), (left, right))
    order = np.argsort(left, kind="stable")
    starts = np.flatnonzero(np.diff(left[order], prepend=-1))
    if len(left) * rows.nnz < FEW_EACH * len(starts) * rows.shape[0]:
        return _one_by_one(rows, rows, left, right)
    found = np.zeros(len(left))
    dense = np.zeros(rows.shape[1], dtype=rows.dtype)
    for start, end in pairwise([*starts, len(order)]):
        some = order[start:end]
        one = slice(rows.indptr[left[some[0]]], rows.indptr[left[some[0]] + 1])
        dense[rows.indices[one]] = rows.data[one]
        many = len(some) * 2 > rows.shape[0]
        found[some] = (rows @ dense)[right[some]] if many else rows[right[some]] @ dense
        dense[rows.indices[one]] = 0
    return found


def _with_one(rows: sparse.csr_array, one: int, others: Ints) -> Floats:
    """Return the dot products of one row with others, as where one person is compared with many."""
    mine = slice(rows.indptr[one], rows.indptr[one + 1])
    dense = np.zeros(rows.shape[1], dtype=rows.dtype)
    dense[rows.indices[mine]] = rows.data[mine]
    # To copy the rows that are asked for takes as long as to multiply three times as many.
    many = len(others) * 4 > rows.shape[0]
    return np.asarray((rows @ dense)[others] if many else rows[others] @ dense)


def _one_by_one(one: sparse.csr_array, other: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """Return the same, to the last digit, without a place for every column: O(length of both rows) a pair."""
    ones, parts = np.ones(one.shape[1], dtype=one.dtype), range(0, len(left), TOGETHER)
    return np.concatenate(
        [one[left[at : at + TOGETHER]].multiply(other[right[at : at + TOGETHER]]) @ ones for at in parts]
    )


def near_products(one: sparse.csr_array, other: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """Return the dot products of `one[left[i]]` and `other[right[i]]`, to the last digit as `row_products` does.

    For pairs that stand near others with the same rows, as those of one person's things do: of many in a row every
    row on one side is multiplied with every row on the other. O(length of the rows of the side that has more).
    """
    found = np.zeros(len(left))
    numbers = np.zeros(one.shape[1], dtype=one.indices.dtype)
    waiting = [(0, len(left))] if len(left) else []
    while waiting:
        start, end = waiting.pop()
        some = slice(start, end)
        ours, row = distinct(left[some], one.shape[0])
        theirs, column = distinct(right[some], other.shape[0])
        products = len(ours) * len(theirs)
        if products > TIGHT * (end - start) and end - start > NEAR:
            edges = np.linspace(start, end, PARTS + 1).astype(int).tolist()
            waiting += pairwise(edges)
        elif products > SPARE * (end - start):
            found[some] = _one_by_one(one, other, left[some], right[some])
        elif len(ours) > len(theirs):
            found[some] = table_of(other[theirs], one[ours], numbers)[row, column]
        else:
            found[some] = table_of(one[ours], other[theirs], numbers)[column, row]
    return found


def table_of(few: sparse.csr_array, many: sparse.csr_array, numbers: Ints) -> Floats:
    """Return the dot products of each of many rows with each of few; `numbers` has a place for every column, all 0.

    Columns that none of the few has are put together as column 0, where all is 0: the rest finds room in the cache.
    """
    there = np.zeros(len(numbers), dtype=bool)
    there[few.indices] = True
    columns = np.flatnonzero(there)  # which is quicker than to sort them, or to look among numbers
    numbers[columns] = np.arange(1, len(columns) + 1)
    dense = np.zeros((len(columns) + 1, few.shape[0]), dtype=few.dtype)
    dense[numbers[few.indices], np.repeat(np.arange(few.shape[0]), np.diff(few.indptr))] = few.data
    shape = (many.shape[0], len(dense))
    found = sparse.csr_array((many.data, numbers[many.indices], many.indptr), shape=shape) @ dense
    numbers[columns] = 0
    return np.asarray(found)


class ByColumn:
    """Rows by column, so that a few of them are multiplied with all at the cost of the columns that they have."""

    def __init__(self, rows: sparse.csr_array) -> None:
        """Lay these rows out by column. O(stored numbers)."""
        self._columns = sparse.csc_array(rows)

    def products(self, rows: sparse.csr_array, few: Ints) -> Floats:
        """Return the dot products of all `rows` with a few of them, to the last digit as `table_of` does.

        Shape (rows, few). The first of `rows` are those that were laid out; a few may follow.
        """
        some = sparse.csr_array(rows[few])
        columns, place = distinct(some.indices, rows.shape[1])
        dense = np.zeros((len(columns), len(few)), dtype=rows.dtype)
        dense[place, np.repeat(np.arange(len(few)), np.diff(some.indptr))] = some.data
        known = self._columns.shape[0]
        parts = [self._columns[:, columns] @ dense]
        if rows.shape[0] > known:
            parts.append(rows[known:].tocsc()[:, columns] @ dense)
        return np.concatenate(parts) if len(parts) > 1 else np.asarray(parts[0])


def distinct(some: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the different numbers among some below `count`, in order, and where each of them stands there."""
    there, place = np.zeros(count, dtype=bool), np.empty(count, dtype=np.intp)
    there[some] = True
    different = np.flatnonzero(there)
    place[different] = np.arange(len(different))
    return different, place[some]


def only_columns(rows: sparse.csr_array, columns: NDArray[np.bool_]) -> sparse.csr_array:
    """Return the same rows without what they have in other columns than these. O(stored numbers)."""
    kept = np.flatnonzero(columns[rows.indices])
    found = (rows.data[kept], rows.indices[kept], np.searchsorted(kept, rows.indptr))
    return sparse.csr_array(found, shape=rows.shape)


def with_row(matrix: sparse.csr_array, place: int, row: sparse.csr_array) -> sparse.csr_array:
    """Return `matrix` with one row replaced, or some added at the end. O(stored numbers), as fast as a copy."""
    start = matrix.indptr[place]
    end = matrix.indptr[min(place + 1, matrix.shape[0])]
    data, indices = (
        np.concatenate([old[:start], new, old[end:]])
        for old, new in ((matrix.data, row.data), (matrix.indices, row.indices))
    )
    after = matrix.indptr[place + 1 :] + (len(row.data) - (end - start))
    if place == matrix.shape[0]:
        after = start + row.indptr[1:]
    indptr = np.concatenate([matrix.indptr[: place + 1], after])
    return sparse.csr_array((data, indices, indptr), shape=(len(indptr) - 1, matrix.shape[1]))


def product_terms(rows: sparse.csr_array, one: int, other: int) -> tuple[Ints, Floats]:
    """Return the columns two rows share, in order, and what each adds to their dot product. O(length of the rows)."""
    mine, theirs = (slice(rows.indptr[row], rows.indptr[row + 1]) for row in (one, other))
    left, right = rows.indices[mine], rows.indices[theirs]
    if not len(left):
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    place = np.minimum(np.searchsorted(left, right), len(left) - 1)
    shared = left[place] == right
    return right[shared].astype(np.intp), rows.data[mine][place[shared]] * rows.data[theirs][shared]


class SharedColumns:
    """The columns that one row shares with others, one after the other: it is laid out once for all of them."""

    def __init__(self, rows: sparse.csr_array) -> None:
        """Look at these rows."""
        self.rows = rows
        self._place = np.full(rows.shape[1], -1, dtype=np.int32)
        self._laid_out = -1

    def terms(self, one: int, other: int) -> tuple[Ints, Floats]:
        """Return what `product_terms` does, sooner where `one` is that of the time before. O(length of the other)."""
        rows, mine = self.rows, self._row(one)
        if one != self._laid_out:
            self._place[rows.indices[self._row(self._laid_out)]] = -1
            self._place[rows.indices[mine]] = np.arange(mine.stop - mine.start)
            self._laid_out = one
        theirs = self._row(other)
        columns = rows.indices[theirs]
        place = self._place.take(columns)  # which is quicker than brackets where there are few
        (shared,) = (place >= 0).nonzero()
        carried = rows.data[mine].take(place.take(shared)) * rows.data[theirs].take(shared)
        return columns.take(shared).astype(np.intp), carried

    def _row(self, one: int) -> slice:
        return slice(int(self.rows.indptr[one]), int(self.rows.indptr[one + 1])) if one >= 0 else slice(0, 0)
