"""When a name finds nobody, offer people whose names look or sound alike: it may be misheard, or mistyped."""

import jellyfish

from matchmaker.recognition.name_order import folded, sought
from matchmaker.store.people import guest_list
from matchmaker.store.session import Session

MOST_OFFERED = 5
ALIKE = 0.88
"""Jaro and Winkler's similarity from which two words may be one with a slip: a letter or two in six."""
ONE_SLIP = 0.85
"""How alike words are of which one letter is wrong, also the first, which weighs too much for the rest to tell."""
SHORTEST = 3
"""Letters a word needs for its likeness to mean anything."""


def alike(session: Session, event_id: int, query: str) -> list[str]:
    """Return names at an event that may be meant by `query`, the most alike first, at most five; O(people)."""
    asked = sought(query)
    if not asked:
        return []
    graded = [
        (grade, name)
        for name in guest_list.names(session, event_id)
        if (grade := likeness(asked, folded(name).split()))
    ]
    best = sorted(graded, key=lambda one: (-one[0], one[1]))
    return list(dict.fromkeys(name for _, name in best))[:MOST_OFFERED]


def likeness(asked: list[str], name: list[str]) -> float:
    """Return how alike a name is to what was asked for, from 0 to 1: each word asked for must be like one of it.

    >>> [round(likeness([asked], ["catherine", "mcleod"]), 2) for asked in ("kathryn", "macleod", "smith")]
    [0.9, 0.96, 0.0]
    """
    best = [max((_words_alike(one, other) for other in name), default=0.0) for one in asked]
    return min(best, default=0.0)


def _words_alike(one: str, other: str) -> float:
    if min(len(one), len(other)) < SHORTEST:
        return float(one == other)
    spelt = max(
        jellyfish.jaro_winkler_similarity(one, other),
        # Half a name is typed as often as a whole one.
        jellyfish.jaro_winkler_similarity(one, other[: len(one)]) if len(one) > SHORTEST else 0.0,
    )
    sound = jellyfish.metaphone(one)
    sounds = len(sound) > 1 and sound == jellyfish.metaphone(other)
    slipped = min(len(one), len(other)) > SHORTEST and jellyfish.damerau_levenshtein_distance(one, other) == 1
    return max(spelt if spelt >= ALIKE else 0.0, 0.9 if sounds else 0.0, ONE_SLIP if slipped else 0.0)
