"""Python's search for garbage, which long work is better off without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 100_000
"""Among so many things that were made last Python looks for garbage: what lives on is not walked through again."""
NEVER = 2**31 - 1


@contextmanager
def left_lying() -> Iterator[None]:
    """Keep Python from walking through all that is there again and again while many things are made.

    It takes an eighth of the time of all suggestions, or of a plan, which leave next to nothing in circles: what of
    that lives on is found afterwards.
    """
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, NEVER, NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
