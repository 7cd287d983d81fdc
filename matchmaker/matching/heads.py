"""What a need is a need for: "sea temperatures" of "sea temperatures for the same rocks, back to when…".

People name the thing first and then say which, for what, or from whom. An offer that meets only the rest does not
meet the need: species records of the same rocks are no sea temperatures.
"""

import re
from functools import lru_cache

from matchmaker.matching.fillers import is_filler, is_generic, singular
from matchmaker.matching.language import STOP_WORDS
from matchmaker.matching.stems import stem
from matchmaker.matching.thesaurus import ORGANISATIONS
from matchmaker.matching.words import words_of

_LIST = re.compile(r"[,;:.!?()]|\b(?:and|or)\b", re.IGNORECASE)
"""What stands between several things that are asked for."""
_TURN = re.compile(
    r"\b(?:about|across|after|against|at|before|behind|below|beneath|beside|between|beyond|by|for|from|in|into|near"
    r"|newer|of|older|on|out|over|so|than|that|through|to|under|until|when|where|which|while|who|whom|whose|with"
    r"|without)\b",
    re.IGNORECASE,
)
"""Where a phrase ends that names one thing."""
_WHO = ORGANISATIONS | frozenset(
    (
        "biologist", "expert", "geologist", "journalist", "lab", "lawyer", "modeller", "person", "publisher",
        "specialist", "user",
    )
)  # fmt: skip
"""Whom people ask for: of "a lab that publishes its method" the method is the matter."""
_STOP = frozenset(STOP_WORDS)


@lru_cache(maxsize=10_000)
def heads(text: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each thing that a text names, the telling words of the first phrase that has any, in small letters.

    >>> heads("sea temperatures for the same rocks"), heads("a lab that lends kites")
    ((('sea', 'temperatures'),), (('kites',),))
    >>> heads("help with QGIS and peat maps"), heads("hive losses, dated, to lay beside residues")
    ((('qgis',), ('peat',)), (('hive', 'losses'),))
    """
    things = [one for one in _LIST.split(text) if one.strip()]
    new = [one for place, one in enumerate(things) if not place or not _TURN.match(one.strip())]
    return tuple(filter(None, map(_head, new)))


def first_phrases(text: str, most: int = 1) -> list[str]:
    """Return, for each thing that a text names, its first phrases up to the `most`th, each text as it is written.

    >>> first_phrases("maps of bogs under trees, and old ledgers", 2)
    ['maps of bogs', 'old ledgers']
    """
    things = [one for one in _LIST.split(text) if one.strip()]
    return [_cut(one, most) for one in things]


@lru_cache(maxsize=10_000)
def in_reach(offer: str) -> str:
    """Return an offer without what is two steps away from what is offered: names behind initials are no surveys.

    >>> in_reach("names behind the initials on surveys of the east"), in_reach("cases where data changed a mind")
    ('names behind the initials', 'cases where data changed a mind')
    """
    return ", ".join(first_phrases(offer, 2))


def _cut(text: str, most: int) -> str:
    turns = [one.start() for one in _TURN.finditer(text) if text[: one.start()].strip()]
    return (text[: turns[most - 1]] if len(turns) >= most else text).strip()


def _head(text: str) -> tuple[str, ...]:
    for phrase in _TURN.split(text):
        words = (word for word in words_of(phrase) if word not in _STOP)
        telling = tuple(word for word in words if not is_filler(word) and not is_generic(word))
        if not {singular(word) for word in telling} <= _WHO:
            return telling
    return ()


def names_a_head(asked: str, given: str, *, whole: bool) -> bool:
    """Whether an offer names one of the things asked for: a word of it, or with `whole` every telling one.

    >>> names_a_head("sea temperatures for these rocks", "Sea birds on rocks", whole=True)
    False
    """
    things = [{stem(word) for word in one} for one in heads(asked)]
    named = {stem(word) for word in words_of(given)}
    return not things or any(one <= named if whole else one & named for one in things)
