"""What the forms of a word have in common."""

from functools import lru_cache

from matchmaker.matching.fillers import singular

_ENDINGS = (
    "ations ation ating ated ates ate ings ing ions ion ers er ors or ies ical ic al ed ly es e y s".split()  # noqa: SIM905
)
_SHORTEST = 4


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, as well as a rule can tell.

    >>> [stem(word) for word in ("calibrate", "calibration", "floods", "flooding", "hydrology", "bee")]
    ['calibr', 'calibr', 'flood', 'flood', 'hydrolog', 'bee']
    """
    found = singular(word)
    for ending in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= _SHORTEST:
            return found[: -len(ending)]
    return found
