"""Python's search for garbage, which long work is better off without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

YOUNG = 100_000
"""Among so many things that were made last Python looks for garbage: what lives on is not walked through again."""
NEVER = 2**31 - 1

_counting = Lock()
_lying: list[tuple[int, int, int]] = []
"""For each work that goes on in this process, what was set before the first of them."""


@contextmanager
def left_lying() -> Iterator[None]:
    """Keep Python from walking through all that is there again and again while many things are made.

    It takes an eighth of the time of all suggestions, or of a plan, which leave next to nothing in circles: what of
    that lives on is found afterwards, when no other such work goes on in this process.
    """
    with _counting:
        _lying.append(_lying[0] if _lying else gc.get_threshold())
        gc.set_threshold(YOUNG, NEVER, NEVER)
    try:
        yield
    finally:
        with _counting:
            before = _lying.pop()
            if not _lying:
                gc.set_threshold(*before)
