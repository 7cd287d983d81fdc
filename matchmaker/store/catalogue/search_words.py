"""What the words of a search may mean: other forms, beginnings, typing errors, and words that mean the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log2
from string import ascii_lowercase

from sqlalchemy import Select, bindparam, func, select

from matchmaker.matching.name_words import SMALL
from matchmaker.matching.stems import stem
from matchmaker.matching.thesaurus import CANONICAL, NEAR
from matchmaker.matching.words import words_of
from matchmaker.store.among import among_those
from matchmaker.store.catalogue.search_terms import LONGEST_TERM, DatasetTerm
from matchmaker.store.session import Session, plainly

MOST_WORDS = 8
"""So many words of a search are read."""

MOST_BEGUN = 8
"""So many longer words are tried for one that is their beginning."""

SAME, BEGUN, NEAR_IT, SLIP = 1.0, 0.6, 0.45, 0.7
"""What it counts to find the word itself, one that it begins, one that means much the same, one spelt nearly so."""

KNOWN_WELL = 20
"""A word that so many datasets have is not taken for the beginning of another."""

SHORTEST_SLIP, LONGEST_SLIP = 4, 30
MOST_SLIPS = 3
"""Of so many words, if they have so many letters and no dataset has them, slips of the finger are looked for."""

_ASIDE = SMALL | {"data", "dataset", "datasets", "find", "show"}
"""Words that are left out beside others."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A stem to look for in place of the search's word number `word`, and what finding it counts."""

    word: int
    term: str
    factor: float
    datasets: int
    """How many datasets have the stem."""


def meant_by(session: Session, text: str) -> tuple[int, list[Meant]]:
    """Return how many words a search has, and what each may mean. A fixed number of queries."""
    said = list(dict.fromkeys(words_of(text.replace("_", " "))))[:MOST_WORDS]
    words = [word for word in said if word not in _ASIDE] or said
    roots = [_root(word) for word in words]
    wanted = {one for root in roots for one in (root, *NEAR.get(root, ()))}
    known = _counted(session, wanted)
    slips = [
        word
        for word, root in zip(words, roots, strict=True)
        if root not in known and SHORTEST_SLIP <= len(word) <= LONGEST_SLIP
    ]
    alike = {word: {stem(one) for one in _one_slip_away(word)} for word in slips[:MOST_SLIPS]}
    known |= _counted(session, {one for some in alike.values() for one in some})
    found: dict[tuple[int, str], float] = {}
    for place, (word, root) in enumerate(zip(words, roots, strict=True)):
        options = [(root, SAME), *((one, NEAR_IT) for one in NEAR.get(root, ()))]
        begun = _begun(session, word) if len(word) > 2 and known.get(root, 0) < KNOWN_WELL else {}
        known |= begun
        options += [(one, BEGUN) for one in begun]
        if root not in known:
            options += [(one, SLIP) for one in alike.get(word, ())]
        for term, factor in options:
            if term in known:
                counts = factor / log2(2 + known[term])
                found[place, term] = max(found.get((place, term), 0.0), counts)
    return len(words), [Meant(place, term, factor, known[term]) for (place, term), factor in found.items()]


def _root(word: str) -> str:
    root = stem(word)[:LONGEST_TERM]
    return CANONICAL.get(root, root)


def _counted(session: Session, terms: set[str]) -> dict[str, int]:
    """Return how many datasets have each of these stems; those that none has are left out."""
    if not terms:
        return {}
    return {term: count for term, count in plainly(session, _count(), {"terms": sorted(terms)})}


@cache
def _count() -> Select[str, int]:
    """Return the question of `_counted`, which is put together once, as is the next."""
    here = among_those(DatasetTerm.term, "terms")
    return select(DatasetTerm.term, func.count()).where(here).group_by(DatasetTerm.term)


def _begun(session: Session, word: str) -> dict[str, int]:
    """Return the longer stems that begin with a word, and how many datasets have each: the most frequent."""
    rows = plainly(session, _beginning(), {"word": word, "last": f"{word}\U0010ffff"})
    return {term: count for term, count in rows}


@cache
def _beginning() -> Select[str, int]:
    return (
        select(DatasetTerm.term, func.count().label("datasets"))
        .where(DatasetTerm.term > bindparam("word"), DatasetTerm.term < bindparam("last"))
        .group_by(DatasetTerm.term)
        .order_by(func.count().desc(), DatasetTerm.term)
        .limit(MOST_BEGUN)
    )


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield every word that is this one but for a letter left out, added, changed, or swapped with the next."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (f"{head}{letter}{tail}" for letter in ascii_lowercase)
        if tail:
            yield f"{head}{tail[1:]}"
            yield from (f"{head}{letter}{tail[1:]}" for letter in ascii_lowercase)
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"
