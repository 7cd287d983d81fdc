"""Whether a reason is enough to walk across the hall for: a reason or no card.

Each reason has a strength; 1 is enough. A shared dataset, a need that is met in more than a common word, or two rare
things in common convince; one topic that many share, or one word, does not, however high the score.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matchmaker.matching.needs import ASKED, FELLOW_USER
from matchmaker.matching.row_products import Floats, Ints, row_products
from matchmaker.matching.vectors import Vectors

ENOUGH = 1.0
"""Strengths that add up to this convince."""

LIKELY = 0.12
"""A need and an offer must meet at least so well to be named; what chance does is taken off already."""

FEW = 3
"""What so many people here share is rare, however small the event."""

ALONE = 2
"""Where so many people have to do with a dataset, who made it has one user here, who has nobody else to ask."""

RARE_TOPIC, SOME_TOPIC = 0.5, 0.35
"""The strength of a topic that few here have, and of one that some have."""

RARE = 15
"""What at most one in so many people shares is still something."""

USERS = 20
"""What more than one in so many (but at least `FEW`) have to do with is known to many."""

KNOWN_ALREADY = 0.2
"""A dataset that two of one organisation made: they need nobody to tell them of each other."""

KNOWS, HEARD = 0.65, 0.6
"""Whoever can answer less well about a dataset than this (`needs.MADE`), as a user or who cleared it for release,
meets what somebody asks in words of it with this strength at most.
"""

FELLOW = 0.4
"""Of a user, for somebody stuck on it or asking about it, who wants whoever made it."""

BY_THE_WAY = 0.25
"""A dataset that two use of whom one says nothing of the kind: beside a topic it is not yet a reason."""

OWN = frozenset({"maintained", "curated", "built", "collected", "coordinated", "explained"})
"""Roles that make a dataset somebody's own: who uses it is whom they want to hear from, and the other way round."""

HAND = frozenset({"checked", "documented", "published", "analysed"})
"""Roles of those who had a hand in it, for many of them in one of many."""

LEADING = 1.25
"""More than enough: what a reader would be told first."""

PHRASE = 0.75
WORD = 0.25
MEANING = 0.4
RESEMBLANCE = 0.1
RELATED = 0.15
"""Strengths of: a phrase of two words or more that few use, one such word, texts alike in meaning, two datasets alike
in more than a word, and two topics alike."""


def topic_strength(people: int, everybody: int) -> float:
    """Return the strength of a topic that so many of everybody here have; 0 says that it is not worth a line.

    >>> [topic_strength(count, 120) for count in (2, 8, 30)]
    [0.5, 0.35, 0.0]
    """
    return RARE_TOPIC if people <= FEW else SOME_TOPIC if people * RARE <= everybody else 0.0


def dataset_strength(
    people: int,
    everybody: int,
    roles: frozenset[str],
    other_roles: frozenset[str],
    *,
    told: bool = False,
    near: bool = False,
    colleagues: bool = False,
) -> float:
    """Return the strength of a dataset both have, by what each did with it, 0 if it is not worth a line.

    `told` says that one of them speaks of it; `near`, that whoever only uses it works on such things, or says nothing
    of their work, or that both who use it speak of it; `colleagues`, that they are of one organisation. Whose own it
    is meets who uses it for their work; who shares a role, or an organisation, has met already; two users need a rare
    one.

    >>> owner, hand, let, user = map(frozenset, (["curated"], ["checked"], ["cleared"], []))
    >>> [dataset_strength(9, 120, owner, one, told=True, near=True) for one in (hand, user, let, owner)]
    [1.25, 1.25, 0.45, 0.5]
    >>> [dataset_strength(9, 120, owner, hand, told=True, colleagues=one) for one in (True, False)]
    [0.2, 1.25]
    >>> [dataset_strength(9, 120, one, user, told=told, near=told) for one in (owner, hand) for told in (True, False)]
    [1.25, 0.5, 1.0, 0.5]
    >>> [dataset_strength(people, 120, user, user, near=True) for people in (3, 6, 7)]
    [1.0, 0.5, 0.0]
    """
    made, own = roles | other_roles, bool((roles | other_roles) & OWN)
    if not made:
        return min(two_users_strength(people, everybody), ENOUGH if near else BY_THE_WAY)
    if roles and other_roles and colleagues:
        return KNOWN_ALREADY
    if roles & other_roles:
        return 0.5
    if all(some & (OWN | HAND) for some in (roles, other_roles)):
        return 0.6 if not told else LEADING if own else ENOUGH
    if roles and other_roles:  # one only let it through
        return ENOUGH if own and people <= FEW and told else 0.45
    if near:
        return (LEADING if told else ENOUGH) if own else ENOUGH if told and made & HAND else 0.5
    return 0.5 if made & (OWN | HAND) else 0.3


def two_users_strength(people: int, everybody: int) -> float:
    """Return the strength of a dataset that two only use: of three people at most, of one in 20, of more."""
    return ENOUGH if people <= FEW else 0.5 if people <= everybody // USERS else 0.0


