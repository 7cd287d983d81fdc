"""Whether a reason is enough to walk across the hall for: a reason or no card.

Each reason has a strength; 1 is enough. A shared dataset, a need that is met in more than a common word, or two rare
things in common convince; one topic that many share, or one word, does not, however high the score.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.row_products import Floats, Ints, row_products
from matchmaker.matching.vectors import Vectors

ENOUGH = 1.0
"""Strengths that add up to this convince."""

LIKELY = 0.12
"""A need and an offer must meet at least so well to be named; what chance does is taken off already."""

FEW = 3
"""What so many people here share is rare, however small the event."""

RARE = 15
"""What at most one in so many people shares is still something."""

USERS = 20
"""What more than one in so many (but at least `FEW`) have to do with is known to many."""

KNOWS, HEARD = 0.65, 0.6
"""Whoever can answer less well about a dataset than this (`needs.MADE`), as a user or who cleared it for release,
meets what somebody asks in words of it with this strength at most.
"""

PHRASE = 0.75
WORD = 0.25
ACQUAINTANCE = 0.3
MEANING = 0.4
RESEMBLANCE = 0.4
"""Strengths of: a phrase of two words or more that few use, one such word, people both know, texts alike in meaning,
and two datasets alike in more than a word."""


def topic_strength(people: int, everybody: int) -> float:
    """Return the strength of a topic that so many of everybody here have.

    >>> [topic_strength(count, 120) for count in (2, 8, 30)]
    [0.5, 0.35, 0.15]
    """
    return 0.5 if people <= FEW else 0.35 if people * RARE <= everybody else 0.15


def dataset_strength(people: int, everybody: int, *, somebody_made: bool) -> float:
    """Return the strength of a dataset both have; enough if one of them made it, or few here have it.

    >>> [dataset_strength(people, 120, somebody_made=made) for people, made in ((9, True), (6, False), (7, False))]
    [1.0, 1.0, 0.5]
    """
    return ENOUGH if somebody_made or people <= max(FEW, everybody // USERS) else 0.5


def series_strength(people: int, everybody: int) -> float:
    """Return the strength of a series both worked on; enough if few here did, as with a dataset.

    >>> [series_strength(count, 120) for count in (2, 6, 7)]
    [1.0, 1.0, 0.75]
    """
    return ENOUGH if people <= max(FEW, everybody // USERS) else 0.75


def circle_strengths(vectors: Vectors) -> Floats:
    """Return the strength of each circle (column of `acquaintances`): of a series, or of somebody both know."""
    columns = vectors.acquaintances.shape[1]
    people = np.bincount(vectors.acquaintances.indices, minlength=columns)
    strengths = np.full(columns, ACQUAINTANCE)
    for column, title in enumerate(vectors.circles):
        if title:
            strengths[column] = series_strength(int(people[column]), len(vectors.profiles))
    return strengths


def need_strength(telling: float, part: float) -> float:
    """Return the strength of a need of which an offer names so many telling words, and such a part.

    >>> [need_strength(2.0, 0.4), need_strength(1.0, 0.6), need_strength(1.0, 0.2), need_strength(0.4, 1.0)]
    [1.0, 1.0, 0.0, 0.0]
    """
    if telling >= 2.5 or (telling >= 1.6 and part >= 0.25) or (telling >= 0.6 and part >= 0.5):
        return ENOUGH
    return 0.6 if telling >= 1.6 or (telling >= 0.9 and part >= 0.35) else 0.0


def promising(vectors: Vectors, a: Ints, b: Ints, met: Floats) -> NDArray[np.bool_]:
    """Return which of these pairs could convince and must be explained; `met` says how well needs are met.

    What words both use can add at most a phrase and a word, and without a phrase two words.
    """
    low, high = np.minimum(a, b), np.maximum(a, b)
    listed, phrases, words = (
        row_products(rows, low, high) if rows.nnz else np.zeros(len(a)) for rows in _shared_rows(vectors)
    )
    said = np.where(phrases > 0, PHRASE + WORD, np.minimum(words, 2) * WORD)
    likely = np.where(met >= LIKELY, ENOUGH, 0.0) + (MEANING if vectors.has_meanings else 0.0)
    return np.asarray(listed + said + likely >= ENOUGH - 1e-9)


def _shared_rows(vectors: Vectors) -> tuple[sparse.csr_array, sparse.csr_array, sparse.csr_array]:
    """Return three matrices of a row a person: their products are the strength of what both list, and count the rare
    phrases of two words and the rare words that both use.
    """
    everybody = len(vectors.profiles)
    topics = np.asarray([topic_strength(int(one), everybody) for one in vectors.topic_people])
    circles = circle_strengths(vectors)
    listed = [
        vectors.datasets.incidence(max(len(vectors.titles), 1)),
        vectors.topics.incidence(max(len(topics), 1), np.sqrt(topics)[vectors.topics.items]),
        vectors.acquaintances.astype(bool).astype(np.float64).multiply(np.sqrt(circles)[np.newaxis, :]),
    ]
    users = vectors.users
    rare = np.flatnonzero((users >= 2) & (users <= max(FEW, everybody // RARE)))
    rare = rare[rare < vectors.language.word_count]
    terms = vectors.language.terms
    pairs = np.asarray([" " in terms[column] for column in rare.tolist()], dtype=bool)
    said = sparse.csr_array(vectors.centres[:, rare].astype(bool).astype(np.float64))
    return sparse.csr_array(sparse.hstack(listed, format="csr")), said[:, pairs], said[:, ~pairs]
