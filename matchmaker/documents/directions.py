"""Names written from right to left within sentences of ours, which are written from left to right.

A paragraph takes its direction from its first letter, on paper, in mail programs and wherever else nothing says it: a
sentence that begins with an Arabic or Hebrew name would be set as if it were Arabic. Unicode has marks that keep such
words to themselves, as `<bdi>` does on a page; what stands between them says nothing of the sentence around it
(Unicode Standard Annex 9, rule P2).
"""

import unicodedata
from collections.abc import Iterable

ISOLATE, END = "\u2068", "\u2069"
"""First strong isolate, which takes its direction from its own first letter, and the end of it."""
_RIGHT_TO_LEFT = {"R", "AL"}


def isolated(words: str) -> str:
    """Return somebody's own words for a sentence of ours; marked only where a letter of theirs runs right to left.

    >>> isolated("Ada"), isolated("יעל כהן") == ISOLATE + "יעל כהן" + END
    ('Ada', True)
    """
    if words.isascii() or not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in words):
        return words
    return f"{ISOLATE}{words}{END}"


def side_by_side(parts: Iterable[str], between: str) -> str:
    """Return the parts that say anything in this order from left to right, whatever each is written in.

    >>> side_by_side(["Analyst", "", "Kew"], ", ")
    'Analyst, Kew'
    """
    there = [part for part in parts if part]
    return between.join(map(isolated, there)) if len(there) > 1 else "".join(there)