def series_strength(people: int, everybody: int) -> float:
    """Return the strength of a series both worked on; enough if few here did, as with a dataset.

    >>> [series_strength(count, 120) for count in (2, 6, 7)]
    [1.0, 1.0, 0.75]
    """
    return ENOUGH if people <= max(FEW, everybody // USERS) else 0.75


def circle_strengths(vectors: Vectors) -> Floats:
    """Return the strength of each circle (column of `acquaintances`): of a series; people both know are not named."""
    columns = vectors.acquaintances.shape[1]
    people = np.bincount(vectors.acquaintances.indices, minlength=columns)
    strengths = np.zeros(columns)
    for column, title in enumerate(vectors.circles):
        if title:
            strengths[column] = series_strength(int(people[column]), len(vectors.profiles))
    return strengths


def need_strength(telling: float, part: float, of_offer: float) -> float:
    """Return the strength of a need of which an offer names so many telling words, such a part of it and of itself.

    A single word convinces if it is much of both: "a dog person" and "walked lines, dog detours marked" are not. It
    tells a little if it is half of the need, or more than a third of both; "hedge" of a hedge line and "hedge ends,
    trees and ponds" is neither.

    >>> [need_strength(*one) for one in ((2.0, 0.4, 0.1), (1.0, 0.6, 0.5), (1.0, 0.6, 0.1), (1.0, 0.2, 0.5))]
    [1.25, 1.25, 0.6, 0.0]
    >>> [need_strength(*one) for one in ((1.0, 0.4, 0.4), (1.0, 0.4, 0.2))]
    [0.6, 0.0]
    """
    if (
        telling >= 2.5
        or (telling >= 1.6 and part >= 0.25)
        or (telling >= 0.6 and part >= 0.5 and of_offer >= 0.4)
    ):
        return LEADING
    much = part >= 0.5 or (part >= 0.35 and (telling >= 1.4 or of_offer >= 0.4))
    return 0.6 if telling >= 1.6 or (telling >= 0.6 and part >= 0.5) or (telling >= 0.9 and much) else 0.0


def known_strength(asked: float, knows: float, *, near: bool = True) -> float:
    """Return the strength of a need about a dataset that the other knows so well (`needs.MADE`).

    A user can tell how to begin if it is their work (`near`), and seldom answers a question or gets whoever is stuck
    unstuck.

    >>> [known_strength(1.0, 0.9), known_strength(1.0, 0.25), known_strength(0.6, 0.25), known_strength(1.0, 0.5)]
    [1.25, 0.4, 1.0, 0.6]
    >>> known_strength(0.6, 0.25, near=False)
    0.4
    """
    if knows >= KNOWS:
        return LEADING
    if knows > FELLOW_USER:
        return HEARD  # only let it through, or paid for it
    return ENOUGH if near and asked <= ASKED["wants"] else FELLOW


class Promising:
    """Tells which pairs (a, b) could convince and must be explained.

    With `whose` place one of the two is always that person, and what they do not have is not looked at.
    """

    def __init__(self, vectors: Vectors, whose: int | None = None) -> None:
        """Count what is rare. O(stored numbers)."""
        self.meaning = MEANING if vectors.has_meanings else 0.0
        self._listed, self._users, self._phrases, self._words = _shared_rows(vectors, whose)

    def could(self, a: Ints, b: Ints, met: Floats) -> NDArray[np.bool_]:
        """Return which pairs could, by how well needs are met.

        What words both use can add at most a phrase and a word, and without a phrase two words.
        """
        phrases, words = (_products(rows, a, b) for rows in (self._phrases, self._words))
        said = np.where(phrases > 0, PHRASE + WORD, np.minimum(words, 2) * WORD)
        likely = np.where(met >= LIKELY, ENOUGH, 0.0) + self.meaning
        return np.asarray(self.listed(a, b) + said + likely >= ENOUGH - 1e-9)

    def listed(self, a: Ints, b: Ints) -> Floats:
        """Return how strong datasets, topics and circles that both have are at most."""
        return _products(self._listed, a, b) - _products(self._users, a, b)


def _products(rows: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    return row_products(rows, np.minimum(a, b), np.maximum(a, b)) if rows.nnz else np.zeros(len(a))


def _shared_rows(vectors: Vectors, whose: int | None) -> tuple[sparse.csr_array, ...]:
    """Return four matrices of a row a person: their products are the strength of what both list, how much less it is
    for datasets that both only use, and count the rare phrases of two words and the rare words that both use.
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
    centres = vectors.centres
    if whose is not None:
        said_too = np.zeros(centres.shape[1], dtype=np.bool_)
        said_too[vectors.terms_said(whose)] = True
        rare, centres = rare[said_too[rare]], vectors.said_with(whose)
    pairs = vectors.language.is_pair[rare]
    said = sparse.csr_array(centres[:, rare].astype(bool).astype(np.float64))
    shared = sparse.csr_array(sparse.hstack(listed, format="csr"))
    return shared, _only_used(vectors, whose), said[:, pairs], said[:, ~pairs]


def _only_used(vectors: Vectors, whose: int | None) -> sparse.csr_array:
    """Return a row a person: for each dataset that they only use how much less than enough it is to two who do."""
    lists, people = vectors.datasets, vectors.dataset_people
    everybody = len(vectors.profiles)
    by_count = [ENOUGH - two_users_strength(one, everybody) for one in range(int(people.max(initial=0)) + 1)]
    less = np.sqrt(np.asarray(by_count))[people[lists.items]]
    if whose is not None:
        own = lists.items[lists.start[whose] : lists.start[whose + 1]]
        less[~np.isin(lists.items, own)] = 0.0
    some = np.flatnonzero(less)
    owner = np.repeat(np.arange(everybody), lists.counts)[some].tolist()
    made = {who: vectors.profiles.made(who) for who in dict.fromkeys(owner)}
    for place, who, dataset in zip(some.tolist(), owner, lists.items[some].tolist(), strict=True):
        if vectors.dataset_ids[dataset] in made[who]:
            less[place] = 0.0
    return lists.incidence(max(len(people), 1), less)
