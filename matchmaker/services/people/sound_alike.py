"""When a name finds nobody, offer people whose names look or sound alike: it may be misheard, or mistyped."""

from collections.abc import Callable
from functools import cache

import jellyfish

from matchmaker.recognition.name_order import folded, sought
from matchmaker.store.people import guest_list
from matchmaker.store.session import Session

MOST_OFFERED = 5
ALIKE = 0.88
"""Jaro and Winkler's similarity from which two words may be one with a slip: a letter or two in six."""
SOUNDS_ALIKE = 0.9
"""How alike words are that sound the same, however they are spelt."""
ONE_SLIP = 0.85
"""How alike words are of which one letter is wrong, also the first, which weighs too much for the rest to tell."""
SHORTEST = 3
"""Letters a word needs for its likeness to mean anything."""


def alike(session: Session, event_id: int, query: str) -> list[str]:
    """Return names at an event that may be meant by `query`, the most alike first, at most five; O(people)."""
    asked = sought(query)
    if not asked:
        return []
    # Of a thousand people some hundred words are in several names, each of which is compared once.
    compare = cache(_words_alike)
    graded = [
        (grade, name)
        for name in guest_list.names(session, event_id)
        if (grade := likeness(asked, folded(name).split(), compare))
    ]
    best = sorted(graded, key=lambda one: (-one[0], one[1]))
    return list(dict.fromkeys(name for _, name in best))[:MOST_OFFERED]


def _words_alike(one: str, other: str) -> float:
    if min(len(one), len(other)) < SHORTEST:
        return float(one == other)
    spelt = max(
        jellyfish.jaro_winkler_similarity(one, other),
        # Half a name is typed as often as a whole one.
        jellyfish.jaro_winkler_similarity(one, other[: len(one)]) if len(one) > SHORTEST else 0.0,
    )
    if spelt >= SOUNDS_ALIKE:
        return spelt
    sound = jellyfish.metaphone(one)
    if len(sound) > 1 and sound == jellyfish.metaphone(other):
        return SOUNDS_ALIKE
    if spelt >= ALIKE:
        return spelt
    near = min(len(one), len(other)) > SHORTEST and abs(len(one) - len(other)) <= 1
    return ONE_SLIP if near and jellyfish.damerau_levenshtein_distance(one, other) == 1 else 0.0


def likeness(asked: list[str], name: list[str], compare: Callable[[str, str], float] = _words_alike) -> float:
    """Return how alike a name is to what was asked for, from 0 to 1: each word asked for must be like one of it.

    >>> [round(likeness([asked], ["catherine", "mcleod"]), 2) for asked in ("kathryn", "macleod", "smith")]
    [0.9, 0.96, 0.0]
    """
    best = [max((compare(one, other) for other in name), default=0.0) for one in asked]
    return min(best, default=0.0)
