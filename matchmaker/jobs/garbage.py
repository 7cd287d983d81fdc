"""Python's search for garbage, which long work is better off without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_lying() -> Iterator[None]:
    """Keep Python from walking through all that is there again and again while many things are made.

    It takes an eighth of the time of all suggestions, or of a plan, which leave next to nothing in circles: what they
    do is found afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
