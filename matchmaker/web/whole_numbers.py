"""Whole numbers that addresses and forms name: what is no such number, or larger than any of ours, is none."""

import re
from collections.abc import Iterable

_WHOLE = re.compile(r"[0-9]{1,9}")
"""Python takes digits that `int` does not, and more of them than either database can hold."""


def whole(text: str) -> int:
    """Return the number that was sent, for `type=` where a value is asked for. Raises ValueError for other words."""
    if not _WHOLE.fullmatch(text):
        raise ValueError("This is no whole number of at most nine digits.")
    return int(text)


def all_whole(values: Iterable[str]) -> list[int]:
    """Return the numbers among what was sent, in order."""
    return [int(value) for value in values if _WHOLE.fullmatch(value)]
