"""Whom, and which series of datasets, people have in common without having met."""

import numpy as np
from scipy import sparse

from matchmaker.matching.people import People
from matchmaker.matching.profile import Profile
from matchmaker.matching.row_products import IdLists

_FIELDS = ("in_circles", "knows", "endorsers", "series")
"""What somebody's circles follow from."""


def same_circles(one: Profile, other: Profile) -> bool:
    """Whether a changed profile leaves everybody's circles as they are."""
    return all(getattr(one, field) == getattr(other, field) for field in _FIELDS)


def acquaintance_rows(people: People) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """Weigh each circle by 1 / √log₂(1 + people in it), so that products are Adamic-Adar sums; and say what it is.

    A circle is everybody who knows, or was thanked by, one person, or who worked on one series.
    """
    known: dict[tuple[str, str], int] = {}
    lists = IdLists.of(
        [known.setdefault(one, len(known)) for one in sorted(_circles(*told))]
        for told in zip(*map(people.each, _FIELDS), strict=True)
    )
    members = np.bincount(lists.items, minlength=len(known))
    weights = 1 / np.sqrt(np.log2(1 + members[lists.items]))
    return lists.incidence(max(len(known), 1), weights), tuple(series for _, series in known)


def _circles(
    in_circles: bool, knows: frozenset[str], endorsers: frozenset[str], series: frozenset[str]
) -> set[tuple[str, str]]:
    if not in_circles:
        return set()
    return {(one, "") for one in knows | endorsers} | {("", one) for one in series if one}
