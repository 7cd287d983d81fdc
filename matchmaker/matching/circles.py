"""Whom, and which series of datasets, people have in common without having met."""

import numpy as np
from scipy import sparse

from matchmaker.matching.profile import Profile
from matchmaker.matching.row_products import IdLists


def acquaintance_rows(people: tuple[Profile, ...]) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """Weigh each circle by 1 / √log₂(1 + people in it), so that products are Adamic-Adar sums; and say what it is.

    A circle is everybody who knows, or was thanked by, one person, or who worked on one series.
    """
    known: dict[tuple[str, str], int] = {}
    lists = IdLists.of(
        [known.setdefault(one, len(known)) for one in sorted(_circles(person))] for person in people
    )
    members = np.bincount(lists.items, minlength=len(known))
    weights = 1 / np.sqrt(np.log2(1 + members[lists.items]))
    return lists.incidence(max(len(known), 1), weights), tuple(series for _, series in known)


def _circles(person: Profile) -> set[tuple[str, str]]:
    if not person.in_circles:
        return set()
    return {(one, "") for one in person.knows | person.endorsers} | {
        ("", one) for one in person.series if one
    }
