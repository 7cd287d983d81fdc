"""Capitals as a whole event uses them: what one person writes large is small where most write it so.

`spellings` counts how often each word is written just so, in all that people here say.
"""

import re
from collections import Counter

from matchmaker.matching.fillers import singular
from matchmaker.matching.words import WORD

_CAPITAL = re.compile(r"\b[^\W\d_a-z][a-z]+\b")
_NO_NAME = re.compile(r"(?:ics|ing|ings|ism|ity|acy|ology|graphy|ment|tion|sion|airy|ery|ture|ance|ence)$")
"""How a word ends that is hardly a name: "Geology", "Privacy", "Forestry management"."""
_OPENS = re.compile(r"(^|[.!?\n])\W*\Z")
"""What stands before a word that is only capital because a sentence opens with it."""


def in_sentence(text: str, spellings: Counter[str]) -> str:
    """Return a topic as it stands inside a sentence: small, but for what is spelt with a capital everywhere.

    A first word that nobody writes elsewhere is small where small words follow, or it ends as no name does.
    """
    said = spelt(text, 0, len(text), spellings, prose=False)
    first, *rest = said.split() or [""]
    if (
        _CAPITAL.fullmatch(first)
        and _is_small(first, spellings, 3, likely=True)
        and (said.endswith(" ".join(rest).lower()) if rest else _NO_NAME.search(first))
    ):
        return " ".join((first.lower(), *rest))
    return said


def spelt(text: str, start: int, end: int, spellings: Counter[str], *, prose: bool) -> str:
    """Return a stretch of a text on one line, its capitals as the whole event uses them.

    They go only all together, so that a name keeps all of its own. `prose` says that a capital at the beginning of a
    sentence means nothing.
    """
    said = text[start:end]
    capital = [word for word in WORD.finditer(said) if _CAPITAL.fullmatch(word.group())]
    opening = [word for word in capital if _OPENS.search(text, 0, start + word.start())]
    if opening and prose and _is_small(opening[0].group(), spellings, 3, likely=True):
        first = slice(opening[0].start(), opening[0].end())
        said = said[: first.start] + said[first].lower() + said[first.stop :]
        capital.remove(opening[0])
    if all(_is_small(word.group(), spellings, 1 / 3 if prose else 3) for word in capital):
        said = _CAPITAL.sub(lambda word: word.group().lower(), said)
    return " ".join(said.split())


def _is_small(word: str, spellings: Counter[str], ratio: float, *, likely: bool = False) -> bool:
    """Whether a capital word is written so at most `ratio` times as often as small; if it never is, `likely`."""
    plain = word.lower()
    small = sum(spellings[one] for one in {plain, singular(plain), f"{singular(plain)}s"})
    capital = spellings[word]
    return capital <= ratio * small if small else likely and not capital
