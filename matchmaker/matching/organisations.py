"""Which spellings of an organisation are one, and which may be one: people write where they work in many ways."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, combinations

_LEGAL = re.compile(r"ltd|limited|plc|ll?p|inc|incorporated|corp|cic|cio|gmbh|ag|sa|sarl|bv|nv|ab|oy|cyf")
"""Words of the law at the end of a name, which some write and others leave out."""
_SMALL = re.compile(r"of|the|and|for|in|on|to|an?|at|yr?|de|la|le|des|du|der|die|und")
_SHORT = re.compile(r"^(?P<name>.{4,}?)\s*[(\[](?P<short>[^()\[\]]{2,12})[)\]]\s*$")
_DIGITS = re.compile(r"\d+")
_ALIKE = 0.88
"""From this share of equal letters on, two names may be one with a slip of the pen."""


@lru_cache(maxsize=20_000)
def home(organisation: str) -> str:
    """Return the name of an organisation as it is compared: without case, accents, signs, “the” and “Ltd”.

    >>> home("The Environment  Agency"), home("environment-agency."), home("Smith & Sons Ltd")
    ('environment agency', 'environment agency', 'smith and sons')
    >>> home("Environment Agency (EA)"), home("The"), home("")
    ('environment agency', 'the', '')
    """
    long = _SHORT.match(organisation)
    if long and is_short_for(long["short"], long["name"]):
        organisation = long["name"]
    letters = unicodedata.normalize("NFKD", organisation.casefold())
    plain = "".join(one for one in letters if not unicodedata.combining(one)).replace("&", " and ")
    words = re.sub(r"[^\w\s]|_", " ", re.sub(r"(?<=\w)['’.](?=\w)", "", plain)).split()  # noqa: RUF001 - as typed
    whole = list(words)
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and _LEGAL.fullmatch(words[-1]):
        words.pop()
    # A name of nothing but signs is still a name.
    return " ".join(words or whole) or " ".join(organisation.casefold().split())


def is_short_for(short: str, name: str) -> bool:
    """Whether one name is made of the first letters of another, with or without its small words.

    >>> is_short_for("EA", "The Environment Agency"), is_short_for("JNCC", "Joint Nature Conservation Committee")
    (True, True)
    >>> is_short_for("DfT", "Department for Transport"), is_short_for("EA", "East Anglia Water")
    (True, False)
    """
    letters = _letters(short)
    return len(letters) > 1 and letters in _initials(name)


def _letters(short: str) -> str:
    return re.sub(r"[^\w]", "", short).casefold()


def _initials(name: str) -> set[str]:
    """Return the first letters of a name's words, with and without the small ones; none of a single word."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if word != "the"]
    if len(words) < 2:
        return set()
    return {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if not _SMALL.fullmatch(word)),
    }


def in_one_spelling(offices: Mapping[int, str]) -> dict[int, str]:
    """Return where people work with each organisation spelt in one way: the one that most use, else the first.

    >>> in_one_spelling({1: "DEFRA", 2: "Defra", 3: "Defra", 4: ""})
    {1: 'Defra', 2: 'Defra', 3: 'Defra', 4: ''}
    """
    spelling: dict[str, str] = {}
    for name, _ in Counter(offices.values()).most_common():
        spelling.setdefault(home(name), name)
    return {one: spelling[home(name)] for one, name in offices.items()}


def may_be_one(used: Mapping[str, int], apart: Iterable[tuple[str, str]] = ()) -> list[tuple[str, ...]]:
    """Return groups of spellings that are, or may be, one organisation, the likeliest to keep first.

    `used` says how many people are of each. They are equal but for what `home` leaves out, one is made of the other's
    first letters, or a few letters differ. A spelling is in one group. Names that begin with one letter and have
    the same figures are compared in pairs. `apart` are names, as `home` returns them, of which somebody said that
    they are two.

    >>> may_be_one({"EA": 9, "Environment Agency": 3, "environment  agency": 1, "Met Ofice": 1, "Met Office": 2})
    [('Environment Agency', 'environment  agency', 'EA'), ('Met Office', 'Met Ofice')]
    >>> may_be_one({"EA": 9, "Environment Agency": 3}, [("ea", "environment agency")])
    []
    """
    homes: dict[str, list[str]] = {}
    for name in sorted(filter(home, used), key=lambda name: (-used[name], name)):
        homes.setdefault(home(name), []).append(name)
    near = _neighbours(homes)
    for one, other in apart:
        near.get(one, set()).discard(other)
        near.get(other, set()).discard(one)
    groups: list[list[str]] = []
    taken: set[str] = set()
    for one, names in homes.items():
        if one in taken:
            continue
        others = sorted(near[one] - taken, key=list(homes).index)
        taken |= {one, *others}
        group = names + [name for other in others for name in homes[other]]
        if len(group) > 1:
            groups.append(sorted(group, key=lambda name: (len(name) < 6, -used[name])))
    return [tuple(group) for group in groups]


def _neighbours(homes: Iterable[str]) -> dict[str, set[str]]:
    """Return for each name those that may be the same organisation; a name's first letter is taken to be right."""
    near: dict[str, set[str]] = {one: set() for one in homes}
    short, alphabet = defaultdict(list), defaultdict(list)
    for one in near:
        short[_letters(one)].append(one)
        # Other figures are another organisation, so that only names with the same ones are compared in pairs.
        alphabet[one[0], *_DIGITS.findall(one)].append(one)
    alike = ((one, other) for one in near for letters in _initials(one) for other in short[letters])
    slips = (pair for names in alphabet.values() for pair in combinations(names, 2) if _is_slip(*pair))
    for one, other in chain(alike, slips):
        if one != other and min(len(one), len(other)) > 1:
            near[one].add(other)
            near[other].add(one)
    return near


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 6 or 2 * shorter < _ALIKE * (shorter + longer):
        return False
    found = SequenceMatcher(None, one, other, autojunk=False)
    return found.quick_ratio() >= _ALIKE and found.ratio() >= _ALIKE
