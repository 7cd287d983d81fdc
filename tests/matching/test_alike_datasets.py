import numpy as np
import pytest

from matchmaker.matching import alike_datasets
from matchmaker.matching.alike_datasets import best_datasets, hold_datasets
from matchmaker.matching.cells import LIKENESS, rarity
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.vectors import vectorise

WORDS = ["river", "peat", "soil", "heron", "kelp", "marsh", "flood", "otter", "lidar", "hedge"]
CHANCE = np.random.default_rng(3)


def _dataset(number):
    """Of thirty datasets every third is called as the one before, so that some comparisons are equally good."""
    one = number - (number % 3 == 2)
    title = " ".join(WORDS[(one * step) % 10] for step in (1, 3, 7))
    return DatasetLink(f"d{number}", title, f"Counts of {WORDS[one % 10]} and {WORDS[one // 3]}")


DATASETS = [_dataset(number) for number in range(30)]
# Some have nothing, one has nearly everything.
SIZES = [0, 0, 1, 1, 2, 3, 3, 4, 5, 7, 8, 28]
PEOPLE = [
    Profile(f"p{place}", datasets=tuple(DATASETS[one] for one in CHANCE.choice(30, size, replace=False)))
    for place, size in enumerate(SIZES)
]
VECTORS = vectorise(PEOPLE)


def _one_by_one(a, b, count, most):
    """Return the best comparisons of each pair, best first, each made by itself."""
    lists, texts = VECTORS.datasets, VECTORS.dataset_texts
    rare = np.sqrt(rarity(VECTORS.dataset_people))
    found = []
    for pair, people in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        mine, theirs = (lists.items[lists.start[one] : lists.start[one + 1]].tolist() for one in people)
        cells = [(one, one, 1.0) for one in mine if one in theirs]
        cells += [
            (one, other, LIKENESS * VECTORS.cosines(texts[[one]], texts[[other]])[0])
            for one in mine[:most]
            for other in theirs[:most]
            if one != other
        ]
        valued = [
            (-value * (rare[one] * rare[other]), one, other) for one, other, value in cells if value > 0
        ]
        found += [(pair, one, other, -value) for value, one, other in sorted(valued)[:count]]
    return found


@pytest.mark.parametrize("most", [4, 40], ids=["only the first of each", "all of each"])
@pytest.mark.parametrize("held", [5, 10**6], ids=["few held at once", "all held at once"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_best_comparisons_are_those_found_one_by_one_whoever_of_two_stands_first(
    count, held, most, monkeypatch
):
    monkeypatch.setattr(alike_datasets, "HELD", held)
    monkeypatch.setattr(alike_datasets, "MOST", most)
    a, b = CHANCE.permuted(np.asarray(np.triu_indices(len(PEOPLE), 1)), axis=0)
    cells = best_datasets(VECTORS, count, a, b)
    columns = (cells.pair, cells.left, cells.right, cells.value)
    assert [*zip(*(one.tolist() for one in columns), strict=True)] == _one_by_one(a, b, count, most)


def test_pairs_of_whom_nobody_has_a_dataset_have_nothing_in_common():
    cells = best_datasets(VECTORS, 3, np.asarray([0, 1]), np.asarray([1, 2]))
    assert len(cells.pair) == 0


def test_no_pairs_have_nothing_in_common():
    nobody = np.zeros(0, dtype=np.intp)
    assert len(best_datasets(VECTORS, 3, nobody, nobody).pair) == 0


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("at_once", [4, 10**6], ids=["a few pairs at a time", "all at once"])
@pytest.mark.parametrize("least", [0, 1, 5, 99], ids=["all held", "most held", "some held", "none held"])
def test_what_is_held_is_what_would_be_found_anew_whoever_of_two_stands_first(
    least, at_once, count, monkeypatch
):
    monkeypatch.setattr(alike_datasets, "PAIRS_AT_ONCE", at_once)
    a, b = np.triu_indices(len(PEOPLE), 1)
    vectors = vectorise(PEOPLE)
    hold_datasets(vectors, count, a[a >= least], b[a >= least])
    order = CHANCE.permutation(len(a))
    for one, other in ((a[order], b[order]), (b[order], a[order])):
        found, anew = (best_datasets(some, count, one, other) for some in (vectors, VECTORS))
        for name in ("pair", "left", "right", "value"):
            assert getattr(found, name).tolist() == getattr(anew, name).tolist()
    if least == 0:
        monkeypatch.setattr(alike_datasets, "_Partners", None)  # nothing is compared again
        assert len(best_datasets(vectors, count, b, a).pair) > 0


def test_of_equally_good_comparisons_that_are_held_those_are_told_that_come_first_for_who_asks():
    people = [
        Profile(one, datasets=tuple(DatasetLink(f"{one}{number}", "Heron counts") for number in range(2)))
        for one in "ab"
    ]
    vectors, a, b = vectorise(people), np.asarray([0]), np.asarray([1])
    hold_datasets(vectors, 2, a, b)
    told = [
        list(zip(cells.left.tolist(), cells.right.tolist(), strict=True))
        for cells in (best_datasets(vectors, 2, a, b), best_datasets(vectors, 2, b, a))
    ]
    assert told == [[(0, 2), (0, 3)], [(2, 0), (2, 1)]]
